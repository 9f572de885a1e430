"""料金表 on the glass: which table and which days, its rows, the chosen one in full, and a row that is added."""

from __future__ import annotations

from PySide6.QtCore import Qt

from onestop.screens.function_keys import RATES, RATES_BUTTONS
from onestop.screens.rates.screen import TABLES, RatesScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import TextField, typed_in
from onestop.ui.labels import Data, wrapping
from onestop.ui.layout import ScrolledPage, column, group, row, said
from onestop.ui.rows.fitted_view import FittedRowsView


class RatesWindow(DeskWindow[RatesScreen]):
    """F4 begins a row below the list, F10 adds it."""

    def __init__(self, screen: RatesScreen) -> None:
        super().__init__()
        self.table = ChoiceField("table", "表", TABLES, mnemonic="T")
        self.day = DateField("day", "この日に有効な行(空欄なら今日から先)", screen.editor.read_day, mnemonic="D")
        self.other_day = DateField("other_day", "比べる日", screen.editor.read_day, mnemonic="K")
        self.key = TextField("key", "区分", limit=60)
        self.first_day = DateField("first_day", "いつから", screen.editor.read_day, mnemonic="I")
        self.amounts = TextField("amounts", "内容(「/」で区切る)", limit=160)
        self.source = TextField("source", "出典", limit=200)
        names = ("restore", "folder", "csv")
        self.restore, self.folder, self.csv = map(self.action_button, names, RATES_BUTTONS)
        self.rows = FittedRowsView("rates", "料金表の行", screen.rows)
        self.headings, self.full, self.adding = Data(), wrapping(), wrapping()
        self._lay_out()
        self.rows.moved.connect(screen.choose)
        self.bind(screen, RATES, "料金表", main_key="F10", edit=screen.edit)
        self.rows.setFocus()

    def fill(self, screen: RatesScreen) -> None:
        """Show the days, the rows, the chosen one, and what is typed of a new one."""
        self.table.show_value(screen.table.value)
        self.day.show_value(screen.day)
        self.other_day.show_value(screen.other_day)
        for field in self.typed:
            field.show_value(getattr(screen.editor.form, field.name))
            field.set_locked(screen.added_to is None)
            field.blame(screen.editor.problem)
        self.key.setVisible(screen.has_new_keys)
        self.headings.setText(screen.headings_text)
        self.full.setText(screen.full_text)
        self.adding.setText(screen.adding_text)
        self.rows.show_empty(screen.empty_text)
        self.rows.follow(screen.position)

    def _lay_out(self) -> None:
        self.full.setMinimumHeight(self.full.fontMetrics().height() * 2)
        top = row((self.table, 2), (self.day, 3), (self.other_day, 3))
        middle = said(self.headings, self.restore, self.folder, self.csv)
        middle.setAlignment(self.headings, Qt.AlignmentFlag.AlignVCenter)
        typed = row((self.key, 2), (self.first_day, 4), (self.amounts, 3), (self.source, 3))
        self.rows.keep_high()
        added = group("追加する行", column(self.adding, typed))
        self.typed = typed_in(added)
        page = column(top, middle, (self.rows, 1), self.full, added, spacing=8)
        self.body.hold(ScrolledPage(page))  # for the largest text
