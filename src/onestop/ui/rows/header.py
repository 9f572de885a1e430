"""The titles over a list. Qt shortens a title as if it were one line, so one of two lines is not shortened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget


class TitleHeader(QHeaderView):
    """A horizontal header; a title that has no room ends with … before it runs into the next one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Paint one title."""
        title = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        one_line = "\n" not in title
        self.setTextElideMode(Qt.TextElideMode.ElideRight if one_line else Qt.TextElideMode.ElideNone)
        super().paintSection(painter, rect, logicalIndex)
