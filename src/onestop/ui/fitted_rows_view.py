"""A table of many columns: its text grows with the clerk's text size as far as every column still fits."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from onestop.ui.rows_view import RowsView

PADDING = 18
"""Pixels that a cell needs besides its text, as RowsView reckons."""
SMALLEST = 9.0
"""Points; text as small as a caption can still be read."""


class FittedRowsView(RowsView):
    """A RowsView that rather writes smaller than it cuts a number off."""

    def _measure(self) -> None:
        font = QApplication.font(self)
        metrics = QFontMetrics(font)
        digit = metrics.horizontalAdvance("0")
        columns = self.source.columns
        text = sum(max(digit * each.width, metrics.horizontalAdvance(each.title)) for each in columns)
        room = self.viewport().width() - PADDING * len(columns)
        points = max(SMALLEST, font.pointSizeF() * min(1.0, room / max(1, text)))
        points = int(points * 4) / 4  # in quarters, so that a few pixels more or less change nothing
        if points != self.font().pointSizeF():
            font.setPointSizeF(points)
            self.setFont(font)  # comes back here by way of changeEvent
        super()._measure()
