"""Keeps a held key from acting: not again in its own window, and not in the one that it opened.

Qt's own mark for repeated keys cannot be relied upon: on X11 a held key may come as a release and a press at the same
moment, neither of them marked, and then even a shortcut with auto-repeat off fires thirty times a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

AT_ONCE: Final = 5
"""Milliseconds between a release and a press that no finger does."""
KINDS: Final = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
MOVES: Final = (
    *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backspace, Qt.Key.Key_Delete),
)
"""Keys that may go on while they are held, as may letters in the field where they went down."""


class HeldKeys(QObject):
    """Stands before one window: its shortcuts and its widgets hear only what passes here."""

    def __init__(self, window: QWidget, comes: Callable[[], None] | None) -> None:
        super().__init__(window)
        self._window = window
        self._comes = comes
        self._released: tuple[int, int] | None = None
        """The key that went up last, and when."""
        self._went_down: tuple[int, QWidget | None] | None = None
        """The key that went down last, and in which input."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at every key before anything of the window does."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            self._released = (event.key(), event.timestamp())
        if event.type() not in KINDS or not self._is_held(event):
            if event.type() == QEvent.Type.KeyPress:
                self._went_down = (event.key(), self._window.focusWidget())
            if event.type() in KINDS and self._comes is not None:
                self._comes()
            return False
        if event.key() in MOVES or self._is_typed_on(event):
            return False
        event.accept()
        return True

    def _is_held(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            return True
        if self._released is None:
            return False
        key, at = self._released
        return key == event.key() and event.timestamp() - at < AT_ONCE

    def _is_typed_on(self, event: QKeyEvent) -> bool:
        here = self._window.focusWidget()
        types = isinstance(here, QLineEdit | QPlainTextEdit | QComboBox) and event.text().isprintable()
        return types and bool(event.text()) and self._went_down == (event.key(), here)


def keep_off_held_keys(window: QWidget, comes: Callable[[], None] | None = None) -> None:
    """Let no held key act in a window that is being shown; `comes` is called when one goes down, before it acts."""
    handle = window.windowHandle()
    if handle is not None:
        handle.installEventFilter(HeldKeys(window, comes))
