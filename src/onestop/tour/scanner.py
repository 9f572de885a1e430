"""A scanner that plays keyboard: sends its keys to a window as the platform does, with their times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

GAP: Final = 5
"""Milliseconds between two signs: 200 a second."""
NONE: Final = Qt.KeyboardModifier.NoModifier
ENTER: Final = "\r"


class Scanner:
    """Its clock begins at 1 and goes on with every key."""

    def __init__(self, gap: int = GAP) -> None:
        self._gap = gap
        self.at = 1

    def write(self, window: QWindow, text: str, end: str = ENTER) -> None:
        """Write a symbol's text, and the key that ends it."""
        self.at += 1000
        for sign in text + end:
            self.press(window, sign)

    def press(self, window: QWindow, sign: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press one key and let it up."""
        key = {ENTER: Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}.get(sign) or Qt.Key(ord(sign.upper()[0]))
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, sign)
            event.setTimestamp(self.at)
            if kind == QEvent.Type.ShortcutOverride:
                event.ignore()
            QCoreApplication.sendEvent(window, event)
            self.at += kind == QEvent.Type.KeyPress
        self.at += self._gap - 1
