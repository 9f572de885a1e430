"""Several desks in processes of their own on one server's database; one is killed now and then, and all is counted."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from faults.desk_clerk import GONE, QUIET, TIMEOUTS, a_desk_of
from onestop.clock import SystemClock
from onestop.model.lease import busy_terminal
from onestop.model.lists import FilingQuery
from onestop.model.sending_state import Sending
from onestop_sandbox import REAL, Kind, SandboxServer, Trouble
from support.desks import a_sandbox
from support.nursery import nurseries

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from concurrent.futures import Future
    from contextlib import AbstractContextManager

    from onestop.model.lists import FilingRow
    from onestop_sandbox.clock import Clock as ServiceClock
    from support.desks import DeskRoom
    from support.nursery import Nursery

CLERK: Final = Path(__file__).with_name("desk_clerk.py")
RESTART_EVERY: Final = 3
"""Of so many disturbances one tears the server down and starts it anew, where it is ours; the others are kills."""
LOOK: Final = 0.02
"""Seconds between two looks at 一覧."""
TROUBLES: Final = (
    Trouble(Kind.CUT, "submitFiling", times=None, probability=0.03),
    Trouble(Kind.CUT, "submitFiling", times=None, probability=0.03, after=True),
    Trouble(Kind.CUT, "withdrawFiling", times=None, probability=0.1, after=True),
    Trouble(Kind.DELAY, "submitFiling", times=None, seconds=0.1, probability=0.5, after=True),
)
PATIENCE: Final = 300
"""Seconds within which some desk does something."""


@dataclass(frozen=True, slots=True)
class Count:
    """What came of it."""

    operations: int
    kills: int
    restarts: int
    filed: int
    interrupted: int
    """Filings that a kill left in the hands of a dead desk: how often it hit where it hurts."""
    lost: int
    """Filings that one side knows and the other does not, or not by the same 申請ID or 申請ステータス."""
    double: int
    unknown: int


class CountingClock:
    """The services' clock. It stands still while what they have is counted: what moves on meanwhile is not lost."""

    def __init__(self, clock: ServiceClock) -> None:
        self._clock = clock
        self._stopped: dt.datetime | None = None

    def now(self) -> dt.datetime:
        return self._stopped or self._clock.now()

    def stop(self) -> None:
        self._stopped = self.now()


