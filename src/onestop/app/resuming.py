"""Takes up what the last program left open; 照会 says at once how much that is, and then how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.desk import opening_words
from onestop.screens.gathered_reports import GatheredReports
from onestop.screens.ports import Tone
from onestop.screens.work_progress import WorkProgress

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.app.opening import OpenDesk
    from onestop.clock import Clock
    from onestop.errors import OneStopError
    from onestop.screens.ports import Background
    from onestop.services.delivery.settle import Settled

ABOUT = "settling"
"""What its sentence is about, among those of the opening: a newer one takes its place."""


class Resuming:
    """Settles what was left open, at each opening. `tell` adds a sentence; `changed` lets the windows read anew."""

    def __init__(
        self, background: Background, clock: Clock, tell: Callable[[str, str, Tone], None], changed: Callable[[], None]
    ) -> None:
        self._background = background
        self._clock = clock
        self._tell = tell
        self._changed = changed

    def begin(self, opened: OpenDesk) -> None:
        """Settle on a worker what was sent and never answered."""
        began = self._clock.monotonic()

        def told(counts: tuple[Settled, ...]) -> None:
            now = counts[-1]
            self.say(WorkProgress.since(began, self._clock.monotonic(), now.asked, now.asked + now.left))

        reports: GatheredReports[Settled] = GatheredReports(self._background, self._clock, told)

        def done(settled: Settled) -> None:
            reports.flush()
            self._settled(settled)

        self._background.run(lambda: opened.resume(reports.add), done, self._failed)

    def say(self, progress: WorkProgress) -> None:
        """Say how far it has come; nothing where nothing was left open."""
        if progress.total:
            self._tell(ABOUT, opening_words.settling(progress), Tone.INFO)

    def _settled(self, settled: Settled) -> None:
        told = opening_words.settled(settled)
        if told is not None:
            self._changed()
            self._tell(ABOUT, told.text, told.tone)

    def _failed(self, error: OneStopError) -> None:
        self._tell(ABOUT, opening_words.unsettled(error), Tone.WARNING)
