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

    It asks our model row by row, and the view for what is the same in all cells once: a page of 申請書一覧 has 300
    cells, and each question through Qt takes a microsecond or more. Every other row's ground is the view's own.
    """

    def __init__(self, rows: RowsModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._rows = rows
        self._view = view
        self.begin_drawing()

    def begin_drawing(self) -> None:
        """Look at what is the same for all cells; the view calls it before it draws."""
        palette = self._view.palette()
        self._chosen = self._view.currentIndex().row()  # the current row is the chosen one
        self._ink = palette.color(QPalette.ColorRole.Text)
        self._chosen_ink = palette.color(QPalette.ColorRole.HighlightedText)
        self._ground = palette.highlight()
        self._metrics = self._view.fontMetrics()
        self._widest = self._metrics.horizontalAdvance("国")
        self._rows.begin_drawing()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw background, tick and text."""
        area: QRect = option.rect
        row, column = index.row(), index.column()
        drawn = self._rows.drawn(row)
        room = area.adjusted(AIR, 0, -AIR, 0)
        if row == self._chosen:
            painter.fillRect(area, self._ground)
            painter.setPen(self._chosen_ink)
        else:
            painter.setPen(self._ink if drawn.ink is None else drawn.ink)
        if column == 0 and drawn.checked is not None:
            room.setLeft(self._draw_tick(painter, area, ticked=drawn.checked) + AIR)
        whole = ON_ITS_WAY if drawn.texts is None else drawn.texts[column]
        painter.drawText(room, self._rows.alignment(column), self._fitted(whole, room.width()))

    def _draw_tick(self, painter: QPainter, area: QRect, *, ticked: bool) -> int:
        """Draw the tick box and return where it ends."""
        size = self._metrics.ascent()
        box = QRect(area.x() + AIR, area.y() + (area.height() - size) // 2, size, size)
        draw_tick(painter, box, self._view.palette(), ticked=ticked)
        return box.right()

    def _fitted(self, text: str, width: int) -> str:
        if len(text) * self._widest <= width:
            return text
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
