"""Watches one input: whether it has the focus, and whether an input method is composing text in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QInputMethodEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


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
            case QEvent.Type.KeyPress:
                return self.composing  # F6-F10 convert, Enter confirms, Esc takes back, arrows and Space choose
        return False
