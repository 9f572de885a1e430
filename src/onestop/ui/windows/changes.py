"""変更の履歴 on the glass: whose it is, what the list is restricted to, the list, and the chosen change in full."""

from __future__ import annotations

from PySide6.QtCore import Qt

from onestop.screens.function_keys import CHANGES, CHANGES_BUTTONS
from onestop.screens.vehicle.changes_screen import ChangesScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.labels import Data, wrapping
from onestop.ui.layout import ScrolledPage, column, line
from onestop.ui.rows.fitted_view import FittedRowsView

TITLE = "変更の履歴"
LINES = 5
"""Of a change in full: which, before and after, of which two may take a second line."""


class ChangesWindow(DeskWindow[ChangesScreen]):
    """The list has the focus; below it the chosen row stands in full."""

    def __init__(self, screen: ChangesScreen) -> None:
        super().__init__()
        self.field = ChoiceField("field", "項目", screen.field_options, mnemonic="K")
        self.operator = ChoiceField("operator", "操作者", screen.operator_options, mnemonic="S")
        names = ("clear", "folder", "csv")
        self.clear, self.folder, self.csv = map(self.action_button, names, CHANGES_BUTTONS)
        self.rows = FittedRowsView("changes", TITLE, screen.rows)
        self.car, self.full = Data(), wrapping("full_text")
        self.full.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.full.setMinimumHeight(self.full.fontMetrics().height() * LINES)
        top = line(line(self.field, self.operator), None, line(self.clear, self.folder, self.csv))
        self.rows.keep_high()
        page = column(self.car, top, (self.rows, 1), self.full, spacing=8)
        self.body.hold(ScrolledPage(page))  # for the largest text
        self.rows.moved.connect(screen.choose)
        self.bind(screen, CHANGES, TITLE, main_key="F7", edit=screen.edit)
        self.rows.setFocus()

    def fill(self, screen: ChangesScreen) -> None:
        """Show what the list is restricted to, and the chosen row in full."""
        self.field.set_options(screen.field_options)
        self.field.show_value(screen.field)
        self.operator.set_options(screen.operator_options)
        self.operator.show_value(screen.operator)
        self.car.setText(screen.car)
        self.full.setText(screen.full_text)
        self.rows.show_empty(screen.empty_text)
        self.rows.follow(screen.position)
