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


class CheckBox(QCheckBox):
    """A check box with our tick."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box over Fusion's."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        draw_tick(painter, box, self.palette(), ticked=self.isChecked())
        painter.end()
