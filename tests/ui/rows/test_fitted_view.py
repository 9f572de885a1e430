"""A table of many columns gives way to its room a little, and then scrolls sideways by the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from onestop.screens.rows import Column, PagedRows, RowLook
from onestop.ui.rows.fitted_view import GIVES_WAY, FittedRowsView
from support.qt import Numbers, grow, press

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.screens import Stage

COLUMNS = tuple(Column(f"number_{place}", f"番号{place}", 10) for place in range(10))
LOOK: RowLook[int] = RowLook(texts=lambda number: (f"{number:010}",) * len(COLUMNS))


@pytest.fixture
def view(stage: Stage, on_glass: Callable[[QWidget], None], theme: Theme) -> FittedRowsView:
    del theme  # it dresses the application
    rows: PagedRows[int] = PagedRows(stage.background, COLUMNS, LOOK, lambda _error: None)
    rows.load(Numbers(50))
    made = FittedRowsView("numbers", "番号", rows)
    window = QWidget()
    below = QVBoxLayout(window)
    below.addWidget(QLabel("番号"))  # it grows with the text, as everything around a table does
    below.addWidget(made)
    window.resize(1100, 300)
    on_glass(window)
    made.setFocus()
    made.go_to(0)
    return made


def part_of_wanted(view: FittedRowsView) -> float:
    return view.font().pointSizeF() / QApplication.font(view).pointSizeF()


def test_in_the_usual_text_everything_is_seen_at_once(view: FittedRowsView) -> None:
    assert view.horizontalScrollBar().maximum() == 0
    assert not view.horizontalScrollBar().isVisible()
    press(view, Qt.Key.Key_Right)
    assert view.horizontalScrollBar().value() == 0


def test_large_text_stays_large_and_no_number_is_cut(view: FittedRowsView, theme: Theme, qtbot: QtBot) -> None:
    grow(theme, 200)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    assert part_of_wanted(view) >= GIVES_WAY
    needed = view.fontMetrics().horizontalAdvance("0" * 10)
    assert all(view.columnWidth(place) > needed for place in range(len(COLUMNS)))
    theme.usual()
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)


def test_the_arrows_scroll_sideways_and_another_row_stays_there(
    view: FittedRowsView, theme: Theme, qtbot: QtBot
) -> None:
    grow(theme, 200)
    bar = view.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    press(view, Qt.Key.Key_Right)
    there = bar.value()
    assert there > 0
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_End)
    assert (view.current(), bar.value()) == (49, there)
    press(view, Qt.Key.Key_Left)
    assert bar.value() == 0
