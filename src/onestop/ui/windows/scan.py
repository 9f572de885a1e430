"""QR読取 on the glass: a lamp for each symbol, and the car that they make."""

from __future__ import annotations

from onestop.screens.function_keys import SCAN, SCAN_BUTTONS
from onestop.screens.vehicle.scan_screen import ScanScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.file_drop import FileDrop
from onestop.ui.labels import Data, wrapping
from onestop.ui.layout import said
from onestop.ui.rows.fitted_view import FittedRowsView
from onestop.ui.rows.progress_row import ProgressRow


class ScanWindow(DeskWindow[ScanScreen]):
    """Whatever a scanner writes here is read; Enter goes on to the car."""

    def __init__(self, screen: ScanScreen) -> None:
        super().__init__()
        self.heading, self.notices = wrapping("heading"), wrapping("notices")
        self.count, self.port = Data(), wrapping("port_text")
        self.progress = ProgressRow()
        self.clear_button = self.action_button("clear", SCAN_BUTTONS[0])
        self.lamps = FittedRowsView("lamps", "読み取ったコード", screen.lamps)
        self.cars = FittedRowsView("cars", "車両", screen.cars)
        top = said(self.heading, self.count, self.clear_button)
        self.body.hold(top, self.progress, (self.lamps, 2), (self.cars, 1), self.notices, self.port)
        self.progress.stop_wanted.connect(screen.close)
        self.cars.moved.connect(screen.choose)
        self.cars.opened.connect(lambda _position: self.press("F5"))
        self.drop = FileDrop(self, screen.read_files)
        self.bind(screen, SCAN, "QR読取")
        self.cars.setFocus()

    def fill(self, screen: ScanScreen) -> None:
        """Show what was read and what is missing."""
        self.count.setText(screen.count_text)
        self.progress.show_progress(*screen.live.progress or (0, 0))
        self.lamps.show_empty(screen.no_lamps)
        self.cars.show_empty(screen.no_cars)
        if screen.cars.count and self.cars.current() != screen.chosen:
            self.cars.go_to(screen.chosen)
        self.heading.show_if_any(screen.heading)
        self.notices.show_if_any(screen.notices)
        self.port.show_if_any(screen.port_text)
