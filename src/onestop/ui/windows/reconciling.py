"""納付消込 on the glass: the bank's book above, the amounts below, and between them how far the ticks are."""

from __future__ import annotations

from PySide6.QtCore import Qt

from onestop.screens.function_keys import RECONCILING, RECONCILING_BUTTONS
from onestop.screens.payment.reconciling_screen import ReconcilingScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.fields import TextField
from onestop.ui.labels import Data, wrapping
from onestop.ui.layout import ScrolledPage, column, line, said
from onestop.ui.rows.fitted_view import FittedRowsView


class ReconcilingWindow(DeskWindow[ReconcilingScreen]):
    """Enter on a line leads to the amounts, Space ticks one of them."""

    def __init__(self, screen: ReconcilingScreen) -> None:
        super().__init__()
        self.month = ChoiceField("month", "対象月", screen.months, mnemonic="M")
        self.reason = TextField("reason", "締めを取り消す理由", width=24, limit=100, mnemonic="Y")
        names = ("next_way", "leave_out", "close_month", "reopen")
        self.next_way, self.leave_out, self.close_month, self.reopen = map(
            self.action_button, names, RECONCILING_BUTTONS
        )
        self.totals, self.sums, self.full = wrapping(), Data(), wrapping()
        self.lines = FittedRowsView("bank_lines", "銀行の出金", screen.lines)
        self.amounts = FittedRowsView("amounts", "消し込む納付", screen.amounts)
        top = line(self.month, None, line(self.close_month, self.reason, self.reopen))
        for rows in (self.lines, self.amounts):
            rows.keep_high()
        choosing = said(self.sums, self.next_way, self.leave_out)
        page = column(top, self.totals, (self.lines, 2), self.full, choosing, (self.amounts, 3), spacing=6)
        self.body.hold(ScrolledPage(page))  # for the largest text
        self.lines.moved.connect(screen.choose)
        self.lines.opened.connect(lambda _position: self.amounts.setFocus(Qt.FocusReason.TabFocusReason))
        self.amounts.moved.connect(screen.choose_amount)
        self.amounts.opened.connect(lambda _position: self.press("F5"))
        self.bind(screen, RECONCILING, "納付消込", main_key="F10", edit=screen.edit)
        self.lines.setFocus()

    def fill(self, screen: ReconcilingScreen) -> None:
        """Show the month, the chosen line, how far the ticks are, and the words for no rows."""
        self.month.set_options(screen.months)
        self.month.show_value(screen.month.iso())
        self.reason.show_value(screen.reason)
        self.totals.setText(screen.month_text)
        self.sums.setText(screen.sum_text)
        self.full.setText(screen.full_text)
        self.lines.show_empty(screen.empty_text)
        self.amounts.show_empty(screen.no_amounts_text)
        self.lines.follow(screen.position)
