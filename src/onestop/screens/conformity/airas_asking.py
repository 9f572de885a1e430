"""What 指定整備元帳 and 交付実績報告書 share: asking AIRAS how the certificates shown stand, with counts and 中止."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.filing.refresh_words import RefreshOutcome, told_by
from onestop.screens.live_task import LiveTask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.screens.screen import Screen
    from onestop.screens.work_progress import WorkProgress
    from onestop.services.delivery.refresh_many import Refreshed

ASKING: Final = "交付ステータスを確認中"


class AirasAsking:
    """Held by a screen, which reads again what AIRAS said anew. A second asking overtakes the first."""

    def __init__(self, screen: Screen) -> None:
        self.live = LiveTask(screen, _counted)
        self._screen = screen

    def ask(self, control_numbers: Sequence[int], *, announce_success: bool) -> None:
        """Ask about those that are issued and not finished; `announce_success` tells also what went well."""
        screen = self._screen
        screen.busy = ASKING
        self.live.start(
            lambda report, stop: screen.desk().conformity.many.refresh(control_numbers, report, stop),
            lambda refreshed: self._finish(refreshed, announce_success=announce_success),
            screen.failed,
        )

    def _finish(self, refreshed: Refreshed, *, announce_success: bool) -> None:
        screen, stopped = self._screen, self.live.stopped
        screen.busy = None
        if announce_success or stopped or refreshed.failed:
            screen.message = told_by(RefreshOutcome(refreshed), stopped=stopped)
        if refreshed.updated:
            screen.reload()
            screen.navigator.changed(but=screen)
        screen.view.refresh()


def _counted(counts: tuple[Refreshed, ...], _before: WorkProgress) -> tuple[int, int]:
    return counts[-1].asked, counts[-1].wanted
