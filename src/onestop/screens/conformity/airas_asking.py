"""What 指定整備元帳 and 交付実績報告書 share: asking AIRAS how the certificates shown stand, with counts and 中止."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from onestop.screens.filing.refresh_words import RefreshOutcome, told_by
from onestop.screens.gathered_reports import GatheredReports
from onestop.screens.work_progress import WorkProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.errors import OneStopError
    from onestop.screens.screen import Screen
    from onestop.services.delivery.refresh_many import Refreshed

ASKING: Final = "交付ステータスを確認中"


class AirasAsking:
    """Held by a screen. A second asking overtakes the first: `_stop` is the mark of the newest one."""

    def __init__(self, screen: Screen, read_again: Callable[[], None]) -> None:
        """`read_again` runs when AIRAS said something new."""
        self.progress: WorkProgress | None = None
        """How far it is; None when none is under way."""
        self.telling = False
        """The other windows are being told of it; the screen itself reads again anyway."""
        self._screen = screen
        self._read_again = read_again
        self._stop = threading.Event()

    def ask(self, control_numbers: Sequence[int], *, announce_success: bool) -> None:
        """Ask about those that are issued and not finished; `announce_success` tells also what went well."""
        self.give_up()
        stop, screen, began = self._stop, self._screen, self._screen.clock.monotonic()

        def told(counts: tuple[Refreshed, ...]) -> None:
            if stop is self._stop:
                self.progress = WorkProgress.since(began, screen.clock.monotonic(), counts[-1].asked, counts[-1].wanted)
                screen.view.refresh()

        reports: GatheredReports[Refreshed] = GatheredReports(screen.background, screen.clock, told)

        def done(refreshed: Refreshed) -> None:
            reports.flush()
            if stop is self._stop:
                self._finish(refreshed, announce_success=announce_success)

        def failed(error: OneStopError) -> None:
            if stop is self._stop:
                self.progress = None
                screen.failed(error)

        screen.busy = ASKING
        screen.background.run(
            lambda: screen.desk().conformity.many.refresh(control_numbers, reports.add, stop),
            done,
            failed,
        )
        screen.view.refresh()

    def stop(self) -> None:
        """中止: what AIRAS has answered so far is kept."""
        self._stop.set()

    def give_up(self) -> None:
        """Stop, and listen no more: other certificates are shown now."""
        self._stop.set()
        self._stop = threading.Event()
        self.progress = None

    def _finish(self, refreshed: Refreshed, *, announce_success: bool) -> None:
        screen, stopped = self._screen, self._stop.is_set()
        screen.busy = self.progress = None
        if announce_success or stopped or refreshed.failed:
            screen.message = told_by(RefreshOutcome(refreshed), stopped=stopped)
        if refreshed.updated:
            self._read_again()
            self.telling = True
            screen.navigator.changed()
            self.telling = False
        screen.view.refresh()
