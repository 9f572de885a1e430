"""A table of many columns narrows, writes smaller, and then leaves columns out; → tells what is not seen whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from onestop.screens.rows import Column, PagedRows, RowLook
from onestop.ui.rows.fitted_view import GIVES_WAY, FittedRowsView
from onestop.ui.rows.view import ALL_SEEN
from support.qt import Numbers, grow, press

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from onestop.ui.theme import Theme
    from support.screens import Stage

NEEDED = 3
COLUMNS = (
    Column("number", "番号", 10),
    Column("state", "状態", 10, least=8),
    Column("chassis_number", "車台番号", 10),
    *(Column(f"other_{place}", f"ほか{place}", 10, least=6, may_go=True) for place in range(6)),
    Column("user_name", "使用者", 14, least=6, may_go=True),
)
LOOK: RowLook[int] = RowLook(
    texts=lambda number: (f"{number:010}",) * (len(COLUMNS) - 1) + ("株式会社カーネット自動車",),
    can_tick=lambda number: number == 0,
)


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
    window.resize(1200, 300)
    on_glass(window)
    made.setFocus()
    made.go_to(1)
    return made


def part_of_wanted(view: FittedRowsView) -> float:
    return view.font().pointSizeF() / QApplication.font(view).pointSizeF()


def shown(view: FittedRowsView) -> list[str]:
    return [each.key for place, each in enumerate(COLUMNS) if not view.isColumnHidden(place)]


def told(view: FittedRowsView, key: Qt.Key = Qt.Key.Key_Right) -> str:
    heard: list[str] = []
    view.told.connect(heard.append)
    press(view, key)
    view.told.disconnect(heard.append)
    (text,) = heard
    return text


def resize(view: FittedRowsView, width: int) -> None:
    view.window().resize(width, 300)
    QApplication.processEvents()


def test_in_the_usual_text_everything_is_seen_at_once(view: FittedRowsView) -> None:
    assert shown(view) == [each.key for each in COLUMNS]
    assert view.horizontalScrollBar().maximum() == 0
    resize(view, 1600)
    assert part_of_wanted(view) == 1
    assert told(view) == ALL_SEEN


def test_columns_narrow_before_the_text_shrinks(view: FittedRowsView) -> None:
    resize(view, 1030)
    assert part_of_wanted(view) == 1
    assert shown(view) == [each.key for each in COLUMNS]
    needed = view.fontMetrics().horizontalAdvance("0" * 10)
    assert all(view.columnWidth(place) > needed for place in (0, 2))
    assert told(view, Qt.Key.Key_Left).endswith("使用者: 株式会社カーネット自動車")
    resize(view, 650)
    assert GIVES_WAY < part_of_wanted(view) < 1
    assert shown(view) == [each.key for each in COLUMNS]


def test_large_text_stays_large_and_leaves_the_last_columns_out(
    view: FittedRowsView, theme: Theme, qtbot: QtBot
) -> None:
    resize(view, 860)
    grow(theme, 200)
    qtbot.waitUntil(lambda: len(shown(view)) < len(COLUMNS))
    assert part_of_wanted(view) >= GIVES_WAY
    assert shown(view) == [each.key for each in COLUMNS][: len(shown(view))]
    assert view.horizontalScrollBar().maximum() == 0
    needed = view.fontMetrics().horizontalAdvance("0" * 10)
    assert all(view.columnWidth(place) > needed for place in (0, 2))
    assert "使用者: 株式会社カーネット自動車" in told(view)
    theme.usual()
    qtbot.waitUntil(lambda: len(shown(view)) == len(COLUMNS))


def test_what_is_needed_stays_however_little_room_there_is(view: FittedRowsView) -> None:
    resize(view, 200)
    assert shown(view) == [each.key for each in COLUMNS[:NEEDED]]
    view.go_to(0)
    assert told(view).startswith("番号: 0000000000")


def test_without_a_row_there_is_nothing_to_tell(view: FittedRowsView) -> None:
    view.source.clear()  # type: ignore[attr-defined]  # the pages of this test have it
    heard: list[str] = []
    view.told.connect(heard.append)
    press(view, Qt.Key.Key_Right)
    assert heard == []
