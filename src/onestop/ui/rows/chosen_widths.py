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
        """Share a width in pixels among the columns, as they were chosen or else by these hints.

        A column whose hint is nothing is not shown.
        """
        chosen = self.widths if len(self.widths) == len(hints) else hints
        parts = [(mine or hint) if hint else 0 for mine, hint in zip(chosen, hints, strict=True)]
        widths = {place: part * room // sum(parts) for place, part in enumerate(parts)}
        widths[max(place for place, part in enumerate(parts) if part)] += room - sum(widths.values())
        self._give(widths)

    def _dragged(self, column: int, before: int, after: int) -> None:
        """Let the next column that is shown give what this one takes; the last one has none to take from."""
        if self._is_ours:
            return
        columns = range(self._view.horizontalHeader().count())
        following = next((each for each in columns[column + 1 :] if not self._view.isColumnHidden(each)), None)
        if following is None:
            self._give({column: before})
        else:
            given = self._view.columnWidth(following)
            taken = min(after - before, given - NARROWEST)
            self._give({column: before + taken, following: given - taken})
        self.widths = tuple(map(self._view.columnWidth, columns))

    def _give(self, widths: dict[int, int]) -> None:
        self._is_ours = True
        for column, width in widths.items():
            self._view.setColumnHidden(column, not width)
            if width:
                self._view.setColumnWidth(column, width)
        self._is_ours = False
