"""照合 on the glass, by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from onestop.model.plate import parse_plate
from onestop.screens.inspection.compare_screen import CompareScreen
from onestop.screens.places import ConformityPlace
from onestop.ui.colours import DARK, LIGHT, palette_of
from onestop.ui.rows.compare_grid import AIR
from onestop.ui.windows.compare import CompareWindow
from onestop.ui.windows.preview import PreviewWindow
from support.comparison import put_papers
from support.desks import DeskRoom, a_desk
from support.qt import Stand, grow, press

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QColor
    from pytestqt.qtbot import QtBot

    from onestop.ui.colours import Colours
    from onestop.ui.theme import Theme
    from support.screens import Stage

Key = Qt.Key
LONG = "茨城県つくば市見本一丁目1番地1 見本ハイツ101号室"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        changed = {"registration_number": parse_plate("土浦300す9"), "user_address": LONG}
        put_papers(made, made.a_car(), {"chassis_number": "ZN6-9"}, changed, {})
        yield made


@pytest.fixture
def window(stand: Stand, at_desk: Stage) -> CompareWindow:
    return stand(CompareWindow(CompareScreen(at_desk.surroundings, 1)))


def chosen(window: CompareWindow) -> str:
    return str(window.grid.currentIndex().data())


def at(window: CompareWindow, row: int, column: int) -> QModelIndex:
    return window.grid.model().index(row, column)


def ground(window: CompareWindow, row: int, column: int) -> QColor:
    """Return the colour of a cell beside its text."""
    rect = window.grid.visualRect(at(window, row, column))
    picture = window.grid.viewport().grab(rect).toImage()
    return picture.pixelColor(picture.width() - AIR, AIR)


def test_it_opens_at_what_differs_with_the_keys_in_the_grid(window: CompareWindow) -> None:
    assert window.windowTitle().startswith("照合")
    assert window.verdict.text() == "違うところが3件あります(うち、このままでは申請できないもの 1件)。"
    assert window.grid.hasFocus()
    assert chosen(window) == "× 相違 土浦300す9"
    assert window.explanation.text().startswith("注意: 保適証の登録番号")


def test_arrows_and_f7_go_through_the_cells_and_never_to_a_label(window: CompareWindow) -> None:
    press(window.grid, Key.Key_F7)
    assert chosen(window) == "× 相違 ZN6-9"
    press(window.grid, Key.Key_Left)
    press(window.grid, Key.Key_Left)
    assert chosen(window) == "ZN6-012345"
    press(window.grid, Key.Key_End)
    press(window.grid, Key.Key_Right)
    assert window.explanation.text() == "自賠責の保適証の交付番号: なし"
    press(window.grid, Key.Key_Home)
    assert chosen(window) == "○ 一致 土浦300さ1234"


def test_enter_and_f5_and_a_double_click_open_the_paper(window: CompareWindow, at_desk: Stage) -> None:
    press(window.grid, Key.Key_Return)
    press(window.grid, Key.Key_Enter)
    press(window.grid, Key.Key_F5)
    window.grid.doubleClicked.emit(window.grid.currentIndex())
    assert at_desk.navigator.went == [ConformityPlace(1, 1)] * 4


def test_a_label_that_is_clicked_is_not_chosen(window: CompareWindow) -> None:
    window.grid.setCurrentIndex(at(window, 3, 0))
    assert window.screen_shown.place == (0, 2)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_what_differs_has_the_colour_of_its_weight(window: CompareWindow, colours: Colours) -> None:
    window.grid.setPalette(palette_of(colours))
    assert ground(window, 0, 3).name() == colours.warning.paper
    assert ground(window, 1, 2).name() == colours.error.paper
    assert ground(window, 2, 1).name() == colours.base
    assert ground(window, 5, 1).name() == colours.window


def test_the_frame_of_the_chosen_cell_tells_whether_the_keys_go_there(window: CompareWindow) -> None:
    with_keys = window.grid.viewport().grab().toImage()
    window.folder.setFocus()
    assert window.grid.viewport().grab().toImage() != with_keys


def test_a_screen_reader_hears_the_row_and_the_paper(window: CompareWindow) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert at(window, 0, 3).data(role) == "登録番号 保適証 ✓ 発行済 × 相違 土浦300す9"
    assert at(window, 0, 0).data(role) is None
    assert at(window, 0, 0).data(Qt.ItemDataRole.ToolTipRole) == "登録番号"
    model = window.grid.model()
    assert model.headerData(0, Qt.Orientation.Horizontal) == "項目"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert (model.rowCount(at(window, 0, 0)), model.columnCount(at(window, 0, 0))) == (0, 0)


def test_every_row_is_as_high_as_its_text_in_the_largest_letters(
    window: CompareWindow, theme: Theme, qtbot: QtBot
) -> None:
    small = window.grid.rowHeight(3)
    grow(theme, 200)
    qtbot.waitUntil(lambda: window.grid.rowHeight(3) > 3 * small)
    assert sum(window.grid.columnWidth(column) for column in range(5)) <= window.grid.viewport().width()
    press(window.grid, Key.Key_End)
    assert window.grid.viewport().rect().contains(window.grid.visualRect(window.grid.currentIndex()))


def test_a_number_that_is_wider_than_its_column_is_broken(
    window: CompareWindow, theme: Theme, qtbot: QtBot, room: DeskRoom
) -> None:
    with room.database.write() as shelves:
        shelves.conformity.get(1).chassis_number = "A" * 42
    window.screen_shown.reload()
    grow(theme, 200)
    qtbot.waitUntil(lambda: window.grid.rowHeight(1) >= 3 * window.grid.fontMetrics().height())


def test_f9_shows_it_as_it_will_be_printed(window: CompareWindow, qtbot: QtBot) -> None:
    press(window.grid, Key.Key_F9)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PreviewWindow))
    shown = QApplication.activeWindow()
    assert isinstance(shown, PreviewWindow)
    assert shown.windowTitle().startswith("印刷プレビュー 照合")
    press(shown, Key.Key_F12)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
