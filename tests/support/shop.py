"""A shop: two whole desks, each with services of its own, on one database and before one sandbox.

Nothing in here knows which engine the database has.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onestop.model.lists import FilingQuery
from onestop.store.database import Database
from onestop.store.postgres.backing import Server
from onestop.store.postgres.server_clock import ServerClock
from support.desks import DeskRoom, Interposed, a_desk, a_file
from support.keychains import PowerCut
from support.postgres import a_server_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from onestop.clock import Clock
    from onestop.model.filing import Filing
    from onestop.services.desk import Desk
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock

Opening = Callable[[Path, "Clock"], Database]
TERMINALS = ("端末1", "端末2")
LAPSED = {"minutes": 4}
"""Longer than any lease: the longest request, and the time within which it begins."""


class ShopDesk:
    """One of the shop's programs, which can be killed and opened again."""

    def __init__(
        self, folder: Path, clock: FixedClock, sandbox: Sandbox, terminal: str, shared: Opening | None = None
    ) -> None:
        """`shared`: opens the database that the other desk works on as well; None: this one is alone on its file."""
        self.terminal = terminal
        self._shared = shared
        self._folder = folder
        self._clock = clock
        self._sandbox = sandbox
        self._program = ExitStack()
        self.room: DeskRoom
        self.way: Interposed
        self.start()

    def start(self) -> None:
        """Open the program: another run, on what is there."""
        self.close()
        self.way = Interposed(self._sandbox)
        desk = a_desk(
            self._folder,
            clock=self._clock,
            sandbox=self._sandbox,
            http=self.way,
            terminal=self.terminal,
            shared=self._shared,
        )
        self.room = self._program.enter_context(desk)

    @property
    def desk(self) -> Desk:
        """Its services."""
        return self.room.desk

    def filings(self) -> list[Filing]:
        """Return all filings of its database."""
        return [self.room.filing(number) for number in self.desk.filings.ids(FilingQuery())]

    def filing_of(self, car: int) -> Filing | None:
        """Return the filing of 今回の車検 that counts."""
        return self.desk.inspections.current(car).filing

    def close(self) -> None:
        """End it; what it had in hand stays in hand."""
        self._program.close()

    def die_with(self, act: Callable[[], object], *, acted: bool) -> None:
        """Lose the power while a request of this act is under way, before or after the service acted."""

        def before(_request: httpx.Request) -> None:
            if not acted:
                raise PowerCut

        def after(_request: httpx.Request, _response: httpx.Response) -> httpx.Response:
            raise PowerCut

        self.way.before, self.way.after = before, after
        try:
            act()
        except PowerCut:
            return
        msg = "nothing was sent"
        raise AssertionError(msg)

    def while_asking(self, meanwhile: Callable[[], object], *, acted: bool) -> None:
        """Let something happen while the next request of this desk is under way, before or after the service acted."""

        def before(_request: httpx.Request) -> None:
            if not acted:
                self.way.before = lambda _request: None
                meanwhile()

        def after(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
            self.way.after = lambda _request, response: response
            if acted:
                meanwhile()
            return response

        self.way.before, self.way.after = before, after


@dataclass(frozen=True, slots=True)
class Shop:
    """Two desks; the first one begins."""

    one: ShopDesk
    two: ShopDesk
    clock: FixedClock
    sandbox: Sandbox


class SharedFile(Database):
    """A file that two desks of one process work on."""

    @property
    def is_shared(self) -> bool:
        """No lock keeps the other desk out."""
        return True


def shared_file(path: Path, clock: Clock) -> Database:
    """Open a file for one of several desks."""
    return SharedFile(a_file(path), clock)


@contextmanager
def a_shared_server() -> Iterator[Opening]:
    """Make a database on a server, and give what opens it for one of several desks."""
    with a_server_database() as door:
        yield lambda _path, clock: Database(Server(door, ServerClock(clock)), clock)


@contextmanager
def a_shop(folder: Path, clock: FixedClock, sandbox: Sandbox, shared: Opening = shared_file) -> Iterator[Shop]:
    """Open both desks on a database and close them at the end of the block."""
    with ExitStack() as stack:
        desks = []
        for terminal in TERMINALS:
            desks.append(ShopDesk(folder, clock, sandbox, terminal, shared))
            stack.callback(desks[-1].close)
        yield Shop(desks[0], desks[1], clock, sandbox)
