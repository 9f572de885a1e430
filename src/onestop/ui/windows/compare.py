"""照合 on the glass: the verdict, the grid, and what is to be said of the chosen cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from onestop.screens.function_keys import COMPARE, COMPARE_BUTTONS
from onestop.screens.inspection.compare_screen import CompareScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.labels import Data, wrapping
from onestop.ui.layout import said
from onestop.ui.rows.compare_grid import CompareGrid

if TYPE_CHECKING:
    from onestop.ui.keys.action_button import ActionButton


class CompareWindow(DeskWindow[CompareScreen]):
    """What differs is chosen when it opens; arrow keys go from cell to cell, Enter opens the paper of the column."""

    def __init__(self, screen: CompareScreen) -> None:
        super().__init__()
        self.verdict = Data()
        self.folder: ActionButton = self.action_button("folder", COMPARE_BUTTONS[0])
        self.grid = CompareGrid()
        self.explanation = wrapping()
        self.explanation.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.explanation.setMinimumHeight(2 * self.explanation.fontMetrics().lineSpacing())  # few jump then
        self.body.hold(said(self.verdict, self.folder), (self.grid, 1), self.explanation, spacing=6)
        self.grid.chosen.connect(screen.choose)
        self.grid.opened.connect(lambda: self.press("F5"))
        self.bind(screen, COMPARE, "照合")

    def fill(self, screen: CompareScreen) -> None:
        """Show the papers, and go to the chosen cell."""
        self.verdict.setText(screen.verdict)
        self.explanation.setText(screen.explanation)
        self.grid.show_grid(screen.labels, screen.headings, screen.cells)
        self.grid.go_to(*screen.place)
