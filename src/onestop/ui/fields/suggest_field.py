"""A name that can be chosen from a list, and typed when it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QSizePolicy

from onestop.model.limits import limit_of
from onestop.ui.colours import colours_of
from onestop.ui.enters import ENTERS
from onestop.ui.fields.choice_field import REFUSED, DigitBox
from onestop.ui.fields.fields import Field
from onestop.ui.fields.line_edit import OneLine
from onestop.ui.keys.digit_guard import digit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent


class SuggestBox(DigitBox):
    """A name may be typed as well; the arrows choose, and Enter goes on."""

    left_alone = (*DigitBox.left_alone, *ENTERS)

    def __init__(self, limit: int, numbered: int) -> None:
        """A digit chooses from as many of the first names as are `numbered`."""
        super().__init__()
        self._numbered = numbered
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        edit = self.lineEdit()
        assert edit is not None  # noqa: S101 - an editable box has one
        edit.setMaxLength(limit)
        self.one_line = OneLine(edit)
        edit.setValidator(self.one_line)
        edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the box has the focus; Enter stops here once
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt hands the line's policy on to the box
        self.setCompleter(None)  # type: ignore[arg-type]  # Qt takes none for none

    def begin(self) -> None:
        """Show the beginning of a name that is longer than the field, as other fields do, and not its end."""
        if (edit := self.lineEdit()) is not None:
            edit.setCursorPosition(0)

    def _choose_by_digit(self, text: str) -> bool:
        takes, digit = self._guard.takes(), digit_of(text)
        if digit is None or not self._numbered:
            return False
        if not takes:
            self.refused.emit()
        elif 1 <= digit <= self._numbered:
            self.setCurrentIndex(digit - 1)
        return True


class SuggestField(Field):
    """A name with suggestions; what is typed counts as it stands."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        limit: int | None = None,
        mnemonic: str | None = None,
        numbered: Sequence[str] = (),
    ) -> None:
        """`numbered` are at most nine names that a digit chooses; a list of options begins with them."""
        super().__init__(name, label, mnemonic=mnemonic)
        self.numbered = tuple(numbered)
        self.input = SuggestBox(limit or limit_of(name), len(self.numbered))
        self.input.refused.connect(lambda: self.note.show_note(REFUSED))
        self.set_options(self.numbered)
        self._hold(self.input)
        self.input.editTextChanged.connect(lambda text: self.edited.emit(self.name, text))

    def set_options(self, options: Sequence[str]) -> None:
        """Offer these names; what stands in the field stays."""
        if [*options] != [self.input.itemText(place) for place in range(self.input.count())]:
            text = self.value()
            with QSignalBlocker(self.input):
                self.input.clear()
                self.input.addItems([*options])
                self._show(text)

    def show_value(self, value: object) -> None:
        """Show a name, if it differs."""
        text = str(value)
        if text != self.value():
            with QSignalBlocker(self.input):
                self._show(text)

    def _show(self, text: str) -> None:
        with self.input.one_line.off():
            self.input.setCurrentIndex(self.input.findText(text))  # the arrows go on from there; -1: from the top
            self.input.setEditText(text)
        if not self.input.hasFocus():
            self.input.begin()

    def value(self) -> str:
        """Return the name."""
        return self.input.currentText()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame of an input; the style draws none where text is typed."""
        super().paintEvent(event)
        if not (self.locked or self.problem or self.input.hasFocus()):
            self._frame(self.input, colours_of(self.palette()).line, 1)
