"""Long work that a screen has: it reports while it runs, can be stopped, and is overtaken by the next one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from onestop.screens.function_key import SECONDS_TO_READ
from onestop.screens.gathered_reports import GatheredReports, Item
from onestop.screens.ports import Begin
from onestop.screens.work_progress import WorkProgress

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.errors import OneStopError
    from onestop.screens.screen import Screen

JUST_ENDED: Final = "結果が出た直後のため、閉じていません。結果を確かめて、もう一度押してください。"

Result = TypeVar("Result")
Outcome = TypeVar("Outcome")


class LiveTask(Generic[Item]):
    """One at a time: what an overtaken one still brings is not heard. Call it on the GUI thread."""

    def __init__(self, screen: Screen, counted: Callable[[tuple[Item, ...], WorkProgress], tuple[int, int]]) -> None:
        """`counted` takes what was reported and how far it was before, and returns how many are done, of how many."""
        self.progress: WorkProgress | None = None
        """How far it is; None when none is under way, or nothing is known yet."""
        self._screen = screen
        self._counted = counted
        self._stop = threading.Event()
        """Also tells the newest one from those that it overtook."""
        self._ended_at: float | None = None

    def holds_closing(self) -> bool:
        """Tell whether the newest one ended so short ago that a key pressed now was meant for 中止, and say so."""
        held = self._ended_at is not None and self._screen.clock.monotonic() - self._ended_at < SECONDS_TO_READ
        if held:
            self._screen.say_in_passing(JUST_ENDED)
        return held

    @property
    def stopped(self) -> bool:
        """Whether the newest one was told to stop."""
        return self._stop.is_set()

    def start(
        self,
        job: Callable[[Callable[[Item], None], threading.Event], Result],
        done: Callable[[Result], None],
        failed: Callable[[OneStopError], None],
        total: int = 0,
        *,
        begin: Begin = Begin.AT_ONCE,
    ) -> None:
        """Run a job on a worker: it is handed where it reports, and what tells it to stop. `total` is shown at once."""
        self.give_up()
        self.progress = WorkProgress(0, total) if total else None
        newest, screen, began = self._stop, self._screen, self._screen.clock.monotonic()

        def arrived(items: tuple[Item, ...]) -> None:
            if newest is self._stop:
                counts = self._counted(items, self.progress or WorkProgress(0, 0))
                self.progress = WorkProgress.since(began, screen.clock.monotonic(), *counts)
                screen.view.refresh()

        reports = GatheredReports(screen.background, screen.clock, arrived)

        def ended(then: Callable[[Outcome], None]) -> Callable[[Outcome], None]:
            def heard(outcome: Outcome) -> None:
                reports.flush()
                if newest is self._stop:
                    self.progress, self._ended_at = None, screen.clock.monotonic()
                    then(outcome)

            return heard

        screen.view.refresh()
        screen.background.run(lambda: job(reports.add, newest), ended(done), ended(failed), begin=begin)

    def stop(self) -> None:
        """中止: what was done so far is kept, and `done` hears of it."""
        self._stop.set()

    def give_up(self) -> None:
        """Stop, and listen no more: something else is shown now."""
        self._stop.set()
        self._stop = threading.Event()
        self.progress = None
