"""Watches one input: whether it has the focus, and whether an input method is composing text in it.

And keeps an input method out where there is no input: what it composes there is not seen, and takes the keys away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class InputWatch(QObject):
    """An event filter on one input. While text is composed, no shortcut fires and no key leaves the input.

    A letter with Alt that no shortcut has taken writes nothing: to Qt it is a letter like any other.
    """

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
                # F6-F10 convert, Enter confirms, Esc takes back, arrows and Space choose
                return self.composing or (isinstance(event, QKeyEvent) and _is_lost(event))
        return False


class NothingToCompose(QObject):
    """An event filter on a list that opens below an input, in which Qt would let an input method write."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Answer for the list."""
        if isinstance(event, QInputMethodQueryEvent) and event.queries() & Qt.InputMethodQuery.ImEnabled:
            event.setValue(Qt.InputMethodQuery.ImEnabled, False)  # noqa: FBT003 - Qt's own way
            event.accept()
            return True
        return False


def _is_lost(event: QKeyEvent) -> bool:
    """Whether a key was meant for something that is not there; AltGr, which is Ctrl and Alt, writes signs."""
    held = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
    return held == Qt.KeyboardModifier.AltModifier and bool(event.text()) and event.text().isprintable()
