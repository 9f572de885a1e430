"""What a desk has whose data lie on a server: the database, its clock, an ear for others, a place for drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.app.data_key import data_key
from onestop.services.kept_here import KeptHere
from onestop.store.opening import open_database
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.listening import Listening
from onestop.store.postgres.opening import open_server
from onestop.store.postgres.place import parse_place
from onestop.store.postgres.server_clock import ServerClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.start import Start
    from onestop.clock import Clock
    from onestop.paths import DataFolder
    from onestop.store.database import Database
    from onestop.store.postgres.listening import Heard


@dataclass(frozen=True, slots=True)
class ServerDesk:
    """All of it."""

    database: Database
    clock: ServerClock
    listening: Listening
    kept: KeptHere

    def listen(self, tell: Callable[[Heard], None]) -> None:
        """Listen to the other desks from now on."""

        def heard(what: Heard) -> None:
            if what.begins:
                self.database.lists.close_idle()
            tell(what)

        self.listening.begin(heard)

    def close(self) -> None:
        """Listen no more, and close all connections."""
        self.listening.end()
        self.kept.close()
        self.database.close()


def open_server_desk(
    start: Start, folder: DataFolder, clock: Clock, way: tuple[str, str], *, practice: bool
) -> ServerDesk:
    """Open a server's database.

    Args:
        start: how the program was started.
        folder: of this desk, in which drafts are kept while the server is gone.
        clock: of this machine.
        way: the address of the database, and its password.
        practice: whether it is one for practice.

    Raises:
        OneStopError: see postgres/opening.py.
    """
    url, password = way
    door, servers = Door(parse_place(url), password, start.desk_name), ServerClock(clock)
    beside = folder.beside_server

    def opening() -> Database:
        return open_database(beside, clock, None if practice else data_key(start), practice=practice)

    database = open_server(door, servers, practice=practice)
    return ServerDesk(database, servers, Listening(door, servers), KeptHere(beside.database, opening))
