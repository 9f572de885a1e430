"""Tests of tick boxes as they are drawn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter, QPalette

from onestop.ui.colours import DARK, LIGHT, Colours, palette_of
from onestop.ui.rows.ticks import draw_tick

GROUND = QColor("#6fb0ff")
SIDE = 20


def drawn(palette: QPalette, ink: QColor, *, ticked: bool) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    painter = QPainter(image)
    draw_tick(painter, QRect(0, 0, SIDE, SIDE), palette, ticked=ticked, ink=ink)
    painter.end()
    return image


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_an_empty_box_in_a_chosen_row_looks_empty(colours: Colours) -> None:
    palette = palette_of(colours)
    ink = palette.highlightedText().color()
    empty, full = (drawn(palette, ink, ticked=ticked) for ticked in (False, True))
    inside = [(x, y) for x in range(3, SIDE - 3) for y in range(3, SIDE - 3)]
    assert {empty.pixelColor(x, y).name() for x, y in inside} == {GROUND.name()}
    assert ink.name() in {full.pixelColor(x, y).name() for x, y in inside}
