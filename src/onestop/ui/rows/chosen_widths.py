"""How wide the clerk made the columns of a table with the mouse; the whole stays as wide as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QTableView

NARROWEST = 20
"""Pixels."""


class ChosenWidths(QObject):
    """Of one table. As long as she left them alone, the table shares its width as it thinks best."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._is_ours = False
        self.widths: tuple[int, ...] = ()
        """What was chosen last, here or the last time; empty for nothing."""
        view.horizontalHeader().sectionResized.connect(self._dragged)

    def share(self, hints: Sequence[int], room: int) -> None:
        """Share a width in pixels among the columns, as they were chosen or else by these hints."""
        parts = self.widths if len(self.widths) == len(hints) else hints
        widths = [part * room // max(1, sum(parts)) for part in parts]
        widths[-1] += room - sum(widths)
        self._give(dict(enumerate(widths)))

    def _dragged(self, column: int, before: int, after: int) -> None:
        """Let the next column give what this one takes; the last one has none to take from."""
        if self._is_ours:
            return
        columns = self._view.horizontalHeader().count()
        given = self._view.columnWidth(column + 1) if column + 1 < columns else 0
        taken = min(after - before, given - NARROWEST)
        self._give({column: before + taken, column + 1: given - taken} if given else {column: before})
        self.widths = tuple(map(self._view.columnWidth, range(columns)))

    def _give(self, widths: dict[int, int]) -> None:
        self._is_ours = True
        for column, width in widths.items():
            self._view.setColumnWidth(column, width)
        self._is_ours = False
