"""Keeps a key that sends from a hand that pressed it for the window before, such as F5 twice in 申請書一覧."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onestop.screens.function_key import SECONDS_TO_READ
from onestop.ui.first_paint import after_first_paint

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from onestop.clock import Clock
    from onestop.screens.function_key import FunctionKey

TOO_EARLY: Final = "画面が開いた直後です。内容を確かめて、もう一度押してください。"


class SendingGuard:
    """Of one window. Time counts from when there was something to see, however long the window took to be made."""

    def __init__(self, window: QWidget, clock: Callable[[], Clock]) -> None:
        """`clock` returns what tells the time; it is asked for when the window is bound to its screen."""
        self._window = window
        self._clock = clock
        self._seen_at: float | None = None

    def opens(self) -> None:
        """The window is shown; it is seen once it is painted."""
        self._seen_at = None
        after_first_paint(self._window, self.is_seen)

    def is_seen(self) -> None:
        """The window stands before the clerk from now on."""
        self._seen_at = self._clock().monotonic()

    @property
    def is_painted(self) -> bool:
        """Whether there is something to see."""
        return self._seen_at is not None

    @property
    def holds(self) -> bool:
        """Whether whatever is pressed now may have been meant for another window."""
        return self._seen_at is None or self._clock().monotonic() - self._seen_at < SECONDS_TO_READ

    def why_not(self, row: FunctionKey[Any], screen: object) -> str | None:
        """Return the sentence for the strip if a key comes too early that would send something."""
        early = row.sends and self.holds and row.verdict(screen)
        return row.refusal(screen, TOO_EARLY) if early else None
