"""Where a window stands, and whether another one comes to stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from onestop.screens.rows import PagedRows
from onestop.services.settings.window_bounds import WindowBounds
from onestop.ui.bounds import bounds_of, stand
from onestop.ui.rows.view import RowsView
from support.qt import COLUMNS, LOOK

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from support.screens import Stage

GONE = {"left": (-900, 10), "right": (2000, 10), "below": (10, 600)}


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    window.move(50, 60)
    return window


def test_a_window_stands_where_another_one_stood(window: QWidget) -> None:
    bounds = WindowBounds(120, 80, 400, 300)
    stand(window, bounds)
    window.show()
    assert bounds_of(window) == bounds


@pytest.mark.parametrize("corner", GONE.values(), ids=GONE)
def test_a_window_stays_where_it_is_when_that_place_is_on_no_screen(window: QWidget, corner: tuple[int, int]) -> None:
    stand(window, WindowBounds(*corner, 400, 300))
    assert bounds_of(window) == WindowBounds(50, 60, 300, 200)


def test_a_maximised_window_remembers_where_it_stood_before(window: QWidget) -> None:
    stand(window, WindowBounds(120, 80, 400, 300, maximised=True))
    window.show()
    assert window.isMaximized()
    assert bounds_of(window) == WindowBounds(120, 80, 400, 300, maximised=True)


def test_the_widths_of_columns_come_along(stage: Stage, on_glass: Callable[[QWidget], None]) -> None:
    rows: PagedRows[int] = PagedRows(stage.background, COLUMNS, LOOK, lambda _error: None)
    window = QWidget()
    table = RowsView("numbers", "番号", rows)
    QVBoxLayout(window).addWidget(table)
    on_glass(window)
    table.choose_widths((1, 2, 3, 4))
    kept = bounds_of(window)
    assert kept.columns == {"numbers": (1, 2, 3, 4)}
    table.choose_widths(())
    stand(window, kept)
    assert table.chosen.widths == (1, 2, 3, 4)
