"""Tests of the titles over a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableWidget

from onestop.ui.rows.header import TitleHeader

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

ELIDE = Qt.TextElideMode


def painted(title: str, elide: Qt.TextElideMode | None, width: int) -> QImage:
    """Return how a header paints a title; None: ours."""
    table = QTableWidget(0, 1)
    header = TitleHeader(table) if elide is None else QHeaderView(Qt.Orientation.Horizontal, table)
    if elide is not None:
        header.setTextElideMode(elide)
    table.setHorizontalHeader(header)
    table.setHorizontalHeaderLabels([title])
    table.setColumnWidth(0, width)
    picture = table.grab().toImage()
    table.deleteLater()
    return picture


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("title", "same", "other"),
    [
        ("最終の\n検査申請日", ELIDE.ElideNone, ELIDE.ElideRight),
        ("最終の検査申請日", ELIDE.ElideRight, ELIDE.ElideNone),
    ],
)
def test_a_title_of_two_lines_is_not_shortened_and_one_of_one_line_is(
    title: str, same: Qt.TextElideMode, other: Qt.TextElideMode
) -> None:
    width = QFontMetrics(QFont()).horizontalAdvance("検査申請日") + 20
    assert painted(title, None, width) == painted(title, same, width)
    assert painted(title, None, width) != painted(title, other, width)
