"""The window of a modal question: verbs on the buttons, the safe one focused, Esc means the safe one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QPushButton, QVBoxLayout, QWidget

from onestop.ui.enters import is_enter
from onestop.ui.first_size import first_size
from onestop.ui.keys.digit_guard import digit_of
from onestop.ui.keys.held_keys import keep_off_held_keys
from onestop.ui.labels import Data

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent

    from onestop.screens.ports import Choice, Question

MOST_BESIDE = 4
"""Buttons that stand beside each other; more stand below each other, as do those for which the screen is too narrow."""

SAFE_LETTER: Final = "B"
LETTERS: Final = "YNMKL"
"""Of the other buttons, from the right: the verb that was asked about has the first, however many stand between."""
ENTER: Final = " [Enter]"
"""Stands at the button that Enter presses now."""


class AnswerButton(QPushButton):
    """One answer, with its letter; it shows when Enter presses it, and keeps its width."""

    def __init__(self, choice: Choice, letter: str) -> None:
        super().__init__()
        self._words = f"{choice.label.replace('&', '&&')}(&{letter})"
        self.setAccessibleName(choice.label)
        self.setAutoDefault(False)
        self.setText(self._words + ENTER)
        self.setMinimumWidth(self.sizeHint().width())
        self.setText(self._words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that Enter presses it."""
        super().focusInEvent(event)
        self.setText(self._words + ENTER)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that Enter presses another."""
        super().focusOutEvent(event)
        self.setText(self._words)


def asked_over(window: QWidget, title: str) -> QuestionDialog | None:
    """Return the question with a title that stands open over a window."""
    dialogs = window.findChildren(QuestionDialog)
    return next((each for each in dialogs if each.isVisible() and each.windowTitle() == title), None)


def still_asks(window: QWidget, question: Question) -> bool:
    """Tell whether this question stands open over a window; one of its title in other words is over, and goes."""
    asked = asked_over(window, question.title)
    if asked is not None and asked.text.text() != question.text:
        asked.withdraw()
        return False
    return asked is not None


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
        choices = sorted(question.choices, key=lambda choice: not choice.safe)  # the safe one first, in every question
        others = dict(zip((choice for choice in reversed(choices) if not choice.safe), LETTERS, strict=False))
        self.buttons = [self._button(choice, others.get(choice, SAFE_LETTER)) for choice in choices]
        self._lay_out()
        self.finished.connect(self._answered)

    def _button(self, choice: Choice, letter: str) -> QPushButton:
        button = AnswerButton(choice, letter)
        button.clicked.connect(lambda: self._choose(choice))
        return button

    def _lay_out(self) -> None:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addStretch(1)
        for button in self.buttons:
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(20)
        column.addWidget(self.text)
        column.addLayout(row)
        if len(self.buttons) > MOST_BESIDE or self.minimumSizeHint().width() > first_size(self)[0]:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        self.buttons[0].setFocus()

    def _choose(self, choice: Choice) -> None:
        self._chosen = choice
        self.accept()

    def _answered(self) -> None:
        self._chosen.action()

    def withdraw(self) -> None:
        """Close it unanswered: what it asked about is over."""
        self.finished.disconnect(self._answered)
        self.reject()

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
