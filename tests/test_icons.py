"""The icons we ship: each can be drawn, and each sign is told apart by its shape, in light and in dark."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from onestop.paths import RESOURCES

ICONS = RESOURCES / "icons"
SIGNS = ("none", "waiting", "done", "attention", "rejected")
WHITE = QColor("#ffffff")
DARK = QColor("#1e1e1e")


def drawn(name: str, size: int) -> QImage:
    """Return an icon on a transparent ground."""
    renderer = QSvgRenderer(str(ICONS / f"{name}.svg"))
    assert renderer.isValid()
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def shape(name: str) -> list[bool]:
    """Return where a sign is drawn in white or not at all: what is left of it without its colour."""
    image = drawn(name, 32)
    pixels = (image.pixelColor(x, y) for y in range(32) for x in range(32))
    return [pixel.alpha() < 128 or pixel.lightness() > 200 for pixel in pixels]


def luminance(colour: QColor) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", sorted(path.stem for path in ICONS.glob("*.svg")))
@pytest.mark.parametrize("size", [16, 24, 64])
def test_every_icon_is_drawn(name: str, size: int) -> None:
    image = drawn(name, size)
    inked = sum(image.pixelColor(x, y).alpha() > 128 for x in range(size) for y in range(size))
    assert inked > size * size / 6


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("one", "other"), list(combinations(SIGNS, 2)))
def test_signs_differ_without_their_colours(one: str, other: str) -> None:
    different = sum(a != b for a, b in zip(shape(one), shape(other), strict=True))
    assert different > 60


@pytest.mark.parametrize("name", SIGNS)
def test_signs_can_be_seen_in_light_and_in_dark(name: str) -> None:
    text = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    (fill,) = {QColor(each).name() for each in re.findall(r'fill="(#\w+)"', text)} - {WHITE.name()}
    assert contrast(QColor(fill), WHITE) >= 4.5, "the white sign on its ground, and the ground on a light window"
    assert contrast(QColor(fill), DARK) >= 3, "the ground on a dark window"
