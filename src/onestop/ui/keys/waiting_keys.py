"""Keys and text that came before the window they are meant for was there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
"""Pressed alone they mean nothing yet."""
CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
EDITING = ("\b", "\x7f")
"""What Backspace and Delete type."""


@dataclass(frozen=True, slots=True)
class WaitingKey:
    """One key, as it was pressed."""

    key: Qt.Key
    modifiers: Qt.KeyboardModifier
    text: str = field(repr=False)

    @property
    def is_text(self) -> bool:
        """Whether any text field could take it."""
        return bool(self.text) and (self.text.isprintable() or self.text in EDITING) and not self.modifiers & CHORDS

    def press(self, window: QWidget) -> None:
        """Press it, shortcuts included, where the focus of a window is, or of the dialog before it."""
        target = _focused(window)
        if self._send(QEvent.Type.ShortcutOverride, target):  # a field that takes it for itself, as Ctrl+A
            action = None
        else:
            action = _shortcut_of(target.window(), QKeySequence(QKeyCombination(self.modifiers, self.key)))
        if action is not None:
            action.trigger()
            return
        self._send(QEvent.Type.KeyPress, target)
        if isValid(target):
            self._send(QEvent.Type.KeyRelease, target)

    def _send(self, kind: QEvent.Type, target: QWidget) -> bool:
        """Send it to a widget, and from there up; tell whether one took it."""
        event = QKeyEvent(kind, self.key, self.modifiers, self.text)
        event.setAccepted(kind != QEvent.Type.ShortcutOverride)
        QCoreApplication.sendEvent(target, event)
        return event.isAccepted()


@dataclass(frozen=True, slots=True)
class WaitingText:
    """What an input method had finished."""

    text: str = field(repr=False)

    def press(self, window: QWidget) -> None:
        """Write it where the focus of a window is, or of the dialog before it."""
        written = QInputMethodEvent()
        written.setCommitString(self.text)
        QCoreApplication.sendEvent(_focused(window), written)


def waiting_key(event: QKeyEvent) -> WaitingKey | None:
    """Return the key of an event, or None for a modifier alone, and for what a held key repeats but text."""
    key = Qt.Key(event.key())
    pressed = WaitingKey(key, event.modifiers(), event.text())
    return None if key in MODIFIERS or (event.isAutoRepeat() and not pressed.is_text) else pressed


def is_in_front(window: QWidget) -> bool:
    """Whether a window, or a dialog before it, is the active one."""
    return window.isActiveWindow() or QApplication.activeModalWidget() is not None


def _shortcut_of(window: QWidget, keys: QKeySequence) -> QAction | None:
    """Return what these keys do in a window: Qt looks for that only when the system itself sends a key."""
    actions = (each for each in window.findChildren(QAction) if keys in each.shortcuts())
    return next((each for each in actions if each.isEnabled()), None)


def _focused(window: QWidget) -> QWidget:
    dialog: QWidget | None = QApplication.activeModalWidget()  # or nothing, which the stubs do not say
    front = window if dialog is None else dialog
    focused: QWidget | None = front.focusWidget()
    return front if focused is None else focused
