"""Labelled inputs: text, code, tick box, and the value that is only read.

Each has its Japanese label as accessible name and its field's English name as object name on the input itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from onestop.model.limits import limit_of
from onestop.ui.colours import colours_of
from onestop.ui.fields.line_edit import LineEdit
from onestop.ui.input_watch import InputWatch
from onestop.ui.labels import Caption, Note, Told
from onestop.ui.rows.ticks import CheckBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.screens.ports import Tone

FRAME = 3
REQUIRED = "＊"
EXPLAINED = "＊は必ず入力する欄"
"""Stands once in each form, in the title of a group."""
REQUIRED_SPOKEN = "(必須)"


class Field(QWidget):
    """A caption, a note beside it, and an input below, in a frame that shows focus and problems.

    `mnemonic` is the letter that reaches the field with Alt.
    """

    edited = Signal(str, object)
    """The field's English name and its new value, after the clerk changed it."""
    entered = Signal()
    """The focus came to it."""
    complained = Signal()
    """It says itself what is wrong, before the screen knows."""

    def __init__(self, name: str, label: str, *, mnemonic: str | None = None, captioned: bool = True) -> None:
        super().__init__()
        self.name = name
        self.label = label
        self.locked = False
        self.passed_over = False
        """Whether Enter goes on past it (ui/stops.py)."""
        self.codes = ""
        """Which digit chooses what in it: told in the strip while it has the focus and nothing else is to be said."""
        self.caption = Caption(f"{label}(&{mnemonic})" if mnemonic else label.replace("&", "&&"), self)
        self.note = Note(self)
        self._own_problem: str | None = None
        self._given_problem: str | None = None
        self.problem: str | None = None
        """What is wrong, as it is shown."""
        self._watches: dict[QWidget, InputWatch] = {}
        """What watches each input, in their order."""
        self._required = False
        self._inputs = QHBoxLayout()
        self._inputs.setSpacing(2 * FRAME)
        self._lay_out(captioned=captioned)

    # --- what windows call

    def show_value(self, value: object) -> None:
        """Show a value, if it differs from what stands there; the clerk's cursor stays where it is."""
        raise NotImplementedError

    def value(self) -> object:
        """Return what stands in the field."""
        raise NotImplementedError

    def set_problem(self, text: str | None) -> None:
        """Frame the field in red and say what is wrong, or take that back; what the field itself finds comes first."""
        self._given_problem = text
        self._show_problem()

    def blame(self, problem_of: Callable[[str], str | None]) -> None:
        """Show what is wrong, asked for by the names of the field and of its parts."""
        self.set_problem(problem_of(self.name))

    def show_required(self, required: bool) -> None:  # noqa: FBT001 - Qt's setters look like this
        """Mark the field as one that has to be filled in, for the eye and for the ear; not while it is only read."""
        shown = required and not self.locked
        if shown != self._required:
            self._required = shown
            self.caption.setText(self.caption.text().removesuffix(REQUIRED) + (REQUIRED if shown else ""))
            for widget in self._watches:
                name = widget.accessibleName().removesuffix(REQUIRED_SPOKEN)
                widget.setAccessibleName(name + (REQUIRED_SPOKEN if shown else ""))

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001 - Qt's setters look like this
        """Let the value only be read."""
        if locked != self.locked:
            self.locked = locked
            self._lock(locked)

    def settle(self) -> None:
        """Finish what the clerk typed, as leaving the field does: a function key may come before that."""

    @property
    def composing(self) -> bool:
        """Whether an input method composes text here."""
        return any(watch.composing for watch in self._watches.values())

    # --- what kinds of fields do

    def _lock(self, locked: bool) -> None:  # noqa: FBT001 - as set_locked
        for widget in self._watches:
            if isinstance(widget, LineEdit):
                widget.lock(locked)
            else:
                widget.setEnabled(not locked)

    def _hold(self, widget: QWidget, *, name: str = "", label: str = "", stretch: int = 1) -> None:
        """Take an input into the field, the first one as the field's own."""
        widget.setObjectName(name or self.name)
        widget.setAccessibleName(label or self.label)
        if not self._watches:
            self.caption.setBuddy(widget)
            self.setFocusProxy(widget)
        self._watches[widget] = InputWatch(widget)
        self._watches[widget].focused.connect(self._focus_moved)
        self._inputs.addWidget(widget, stretch)

    def _complain(self, text: str | None) -> None:
        """Say what the field itself finds wrong, or take that back."""
        self._own_problem = text
        self._show_problem()
        if text:
            self.complained.emit()

    def _show_problem(self) -> None:
        shown = self._own_problem or self._given_problem
        if shown != self.problem:
            self.problem = shown
            self._show_note()
            self.update()

    def _problem_at(self, _widget: QWidget) -> str | None:
        """Return what is wrong with one input."""
        return self.problem

    def _echo(self) -> str:
        return ""

    def _show_note(self) -> None:
        self.note.show_note(f"! {self.problem}" if self.problem else self._echo(), alarming=bool(self.problem))
        for widget in self._watches:
            widget.setAccessibleDescription(self._problem_at(widget) or self._echo())

    # --- inside

    def _lay_out(self, *, captioned: bool) -> None:
        self.setObjectName(f"{self.name}_field")
        grid = QGridLayout(self)
        grid.setContentsMargins(FRAME, 0, FRAME, FRAME)
        grid.setHorizontalSpacing(2 * FRAME)
        grid.setVerticalSpacing(FRAME)
        if captioned:
            grid.addWidget(self.caption, 0, 0)
            grid.addWidget(self.note, 0, 1)
        else:
            self.note.hide()
        grid.addLayout(self._inputs, 1, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _focus_moved(self, focused: bool) -> None:  # noqa: FBT001 - a slot
        if focused:
            self.entered.emit()
        else:
            self.settle()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame: the problem's colour before the focus's."""
        colours = colours_of(self.palette())
        outlined = (QLineEdit, QPlainTextEdit, QComboBox) if colours.is_strong else (QLineEdit, QPlainTextEdit)
        for widget in self._watches:
            problem = self._problem_at(widget)
            if problem or widget.hasFocus():
                self._frame(widget, colours.problem if problem else colours.accent.paper, 2)
            elif isinstance(widget, outlined) and not self.locked:
                self._frame(widget, colours.line, 1)

    def _frame(self, widget: QWidget, colour: str, width: int) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), width))
        air = 0.5 + width / 2
        painter.drawRoundedRect(QRectF(widget.geometry()).adjusted(-air, -air, air, air), 3, 3)


def typed_in(widget: QWidget) -> list[Field]:
    """Return the fields in a widget that can be typed in, in the order in which they stand there."""
    return [field for field in widget.findChildren(Field) if not isinstance(field, ReadOnlyValue)]


class TextField(Field):
    """Free text with the input method on. `fold` runs when the field is left, and its result is shown."""

    heard = Signal(str, str)
    """The field's English name and how all that stands in it is read, when the input method knows."""
    ime = True

    def __init__(  # noqa: PLR0913 - each is a plain property of a field, all by name
        self,
        name: str,
        label: str,
        *,
        fold: Callable[[str], str] | None = None,
        width: int | None = None,
        limit: int | None = None,
        mnemonic: str | None = None,
        hint: str = "",
        accepts: Callable[[str], bool] = str.isascii,
    ) -> None:
        """`width` is in half-width characters (None: as wide as there is room), `hint` shows while it is empty.

        `limit` is in characters (None: what the table in model/limits.py has for the name).
        `accepts` tells of a code which composed text may stand in it.
        """
        super().__init__(name, label, mnemonic=mnemonic)
        self._fold = fold
        self._reading = ""
        self.input = LineEdit(width, limit or limit_of(name), accepts=accepts)
        self.input.setPlaceholderText(hint)
        self.input.use_input_method(ime=self.ime)
        self._hold(self.input)
        if width is not None:
            self._inputs.addStretch(1)
        self.input.textEdited.connect(self._typed)
        self.input.refused.connect(self._refuse)
        self.input.heard.connect(self._hear)

    def show_value(self, value: object) -> None:
        """Show a text, if it differs; the cursor stays."""
        self.input.show_text(str(value))

    def value(self) -> str:
        """Return the text."""
        return self.input.text()

    def settle(self) -> None:
        """Fold the text, and tell if that changed it."""
        folded = self.value() if self._fold is None or self.locked else self._fold(self.value())
        if folded != self.value():
            self.show_value(folded)
            self.edited.emit(self.name, folded)

    def _typed(self, text: str) -> None:
        self._reading = self._reading if text else ""
        self.edited.emit(self.name, text)

    def _hear(self, reading: str, written: str) -> None:
        """Put readings together; the reading of a text of which only a part was heard is not known."""
        is_whole = self.value() == written
        if is_whole or self._reading:
            self._reading = reading if is_whole else self._reading + reading
            self.heard.emit(self.name, self._reading)

    def _refuse(self, composed: str) -> None:
        """Say that this text cannot stand here."""


class CodeField(TextField):
    """Numbers, codes and half-width text: the input method is kept away, and what it writes nonetheless is refused."""

    ime = False
    way_out = "半角で入力してください。"

    def _typed(self, text: str) -> None:
        self._complain(None)
        super()._typed(text)

    def _refuse(self, composed: str) -> None:
        self._complain(f"「{composed}」は入力できません。{self.way_out}")


class CheckField(Field):
    """A tick box; Space turns it. Its caption is the text of the box."""

    def __init__(self, name: str, label: str, *, mnemonic: str | None = None) -> None:
        super().__init__(name, label)
        self.input = CheckBox(f"{label}(&{mnemonic})" if mnemonic else label.replace("&", "&&"))
        self._hold(self.input)
        self.caption.clear()  # the box has its text beside it; the empty caption keeps it on the line of its neighbours
        self.input.clicked.connect(lambda ticked: self.edited.emit(self.name, ticked))

    def show_value(self, value: object) -> None:
        """Show the tick."""
        with QSignalBlocker(self.input):
            self.input.setChecked(bool(value))

    def value(self) -> bool:
        """Return the tick."""
        return self.input.isChecked()


class ReadOnlyValue(Field):
    """A value that is only read: plain text that wraps rather than being cut, and can be copied by keyboard."""

    def __init__(self, name: str, label: str, *, captioned: bool = True) -> None:
        """Without `captioned`, whoever lays it out puts `caption` beside it."""
        super().__init__(name, label, captioned=captioned)
        self._tone: Tone | None = None
        self.input = Told()
        self.input.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        flags = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        self.input.setTextInteractionFlags(flags)
        self.input.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._hold(self.input)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_tone(self, tone: Tone | None) -> None:
        """Colour the value's ground; what is meant stands in its words too."""
        if tone is not self._tone:
            self._tone = tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground below the value."""
        if self._tone is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours_of(self.palette()).tone(self._tone).paper))
            painter.drawRoundedRect(QRectF(self.input.geometry()).adjusted(-FRAME, 0, FRAME, 0), FRAME, FRAME)
            painter.end()
        super().paintEvent(event)

    def show_value(self, value: object) -> None:
        """Show a value; nothing is shown as a dash."""
        text = str(value) or "–"
        if text != self.input.text():
            self.input.setText(text)
            self.input.setAccessibleDescription(text)

    def value(self) -> str:
        """Return the text as it is shown."""
        return self.input.text()

    def _lock(self, locked: bool) -> None:  # noqa: FBT001 - as set_locked
        """Be locked always."""