class ShopFloor:
    """Some desks, one database and one AINAS on a port.

    Args:
        folder: where each desk has a folder of its own.
        database_url: the server's database.
        processes: how many desks work side by side.
        seed: of everything that is left to chance here.
        restart: tears the server down and starts it anew; None: it is not ours.
        every: operations between two disturbances, about.
        clock: the services'; the machine's unless told otherwise.
    """

    def __init__(  # noqa: PLR0913 - what a shop has, and what disturbs it
        self,
        folder: Path,
        database_url: str,
        processes: int,
        seed: int,
        restart: Callable[[], None] | None = None,
        *,
        every: int = 60,
        clock: ServiceClock | None = None,
    ) -> None:
        self._folder = folder
        self._database_url = database_url
        self._random = random.Random(seed)  # noqa: S311 - chance that can be repeated, not secrecy
        self._restart = restart
        self._every = every
        self._stack = ExitStack()
        self._clock = CountingClock(clock or SystemClock())
        self.sandbox = self._stack.enter_context(a_sandbox(self._clock, sleep=None, pace=REAL, seed=seed))
        self.sandbox.troubles.add(*TROUBLES)
        self._server = self._stack.enter_context(SandboxServer(self.sandbox))
        self._heard = threading.Condition()
        self._server_is_there = threading.Lock()
        self.done: Counter[str] = Counter()
        self.differences: list[tuple[int, str, str]] = []
        """管理番号, 申請ID and 申請ステータス of what only one side has."""
        self._living: dict[str, int] = {}
        self._opened = self._kills = self._restarts = self._interrupted = 0
        self._watch = self._stack.enter_context(self.a_desk("watch"))
        self._nurseries = nurseries(CLERK, processes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for nursery in self._nurseries:
            nursery.close()
        self._stack.close()

    def a_desk(self, terminal: str) -> AbstractContextManager[DeskRoom]:
        """Open one more desk of this shop, in this process."""
        return a_desk_of(self._folder / terminal, self._database_url, self._server.url, terminal)

    def run(self, operations: int, tell: Callable[[int], None] = lambda _done: None) -> Count:
        """Let so many operations be done, with a disturbance now and then; count when all is settled."""
        share = -(-operations // len(self._nurseries))
        with ThreadPoolExecutor(len(self._nurseries)) as pool:
            desks = [pool.submit(self._work, nursery, share) for nursery in self._nurseries]
            for desk in desks:
                desk.add_done_callback(self._tell_all)
            try:
                self._disturb(desks, tell)
            finally:
                self._clear(desks)
            for desk in desks:
                desk.result()
        return self.count()

    # --- the desks

    def _work(self, nursery: Nursery, left: int) -> None:
        """Let one desk after the other do what is left; the next one comes when one was killed."""
        while left > 0:
            terminal, words = self._open(left)
            born = nursery.bear(*words)
            self._living[terminal] = born
            while not (word := nursery.word()).startswith("ended "):
                left -= word != GONE
                self._hear(word)
            self._living.pop(terminal, None)
            self._over(terminal, int(word.removeprefix("ended ")))

    def _open(self, left: int) -> tuple[str, list[str]]:
        with self._heard:
            self._opened += 1
            terminal, seed = f"D{self._opened}", self._random.randrange(2**31)
        folder = str(self._folder / terminal)
        return terminal, [folder, self._database_url, self._server.url, terminal, str(seed), str(left)]

    def _hear(self, word: str) -> None:
        with self._heard:
            self.done[word] += 1
            self._heard.notify_all()

    def _tell_all(self, _desk: Future[None]) -> None:
        with self._heard:
            self._heard.notify_all()

    def _over(self, terminal: str, code: int) -> None:
        assert code in (0, -signal.SIGKILL), "a desk ended by a bug"
        if code:
            with self._server_is_there:
                left = sum(row.lease_terminal == terminal for row in self._being_sent())
            with self._heard:
                self._kills += 1
                self._interrupted += left

    def _operations(self) -> int:
        return self.done.total() - self.done[GONE]

    # --- what disturbs them

    def _disturb(self, desks: list[Future[None]], tell: Callable[[int], None]) -> None:
        due = turn = 0
        while True:
            due += self._random.randint(self._every // 2, self._every * 3 // 2)
            if not self._await(due, desks):
                return
            tell(due)
            turn += 1
            if self._restart is not None and turn % RESTART_EVERY == 0:
                self._start_anew(self._restart)
            else:
                self._kill_one_that_sends(desks)

    def _await(self, due: int, desks: list[Future[None]]) -> bool:
        """Wait until so much is done; False: no more is to be done."""
        with self._heard:
            while self._operations() < due:
                if any(desk.done() for desk in desks):
                    return False
                assert self._heard.wait(PATIENCE), "no desk does anything"
        return True

    def _start_anew(self, restart: Callable[[], None]) -> None:
        with self._server_is_there:
            restart()
        self._restarts += 1

    def _kill_one_that_sends(self, desks: list[Future[None]]) -> None:
        """End the desk that 一覧 shows as sending, as by a power cut."""
        while not any(desk.done() for desk in desks):
            for row in self._being_sent():
                born = self._living.pop(row.lease_terminal or "", None)
                if born is not None:
                    os.kill(born, signal.SIGKILL)
                    return
            threading.Event().wait(LOOK)

    def _clear(self, desks: list[Future[None]]) -> None:
        """Where something went wrong, leave nobody at work."""
        while any(desk.done() and desk.exception() for desk in desks) and self._living:
            for terminal in list(self._living):
                with suppress(ProcessLookupError, KeyError):
                    os.kill(self._living.pop(terminal), signal.SIGKILL)
            threading.Event().wait(LOOK)

    def _being_sent(self) -> list[FilingRow]:
        with self._watch.database.read() as shelves:
            rows = shelves.filings.rows(shelves.filings.unsettled())
        return [row for row in rows if row.sending is Sending.SENDING and row.lease_until is not None]

    # --- what came of it

    def count(self) -> Count:
        """Settle what is open, and compare what the shop has with what AINAS has."""
        self.sandbox.troubles.clear()
        filings = self._watch.desk.filings
        self._settle(self._watch)
        self._clock.stop()
        self.ask_about_all()
        rows = filings.rows(filings.ids(FilingQuery()))
        here = {(row.control_number, row.filing_id, row.status or "") for row in rows if row.filing_id}
        double = sum(times - 1 for times in self.sandbox.filings.values())
        unknown = sum(row.sending.is_unsettled for row in rows)
        filed = sum(row.sending is Sending.FILED for row in rows)
        self.differences = sorted(here ^ self._at_ainas())
        lost, done = len(self.differences), self._operations()
        return Count(done, self._kills, self._restarts, filed, self._interrupted, lost, double, unknown)

    def ask_about_all(self) -> None:
        """Ask how every filing stands, until AINAS has answered about each: a slow machine is no loss."""
        filings, end = self._watch.desk.filings, time.monotonic() + PATIENCE
        while (asked := filings.many.refresh(list(filings.ids(FilingQuery())))).failed:
            assert time.monotonic() < end, f"AINAS could not be asked: {asked.reason!r}"

    def _settle(self, room: DeskRoom) -> None:
        """Settle until all leases of the dead have lapsed, and let a clerk decide what is left."""
        filings = room.desk.filings
        end = time.monotonic() + QUIET.total_seconds() + 2 * TIMEOUTS.longest.total_seconds()
        filings.delivery.settle()
        while (self._unsettled() or self._held()) and time.monotonic() < end:
            threading.Event().wait(1)
            filings.delivery.settle()
        for number in self._unsettled():
            self._decide(room, number)

    def _held(self) -> bool:
        """Tell whether a filing is still in the hands of a dead desk: what it was taking back is not unsettled."""
        filings = self._watch.desk.filings
        now = filings.delivery.sender.leases.seen().now
        return any(busy_terminal(row, now) for row in filings.rows(filings.ids(FilingQuery())))

    def _unsettled(self) -> tuple[int, ...]:
        with self._watch.database.read() as shelves:
            return shelves.filings.unsettled()

    @staticmethod
    def _decide(room: DeskRoom, number: int) -> None:
        """Say as a clerk what is ours: of what another machine sent the program cannot always know."""
        resolution = room.desk.filings.delivery.resolution
        candidates = resolution.candidates(number)
        if candidates:
            resolution.adopt(number, candidates[0].number)
        else:
            resolution.give_back(number)

    def _at_ainas(self) -> set[tuple[int, str, str]]:
        now, ainas, ledger = self._clock.now(), self.sandbox._ainas, self.sandbox.memory
        with ledger.transaction():
            numbers = [row[0] for row in ledger._rows("SELECT number FROM entry WHERE service = 'ainas'")]
            states = [ainas.state(entry, now).document for entry in ledger.entries("ainas", numbers).values()]
        return {(int(each["control_number"]), str(each["filing_id"]), str(each["status"])) for each in states}
