"""What the rows of a table look like where a text must be shaped: marks and selectors join the sign before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect

from onestop.screens.listed_rows import ListedRows
from onestop.screens.rows import Column, RowLook
from onestop.ui.rows.view import RowsView

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
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
