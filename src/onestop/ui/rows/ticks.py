"""Draws tick boxes that can be seen in the dark too: Fusion's own outline all but vanishes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from onestop.ui.colours import colours_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QPalette

STROKE = ((0.2, 0.52), (0.43, 0.76), (0.82, 0.25))
"""The tick in a square of 1 × 1."""
DASH = ((0.25, 0.5), (0.75, 0.5))
"""What stands there for no tick where nothing can be ticked."""


def draw_tick(painter: QPainter, box: QRect, palette: QPalette, *, ticked: bool, ink: QColor | None = None) -> None:
    """Draw a tick box into a square, in the ink of a chosen row, where a dark empty box would look full."""
    colours = colours_of(palette)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink or QColor(colours.dim), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush if ink else QColor(colours.base))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    if ticked:
        painter.setPen(QPen(ink or QColor(colours.text), 2, c=Qt.PenCapStyle.RoundCap, s=Qt.PenStyle.SolidLine))
        painter.drawPolyline([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in STROKE])
    painter.restore()


def draw_answer(painter: QPainter, box: QRect, palette: QPalette, *, ticked: bool) -> None:
    """Draw a tick without its box, or a dash, over what the style drew."""
    colours = colours_of(palette)
    painter.save()
    painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(colours.window))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.text), 2, c=Qt.PenCapStyle.RoundCap, s=Qt.PenStyle.SolidLine))
    points = STROKE if ticked else DASH
    painter.drawPolyline([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points])
    painter.restore()


class CheckBox(QCheckBox):
    """A check box with our tick."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box over Fusion's; of one that is locked only what it says, as a locked text has no frame."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        if self.isEnabled():
            draw_tick(painter, box, self.palette(), ticked=self.isChecked())
        else:
            draw_answer(painter, box, self.palette(), ticked=self.isChecked())
        painter.end()
