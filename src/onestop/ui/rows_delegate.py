"""Draws one cell of a table: a tick if the row has one, and the text with air on both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from onestop.ui.ticks import draw_tick

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

AIR = 7
Role = Qt.ItemDataRole


class RowsDelegate(QStyledItemDelegate):
    """Paints a cell in one go; the colours come from the palette, or from a row that speaks louder."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw background, tick and text."""
        area: QRect = option.rect
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, palette.highlight())
        elif index.row() % 2:
            painter.fillRect(area, palette.alternateBase())
        room = area.adjusted(AIR, 0, -AIR, 0)
        checked = index.data(Role.CheckStateRole)
        if checked is not None:
            size = painter.fontMetrics().ascent()
            box = QRect(area.x() + AIR, area.y() + (area.height() - size) // 2, size, size)
            draw_tick(painter, box, palette, ticked=Qt.CheckState(checked) == Qt.CheckState.Checked)
            room.setLeft(box.right() + AIR)
        loud = index.data(Role.ForegroundRole)
        usual = palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        painter.setPen(QColor(loud) if loud is not None and not chosen else usual)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, index.data(Role.TextAlignmentRole), text)
