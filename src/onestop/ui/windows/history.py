"""車検の履歴 on the glass: the inspections of a car, and what is typed to end this one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from onestop.screens.function_keys import HISTORY, HISTORY_BUTTONS
from onestop.screens.inspection.history_screen import ENDINGS, HistoryScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.fields import EXPLAINED, TextField
from onestop.ui.labels import Caption, Data
from onestop.ui.layout import row
from onestop.ui.rows.fitted_view import FittedRowsView

TITLE = "車検の履歴"


class HistoryWindow(DeskWindow[HistoryScreen]):
    """The list has the focus; Enter on a row opens its 申請."""

    def __init__(self, screen: HistoryScreen) -> None:
        super().__init__()
        self.car = Data()
        self.rows = FittedRowsView("inspections", TITLE, screen.rows)
        self.fields = (
            ChoiceField("ending", "今回の車検の終わり方", ENDINGS, mnemonic="E"),
            TextField("reason", "理由", limit=200, mnemonic="R"),
        )
        names = ("insurance", "conformity", "reopen", "reprint")
        self.buttons = [*map(self.action_button, names, HISTORY_BUTTONS)]
        ending = QHBoxLayout()
        ending.setSpacing(20)
        ending.addWidget(self.fields[0])
        ending.addWidget(self.fields[1], 1)
        papers = row(None, *self.buttons)
        self.body.hold(self.car, (self.rows, 1), papers, Caption(EXPLAINED), ending, spacing=8)
        self.rows.moved.connect(screen.choose)
        self.rows.opened.connect(lambda _position: self.press("F5"))
        self.bind(screen, HISTORY, TITLE, main_key="F2", edit=screen.editor.edit)
        self.rows.setFocus()

    def fill(self, screen: HistoryScreen) -> None:
        """Show the list, and the fields with what is wrong with them."""
        self.car.setText(screen.car)
        self.rows.show_empty(screen.empty_text)
        for field in self.fields:
            field.show_value(getattr(screen.editor.form, field.name))
            field.set_problem(screen.editor.problem(field.name))
