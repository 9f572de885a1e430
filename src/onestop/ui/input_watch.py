"""Watches one input: whether it has the focus, and whether an input method is composing text in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

IME_KEYS = frozenset(
    {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
    | {Qt.Key(Qt.Key.Key_F1 + number) for number in range(12)}
)
"""Keys that mean something to the IME while it composes: F6–F10 convert, Enter confirms, Esc takes back."""


class InputWatch(QObject):
    """An event filter on one input. While text is composed, no shortcut fires and no key leaves the input."""

    focused = Signal(bool)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.composing = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at what reaches the input."""
        match event.type():
            case QEvent.Type.FocusIn:
                self.focused.emit(True)  # noqa: FBT003 - a signal takes no names
            case QEvent.Type.FocusOut:
                self.composing = False
                self.focused.emit(False)  # noqa: FBT003 - the same
            case QEvent.Type.InputMethod if isinstance(event, QInputMethodEvent):
                self.composing = bool(event.preeditString())
            case QEvent.Type.ShortcutOverride if self.composing:
                event.accept()
                return True
            case QEvent.Type.KeyPress if self.composing and isinstance(event, QKeyEvent):
                return event.key() in IME_KEYS
        return False
