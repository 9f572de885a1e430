"""A choice of a few words, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QComboBox

from onestop.ui.colours import colours_of
from onestop.ui.fields.fields import FRAME, Field
from onestop.ui.input_watch import NothingToCompose
from onestop.ui.keys.digit_guard import DigitGuard, digit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QWheelEvent

REFUSED = "欄が移った直後の数字は受け取りません"
"""What a field says beside it when the digit guard took a digit for the field before."""


class DigitBox(QComboBox):
    """Opens by Alt+Down and never by F4, which is a function key; a digit chooses; the wheel does nothing."""

    refused = Signal()
    """A digit chose nothing: it may have been meant for the field before."""
    left_alone: ClassVar[tuple[Qt.Key, ...]] = (Qt.Key.Key_F4,)
    """Keys of the window."""

    def __init__(self) -> None:
        super().__init__()
        self._guard = DigitGuard()
        NothingToCompose(self.view())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Note how the focus came."""
        self._guard.focused(event.reason())
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the window its keys, and let a digit choose."""
        if event.key() in self.left_alone:
            event.ignore()
        elif not self._choose_by_digit(event.text()):
            super().keyPressEvent(event)

    def _choose_by_digit(self, text: str) -> bool:
        """Choose, if this is a digit that does; tell whether the key means nothing else."""
        raise NotImplementedError

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to whatever scrolls: a value changed by accident is filed by accident."""
        event.ignore()


class ComboBox(DigitBox):
    """A digit chooses by place."""

    numbered: int | None = None
    """The number of the first word, where each word has its number before it."""

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
        takes, digit = self._guard.takes(), digit_of(text)
        is_word = self.numbered is None and self.findText(text, Qt.MatchFlag.MatchStartsWith) >= 0
        if digit is None or is_word:
            return False
        place = digit - (1 if self.numbered is None else self.numbered)
        if self.numbered is not None and not takes:
            self.refused.emit()
        elif 0 <= place < self.count():
            self.setCurrentIndex(place)
            self.activated.emit(place)
        return True


class TurningBox(ComboBox):
    """Space goes on to the next answer, and from the last to the first; Alt+Down shows all of them."""

    numbered = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn at Space; a key that is held turns once."""
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            place = (self.currentIndex() + 1) % self.count()
            self.setCurrentIndex(place)
            self.activated.emit(place)


class ChoiceField(Field):
    """A few words to choose from. A word that we do not know is shown as it came."""

    box: ClassVar[type[ComboBox]] = ComboBox

    def __init__(
        self,
        name: str,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        mnemonic: str | None = None,
        numbered: bool = False,
    ) -> None:
        """`options` are pairs of the screen's value and the word on the glass.

        `numbered` shows before each word the digit that chooses it; nothing at all has 0.
        """
        super().__init__(name, label, mnemonic=mnemonic)
        self.input = self.box()
        if numbered:
            self.input.numbered = 0 if options[0][0] == "" else 1
        self.input.refused.connect(lambda: self.note.show_note(REFUSED))
        self.input.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._hold(self.input)
        self.set_options(options)
        self.input.activated.connect(lambda _place: self.edited.emit(self.name, self.value()))

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these words; the one that was chosen stays chosen."""
        if self.input.numbered is not None:
            options = [(value, f"{place} {word}") for place, (value, word) in enumerate(options, self.input.numbered)]
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


class AnswerField(ChoiceField):
    """A question whose answers have their digits before them; the first is that nobody has answered yet, and has 0."""

    box = TurningBox
