"""Keys that were pressed right after a window opened, while what it shows was still being read: they wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop.screens.ports import Tone
from onestop.ui.soon import Soon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from onestop.screens.function_key import FunctionKey
    from onestop.screens.screen import Screen

CLOSES = "F12"
"""It waits for nothing."""


class OpeningKeys:
    """Of one window. What sends never waits: it is pressed by a hand that has read what it sends."""

    def __init__(
        self, window: QWidget, screen: Callable[[], Screen], press: Callable[[FunctionKey[Any]], None]
    ) -> None:
        self._screen = screen
        self._press = press
        self._waiting: list[FunctionKey[Any]] = []
        self._opens = False
        self._soon = Soon(window, self._press_all)

    def begin(self) -> None:
        """The screen starts to read."""
        self._opens = True

    def keeps(self, row: FunctionKey[Any]) -> bool:
        """Let a key wait that could not work yet, and those after it; tell whether this one waits."""
        screen = self._screen()
        if not self._opens or not screen.is_reading or row.sends or row.key == CLOSES:
            return False
        if not self._waiting and row.verdict(screen):
            return False
        self._waiting.append(row)
        return True

    def look(self) -> None:
        """Press what waits once everything is read, or drop it where that failed: it would hide what is said of it."""
        screen = self._screen()
        if not self._opens or screen.is_reading:
            return
        self._opens = False
        if screen.message is not None and screen.message.tone is Tone.ERROR:
            self._waiting.clear()
        elif self._waiting:
            self._soon.start()  # when whoever has read it is done

    def _press_all(self) -> None:
        waiting, self._waiting = self._waiting, []
        for row in waiting:
            self._press(row)
