"""Draws one cell of a table: a tick if the row has one, and the text with air on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from onestop.ui.rows_model import ON_ITS_WAY
from onestop.ui.ticks import draw_tick

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from onestop.ui.rows_model import RowsModel

AIR = 7


class RowsDelegate(QStyledItemDelegate):
    """Paints a cell in one go; the colours come from the palette, or from a row that speaks louder.

    It asks our model row by row: a role at a time through QModelIndex takes three times as long, and a page of
    申請書一覧 has 300 cells.
    """

    def __init__(self, rows: RowsModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._rows = rows
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw background, tick and text."""
        area: QRect = option.rect
        palette: QPalette = option.palette
        row, column = index.row(), index.column()
        drawn = self._rows.drawn(row)
        chosen = row == self._view.currentIndex().row()  # the current row is the chosen one
        if chosen:
            painter.fillRect(area, palette.highlight())
        elif row % 2:
            painter.fillRect(area, palette.alternateBase())
        room = area.adjusted(AIR, 0, -AIR, 0)
        metrics = painter.fontMetrics()
        if column == 0 and drawn.checked is not None:
            size = metrics.ascent()
            box = QRect(area.x() + AIR, area.y() + (area.height() - size) // 2, size, size)
            draw_tick(painter, box, palette, ticked=drawn.checked)
            room.setLeft(box.right() + AIR)
        usual = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        painter.setPen(usual if drawn.ink is None or chosen else drawn.ink)
        whole = ON_ITS_WAY if drawn.texts is None else drawn.texts[column]
        text = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self._rows.alignment(column), text)
