"""One desk of a shop with a clerk who does this and that, so many times.

    desk_clerk.py DATA_DIR DATABASE_URL SERVICES_URL TERMINAL SEED TIMES

It tells one word for each thing it did, and another one when the server was not there for it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import random
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from onestop import errors
from onestop.clock import SystemClock
from onestop.gateway.transport import Timeouts
from onestop.model.lists import FilingQuery
from onestop.model.sending_state import Sending
from onestop.services.filing.form import form_of_filing
from onestop.store.database import Database
from onestop.store.postgres.backing import Server
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.place import parse_place
from onestop.store.postgres.server_clock import ServerClock
from support.desks import READY_SETTINGS, DeskRoom, a_desk, use_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from onestop.clock import Clock
    from onestop.model.lists import FilingRow

TIMEOUTS: Final = Timeouts(connect=2, write=5, read=5, pool=5, total=5)
"""So that a lease lasts ten seconds and a half."""
QUIET: Final = dt.timedelta(seconds=7)
"""Longer than anybody waits for an answer."""
GONE: Final = "gone"
"""What is told instead of an act when the server was not there."""
PAUSE: Final = 0.1
"""Seconds after which a clerk tries again then."""
LATELY: Final = 60
"""Among so many filings, the newest ones, the clerks find what they do next: they often take the same."""


def a_desk_of(folder: Path, database_url: str, services_url: str, terminal: str) -> AbstractContextManager[DeskRoom]:
    """Open a desk of the shop; the folder is its own."""

    def shared(_file: Path, clock: Clock) -> Database:
        door = Door(parse_place(database_url), os.environ.get("ONESTOP_DATABASE_PASSWORD", ""), terminal)
        return Database(Server(door, ServerClock(clock)), clock)

    folder.mkdir(parents=True, exist_ok=True)
    return a_desk(
        folder,
        clock=SystemClock(),
        url=services_url,
        settings=READY_SETTINGS,
        timeouts=TIMEOUTS,
        quiet=QUIET,
        terminal=terminal,
        shared=shared,
    )


class DeskClerk:
    """Does one thing after the other."""

    def __init__(self, room: DeskRoom, terminal: str, chance: random.Random) -> None:
        self._room = room
        self._desk = room.desk
        self._terminal = terminal
        self._chance = chance
        self._cars = 0

    def work(self) -> str:
        """Do one thing; returns its name. What the program or a service refuses is refused."""
        act = self._chance.choices(list(self._acts()), weights=list(self._acts().values()))[0]
        try:
            with suppress(errors.ServiceError, errors.NotAllowed, errors.InvalidInput, errors.ServerBusy):
                act()
        except (errors.ServerGone, errors.NotWrittenDown):
            threading.Event().wait(PAUSE)
            return GONE
        return act.__name__.strip("_")

    def _acts(self) -> dict[Callable[[], object], int]:
        return {
            self._new_car: 5,
            self._new_for_any_car: 3,
            self._edit: 3,
            self._issue: 8,
            self._issue_many: 1,
            self._settle: 2,
            self._ask: 2,
            self._search: 2,
            self._withdraw: 2,
            self._delete: 1,
        }

    # --- what a clerk does

    def _new_car(self) -> None:
        self._cars += 1
        place = self._cars % 9000 + 1000
        self._room.a_draft(plate=f"土浦300さ{place}", chassis_number=f"{self._terminal}-{self._cars:05}")

    def _new_for_any_car(self) -> None:
        for row in self._rows(1):
            opened = self._desk.filings.open(row.vehicle_id, None)
            if opened.filing is None:
                self._desk.filings.save(opened.form, row.vehicle_id, None, None)

    def _edit(self) -> None:
        for number in self._numbers(1):
            filing = self._room.filing(number)
            form = dataclasses.replace(form_of_filing(filing), user_name=self._chance.choice(["見本花子", "見本太郎"]))
            self._desk.filings.save(form, filing.vehicle_id, number, filing.version)

    def _issue(self) -> None:
        for number in self._numbers(1):
            self._desk.filings.delivery.issue(number)

    def _issue_many(self) -> None:
        self._desk.batch.issue_many(self._numbers(5), lambda _result: None, threading.Event())

    def _settle(self) -> None:
        self._desk.filings.delivery.settle()

    def _ask(self) -> None:
        for row in self._rows(1):
            delivery, number = self._desk.filings.delivery, row.control_number
            (delivery.settle_one if row.sending.is_unsettled else delivery.progress.refresh)(number)

    def _search(self) -> None:
        self._desk.filings.many.refresh(self._numbers(20))

    def _withdraw(self) -> None:
        for number in self._numbers(1):
            self._desk.filings.withdraw(number)

    def _delete(self) -> None:
        for row in self._rows(1):
            if row.sending is Sending.DRAFT:
                self._desk.filings.delete(row.control_number)

    # --- where it is done

    def _numbers(self, count: int) -> list[int]:
        lately = list(self._desk.filings.ids(FilingQuery()))[-LATELY:]
        return self._chance.sample(lately, min(count, len(lately)))

    def _rows(self, count: int) -> Iterator[FilingRow]:
        yield from self._desk.filings.rows(self._numbers(count))


warm = use_once
"""What each desk would do anew before its first act is done once (support/nursery.py)."""


def main() -> None:
    """Do so many things; what the server was not there for does not count."""
    folder, database_url, services_url, terminal, seed, times = sys.argv[1:]
    with a_desk_of(Path(folder), database_url, services_url, terminal) as room:
        clerk = DeskClerk(room, terminal, random.Random(int(seed)))  # noqa: S311 - chance that can be repeated
        left = int(times)
        while left > 0:
            word = clerk.work()
            left -= word != GONE
            print(word, flush=True)  # noqa: T201 - it is how the parent hears


if __name__ == "__main__":
    main()
