"""Whether Tab stops at a text: not where there is nothing to type and nothing to read or copy either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class TabStop:
    """Takes an input out of the way of Tab, and puts it back as it stood there."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._before: Qt.FocusPolicy | None = None
        """How the input took the focus before it was taken out of the way."""

    def offer(self, *, offered: bool) -> None:
        """Let Tab stop there or not; the mouse and Alt reach it all the same."""
        if offered == (self._before is None):
            return
        if self._before is not None:
            self._widget.setFocusPolicy(self._before)
            self._before = None
        else:
            self._before = self._widget.focusPolicy()
            self._widget.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
