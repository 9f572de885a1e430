"""A table of many columns: its text grows with the clerk's text size, and gives way a little so that all fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractItemView, QApplication

from onestop.ui.rows.view import RowsView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
    from PySide6.QtGui import QKeyEvent

PADDING = 18
"""Pixels that a cell needs besides its text, as RowsView reckons."""
MEASURED = 100.0
"""Points; so large that a pixel makes no difference."""
GIVES_WAY = 0.75
"""The text is never smaller than this part of the text around it: whoever wants it large could not read it."""
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FittedRowsView(RowsView):
    """A RowsView that rather writes smaller than it cuts a number off, and scrolls sideways before it is too small."""

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
            least = QApplication.font(self).pointSizeF() * GIVES_WAY
            hint.setWidth(int(self._text_width() * least / MEASURED) + PADDING * (len(self.source.columns) + 1))
        return hint

    def _text_width(self) -> float:
        """Return how wide the texts of all columns are in the size in which they are measured."""
        font = QApplication.font(self)
        font.setPointSizeF(MEASURED)  # at one size: rounding would let a larger text come out smaller
        metrics = QFontMetricsF(font)
        digit = metrics.horizontalAdvance("0")
        return sum(max(digit * each.width, metrics.horizontalAdvance(each.title)) for each in self.source.columns)

    def _measure(self) -> None:
        font = QApplication.font(self)
        wanted = font.pointSizeF()
        room = self.viewport().width() - PADDING * len(self.source.columns)
        least = wanted * GIVES_WAY
        fits = MEASURED * room / max(1, self._text_width())
        self._scrolls = fits < least
        points = (
            int(max(least, min(wanted, fits)) * 4) / 4
        )  # in quarters, so that a few pixels more or less change nothing
        if points != self.font().pointSizeF():
            font.setPointSizeF(points)
            self.setFont(font)  # comes back here by way of changeEvent
        super()._measure()
        if self._is_whole:
            self._stand_whole()

    def _room(self, needed: int) -> int:
        """Return the width to be shared: as much as is needed, whether it is seen or not."""
        seen = super()._room(needed)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if self._scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(policy)
        return max(seen, needed) if self._scrolls else seen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll sideways by the arrows, where that leads anywhere."""
        bar, step = self.horizontalScrollBar(), STEPS.get(Qt.Key(event.key()))
        if step is None or not bar.maximum():
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step * self.viewport().width() // 3)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, and leave the columns where they are."""
        at = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        self.horizontalScrollBar().setValue(at)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw all anew: the frame of the focus stays where it is."""
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()
