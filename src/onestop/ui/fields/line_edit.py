"""One line of text, and whether an input method may write there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from onestop.model.text import reading_of, to_code
from onestop.ui.fields.tab_stop import TabStop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Hint = Qt.InputMethodHint
LATIN = Hint.ImhLatinOnly | Hint.ImhPreferLatin | Hint.ImhNoPredictiveText | Hint.ImhNoAutoUppercase


class OneLine(QValidator):
    """Takes out the line ends of what is typed or pasted: each cell copied in Excel ends with one, and Qt keeps it."""

    _holds = True

    @contextmanager
    def off(self) -> Iterator[None]:
        """Let a stored text be shown as it is: what stands in it is not to be hidden."""
        self._holds = False
        try:
            yield
        finally:
            self._holds = True

    def validate(self, text: str, cursor: int) -> tuple[QValidator.State, str, int]:
        """Let everything else stand."""
        if self._holds and text.splitlines() not in ([], [text]):
            text, cursor = "".join(text.splitlines()), len("".join(text[:cursor].splitlines()))
        return QValidator.State.Acceptable, text, cursor


class LineEdit(QLineEdit):
    """One line, as wide as a number of half-width characters, or as wide as there is room."""

    refused = Signal(str)
    """An input method wrote this where only codes may stand; it was left out."""
    composed = Signal(str)
    """What an input method composes here now and has not written yet; empty once it has, or has given up."""
    heard = Signal(str, str)
    """How the text was read that an input method has just written, in hiragana, and that text."""

    def __init__(
        self, width: int | None = None, limit: int = 255, *, accepts: Callable[[str], bool] = str.isascii
    ) -> None:
        """`accepts` tells whether a composed text, in half width, may stand where the input method is kept out."""
        super().__init__()
        self._width = width
        self._accepts = accepts
        self._ime = True
        self._stop = TabStop(self)
        self._one_line = OneLine(self)
        self.setValidator(self._one_line)
        self._reading = ""
        """How the text is read that is being composed, as it was before it was converted."""
        self.setMaxLength(limit)
        if width is not None:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for the characters, in the present text size."""
        hint = super().sizeHint()
        return hint if self._width is None else QSize(self._room_for("0" * self._width), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Need room for the whole hint: half of it tells nobody what can be typed."""
        least = super().minimumSizeHint()
        hinted = self._room_for(self.placeholderText()) if self.placeholderText() else 0
        return QSize(max(least.width(), hinted), least.height())

    def _room_for(self, text: str) -> int:
        """Return the pixels that a text needs, with the frame."""
        return self.fontMetrics().horizontalAdvance(text) + 18

    def show_text(self, text: str) -> None:
        """Compare and set; the cursor stays, and nobody is told. What is put before it moves it along."""
        if text != self.text():
            cursor, before = self.cursorPosition(), self.text()
            if self.hasFocus() and text.endswith(before):
                cursor += len(text) - len(before)
            with QSignalBlocker(self), self._one_line.off():
                self.setText(text)
            self.setCursorPosition(min(cursor, len(text)))
            self._offer_stop()

    def lock(self, locked: bool) -> None:  # noqa: FBT001 - as Field.set_locked
        """Let the text only be read and copied."""
        self.setReadOnly(locked)
        self.setFrame(not locked)
        self._offer_stop()

    def _offer_stop(self) -> None:
        """Let Tab stop where something can be typed, or read and copied; the stars of 使用者に同じ are not."""
        self._stop.offer(offered=not self.isReadOnly() or any(map(str.isalnum, self.text())))

    def use_input_method(self, *, ime: bool) -> None:
        """Let text be composed here, or keep the input method away."""
        self.setInputMethodHints(Hint.ImhNone if ime else LATIN)
        self.let_compose(ime=ime)

    def let_compose(self, *, ime: bool) -> None:
        """Do so with the hints that the line has already."""
        if ime != self._ime:
            self._ime = ime
            if self.hasFocus():
                QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImEnabled)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go on behind what stands there when the program leads here; Tab and Enter mark it all, as Qt has it."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.OtherFocusReason:
            self.end(False)  # noqa: FBT003 - Qt's name for it is mark

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:  # noqa: ANN401 - Qt's variant
        """Answer that there is no input method here: of all ways to say so, the only one that Qt heeds."""
        if query == Qt.InputMethodQuery.ImEnabled and not self._ime:
            return False
        return super().inputMethodQuery(query) if argument is None else super().inputMethodQuery(query, argument)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method writes; where it is kept out, only what may stand there, in half width."""
        written = event.commitString()
        if not self._ime and written:
            code = to_code(written)
            accepted = self._accepts(code)
            event.setCommitString(code if accepted else "", event.replacementStart(), event.replacementLength())
            if not accepted:
                self.refused.emit(written)
        preedit = event.preeditString()
        super().inputMethodEvent(event)
        if written and (reading := self._reading or reading_of(written)):
            self.heard.emit(reading, written)
        self._reading = preedit and (reading_of(preedit) or ("" if written else self._reading))
        self.composed.emit(preedit)
