"""Rows, columns and titled groups of widgets, and the page that scrolls up and down with the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGroupBox, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Part = QWidget | QLayout


def row(*parts: Part | tuple[Part, int]) -> QHBoxLayout:
    """Put parts side by side, each with its share of the width (0: as wide as it needs to be)."""
    line = QHBoxLayout()
    _add(line, parts)
    return line


def column(*parts: Part | tuple[Part, int]) -> QVBoxLayout:
    """Put parts below each other, each with its share of the height (0: as high as it needs to be)."""
    pile = QVBoxLayout()
    _add(pile, parts)
    return pile


def group(title: str, content: QLayout) -> QGroupBox:
    """Put a frame with a title around a layout."""
    box = QGroupBox(title)
    content.setContentsMargins(6, 2, 6, 4)
    box.setLayout(content)
    return box


def scrolling(content: QLayout) -> QScrollArea:
    """Return a page that scrolls up and down, never sideways, and is no stop for Tab."""
    inner = QWidget()
    content.setContentsMargins(0, 0, 0, 0)
    inner.setLayout(content)
    page = QScrollArea()
    page.setWidget(inner)
    page.setWidgetResizable(True)
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return page


def _add(line: QHBoxLayout | QVBoxLayout, parts: tuple[Part | tuple[Part, int], ...]) -> None:
    for part in parts:
        what, share = part if isinstance(part, tuple) else (part, 0)
        if isinstance(what, QLayout):
            line.addLayout(what, share)
        else:
            line.addWidget(what, share)
