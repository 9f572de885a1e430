"""Tests of the page that scrolls with the focus, and of columns that give way to large text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from onestop.ui.layout import Body, ScrolledPage, bring_into_sight, column, line, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot


class Shelf(QWidget):
    """Two columns of inputs with buttons, far more than there is height for."""

    def __init__(self) -> None:
        super().__init__()
        self.inputs = [QLineEdit() for _ in range(20)]
        self.buttons = [QPushButton(f"{number}") for number in range(20)]
        for each in (*self.inputs, *self.buttons):
            each.setMinimumHeight(60)
        self.left, self.right = column(*self.inputs), column(*self.buttons)
        self.columns = row((self.left, 1), (self.right, 1))
        self.page = ScrolledPage(self.columns)
        QVBoxLayout(self).addWidget(self.page)
        self.resize(600, 300)


@pytest.fixture
def shelf(on_glass: Callable[[QWidget], None]) -> Shelf:
    made = Shelf()
    on_glass(made)
    return made


def is_beside(shelf: Shelf) -> bool:
    return shelf.right.geometry().left() > shelf.left.geometry().right()


def arranged(shelf: Shelf, *, beside: bool) -> bool:
    return is_beside(shelf) == beside


def room_of(page: ScrolledPage) -> int:
    return page.maximumViewportSize().width() - page.verticalScrollBar().sizeHint().width()


def test_columns_stand_beside_each_other_as_long_as_they_fit(shelf: Shelf, qtbot: QtBot) -> None:
    half = (room_of(shelf.page) - shelf.columns.spacing()) // 2
    for wide, beside in ((half, True), (half + 5, False), (half, True)):
        for widget in (*shelf.inputs, *shelf.buttons):
            widget.setMinimumWidth(wide)
        qtbot.waitUntil(partial(arranged, shelf, beside=beside))
        assert shelf.right.geometry().top() == 0 or shelf.right.geometry().top() > shelf.left.geometry().bottom()


def test_a_narrower_window_puts_them_below_each_other(shelf: Shelf, qtbot: QtBot) -> None:
    for button in shelf.buttons:
        button.setMinimumWidth(300)
    qtbot.waitUntil(lambda: is_beside(shelf))
    shelf.resize(350, 300)
    qtbot.waitUntil(lambda: not is_beside(shelf))


def test_what_gets_the_focus_by_keys_comes_into_sight(shelf: Shelf) -> None:
    assert shelf.buttons[-1].visibleRegion().isEmpty()
    shelf.buttons[-1].setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert shelf.buttons[-1].visibleRegion().boundingRect() == shelf.buttons[-1].rect()
    shelf.inputs[0].setFocus()
    assert shelf.page.verticalScrollBar().value() == 0


def test_of_many_lines_all_are_seen_and_not_that_of_the_cursor_alone(shelf: Shelf, qtbot: QtBot) -> None:
    lines = QPlainTextEdit("1行目")
    lines.setFixedHeight(200)
    shelf.left.insertWidget(10, lines)
    qtbot.waitUntil(lambda: lines.y() > 0)
    for before in (shelf.inputs[0], shelf.inputs[-1]):
        before.setFocus()
        lines.setFocus()
        top = lines.mapTo(shelf.page.viewport(), QPoint()).y()
        assert 0 <= top <= shelf.page.viewport().height() - lines.height()


def test_a_click_moves_nothing_away_from_under_the_mouse(shelf: Shelf) -> None:
    pressed: list[int] = []
    shelf.inputs[0].setFocus()
    half_seen = next(each for each in shelf.buttons if 0 < each.visibleRegion().boundingRect().height() < each.height())
    before = shelf.page.verticalScrollBar().value()
    half_seen.clicked.connect(lambda: pressed.append(shelf.page.verticalScrollBar().value()))
    QTest.mouseClick(half_seen, Qt.MouseButton.LeftButton, pos=QPoint(10, 3))
    assert half_seen.hasFocus()
    assert pressed == [before]


def test_the_focus_stays_in_sight_when_everything_grows(shelf: Shelf, qtbot: QtBot) -> None:
    shelf.inputs[-1].setFocus()
    last = shelf.inputs[-1]
    for each in shelf.inputs:
        each.setMinimumHeight(80)
    qtbot.waitUntil(lambda: last.height() >= 80 and last.visibleRegion().boundingRect() == last.rect())


def test_pages_are_turned_by_keys_without_a_stop_on_the_way(shelf: Shelf) -> None:
    shelf.inputs[0].setFocus()
    QTest.keyClick(shelf.inputs[0], Qt.Key.Key_PageDown)
    assert shelf.page.verticalScrollBar().value() > 0
    assert shelf.inputs[0].hasFocus()
    assert shelf.page.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_columns_of_a_body_give_way_and_come_back(on_glass: Callable[[QWidget], None], qtbot: QtBot) -> None:
    words, ways = QLineEdit(), [QPushButton(f"{number}") for number in range(3)]
    body = Body()
    body.setMinimumSize(100, 100)
    pile = QVBoxLayout(body)
    pile.addLayout(row((words, 1), line(None, *ways)))
    pile.addStretch(1)
    body.resize(700, 200)
    on_glass(body)

    def stands(*, beside: bool) -> bool:
        return (ways[0].y() <= words.geometry().bottom()) == beside and ways[0].y() == ways[-1].y()

    for least, beside in ((100, True), (600, False), (100, True)):
        words.setMinimumWidth(least)
        qtbot.waitUntil(partial(stands, beside=beside))
    body.resize(350, 200)
    qtbot.waitUntil(partial(stands, beside=False))


def test_a_page_is_read_from_its_top_as_long_as_that_shows_where_the_focus_begins(shelf: Shelf, qtbot: QtBot) -> None:
    scrolled = shelf.page.verticalScrollBar()
    tall = shelf.inputs[3]
    tall.setMinimumHeight(250)
    shelf.page.begin_at(tall)
    qtbot.waitUntil(lambda: tall.height() >= 250)
    qtbot.waitUntil(lambda: scrolled.value() == 0)
    for each in (shelf.inputs[4], tall):
        each.setFocus()
        assert scrolled.value() > 0
    shelf.page.begin_at(shelf.inputs[-1])
    assert scrolled.value() > 0


def test_what_is_to_be_seen_whole_is_and_the_page_stands_as_near_to_its_top_as_that_allows(
    shelf: Shelf, qtbot: QtBot
) -> None:
    scrolled = shelf.page.verticalScrollBar()
    tall = shelf.inputs[3]
    tall.setMinimumHeight(250)
    qtbot.waitUntil(lambda: tall.height() >= 250)
    for stood in (scrolled.maximum(), 0):  # wherever the page stood while the window came about
        scrolled.setValue(stood)
        shelf.page.begin_at(tall, whole=True)
        qtbot.waitUntil(
            lambda: scrolled.value() == tall.geometry().bottom() + 1 - shelf.page.viewport().height() > 0,
        )


def test_what_is_seen_whole_is_not_moved_by_the_focus(shelf: Shelf) -> None:
    scrolled, room = shelf.page.verticalScrollBar(), shelf.page.viewport().height()
    last = shelf.inputs[6]
    scrolled.setValue(last.geometry().bottom() + 1 - room)
    stood = scrolled.value()
    last.setFocus()  # as a click on the window behind another does, before the button goes down
    bring_into_sight(last)
    assert scrolled.value() == stood > 0


def test_a_page_that_somebody_scrolled_stays_there(shelf: Shelf, qtbot: QtBot) -> None:
    scrolled = shelf.page.verticalScrollBar()
    shelf.page.begin_at(shelf.inputs[3])
    qtbot.waitUntil(lambda: not shelf.page._settled.isActive())
    scrolled.triggerAction(QAbstractSlider.SliderAction.SliderSingleStepAdd)  # as a wheel and a key do
    stood = scrolled.value()
    assert stood > 0
    shelf.page._keep_focus_in_sight()
    assert scrolled.value() == stood
