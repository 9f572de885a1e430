"""A table of many columns: its text grows with the clerk's text size as far as every column still fits."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from onestop.ui.rows.view import RowsView

PADDING = 18
"""Pixels that a cell needs besides its text, as RowsView reckons."""
MEASURED = 100.0
"""Points; so large that a pixel makes no difference."""
SMALLEST = 9.0
"""Points; text as small as a caption can still be read."""


class FittedRowsView(RowsView):
    """A RowsView that rather writes smaller than it cuts a number off."""

    def _measure(self) -> None:
        font = QApplication.font(self)
        wanted, columns = font.pointSizeF(), self.source.columns
        font.setPointSizeF(MEASURED)  # at one size: rounding would let a larger text come out smaller
        metrics = QFontMetricsF(font)
        digit = metrics.horizontalAdvance("0")
        text = sum(max(digit * each.width, metrics.horizontalAdvance(each.title)) for each in columns)
        room = self.viewport().width() - PADDING * len(columns)
        points = max(SMALLEST, min(wanted, MEASURED * room / max(1, text)))
        points = int(points * 4) / 4  # in quarters, so that a few pixels more or less change nothing
        if points != self.font().pointSizeF():
            font.setPointSizeF(points)
            self.setFont(font)  # comes back here by way of changeEvent
        super()._measure()
