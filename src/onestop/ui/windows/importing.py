"""取込 on the glass: what the file tells, beside what is stored."""

from __future__ import annotations

from onestop.screens.function_keys import IMPORT, IMPORT_BUTTONS
from onestop.screens.vehicle.import_screen import ImportScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.file_drop import FileDrop
from onestop.ui.labels import Data, wrapping
from onestop.ui.layout import row, said
from onestop.ui.rows.fitted_view import FittedRowsView
from onestop.ui.rows.progress_row import ProgressRow


class ImportWindow(DeskWindow[ImportScreen]):
    """Space takes a field over or leaves it, Enter goes to 保存."""

    def __init__(self, screen: ImportScreen) -> None:
        super().__init__()
        self.heading = wrapping("heading")
        self.count = Data()
        names = ("take_all", "skip", "skip_all", "open_car")
        self.buttons = [*map(self.action_button, names, IMPORT_BUTTONS)]
        self.progress = ProgressRow()
        self.rows = FittedRowsView("fields", "車検証の項目", screen.fields)
        self.full = wrapping("full_text")
        self.notices = wrapping("notices")
        top, ways_on = said(self.heading, self.count), row(None, *self.buttons)
        self.body.hold(top, ways_on, self.progress, (self.rows, 1), self.full, self.notices)
        self.drop = FileDrop(self, screen.take_files)
        self.rows.moved.connect(screen.choose)
        self.rows.opened.connect(lambda _position: self.bar.buttons["F10"].setFocus())
        self.bind(screen, IMPORT, "車検証の取込", main_key="F10")
        self.progress.stop_wanted.connect(screen.close)
        self.rows.setFocus()

    def fill(self, screen: ImportScreen) -> None:
        """Show the heading, the chosen row in full, and the notices."""
        self.count.setText(screen.count_text)
        self.rows.show_empty(screen.empty_text)
        self.rows.follow(screen.chosen)
        self.progress.show_progress(*screen.many.live.progress or (0, 0))
        self.heading.show_if_any(screen.heading)
        self.full.show_if_any(screen.full_text)
        self.notices.show_if_any(screen.notices)
