"""A choice of a few words that all stand on the glass: arrow keys or a digit choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QStyle, QStyleOptionButton

from onestop.ui.colours import colours_of
from onestop.ui.fields.fields import Field
from onestop.ui.keys.digit_guard import digit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent

AIR = 9


class RadioButton(QRadioButton):
    """A radio button whose ring can be seen in the dark too."""

    def sizeHint(self) -> QSize:
        """Be as tall as the one-line inputs beside it."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.fontMetrics().height() + AIR))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring over Fusion's."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        ring = self.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, self)
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.dim), 1.2))
        painter.setBrush(QColor(colours.base))
        painter.drawEllipse(ring.adjusted(1, 1, -1, -1))
        if self.isChecked():
            painter.setBrush(QColor(colours.text))
            inner = ring.width() // 4
            painter.drawEllipse(ring.adjusted(inner, inner, -inner, -inner))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let a digit choose by place."""
        group = self.group()
        digit = digit_of(event.text())
        if digit is not None and 1 <= digit <= len(group.buttons()):
            group.button(digit - 1).setFocus()
            group.button(digit - 1).click()
        else:
            super().keyPressEvent(event)


class RadioField(Field):
    """Some words, one of them chosen. Tab and Enter stop at the chosen one."""

    def __init__(
        self, name: str, label: str, options: Sequence[tuple[str, str]], *, mnemonic: str | None = None
    ) -> None:
        """`options` are pairs of the screen's value and the word on the glass."""
        super().__init__(name, label, mnemonic=mnemonic)
        self._values = [value for value, _ in options]
        self.group = QButtonGroup(self)
        for place, (_, word) in enumerate(options):
            button = RadioButton(word)
            self.group.addButton(button, place)
            self._hold(button, name=f"{name}_{place + 1}", label=f"{label} {word}", stretch=0)
        self._inputs.addStretch(1)
        self.group.idClicked.connect(self._chosen)

    def show_value(self, value: object) -> None:
        """Choose a value."""
        if value in self._values and value != self.value():
            button = self.group.button(self._values.index(str(value)))
            with QSignalBlocker(self.group):
                button.setChecked(True)
            self._lead_to(button)

    def value(self) -> str:
        """Return the value that is chosen; empty for none."""
        place = self.group.checkedId()
        return self._values[place] if place >= 0 else ""

    def _chosen(self, place: int) -> None:
        self._lead_to(self.group.button(place))
        self.edited.emit(self.name, self._values[place])

    def _lead_to(self, button: QAbstractButton) -> None:
        """Let Tab and the letter end at the chosen word: a label clicks the button that it belongs to."""
        self.setFocusProxy(button)
        self.caption.setBuddy(button)
