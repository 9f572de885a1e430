"""A text of several lines, such as 備考."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QPlainTextEdit

from onestop.ui.enters import is_enter
from onestop.ui.fields.fields import Field
from onestop.ui.fields.tab_stop import TabStop

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class MemoEdit(QPlainTextEdit):
    """Enter goes to the next field as everywhere; Ctrl+Enter begins a new line."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        """Return room for so many lines, in the present text size."""
        return QSize(super().minimumSizeHint().width(), self.fontMetrics().lineSpacing() * self._lines + 14)

    def minimumSizeHint(self) -> QSize:
        """Need as much."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the window."""
        if is_enter(event) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif is_enter(event):
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)


class MemoField(Field):
    """A labelled text of several lines."""

    def __init__(self, name: str, label: str, *, lines: int = 3, mnemonic: str | None = None) -> None:
        super().__init__(name, label, mnemonic=mnemonic)
        self.input = MemoEdit(lines)
        self._stop = TabStop(self.input)
        self._hold(self.input)
        self.input.textChanged.connect(lambda: self.edited.emit(self.name, self.value()))

    def show_value(self, value: object) -> None:
        """Show a text, if it differs; the cursor stays while it does not."""
        if str(value) != self.value():
            with QSignalBlocker(self.input):
                self.input.setPlainText(str(value))
            self._offer_stop()

    def value(self) -> str:
        """Return the text."""
        return self.input.toPlainText()

    def _lock(self, locked: bool) -> None:  # noqa: FBT001 - as set_locked
        self.input.setReadOnly(locked)
        self._offer_stop()

    def _offer_stop(self) -> None:
        self._stop.offer(offered=bool(self.value()) or not self.locked)
