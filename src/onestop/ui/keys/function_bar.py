"""Draws a table of function keys: twelve slots F1 to F12 in three groups of four, at the bottom of every window."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from onestop.ui.keys.key_button import KeyButton
from onestop.ui.keys.listening import keys_of, listen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from onestop.screens.function_key import FunctionKey

ScreenT = TypeVar("ScreenT")

SLOTS = tuple(f"F{number}" for number in range(1, 13))
GROUP = 4
GAP = 4
"""Pixels between two slots."""
GROUP_GAP = 12
"""Pixels more between two groups, as on a keyboard."""


class FunctionBar(QWidget):
    """The keys of one window. The actions belong to the window, so that only the active window's keys fire.

    Every slot is as wide as every other, to the pixel, whatever stands in it: a hand finds F8 without the eye.
    """

    pressed = Signal(str)
    """F1 … F12, by key or by mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, KeyButton] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def draw(self, keys: Sequence[FunctionKey[ScreenT]], main_key: str | None = None) -> None:
        """Make the twelve slots, and an action for each key of the table; called once. Enter can press `main_key`."""
        rows = {row.key: row for row in keys}
        every = [key for row in keys for key in keys_of(row)]
        unknown = {*every} - {*SLOTS}
        if unknown or len({*every}) < len(every):
            msg = f"a key stands twice, or is none of F1 to F12: {sorted(unknown)}"
            raise ValueError(msg)
        for key in SLOTS:
            self._slot(key, rows.get(key))
        self._place()
        if main_key is not None:
            self.buttons[main_key].setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_verdicts(self, keys: Sequence[FunctionKey[ScreenT]], screen: ScreenT) -> None:
        """Show for each key what it means now, and whether it works."""
        for row in keys:
            self.buttons[row.key].show_label(row.called(screen))
            self.buttons[row.key].show_verdict(row.verdict(screen))

    # --- Qt

    def sizeHint(self) -> QSize:
        """Return room for twelve of the widest, and for the height that every slot has in this text size."""
        hints = [button.sizeHint() for button in self.buttons.values()] or [QSize(0, 0)]
        width = max(hint.width() for hint in hints)
        return QSize(len(SLOTS) * width + _gaps(), max(hint.height() for hint in hints))

    def minimumSizeHint(self) -> QSize:
        """Need as much: each slot's text may be small, but is never cut."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Ask for another height when the text size changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.updateGeometry()

    # --- inside

    def _slot(self, key: str, row: FunctionKey[ScreenT] | None) -> None:
        label = "" if row is None else row.label
        button = KeyButton(key, label, self)
        self.buttons[key] = button
        if row is not None:
            action = listen(self.window(), keys_of(row), lambda: self.pressed.emit(key), f"{key} {label}")
            button.clicked.connect(action.trigger)

    def _place(self) -> None:
        """Give every slot its share; what cannot be shared stays empty at both ends."""
        width, spare = divmod(self.width() - _gaps(), len(SLOTS))
        for number, button in enumerate(self.buttons.values()):
            left = spare // 2 + number * (width + GAP) + number // GROUP * GROUP_GAP
            button.setGeometry(left, 0, width, self.height())


def _gaps() -> int:
    return (len(SLOTS) - 1) * GAP + (len(SLOTS) // GROUP - 1) * GROUP_GAP
