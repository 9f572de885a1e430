"""Several desks in processes of their own on one server's database; one is killed now and then, and all is counted."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from faults.desk_clerk import QUIET, TIMEOUTS, a_desk_of
from onestop.clock import SystemClock
from onestop.model.lists import FilingQuery
from onestop.model.sending_state import Sending
from onestop_sandbox import REAL, Kind, SandboxServer, Trouble
from support.desks import a_sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.desks import DeskRoom

CLERK: Final = Path(__file__).with_name("desk_clerk.py")
EVERY: Final = 100
"""Operations between two kills, about."""
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
    filed: int
    interrupted: int
    """Filings that a kill left in the hands of a dead desk: how often it hit where it hurts."""
    lost: int
    """Filings that one side knows and the other does not, or not by the same 申請ID or 申請ステータス."""
    double: int
    unknown: int


class Desk:
    """One desk in a process of its own."""

    def __init__(self, terminal: str, arguments: list[str], tell: Callable[[str], None]) -> None:
        self.terminal = terminal
        command = [sys.executable, "-P", str(CLERK), *arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
        self._hearing = threading.Thread(target=self._hear, args=(tell,))
        self._hearing.start()

    def _hear(self, tell: Callable[[str], None]) -> None:
        assert self._process.stdout is not None
        for word in self._process.stdout:
            tell(word.strip())

    def kill(self) -> None:
        """End it, as by a power cut."""
        self._process.kill()
        self._over()

    def dismiss(self) -> int:
        """Let it end what it does; returns its exit code."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        return self._over()

    def _over(self) -> int:
        code = self._process.wait()
        self._hearing.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        return code


class ShopFloor:
    """Some desks, one database and one AINAS on a port.

    Args:
        folder: where each desk has a folder of its own.
        database_url: the server's database.
        processes: how many desks work side by side.
        seed: of everything that is left to chance here.
    """

    def __init__(self, folder: Path, database_url: str, processes: int, seed: int) -> None:
        self._folder = folder
        self._database_url = database_url
        self._random = random.Random(seed)  # noqa: S311 - chance that can be repeated, not secrecy
        self._stack = ExitStack()
        self.sandbox = self._stack.enter_context(a_sandbox(SystemClock(), sleep=None, pace=REAL, seed=seed))
        self.sandbox.troubles.add(*TROUBLES)
        self._server = self._stack.enter_context(SandboxServer(self.sandbox))
        self._heard = threading.Condition()
        self.done: Counter[str] = Counter()
        self._opened = self._kills = self._interrupted = 0
        self._watch = self._stack.enter_context(a_desk_of(folder / "watch", database_url, self._server.url, "watch"))
        self._desks = [self._open() for _ in range(processes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for desk in self._desks:
            desk.kill()
        self._stack.close()

    def run(self, operations: int, tell: Callable[[int], None] = lambda _done: None) -> Count:
        """Let at least so many operations be done, killing a desk now and then; count when all is settled."""
        due = 0
        while due < operations:
            due += self._random.randint(EVERY // 2, EVERY * 3 // 2)
            self._await(due)
            tell(due)
            self._kill_one()
        codes = [desk.dismiss() for desk in self._desks]
        self._desks = []
        assert not any(codes), "a desk ended by a bug"
        return self._count(self._watch)

    def _await(self, due: int) -> None:
        with self._heard:
            assert self._heard.wait_for(lambda: self.done.total() >= due, PATIENCE), "no desk does anything"

    def _hear(self, word: str) -> None:
        with self._heard:
            self.done[word] += 1
            self._heard.notify_all()

    def _open(self) -> Desk:
        self._opened += 1
        terminal = f"D{self._opened}"
        seed = str(self._random.randrange(2**31))
        arguments = [str(self._folder / terminal), self._database_url, self._server.url, terminal, seed]
        return Desk(terminal, arguments, self._hear)

    def _kill_one(self) -> None:
        place = self._random.randrange(len(self._desks))
        dead = self._desks[place]
        dead.kill()
        self._kills += 1
        filings = self._watch.desk.filings
        rows = filings.rows(filings.ids(FilingQuery()))
        left = (row for row in rows if row.lease_terminal == dead.terminal and row.sending is Sending.SENDING)
        self._interrupted += sum(row.lease_until is not None for row in left)
        self._desks[place] = self._open()

    def _count(self, room: DeskRoom) -> Count:
        self.sandbox.troubles.clear()
        filings = room.desk.filings
        lapse = QUIET.total_seconds() + 2 * TIMEOUTS.longest.total_seconds()
        threading.Event().wait(lapse)
        filings.delivery.settle()
        for row in filings.rows(filings.ids(FilingQuery())):
            if row.sending.is_unsettled:
                self._decide(room, row.control_number)
        filings.many.refresh(list(filings.ids(FilingQuery())))
        rows = filings.rows(filings.ids(FilingQuery()))
        here = {(row.control_number, row.filing_id, row.status) for row in rows if row.filing_id}
        there = self._at_ainas()
        double = sum(times - 1 for times in self.sandbox.filings.values())
        unknown = sum(row.sending.is_unsettled for row in rows)
        filed = sum(row.sending is Sending.FILED for row in rows)
        return Count(self.done.total(), self._kills, filed, self._interrupted, len(here ^ there), double, unknown)

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
        now, ainas, ledger = SystemClock().now(), self.sandbox._ainas, self.sandbox.memory
        with ledger.transaction():
            numbers = [row[0] for row in ledger._rows("SELECT number FROM entry WHERE service = 'ainas'")]
            states = [ainas.state(entry, now).document for entry in ledger.entries("ainas", numbers).values()]
        return {(int(each["control_number"]), str(each["filing_id"]), str(each["status"])) for each in states}
