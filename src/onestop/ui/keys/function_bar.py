"""Draws a table of function keys: twelve slots F1 to F12 in three groups of four, at the bottom of every window."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from onestop.ui.keys.key_button import KeyButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.screens.function_key import FunctionKey

ScreenT = TypeVar("ScreenT")

SLOTS = tuple(f"F{number}" for number in range(1, 13))
GROUP = 4


class FunctionBar(QWidget):
    """The keys of one window. The actions belong to the window, so that only the active window's keys fire."""

    pressed = Signal(str)
    """F1 … F12, by key or by mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, KeyButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)

    def draw(self, keys: Sequence[FunctionKey[ScreenT]], main_key: str | None = None) -> None:
        """Make the twelve slots, and an action for each key of the table; called once. Enter can press `main_key`."""
        rows = {row.key: row for row in keys}
        every = [key for row in keys for key in _keys_of(row)]
        unknown = {*every} - {*SLOTS}
        if unknown or len({*every}) < len(every):
            msg = f"a key stands twice, or is none of F1 to F12: {sorted(unknown)}"
            raise ValueError(msg)
        for number, key in enumerate(SLOTS):
            if number and number % GROUP == 0:
                self._row.addSpacing(12)
            self._slot(key, rows.get(key))
        if main_key is not None:
            self.buttons[main_key].setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_verdicts(self, keys: Sequence[FunctionKey[ScreenT]], screen: ScreenT) -> None:
        """Show for each key what it means now, and whether it works."""
        for row in keys:
            can = row.can(screen)
            self.buttons[row.key].show_label(row.called(screen))
            if (can.allowed, can.why_not) != (self.buttons[row.key].allowed, self.buttons[row.key].toolTip()):
                self.buttons[row.key].show_verdict(can)

    def _slot(self, key: str, row: FunctionKey[ScreenT] | None) -> None:
        label = "" if row is None else row.label
        button = KeyButton(key, label, self)
        self.buttons[key] = button
        self._row.addWidget(button, len(label) and 3 + min(len(label), 6))
        if row is not None:
            action = QAction(f"{key} {label}", self.window())
            action.setShortcuts([QKeySequence(each) for each in _keys_of(row)])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setAutoRepeat(False)
            action.triggered.connect(lambda _checked=False, key=key: self.pressed.emit(key))
            button.clicked.connect(action.trigger)
            self.window().addAction(action)


def _keys_of(row: FunctionKey[ScreenT]) -> tuple[str, ...]:
    return (row.key, row.also) if row.also else (row.key,)
