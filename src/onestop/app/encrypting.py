"""照会 says how far the encrypting of an earlier version's data is, while the desk is being opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.desk import opening_words
from onestop.screens.gathered_reports import GatheredReports
from onestop.screens.ports import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.clock import Clock
    from onestop.screens.ports import Background


class Encrypting:
    """Puts it into the strip of 照会 by `say`; None takes it back."""

    def __init__(self, background: Background, clock: Clock, say: Callable[[Message | None], None]) -> None:
        self._background = background
        self._clock = clock
        self._say = say
        self._under_way = False
        self._said = False

    def begin(self) -> Callable[[int, int], None]:
        """Return what hears, on a worker, which step of an opening is how far."""
        self._under_way = True
        reports: GatheredReports[tuple[int, int]] = GatheredReports(self._background, self._clock, self._told)
        return lambda step, percent: reports.add((step, percent))

    def end(self) -> None:
        """Take back what was said: the desk is open, or cannot be opened."""
        self._under_way = False
        if self._said:
            self._said = False
            self._say(None)

    def _told(self, reports: tuple[tuple[int, int], ...]) -> None:
        if self._under_way:  # a report may come after the end
            self._said = True
            self._say(Message(opening_words.encrypting(*reports[-1])))
