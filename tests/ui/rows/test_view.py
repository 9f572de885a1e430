"""Tests of the table of rows, by real keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QPaintEvent, QStandardItemModel
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from onestop.screens.rows import PagedRows, Sorting
from onestop.ui.rows.model import RowsModel
from onestop.ui.rows.view import RowsView
from support.qt import COLUMNS, LOOK, Numbers, press
from support.screens import InlineBackground

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Key = Qt.Key
Role = Qt.ItemDataRole
Ctrl = Qt.KeyboardModifier.ControlModifier


class Sheet:
    """A table on the glass and what it told."""

    def __init__(self, qtbot: QtBot, *, held: bool = False) -> None:
        self.background = InlineBackground(held=held)
        self.source = PagedRows(self.background, COLUMNS, LOOK, lambda _error: None)
        self.view = RowsView("filings", "申請の一覧", self.source)
        self.opened: list[int] = []
        self.moved: list[int] = []
        self.sorted: list[int] = []
        self.view.opened.connect(self.opened.append)
        self.view.moved.connect(self.moved.append)
        self.view.sort_requested.connect(self.sorted.append)
        qtbot.addWidget(self.view)
        self.view.resize(800, 400)
        self.view.show()
        with qtbot.waitActive(self.view):
            self.view.setFocus()

    def cell(self, row: int, column: int, role: int = Role.DisplayRole) -> object:
        return self.view.model().index(row, column).data(role)


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    return Sheet(qtbot)


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    source = PagedRows(InlineBackground(), COLUMNS, LOOK, lambda _error: None)
    model = RowsModel(source)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    source.load(Numbers(500))
    source.load(Numbers(3))
    source.clear()
    assert tester.model() is model
    assert qtbot is not None


def test_cells_show_texts_sides_ticks_and_tones(sheet: Sheet) -> None:
    sheet.source.load(Numbers(10))
    assert sheet.cell(3, 2) == "ABC-3"
    assert sheet.cell(3, 2, Role.ToolTipRole) == "ABC-3"
    assert sheet.cell(3, 0, Role.TextAlignmentRole) == int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    assert sheet.cell(4, 0, Role.CheckStateRole) == Qt.CheckState.Unchecked
    assert sheet.cell(3, 0, Role.CheckStateRole) is None
    assert sheet.cell(4, 1, Role.CheckStateRole) is None
    assert sheet.cell(3, 0, Role.ForegroundRole) != sheet.cell(4, 0, Role.ForegroundRole)
    assert sheet.cell(3, 0, Role.FontRole) is None


def test_titles_stand_in_the_header(sheet: Sheet) -> None:
    model = sheet.view.model()
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [model.headerData(section, across) for section in range(4)] == ["管理番号", "状態", "車台番号", "使用者"]
    assert model.headerData(0, across, Role.TextAlignmentRole) == Qt.AlignmentFlag.AlignCenter
    assert model.headerData(2, across, Role.TextAlignmentRole) != Qt.AlignmentFlag.AlignCenter
    assert model.headerData(0, down) is None
    assert model.headerData(0, across, Role.ToolTipRole) is None
    assert model.rowCount(QStandardItemModel(1, 1).index(0, 0)) == 0
    assert model.columnCount(QStandardItemModel(1, 1).index(0, 0)) == 0


def test_a_million_rows_have_a_true_scroll_bar_and_an_end(sheet: Sheet) -> None:
    sheet.source.load(Numbers(1_000_000))
    assert sheet.view.model().rowCount() == 1_000_000
    press(sheet.view, Key.Key_End)
    assert sheet.view.current() == 999_999
    bar = sheet.view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 999_000
    assert sheet.cell(999_999, 0) == "999,999"
    press(sheet.view, Key.Key_Home)
    assert sheet.view.current() == 0
    assert bar.value() == 0


def test_a_million_rows_need_no_page_but_the_first(sheet: Sheet) -> None:
    numbers = Numbers(1_000_000)
    sheet.source.load(numbers)
    assert numbers.asked == 0


def test_arrows_and_pages_move_the_current_row(sheet: Sheet) -> None:
    sheet.source.load(Numbers(500))
    press(sheet.view, Key.Key_Down)
    press(sheet.view, Key.Key_PageDown)
    page = sheet.view.current()
    assert page > 5
    press(sheet.view, Key.Key_PageUp)
    press(sheet.view, Key.Key_Up)
    assert sheet.view.current() == 0
    assert sheet.moved[0] == 0
    assert page in sheet.moved
    press(sheet.view, Key.Key_Right)
    assert sheet.view.current() == 0


def test_enter_and_double_click_open_the_current_row(sheet: Sheet) -> None:
    press(sheet.view, Key.Key_Return)
    sheet.source.load(Numbers(5))
    press(sheet.view, Key.Key_Down)
    press(sheet.view, Key.Key_Return)
    press(sheet.view, Key.Key_Enter)
    place = sheet.view.visualRect(sheet.view.model().index(3, 2)).center()
    QTest.mouseClick(sheet.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(sheet.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(sheet.view.viewport(), Qt.MouseButton.LeftButton, pos=place)  # which QTest leaves out
    assert sheet.opened == [1, 1, 3]


def test_space_ticks_the_current_row_and_the_mouse_its_box(sheet: Sheet) -> None:
    press(sheet.view, Key.Key_Space)
    sheet.source.load(Numbers(5))
    press(sheet.view, Key.Key_Space)
    press(sheet.view, Key.Key_Down)
    press(sheet.view, Key.Key_Space)
    assert sheet.source.ticked == {1000}
    before = sheet.view.grab().toImage()
    corner = sheet.view.visualRect(sheet.view.model().index(2, 0))
    QTest.mouseClick(sheet.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(corner.x() + 8, corner.center().y()))
    assert sheet.source.ticked == {1000, 1002}
    assert sheet.view.grab().toImage() != before
    assert not sheet.view.model().setData(sheet.view.model().index(0, 0), "x")


def test_a_column_is_sorted_by_ctrl_and_digit_or_by_its_title(sheet: Sheet) -> None:
    press(sheet.view, Key.Key_3, Ctrl)
    press(sheet.view, Key.Key_9, Ctrl)
    header = sheet.view.horizontalHeader()
    middle = QPoint(header.sectionViewportPosition(1) + 10, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert sheet.sorted == [2, 1]
    assert not header.isSortIndicatorShown()
    sheet.source.sorting = Sorting(2, descending=True)
    sheet.source.load(Numbers(3))
    assert header.isSortIndicatorShown()
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (2, Qt.SortOrder.DescendingOrder)


def test_the_current_row_stays_by_its_id(sheet: Sheet) -> None:
    sheet.source.load(Numbers(10))
    sheet.view.go_to(4)
    backwards = Numbers(10)
    backwards.numbers = range(9, -1, -1)
    sheet.source.load(backwards)
    assert sheet.view.current() == 5
    assert sheet.cell(5, 0) == "4"
    fewer = Numbers(3)
    sheet.source.load(fewer)
    assert sheet.view.current() == 0
    sheet.source.clear()
    assert sheet.view.current() == -1
    assert sheet.moved[-1] == -1
    sheet.view.go_to(3)
    assert sheet.view.current() == -1


def test_the_current_row_stays_when_the_rest_arrives(qtbot: QtBot) -> None:
    sheet = Sheet(qtbot, held=True)
    sheet.source.load(Numbers(1000))
    sheet.background.work_next()
    press(sheet.view, Key.Key_End)
    assert sheet.view.current() == 199
    sheet.background.work_all()
    assert sheet.view.current() == 199
    assert sheet.view.model().rowCount() == 1000


def test_rows_on_their_way_are_dots_and_fill_in(qtbot: QtBot) -> None:
    sheet = Sheet(qtbot, held=True)
    sheet.source.load(Numbers(1000))
    sheet.background.work_all()
    assert sheet.cell(700, 2) == "…"
    assert sheet.cell(700, 0, Role.AccessibleTextRole) == "…"
    sheet.background.work_all()
    assert sheet.cell(700, 2) == "ABC-700"
    sheet.source.reread()
    sheet.background.work_all()


def test_an_empty_table_says_what_to_do(sheet: Sheet) -> None:
    blank = sheet.view.grab().toImage()
    sheet.view.show_empty("F7 検索 を押してください。")
    sheet.view.show_empty("F7 検索 を押してください。")
    assert sheet.view.grab().toImage() != blank


def test_columns_share_the_width_and_nothing_scrolls_sideways(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.source.load(Numbers(500))
    for width in (500, 1280):
        sheet.view.resize(width, 400)
        qtbot.waitUntil(lambda: sheet.view.horizontalScrollBar().maximum() == 0)
        assert sheet.view.horizontalHeader().length() == sheet.view.viewport().width()


def test_the_focus_is_visible(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.source.load(Numbers(5))
    focused = sheet.view.grab().toImage()
    sheet.view.clearFocus()
    qtbot.waitUntil(lambda: sheet.view.grab().toImage() != focused)


class Strips(QObject):
    """Remembers which strips of a table were drawn, as (top, height)."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet.view)
        self.drawn: list[tuple[int, int]] = []
        sheet.view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QPaintEvent):
            self.drawn.append((event.rect().top(), event.rect().height()))
        return False


