"""Draws the rows of a table: a page of 申請書一覧 has 300 cells, and is drawn whenever one of its rows changes.

A delegate of Qt would be asked for each cell through five objects, and each text would be shaped as if it were Arabic:
together that takes five times as long.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QPixmap

from onestop.ui.rows.model import ON_ITS_WAY
from onestop.ui.rows.ticks import draw_tick

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from onestop.ui.rows.model import RowsModel

AIR: Final = 7
"""Pixels on both sides of a text."""
SHORTENED: Final = 4096
"""Texts that are remembered as they were shortened."""
_NEEDS_SHAPING: Final = re.compile("[\u0300-\u036f\u200d\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Combining marks and variation selectors (葛󠄀), which change the character before them."""
_Role = QPalette.ColorRole


class RowsPainter:
    """Paints the rows that are on the glass; the colours come from the palette, or from a row that speaks louder."""

    def __init__(self, rows: RowsModel, view: QTableView) -> None:
        self._rows = rows
        self._view = view
        self._short: dict[tuple[str, int], str] = {}
        """Texts that were shortened to a room: the same page is drawn again and again."""
        self._drawn_in: tuple[QFont, float] | None = None
        """The font in which they were, and the pixels of that screen."""

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Draw every row that reaches into an area of the viewport."""
        view = self._view
        count = self._rows.rowCount()
        first = view.rowAt(area.top())
        if first < 0 or not count:
            return
        last = view.rowAt(area.bottom())
        self._begin(painter)
        for row in range(first, count if last < 0 else last + 1):
            self._draw_row(painter, row)

    def cut(self, row: int) -> list[str]:
        """Return the texts of a row that are not seen whole, each behind the title of its column."""
        view, source = self._view, self._rows.source
        texts, metrics = source.row(row) or (), view.fontMetrics()
        tick = 0 if source.checked(row) is None else metrics.ascent() + AIR - 1
        room = [view.columnWidth(place) - 2 * AIR - (0 if place else tick) for place in range(len(texts))]
        return [
            f"{column.title}: {text}"
            for column, text, width in zip(source.columns, texts, room, strict=False)
            if text and metrics.horizontalAdvance(text) > width
        ]

    # --- inside

    def _begin(self, painter: QPainter) -> None:
        """Look at what is the same for all cells."""
        view, metrics = self._view, self._view.fontMetrics()
        palette = view.palette()
        self._metrics = metrics
        drawn_in = view.font(), view.devicePixelRatioF()
        if drawn_in != self._drawn_in or len(self._short) > SHORTENED:
            self._drawn_in = drawn_in
            self._short.clear()
        self._widest = metrics.horizontalAdvance("国")
        self._shaped, self._plain = QFont(view.font()), QFont(view.font())
        self._plain.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
        self._plain_metrics = QFontMetrics(self._plain)
        self._is_shaping = False
        painter.setFont(self._plain)
        self._ticks: dict[tuple[bool, bool], QPixmap] = {}
        self._chosen = view.currentIndex().row()  # the current row is the chosen one
        self._ink, self._chosen_ink = palette.color(_Role.Text), palette.color(_Role.HighlightedText)
        self._ground, self._other_ground = palette.highlight(), palette.alternateBase()
        self._width = view.viewport().width()
        self._height = view.verticalHeader().defaultSectionSize()
        self._columns = [
            (column, view.columnViewportPosition(column), view.columnWidth(column), self._rows.alignment(column))
            for column in range(self._rows.columnCount())
            if not view.isColumnHidden(column)
        ]

    def _draw_row(self, painter: QPainter, row: int) -> None:
        top, height, source = self._view.rowViewportPosition(row), self._height, self._rows.source
        if row == self._chosen:
            painter.fillRect(0, top, self._width, height, self._ground)
            painter.setPen(self._chosen_ink)
        else:
            if row % 2:
                painter.fillRect(0, top, self._width, height, self._other_ground)
            ink = self._rows.ink(row)
            painter.setPen(self._ink if ink is None else ink)
        texts, ticked = source.row(row), source.checked(row)
        for column, left, width, alignment in self._columns:
            start, room = left + AIR, width - 2 * AIR
            if column == 0 and ticked is not None:
                size = self._metrics.ascent()
                tick = self._tick(size, ticked, row == self._chosen)
                painter.drawPixmap(start - 1, top + (height - size) // 2 - 1, tick)
                taken = size + AIR - 1
                start, room = start + taken, room - taken
            text = ON_ITS_WAY if texts is None else texts[column]
            self._use_font_for(painter, text)
            painter.drawText(start, top, room, height, alignment, self._fitted(text, room))

    def _tick(self, size: int, ticked: bool, chosen: bool) -> QPixmap:  # noqa: FBT001 - both are the key
        """Return a tick box with a pixel around it; to draw all of a page anew costs as much as all its texts."""
        if (ticked, chosen) not in self._ticks:
            ratio = self._view.devicePixelRatioF()
            box = QPixmap(round((size + 2) * ratio), round((size + 2) * ratio))
            box.setDevicePixelRatio(ratio)
            box.fill(Qt.GlobalColor.transparent)
            ink = self._chosen_ink if chosen else None
            draw_tick(QPainter(box), QRect(1, 1, size, size), self._view.palette(), ticked=ticked, ink=ink)
            self._ticks[ticked, chosen] = box
        return self._ticks[ticked, chosen]

    def _use_font_for(self, painter: QPainter, text: str) -> None:
        shaping = not text.isascii() and _NEEDS_SHAPING.search(text) is not None
        if shaping != self._is_shaping:
            self._is_shaping = shaping
            painter.setFont(self._shaped if shaping else self._plain)

    def _fitted(self, text: str, room: int) -> str:
        """Shorten a text to its room as it is drawn: measured without shaping a long one costs a fourth."""
        if len(text) * self._widest <= room:
            return text
        short = self._short.get((text, room))
        if short is None:
            metrics = self._metrics if self._is_shaping else self._plain_metrics
            self._short[text, room] = short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        return short
