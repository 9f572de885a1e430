"""A table of many columns that never scrolls sideways: columns narrow, then its text shrinks, then columns go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from onestop.ui.rows.view import PADDING, RowsView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QSize

    from onestop.screens.rows import Column

MEASURED = 100.0
"""Points; so large that a pixel makes no difference."""
GIVES_WAY = 0.75
"""The text is never smaller than this part of the text around it: whoever wants it large could not read it."""


class FittedRowsView(RowsView):
    """A RowsView whose columns all stand on the glass, or, where there is least room, those that a clerk needs."""

    _is_whole = False

    def show_whole(self) -> None:
        """Be as high as the title and all rows, and never too narrow for the columns in the smallest text allowed."""
        self._is_whole = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model().modelReset.connect(self._stand_whole)
        self._measure()

    def _stand_whole(self) -> None:
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """Need the smallest text's width where all is to be seen."""
        hint = super().minimumSizeHint()
        if self._is_whole:
            least = self._least_width(self.source.columns)
            hint.setWidth(int(least * self._wanted * GIVES_WAY / MEASURED) + PADDING * (len(self.source.columns) + 1))
        return hint

    @property
    def _wanted(self) -> float:
        """The text size around the table, in points."""
        return QApplication.font(self).pointSizeF()

    def _least_width(self, columns: Sequence[Column]) -> float:
        """Return how wide the texts of columns are at their narrowest, in the size in which they are measured."""
        font = QApplication.font(self)
        font.setPointSizeF(MEASURED)  # at one size: rounding would let a larger text come out smaller
        metrics = QFontMetricsF(font)
        return sum(_texts_width(metrics, each, narrow=True) for each in columns)

    def _points(self, columns: Sequence[Column]) -> float:
        """Return the text size at which columns at their narrowest fit."""
        room = self.viewport().width() - PADDING * len(columns)
        return MEASURED * room / max(1, self._least_width(columns))

    def _staying(self) -> tuple[Column, ...]:
        """Return the columns that stand: the last of those that may go goes first."""
        staying = list(self.source.columns)
        for column in reversed(self.source.columns):
            if column.may_go and self._points(staying) < self._wanted * GIVES_WAY:
                staying.remove(column)
        return tuple(staying)

    def _measure(self) -> None:
        self._shown = self._staying()
        fits = max(self._wanted * GIVES_WAY, min(self._wanted, self._points(self._shown)))
        points = int(fits * 4) / 4  # in quarters, so that a few pixels more or less change nothing
        if points != self.font().pointSizeF():
            font = QFont(QApplication.font(self))
            font.setPointSizeF(points)
            self.setFont(font)  # comes back here by way of changeEvent
        super()._measure()
        if self._is_whole:
            self._stand_whole()

    def _needs(self) -> list[int]:
        """Return the width that each column gets, nothing for one that went; the last ones narrow first."""
        metrics = QFontMetricsF(self.font())
        widths = {each.key: _texts_width(metrics, each) for each in self._shown}
        lacking = sum(widths.values()) + PADDING * len(widths) - self.viewport().width()
        for column in reversed(self._shown):
            given = min(max(0.0, lacking), widths[column.key] - _texts_width(metrics, column, narrow=True))
            widths[column.key] -= given
            lacking -= given
        return [int(widths[each.key]) + PADDING if each.key in widths else 0 for each in self.source.columns]


def _texts_width(metrics: QFontMetricsF, column: Column, *, narrow: bool = False) -> float:
    """Return how wide the texts of a column are; its title stands whole unless that is what makes it wide."""
    digit = metrics.horizontalAdvance("0")
    if narrow and column.least is not None:
        return digit * column.least
    return max(digit * column.width, *map(metrics.horizontalAdvance, column.heading.split("\n")))
