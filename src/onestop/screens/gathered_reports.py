"""Gathers what workers report and hands it to the GUI thread together, so that many reports never stall the glass."""

from __future__ import annotations

import math
import threading
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.clock import Clock
    from onestop.screens.ports import Background, Ticket

Item = TypeVar("Item")

PERIOD: Final = 0.1
"""Seconds between two deliveries: measured to keep the longest pause of the GUI under 50 ms."""


class GatheredReports(Generic[Item]):
    """`add` from any thread; `arrived` runs on the GUI thread with all that came since, at most every 100 ms."""

    def __init__(self, background: Background, clock: Clock, arrived: Callable[[tuple[Item, ...]], None]) -> None:
        self._background = background
        self._clock = clock
        self._arrived = arrived
        self._guard = threading.Lock()
        self._items: list[Item] = []
        self._called = False
        self._last = -math.inf
        self._timer: Ticket | None = None

    def add(self, item: Item) -> None:
        """Report one thing. Only the first since the last delivery asks the GUI thread for another."""
        with self._guard:
            self._items.append(item)
            is_first, self._called = not self._called, True
        if is_first:
            self._background.hand_over(self._come)

    def flush(self) -> None:
        """Hand over what is left, at once; on the GUI thread."""
        if self._timer is not None:
            self._timer.drop()
            self._timer = None
        with self._guard:
            items, self._items = tuple(self._items), []
            self._called = False
        if items:
            self._last = self._clock.monotonic()
            self._arrived(items)

    def _come(self) -> None:
        wait = self._last + PERIOD - self._clock.monotonic()
        if wait <= 0:
            self.flush()
        else:
            self._timer = self._background.after(math.ceil(wait * 1000), self.flush)
