"""値の出所 on the glass: the fields of a car, each with where its value comes from and when it was read."""

from __future__ import annotations

from onestop.screens.function_keys import SOURCES, SOURCES_BUTTONS
from onestop.screens.vehicle.sources_screen import SourcesScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.labels import wrapping
from onestop.ui.layout import said
from onestop.ui.rows.fitted_view import FittedRowsView

TITLE = "値の出所"


class SourcesWindow(DeskWindow[SourcesScreen]):
    """The list has the focus; below it the chosen row stands in full."""

    def __init__(self, screen: SourcesScreen) -> None:
        super().__init__()
        self.rows = FittedRowsView("sources", TITLE, screen.rows)
        self.full = wrapping("full_text")
        self.keep_button = self.action_button("keep_document", SOURCES_BUTTONS[0])
        self.body.hold((self.rows, 1), said(self.full, self.keep_button))
        self.rows.moved.connect(screen.choose)
        self.rows.opened.connect(lambda _position: self.press_row(self.keep_button.row))
        self.bind(screen, SOURCES, TITLE)
        self.rows.setFocus()

    def fill(self, screen: SourcesScreen) -> None:
        """Show the chosen row in full."""
        self.full.setText(screen.full_text)
