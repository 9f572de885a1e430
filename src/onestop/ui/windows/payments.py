"""納付一覧 on the glass: the month and the state, the amounts, and what they come to."""

from __future__ import annotations

from onestop.screens.function_keys import PAYMENTS, PAYMENTS_BUTTONS
from onestop.screens.payment.list_screen import ABOUT, GROUPING_OPTIONS, STATE_OPTIONS, PaymentListScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.labels import Caption, wrapping
from onestop.ui.layout import ScrolledPage, column, line
from onestop.ui.rows.fitted_view import FittedRowsView


class PaymentListWindow(DeskWindow[PaymentListScreen]):
    """What is chosen is shown at once; Enter opens a filing."""

    def __init__(self, screen: PaymentListScreen) -> None:
        super().__init__()
        self.month = ChoiceField("month", "対象月(依頼日)", screen.months, mnemonic="M")
        self.state = ChoiceField("state", "状態", STATE_OPTIONS, mnemonic="J")
        self.grouping = ChoiceField("grouping", "集計", GROUPING_OPTIONS, mnemonic="G")
        names = ("reconcile", "folder", "csv")
        self.reconcile, self.folder, self.csv = map(self.action_button, names, PAYMENTS_BUTTONS)
        self.totals, self.full = wrapping(), wrapping()
        self.rows = FittedRowsView("payments", "納付の一覧", screen.rows)
        self.groups = FittedRowsView("groups", "集計", screen.groups)
        self.about = Caption(ABOUT)
        self._lay_out()
        self.rows.moved.connect(screen.choose)
        self.rows.opened.connect(lambda _position: self.press("F5"))
        self.bind(screen, PAYMENTS, "納付一覧", main_key="F7", edit=screen.edit)
        self.rows.setFocus()

    def fill(self, screen: PaymentListScreen) -> None:
        """Show what is chosen, the totals, and the words for no rows."""
        self.month.set_options(screen.months)
        self.month.show_value(screen.query.month.iso())
        self.state.show_value(screen.query.state.value if screen.query.state else "")
        self.grouping.show_value(screen.query.by.value)
        self.totals.setText(screen.totals_text)
        self.full.show_if_any(screen.full_text)
        self.rows.show_empty(screen.empty_text)

    def _lay_out(self) -> None:
        top = line(
            line(self.month, self.state, self.grouping),
            None,
            line(self.folder, self.csv, self.reconcile),
        )
        self.about.setWordWrap(True)
        for rows in (self.rows, self.groups):
            rows.keep_high()
        page = column(top, self.totals, (self.rows, 3), self.full, (self.groups, 1), self.about, spacing=6)
        self.body.hold(ScrolledPage(page))  # for the largest text
