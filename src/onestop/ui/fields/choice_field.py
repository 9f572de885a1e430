"""A choice of a few words, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QComboBox

from onestop.ui.colours import colours_of
from onestop.ui.fields.fields import FRAME, Field
from onestop.ui.input_watch import NothingToCompose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent


class ComboBox(QComboBox):
    """Opens by Alt+Down and never by F4, which is a function key; a digit chooses by place; the wheel does nothing."""

    def __init__(self) -> None:
        super().__init__()
        NothingToCompose(self.view())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep F4 for the function bar, and let a digit choose."""
        if event.key() == Qt.Key.Key_F4:
            event.ignore()
        elif not self._choose_by_digit(event.text()):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls: a value changed by accident is filed by accident."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a locked word as a locked text stands: in the colour of text, without frame and arrow."""
        if self.isEnabled():
            super().paintEvent(event)
            return
        colours = colours_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.base))
        painter.setPen(QColor(colours.text))
        room = self.rect().adjusted(FRAME, 0, -FRAME, 0)
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()

    def _choose_by_digit(self, text: str) -> bool:
        if not (text.isascii() and text.isdigit()) or self.findText(text, Qt.MatchFlag.MatchStartsWith) >= 0:
            return False
        place = int(text) - 1
        if 0 <= place < self.count():
            self.setCurrentIndex(place)
            self.activated.emit(place)
        return True


class ChoiceField(Field):
    """A few words to choose from. A word that we do not know is shown as it came."""

    def __init__(
        self, name: str, label: str, options: Sequence[tuple[str, str]], *, mnemonic: str | None = None
    ) -> None:
        """`options` are pairs of the screen's value and the word on the glass."""
        super().__init__(name, label, mnemonic=mnemonic)
        self.input = ComboBox()
        self.input.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._hold(self.input)
        self.set_options(options)
        self.input.activated.connect(self._chosen)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these words; the one that was chosen stays chosen."""
        if [*options] != [(self.input.itemData(each), self.input.itemText(each)) for each in range(self.input.count())]:
            chosen = self.value()
            with QSignalBlocker(self.input):
                self.input.clear()
                for value, word in options:
                    self.input.addItem(word, value)
            if chosen:
                self.show_value(chosen)

    def show_value(self, value: object) -> None:
        """Choose a value."""
        text = str(value)
        if text != self.value() or self.input.currentIndex() < 0:
            with QSignalBlocker(self.input):
                if self.input.findData(text) < 0:
                    self.input.addItem(text, text)
                self.input.setCurrentIndex(self.input.findData(text))

    def value(self) -> str:
        """Return the value that is chosen; empty for none."""
        return str(self.input.currentData() or "")

    def _chosen(self, _place: int) -> None:
        self.edited.emit(self.name, self.value())
