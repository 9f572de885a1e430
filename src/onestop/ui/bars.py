"""A row of bars on the glass: arrows go from bar to bar, and each says what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from onestop.ui.colours import colours_of
from onestop.ui.enters import is_enter
from onestop.ui.spare_room import Drawing
from onestop.ui.spoken import announce

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from onestop.screens.bars import Bar, Bars
    from onestop.screens.function_key import FunctionKey

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -7, Qt.Key.Key_PageDown: 7}
"""How many bars a key goes on; in days, a page is a week."""
CENTRE = Qt.AlignmentFlag.AlignCenter


class BarsView(Drawing):
    """Draws bars; the chosen one is framed, and its words stand above."""

    moved = Signal(str)
    """The key of the bar that the clerk goes to."""
    opened = Signal(str)
    """Enter on the chosen bar."""

    def __init__(self, name: str, row: FunctionKey[Any]) -> None:
        super().__init__(name, row)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._bars: Bars | None = None

    def show_bars(self, bars: Bars | None) -> None:
        """Show these bars; None shows nothing. What another choice says is spoken while the focus is here."""
        if bars == self._bars:
            return
        self._bars = bars
        text = "" if bars is None else f"{bars.title} ({self.row.key})  {bars.words}"
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(f"{self.row.label}: {text}")
            if bars is not None and self.hasFocus():
                announce(self, bars.words)
        self.update()
        self.drawn.emit()

    def fits(self, width: int) -> bool:
        """Tell whether each bar is wide enough to be seen, and the words are not cut."""
        bars = self._bars
        if bars is None:
            return False
        return max(len(bars.bars) * self.em / 2, self.fontMetrics().horizontalAdvance(self.text())) <= width

    def height_needed(self) -> int:
        """Return a line of words, the bars with their figures, and a line of ticks."""
        return int(self.em * 5.2)

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, pages, Home and End go to another bar; Enter opens the chosen one."""
        bars = self._bars
        if bars is None:
            super().keyPressEvent(event)
        elif is_enter(event):
            self.opened.emit(bars.chosen)
        elif event.key() in STEPS:
            self.moved.emit(bars.at(bars.position + STEPS[Qt.Key(event.key())]))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.moved.emit(bars.bars[0 if event.key() == Qt.Key.Key_Home else -1].key)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the bar under the mouse."""
        if self._bars is not None:
            self.moved.emit(self._bars.at(int(event.position().x() * len(self._bars.bars) / self.width())))

    # --- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, and below them each bar on its ground."""
        bars, colours = self._bars, colours_of(self.palette())
        if bars is None:
            return
        painter = QPainter(self)
        painter.setPen(QColor(colours.text))
        painter.drawText(QRectF(0, 0, self.width(), self.em), Qt.AlignmentFlag.AlignLeft, self.text())
        share = self.width() / len(bars.bars)
        for place, bar in enumerate(bars.bars):
            column = QRectF(place * share, self.em * 1.2, share, self.height() - self.em * 2.3)
            self._draw_ground(painter, bar, column)
            self._draw_bar(painter, bar, column, bars.highest)
            if place == bars.position:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                width = 3 if self.hasFocus() else 1
                painter.setPen(QPen(QColor(colours.accent.paper if self.hasFocus() else colours.text), width))
                painter.drawRect(column.adjusted(1, 1, -1, -1))

    def _draw_ground(self, painter: QPainter, bar: Bar, column: QRectF) -> None:
        """A day on which nobody works is hatched; the ticks stand below."""
        colours, em = colours_of(self.palette()), self.em
        if bar.pale:
            painter.fillRect(column, QColor(colours.button))
            painter.fillRect(column, _hatched(colours.line))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(column.bottomLeft(), column.bottomRight())
        painter.setPen(QColor(colours.dim))
        width = self.fontMetrics().horizontalAdvance(bar.tick)
        left = min(max(column.center().x() - width / 2, 0), self.width() - width)
        painter.drawText(QRectF(left, column.bottom() + 1, width + 1, em), CENTRE, bar.tick)

    def _draw_bar(self, painter: QPainter, bar: Bar, column: QRectF, highest: int) -> None:
        """Draw its parts on each other, the second one hatched, and how many they are."""
        colours, total = colours_of(self.palette()), sum(bar.parts)
        if not total:
            return
        unit = (column.height() - self.em - 2) / highest
        air = max(1.0, column.width() * 0.2)
        bottom = column.bottom()
        painter.setPen(QPen(QColor(colours.accent.paper), 1))
        for nth, part in enumerate(bar.parts):
            block = QRectF(column.left() + air, bottom - part * unit, column.width() - 2 * air, part * unit)
            painter.fillRect(block, _hatched(colours.warning.ink) if nth else QColor(colours.accent.paper))
            painter.drawRect(block)
            bottom = block.top()
        figures = f"{total:,}"
        if self.fontMetrics().horizontalAdvance(figures) <= column.width():
            painter.setPen(QColor(colours.text))
            painter.drawText(QRectF(column.left(), bottom - self.em, column.width(), self.em), CENTRE, figures)


def _hatched(colour: str) -> QBrush:
    return QBrush(QColor(colour), Qt.BrushStyle.BDiagPattern)
