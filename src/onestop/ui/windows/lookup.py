"""照会 on the glass: the search field, and the cars below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from onestop.model.text import without_unfinished
from onestop.screens.vehicle.lookup_keys import LOOKUP, LOOKUP_BUTTONS, LOOKUP_DAYS
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.ui.bars import BarsView
from onestop.ui.desk_window import DeskWindow
from onestop.ui.enters import is_enter
from onestop.ui.fields.fields import TextField
from onestop.ui.file_drop import FileDrop
from onestop.ui.first_frame import TITLE
from onestop.ui.labels import Data
from onestop.ui.layout import line, row, said
from onestop.ui.rows.fitted_view import FittedRowsView
from onestop.ui.rows.view import is_text
from onestop.ui.spare_room import SpareRoom

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

DOWN = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)


class LookupWindow(DeskWindow[LookupScreen]):
    """Typing searches, Down goes into the list, Enter opens the chosen car."""

    def __init__(self, screen: LookupScreen) -> None:
        super().__init__()
        self.search = TextField(
            "search_text",
            "検索",
            mnemonic="S",
            hint="一連指定番号4桁・登録番号・車台番号の終わり・氏名・読み",
        )
        self.clear_button, self.scan_button, self.open_button = map(
            self.action_button, ("clear", "scan", "open_car"), LOOKUP_BUTTONS[:3]
        )
        self.arrived_button = self.late_button("open_arrived", LOOKUP_BUTTONS[3])
        self.arrived = Data()
        self.folder = self.late_button("folder", LOOKUP_BUTTONS[4])
        self.count = Data()
        self.rows = FittedRowsView("vehicles", "車両の一覧", screen.found)
        self.days = BarsView("expiring_days", LOOKUP_DAYS[0])
        self._lay_out()
        self.days.listen_in(self, self.press_row)
        self.days.moved.connect(screen.choose_day)
        self.days.opened.connect(screen.list_day)
        self.search.edited.connect(lambda _name, text: screen.type(text))
        self.search.input.composed.connect(self._compose)
        self.rows.write_in(self.search.input)
        self.drop = FileDrop(self, screen.take_files)
        self.rows.moved.connect(screen.choose)
        self.rows.opened.connect(lambda _position: self._open_car())
        self.bind(screen, LOOKUP, TITLE)
        self.search.setFocus()

    def fill(self, screen: LookupScreen) -> None:
        """Show the text, the chosen row, the count and the words for no rows."""
        self.search.show_value(screen.search_text)
        self.count.setText(screen.count_text)
        self.folder.setVisible(screen.exporter.can_open_folder().allowed)
        self.days.show_bars(screen.expiring.bars)
        self.arrived.show_if_any(screen.arrived.text)
        self.arrived_button.setVisible(bool(screen.arrived.text))
        self.rows.show_empty(screen.empty_text)
        self.rows.follow(screen.position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the search field, Enter opens the car and Down goes into the list; text typed there is a new search."""
        searching = self.search.input.hasFocus()
        if searching and is_enter(event):
            self._open_car()
        elif searching and event.key() in DOWN:
            self.rows.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.rows.hasFocus() and is_text(event):
            self.search.input.setFocus()
            self.search.input.selectAll()
            QApplication.sendEvent(self.search.input, event)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Coming back from another window, what is typed replaces the old search."""
        super().changeEvent(event)
        if (
            event.type() == QEvent.Type.ActivationChange
            and self.isActiveWindow()
            and self.focusWidget() is self.search.input
        ):
            self.search.input.selectAll()

    def _compose(self, preedit: str) -> None:
        line = self.search.input
        place, text = line.cursorPosition(), line.text()
        self.screen_shown.type(text, text[:place] + without_unfinished(preedit) + text[place:])

    def _open_car(self) -> None:
        self.press_row(self.open_button.row)

    def _lay_out(self) -> None:
        ways = line(None, self.clear_button, self.count, self.scan_button, self.open_button, self.folder)
        top = row((self.search, 1), ways)
        self.arrived.setObjectName("arrived")
        waiting = said(self.arrived, self.arrived_button)
        self.body.hold(top, waiting, (SpareRoom(self.rows, self.days), 1))
