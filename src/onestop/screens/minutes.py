"""Counts minutes down on the glass, while there is something to count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.screens.ports import Ticket
    from onestop.screens.screen import Screen

MINUTE: Final = 60 * 1000
"""Milliseconds after which what is counted down is shown anew."""


class Minutes:
    """Held by a screen that shows how long something still takes: it is refreshed every minute."""

    def __init__(self, screen: Screen, counts: Callable[[], bool]) -> None:
        """`counts` tells whether something on the glass is counted down now."""
        self._screen = screen
        self._counts = counts
        self._timer: Ticket | None = None

    def go_on(self) -> None:
        """Begin to count, unless it has begun, or there is nothing to count."""
        if self._timer is None and self._counts():
            self._timer = self._screen.background.after(MINUTE, self._passed)

    def _passed(self) -> None:
        self._timer = None
        self.go_on()
        self._screen.view.refresh()
