"""`onestop prepare-server`: makes the tables of a server's database, or leads them up, before any desk opens it."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Final

from onestop.app.console import DATABASE_PASSWORD, ask_on_console, carry_out, say
from onestop.clock import SystemClock
from onestop.store.migrations import HEAD
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.opening import bring_up_to_date
from onestop.store.postgres.place import parse_place
from onestop.store.postgres.server_clock import ServerClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.start import Start

READY: Final = "{} の表は、この版の onestop のもの({})になっています。端末から開けます。".format


def prepare_server(start: Start, ask: Callable[[str], str] = ask_on_console) -> int:
    """Make the tables of the database that the start names; returns the exit code.

    The password is the owner's, who works at no desk: it is asked for, and kept nowhere.
    """

    def prepare() -> None:
        place = parse_place(start.database_url)
        door = Door(place, ask(DATABASE_PASSWORD), platform.node())
        bring_up_to_date(door, ServerClock(SystemClock()), practice=start.practice)
        say(READY(place.shown, HEAD))

    return carry_out(start.folder, prepare, "the server's tables were not made")
