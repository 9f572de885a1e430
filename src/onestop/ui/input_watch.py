"""Watches one input: whether it has the focus, and whether an input method is composing text in it.

And keeps an input method out where there is no input: what it composes there is not seen, and takes the keys away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


AT_ONCE: Final = 100
"""Milliseconds in which an input method may still write what it has just ceased to show."""


class InputWatch(QObject):
    """An event filter on one input. While text is composed, no shortcut fires and no key leaves the input.

    What was composed and taken back by Esc or Backspace stays away: with ibus, Qt writes it when the input is left.
    A letter with Alt that no shortcut has taken writes nothing: to Qt it is a letter like any other.
    """

    focused = Signal(bool)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.composing = False
        self._composed = ""
        """What was composed last and not written."""
        self._taken_back = QElapsedTimer()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at what reaches the input."""
        match event.type():
            case QEvent.Type.FocusIn:
                self.focused.emit(True)  # noqa: FBT003 - a signal takes no names
            case QEvent.Type.FocusOut:
                # nothing is expected now but what Qt may still write of an unfinished composition
                self._composed = "" if self.composing else self._composed
                self.composing = False
                self.focused.emit(False)  # noqa: FBT003 - the same
            case QEvent.Type.InputMethod if isinstance(event, QInputMethodEvent):
                return self._comes_back(event) or self._note(event)
            case QEvent.Type.ShortcutOverride if self.composing:
                event.accept()
                return True
            case QEvent.Type.KeyPress:
                # F6-F10 convert, Enter confirms, Esc takes back, arrows and Space choose
                return self.composing or (isinstance(event, QKeyEvent) and _is_lost(event))
        return False

    def _comes_back(self, event: QInputMethodEvent) -> bool:
        if self.composing or not self._composed or event.commitString() != self._composed:
            return False
        return self._taken_back.elapsed() >= AT_ONCE

    def _note(self, event: QInputMethodEvent) -> bool:
        """Note what is composed; the event goes on to the input."""
        if event.commitString():
            self._composed = ""
        elif self.composing and not event.preeditString():
            self._taken_back.start()
        self._composed = event.preeditString() or self._composed
        self.composing = bool(event.preeditString())
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
