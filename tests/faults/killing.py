"""Kills the real program at random during 一括申請 of 20, starts it again, and counts what is lost or double."""

from __future__ import annotations

import os
import random
import signal
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from onestop.clock import SystemClock
from onestop.model.lists import FilingQuery
from onestop.model.sending_state import Sending
from onestop.store.keychain import Keychain
from onestop_sandbox import REAL, Kind, SandboxServer, Trouble
from support.databases import a_database_file
from support.desks import READY_SECRETS, READY_SETTINGS, a_desk, a_sandbox
from support.keychains import FileBackend
from support.nursery import nurseries

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.desks import DeskRoom

CLERK = Path(__file__).with_name("clerk.py")
ROWS = 20
LONGEST_LIFE = 0.8
"""Seconds after the beginning of 一括申請 within which the program is killed."""
MOST = 10
"""How many times as often is killed until one hits: on a busy machine most programs die before they send."""
IN_HAND = 1.0
"""Seconds after which AINAS has nothing of a killed program in its hands any more."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of it."""

    kills: int
    issued: int
    lost: int
    """Filings that one side knows and the other does not, or not by the same 申請ID."""
    double: int
    interrupted: int
    """Filings that a kill left SENDING: how often it hit where it hurts."""


class Home(Protocol):
    """Where the program is started and heard."""

    def bear(self, folder: str, url: str, /) -> int: ...
    def word(self) -> str: ...
    def code_and_words(self) -> tuple[int, str]: ...
    def close(self) -> None: ...


class Slaughter:
    """One data folder, one AINAS on a port, and a program that dies often.

    Args:
        folder: the program's data folder.
        keys: whether AINAS looks at Idempotency-Keys.
        nursery: where the program lives, and which ends with this; a process of this machine unless told otherwise.
        slow: seconds by which AINAS answers late.
    """

    def __init__(self, folder: Path, seed: int, *, keys: bool, nursery: Home | None = None, slow: float = 0.15) -> None:
        a_database_file(folder / "onestop.db")  # by whoever makes several, before they live side by side
        self._folder = folder
        self._random = random.Random(seed)  # noqa: S311 - chance that can be repeated, not secrecy
        self._stack = ExitStack()
        self._keys = keys
        sandbox = self._stack.enter_context(a_sandbox(SystemClock(), sleep=None, pace=REAL, seed=seed))
        if not keys:
            sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
        before = Trouble(Kind.DELAY, "submitFiling", seconds=slow, times=None, probability=0.5)
        after = Trouble(Kind.DELAY, "submitFiling", seconds=slow, times=None, after=True)
        sandbox.troubles.add(before, after)
        self._server = self._stack.enter_context(SandboxServer(sandbox))
        Keychain(FileBackend(folder / "keychain.json")).write(READY_SECRETS)
        self._nursery = nursery or nurseries(CLERK, 1)[0]
        self._stack.callback(self._nursery.close)
        self._issued = self._killed = self._interrupted = 0

    def close(self) -> None:
        self._stack.close()

    def run(self, kills: int, tell: Callable[[int], None] = lambda _killed: None) -> Tally:
        """Kill so often, and on until one hits where it hurts, let the last program finish, and count."""
        self._look(self._add_drafts)
        while self._killed < kills or (not self._interrupted and self._killed < MOST * kills):
            if self._live_and_die():
                self._killed += 1
                tell(self._killed)
            self._look(self._count_and_refill)
            self._look(self._decide)
        self._live_to_the_end()
        return self._look(self._tally)

    def _live_and_die(self) -> bool:
        """Start the program and kill it in the middle of its work; False when it was done before."""
        born = self._start()
        if self._nursery.word() == "done":
            self._nursery.code_and_words()
            return False
        threading.Event().wait(self._random.uniform(0, LONGEST_LIFE))
        with suppress(ProcessLookupError):
            os.kill(born, signal.SIGKILL)
        code, _ = self._nursery.code_and_words()
        return code == -signal.SIGKILL

    def _live_to_the_end(self) -> None:
        self._start()
        code, words = self._nursery.code_and_words()
        assert (code, "done" in words) == (0, True), words

    def _start(self) -> int:
        return self._nursery.bear(str(self._folder), self._server.url)

    def _look(self, act: Callable[[DeskRoom], None] | Callable[[DeskRoom], Tally]) -> Tally:
        settings = READY_SETTINGS.model_copy(update={"settle_after_seconds": 1})
        with a_desk(self._folder, sandbox=self._server.sandbox, settings=settings, url=self._server.url) as room:
            return act(room) or Tally(0, 0, 0, 0, 0)

    def _add_drafts(self, room: DeskRoom) -> None:
        for place in range(self._issued, self._issued + ROWS):
            room.a_draft(plate=f"土浦300さ{place % 9000 + 1000}", chassis_number=f"ZN6-{place:06}")
        self._issued += ROWS

    def _count_and_refill(self, room: DeskRoom) -> None:
        states = [row.sending for row in room.desk.filings.rows(room.desk.filings.ids(FilingQuery()))]
        self._interrupted += states.count(Sending.SENDING)
        if Sending.DRAFT not in states:
            self._add_drafts(room)

    def _decide(self, room: DeskRoom) -> None:
        """Say as a clerk what is ours of what AINAS has: without keys the program cannot know."""
        lost = [number for number in room.desk.filings.ids(FilingQuery()) if room.filing(number).sending.is_unsettled]
        if lost and not self._keys:
            threading.Event().wait(IN_HAND)
        for number in lost if not self._keys else ():
            for candidate in room.desk.filings.delivery.resolution.candidates(number):
                room.desk.filings.delivery.resolution.adopt(number, candidate.number)

    def _tally(self, room: DeskRoom) -> Tally:
        rows = room.desk.filings.rows(room.desk.filings.ids(FilingQuery()))
        here = {(row.control_number, row.filing_id) for row in rows}
        entries = room.sandbox.memory._rows("SELECT control_number, number FROM entry WHERE service = 'ainas'")
        there = {(int(control_number), number) for control_number, number in entries}
        double = sum(times - 1 for times in room.sandbox.filings.values())
        return Tally(self._killed, len(rows), len(here ^ there), double, self._interrupted)
