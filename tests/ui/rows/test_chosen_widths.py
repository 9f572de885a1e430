"""Columns made wider with the mouse: the whole stays as wide, also in another size, and the choice can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from onestop.screens.rows import PagedRows
from onestop.ui.rows.view import RowsView
from support.qt import COLUMNS, LOOK, Numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from support.screens import Stage


@pytest.fixture
def view(stage: Stage, on_glass: Callable[[QWidget], None]) -> RowsView:
    rows: PagedRows[int] = PagedRows(stage.background, COLUMNS, LOOK, lambda _error: None)
    rows.load(Numbers(50))
    made = RowsView("numbers", "番号", rows)
    made.resize(700, 300)
    on_glass(made)
    return made


def widths(view: RowsView) -> list[int]:
    return [view.columnWidth(place) for place in range(len(COLUMNS))]


def drag(view: RowsView, column: int, by: int) -> None:
    """Take the border behind a column and move it."""
    header = view.horizontalHeader()
    border = QPoint(header.sectionViewportPosition(column) + header.sectionSize(column) - 1, header.height() // 2)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=border)
    QTest.mouseMove(header.viewport(), border + QPoint(by, 0))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=border + QPoint(by, 0))


def test_the_next_column_gives_what_one_takes(view: RowsView) -> None:
    before = widths(view)
    assert view.chosen.widths == ()
    drag(view, 0, 40)
    assert widths(view) == [before[0] + 40, before[1] - 40, *before[2:]]
    assert view.chosen.widths == tuple(widths(view))


@pytest.mark.parametrize(("column", "by"), [(0, 600), (len(COLUMNS) - 1, -60)])
def test_no_column_vanishes_and_the_last_one_ends_at_the_edge(view: RowsView, column: int, by: int) -> None:
    drag(view, column, by)
    assert sum(widths(view)) == view.viewport().width()
    assert min(widths(view)) >= 20


def test_what_was_chosen_holds_in_another_width_and_for_another_table(view: RowsView) -> None:
    drag(view, 0, 60)
    shares = [width / sum(widths(view)) for width in widths(view)]
    kept = view.chosen.widths
    view.resize(1000, 300)
    assert [width / sum(widths(view)) for width in widths(view)] == pytest.approx(shares, abs=0.01)
    view.chosen.widths = ()
    view.resize(700, 300)
    assert tuple(widths(view)) != kept
    view.choose_widths(kept)
    assert tuple(widths(view)) == kept


def test_widths_of_another_number_of_columns_count_for_nothing(view: RowsView) -> None:
    before = widths(view)
    view.choose_widths((10, 20))
    assert widths(view) == before


def test_a_column_that_is_not_shown_neither_gives_nor_takes(view: RowsView) -> None:
    view.chosen.share([100, 0, 200, 100], 400)
    assert view.isColumnHidden(1)
    before = widths(view)
    drag(view, 0, 30)
    assert widths(view) == [before[0] + 30, 0, before[2] - 30, before[3]]
    view.chosen.share([100, 50, 200, 100], 450)
    assert widths(view)[1] > 0
    assert sum(widths(view)) == 450
