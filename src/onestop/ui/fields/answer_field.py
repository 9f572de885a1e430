"""A question with a few answers that Space turns, one after the other, and a digit chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from onestop.ui.fields.choice_field import ChoiceField, ComboBox

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class TurningBox(ComboBox):
    """Space goes on to the next answer, and from the last to the first; Alt+Down shows all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.numbered = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn at Space; a key that is held turns once."""
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            place = (self.currentIndex() + 1) % self.count()
            self.setCurrentIndex(place)
            self.activated.emit(place)


class AnswerField(ChoiceField):
    """Its answers have their digits before them; the first is that nobody has answered yet, and has 0."""

    box = TurningBox
