"""Tests of the field of several lines, by real keys in a real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from onestop.ui.fields.fields import Field, TextField
from onestop.ui.fields.memo_field import MemoField
from support.qt import press, write

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent
    from pytestqt.qtbot import QtBot

Key = Qt.Key


class Page(QWidget):
    """A memo between two lines, and what reached the window."""

    def __init__(self) -> None:
        super().__init__()
        self.memo = MemoField("note_info", "備考", lines=2)
        self.after = TextField("after", "次")
        self.told: list[object] = []
        self.entered = 0
        column = QVBoxLayout(self)
        column.addWidget(self.memo)
        column.addWidget(self.after)
        self.memo.edited.connect(lambda _name, value: self.told.append(value))

    def keyPressEvent(self, _event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.entered += 1


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.show()
    made.memo.setFocus()
    return made


def test_what_is_typed_is_told_and_what_is_shown_is_not(page: Page) -> None:
    write(page.memo.input, "ab")
    assert page.told == ["a", "ab"]
    page.memo.show_value("一行目\n二行目")
    page.memo.show_value("一行目\n二行目")
    assert page.memo.value() == "一行目\n二行目"
    assert page.told == ["a", "ab"]


def test_enter_belongs_to_the_window_and_ctrl_enter_begins_a_line(page: Page) -> None:
    write(page.memo.input, "a")
    press(page.memo.input, Key.Key_Return)
    assert (page.entered, page.memo.value()) == (1, "a")
    press(page.memo.input, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.memo.value() == "a\n"


def test_tab_leaves_the_field(page: Page) -> None:
    press(page.memo.input, Key.Key_Tab)
    assert page.focusWidget() is page.after.input


def test_a_locked_memo_cannot_be_typed_into(page: Page) -> None:
    page.memo.set_locked(True)
    write(page.memo.input, "x")
    assert page.memo.value() == ""
    page.memo.set_locked(False)
    write(page.memo.input, "x")
    assert page.memo.value() == "x"


def test_tab_passes_a_locked_memo_that_says_nothing(page: Page) -> None:
    page.memo.set_locked(True)
    assert page.memo.input.focusPolicy() == Qt.FocusPolicy.ClickFocus
    page.memo.show_value("備考")
    assert page.memo.input.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_it_has_room_for_its_lines_and_its_label(page: Page) -> None:
    assert page.memo.input.height() >= 2 * page.memo.input.fontMetrics().lineSpacing()
    assert page.memo.input.accessibleName() == "備考"
    assert page.memo.input.objectName() == "note_info"


def edge_of(field: Field, line: QWidget) -> QColor:
    image = field.grab().toImage()
    return image.pixelColor(line.x() - 1, line.geometry().center().y())


def test_its_edge_is_drawn_as_that_of_a_line(page: Page) -> None:
    page.after.setFocus()
    page.setFocus()
    memo, line = edge_of(page.memo, page.memo.input), edge_of(page.after, page.after.input)
    assert memo == line != page.palette().window().color()