def test_only_what_changed_and_is_on_the_glass_is_drawn_again(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.source.load(Numbers(1000))
    sheet.view.grab()
    QApplication.processEvents()
    model, strips = sheet.view.model(), Strips(sheet)
    assert isinstance(model, RowsModel)
    model.rows_changed(700, 710)
    model.rows_changed(3, 4)
    qtbot.waitUntil(lambda: bool(strips.drawn))
    height = sheet.view.rowHeight(3)
    assert strips.drawn == [(3 * height, 2 * height)]
    strips.drawn.clear()
    model.rows_changed(0, 999)
    qtbot.waitUntil(lambda: bool(strips.drawn))
    assert strips.drawn[0][1] >= sheet.view.viewport().height() - height


def test_a_screen_reader_hears_of_every_change(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.source.load(Numbers(3))
    sheet.view.grab()
    QApplication.processEvents()
    strips = Strips(sheet)
    QAccessible.setActive(True)
    try:
        model = sheet.view.model()
        assert isinstance(model, RowsModel)
        model.rows_changed(1, 1)
    finally:
        QAccessible.setActive(False)
    qtbot.waitUntil(lambda: bool(strips.drawn))


def test_rows_told_of_before_any_arrived_change_nothing(sheet: Sheet) -> None:
    model = sheet.view.model()
    assert isinstance(model, RowsModel)
    model.rows_changed(0, 10)
    model.rows_counted()
    assert model.rowCount(QModelIndex()) == 0


def test_a_screen_reader_says_a_row_as_one_sentence(sheet: Sheet) -> None:
    sheet.source.load(Numbers(3))
    sheet.source.toggle(0)
    heard = [sheet.cell(row, 0, Role.AccessibleTextRole) for row in range(3)]
    assert heard == [
        "管理番号 0、状態 完了、車台番号 ABC-0、使用者 カーネット太郎、選択済み",
        "管理番号 1、状態 完了、車台番号 ABC-1、使用者 カーネット太郎",
        "管理番号 2、状態 完了、車台番号 ABC-2、使用者 カーネット太郎、未選択",
    ]
    assert sheet.cell(0, 1, Role.AccessibleTextRole) is None
