"""A button inside a window that Alt with a letter presses, beside what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QWidget

from onestop.ui.colours import colours_of
from onestop.ui.enters import is_enter
from onestop.ui.keys.listening import keys_of, listen
from onestop.ui.labels import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionButton

    from onestop.screens.function_key import FunctionKey


class ActionButton(QPushButton):
    """Shows one row of a key table, such as Alt+K 申請確認. Like a function key it answers why it does not work."""

    asked = Signal(object)
    """The row, by key or by mouse."""

    def __init__(self, name: str, row: FunctionKey[Any]) -> None:
        super().__init__(f"{row.label} ({row.key.replace('Left', '←')})")
        self.row = row
        self.allowed = True
        """Whether it works now."""
        self._hears_hidden = False
        self.setObjectName(name)
        self.setAccessibleName(row.label)
        self.setAutoDefault(False)
        self.clicked.connect(lambda: self.asked.emit(row))

    def listen_in(self, window: QWidget, *, also_hidden: bool = False) -> None:
        """Let the key work everywhere in this window while the button is to be seen, or always."""
        self._hears_hidden = also_hidden
        listen(window, keys_of(self.row), self._by_key, self.row.label)

    def show_verdict(self, screen: object) -> None:
        """Show whether it works now, and why not."""
        can = self.row.verdict(screen)
        self.setToolTip(plain_tip(can.why_not))
        self.setAccessibleDescription(can.why_not)
        if can.allowed != self.allowed:
            self.allowed = can.allowed
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as it does on every button that has the focus, unless it sends; its key stands on it."""
        if not is_enter(event):
            super().keyPressEvent(event)
        elif not self.row.sends:
            self.click()

    def _by_key(self) -> None:
        if self._hears_hidden or self.isVisible():
            self.asked.emit(self.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button; with strong contrast an outline, too, which Fusion makes from the colour of the ground."""
        super().paintEvent(event)
        colours = colours_of(self.palette())
        if colours.is_strong:
            painter = QPainter(self)
            painter.setPen(QPen(QColor(colours.accent.paper if self.hasFocus() else colours.line), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Look dim when it does not work now; it is not disabled, so that it can say why."""
        super().initStyleOption(option)
        if not self.allowed:
            option.state &= ~QStyle.StateFlag.State_Enabled
            palette = option.palette
            palette.setCurrentColorGroup(QPalette.ColorGroup.Disabled)
            option.palette = palette
