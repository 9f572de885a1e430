"""What the rows of a table look like: marks join the sign before them, long texts end in dots, ticks are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from onestop.screens.listed_rows import ListedRows
from onestop.screens.rows import Column, RowLook
from onestop.ui.rows.painter import AIR
from onestop.ui.rows.ticks import draw_tick
from onestop.ui.rows.view import RowsView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAMES = (Column("user_name", "使用者", 20),)
LOOK: RowLook[tuple[int, str]] = RowLook(texts=lambda row: (row[1],), tone=lambda _row: None)


def drawn(qtbot: QtBot, *texts: str) -> list[QImage]:
    """Return the rows with these texts as they are drawn; every other row has another ground."""
    source = ListedRows(NAMES, LOOK, lambda row: row[0])
    view = RowsView("cars", "車両の一覧", source)
    qtbot.addWidget(view)
    view.resize(400, 400)
    source.show(tuple(enumerate(texts)))
    view.show()
    picture, height = view.viewport().grab(), view.verticalHeader().defaultSectionSize()
    rows = (QRect(4, view.rowViewportPosition(row), 300, height) for row in range(len(texts)))
    return [picture.copy(row).toImage() for row in rows]


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize(
    ("apart", "whole"),
    [
        ("葛\U000e0100城", "葛城"),  # the font has one 葛; a selector that it does not know must not be a box
        ("辻\ufe00", "辻"),
        ("か\u3099い", "がい"),
        ("ハ\u309aン", "パン"),
        ("e\u0301", "é"),
    ],
)
def test_a_mark_joins_the_sign_before_it(qtbot: QtBot, apart: str, whole: str) -> None:
    _, expected, _, found, _, plain_again = drawn(qtbot, "先頭", whole, whole, apart, apart, whole)
    assert found == expected
    assert plain_again == expected


@pytest.mark.usefixtures("theme")
def test_different_texts_look_different(qtbot: QtBot) -> None:
    _, first, _, second = drawn(qtbot, "先頭", "葛城", "", "葛\U000e0100木")
    assert first != second


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("mark", ["", "\ufe00"], ids=["plain", "shaped"])
def test_a_long_text_ends_in_dots(qtbot: QtBot, mark: str) -> None:
    long = f"辻{mark}" + "番号を確かめてください。" * 9
    _, cut, _, longer = drawn(qtbot, "先頭", long, "", f"{long}車両がありません。")
    _, end_of_room = drawn(qtbot, "先頭", f"辻{mark}番号を確かめてください。")
    assert cut == longer
    assert cut != end_of_room


@pytest.mark.usefixtures("theme")
def test_a_long_text_follows_the_size_of_the_text(qtbot: QtBot) -> None:
    def shown(*sizes: int) -> QImage:
        """Return what stands there after the text had these sizes, one after the other."""
        source = ListedRows(NAMES, LOOK, lambda row: row[0])
        source.show([(0, "番号を確かめてください。" * 9)])
        view = RowsView("cars", "車両の一覧", source)
        qtbot.addWidget(view)
        view.resize(400, 400)
        view.show()
        font = view.font()
        for points in sizes:
            font.setPointSize(points)
            view.setFont(font)
            view.viewport().grab()
        return view.viewport().grab().toImage()

    assert shown(10, 20) == shown(20)


def furthest(one: QImage, other: QImage) -> int:
    """Return by how much two pictures of one size and format differ in any channel."""
    return max(abs(mine - its) for mine, its in zip(one.constBits(), other.constBits(), strict=True))


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("chosen", [0, 3])
def test_the_ticks_of_a_page_are_those_that_we_draw(qtbot: QtBot, chosen: int) -> None:
    look: RowLook[tuple[int, str]] = RowLook(lambda row: (row[1],), lambda _row: None, lambda _row: True)
    source = ListedRows(NAMES, look, lambda row: row[0])
    view = RowsView("cars", "車両の一覧", source)
    qtbot.addWidget(view)
    view.resize(400, 400)
    source.show(tuple(enumerate(["", "", "", ""])))
    view.go_to(chosen)
    source.toggle(1)
    source.toggle(3)
    view.show()
    view.clearFocus()
    palette, size = view.palette(), view.fontMetrics().ascent()
    page = view.viewport().grab().toImage()
    for row in range(4):
        area = QRect(0, view.rowViewportPosition(row), AIR + size, view.rowHeight(row))
        expected = QImage(area.size(), page.format())
        ground = palette.highlight() if row == chosen else palette.alternateBase() if row % 2 else palette.base()
        expected.fill(ground.color())
        painter = QPainter(expected)
        ink = QColor(palette.highlightedText().color()) if row == chosen else None
        box = QRect(AIR, (area.height() - size) // 2, size, size)
        draw_tick(painter, box, palette, ticked=row in (1, 3), ink=ink)
        painter.end()
        assert furthest(page.copy(area), expected) <= 1, row  # of 255: it is blended in two steps
