"""The window of a modal question: verbs on the buttons, the safe one focused, Esc means the safe one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from onestop.ui.enters import is_enter
from onestop.ui.keys.digit_guard import digit_of
from onestop.ui.keys.held_keys import keep_off_held_keys
from onestop.ui.labels import Data

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from onestop.screens.ports import Choice, Question

MOST_BESIDE = 4
"""Buttons that stand beside each other; more stand below each other."""


class QuestionDialog(QDialog):
    """Asks one question; open it with `open()`. It deletes itself when it was answered."""

    def __init__(self, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(question.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("question")
        self._chosen = next(choice for choice in question.choices if choice.safe)
        self.text = Data(question.text)
        self.text.setWordWrap(True)
        self.text.setMinimumWidth(self.fontMetrics().horizontalAdvance("国") * 24)
        self.buttons = [self._button(choice) for choice in question.choices]
        self._lay_out()
        self.finished.connect(self._answered)

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.label)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._choose(choice))
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout() if len(self.buttons) <= MOST_BESIDE else QVBoxLayout()
        row.addStretch(1)
        for button in self.buttons:
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(20)
        column.addWidget(self.text)
        column.addLayout(row)
        safe = next(button for button in self.buttons if button.text() == self._chosen.label)
        safe.setFocus()

    def _choose(self, choice: Choice) -> None:
        self._chosen = choice
        self.accept()

    def _answered(self) -> None:
        self._chosen.action()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the key that asked, if it is still held, answer nothing."""
        super().showEvent(event)
        keep_off_held_keys(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the focus; arrows and Tab move between buttons, as Qt has it.

        A digit presses the button whose label begins with it.
        """
        focused = self.focusWidget()
        digit = digit_of(event.text())
        numbered = (button for button in self.buttons if button.text().startswith(f"{digit} "))
        if digit is not None and (button := next(numbered, None)) is not None:
            button.click()
        elif is_enter(event) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)
