"""指定整備元帳 on the glass: the conditions, the totals, the list, and the chosen row in full."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from onestop.screens.function_keys import LEDGER, LEDGER_BUTTONS
from onestop.screens.ledger.ledger_screen import ENCODINGS, KIND_OPTIONS, STATUS_OPTIONS, LedgerScreen
from onestop.ui.fields.chassis_field import ChassisField
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.date_field import DateField
from onestop.ui.fields.fields import TextField
from onestop.ui.labels import Data, wrapping
from onestop.ui.layout import line, row, said
from onestop.ui.rows.fitted_view import FittedRowsView
from onestop.ui.rows.progress_row import ProgressRow
from onestop.ui.windows.search import SearchWindow, pair


class LedgerWindow(SearchWindow[LedgerScreen]):
    """F7 searches, Enter opens a 保適証."""

    def __init__(self, screen: LedgerScreen) -> None:
        super().__init__()
        self.issued_from = DateField(
            "issued_from", "交付年月日 から", partial(screen.conditions.read_date, "issued_from"), mnemonic="D"
        )
        self.issued_to = DateField("issued_to", "交付年月日 まで", partial(screen.conditions.read_date, "issued_to"))
        self.plate = TextField("plate", "登録番号", width=14, mnemonic="N")
        self.chassis_tail = ChassisField("chassis_tail", "車台番号(後方一致)", width=14, mnemonic="S")
        self.inspector = TextField("inspector", "検査員", width=12, mnemonic="I", hint="番号か名前")
        self.application_kind = ChoiceField("application_kind", "申請種別", KIND_OPTIONS, mnemonic="K")
        self.status_choice = ChoiceField("status", "ステータス", STATUS_OPTIONS, mnemonic="J")
        self.encoding = ChoiceField("encoding", "CSVの文字コード", ENCODINGS, mnemonic="V")
        names = ("clear", "folder", "summary", "csv", "reprint")
        buttons = map(self.action_button, names, LEDGER_BUTTONS)
        self.clear_button, self.folder, self.summary, self.csv, self.reprint = buttons
        self.totals = Data()
        self.progress = ProgressRow()
        self.progress.stop_wanted.connect(screen.asking.live.stop)
        self.full = wrapping()
        self.rows = FittedRowsView("certificates", "保適証の一覧", screen.rows)
        self._lay_out()
        self.encoding.edited.connect(lambda _name, value: screen.choose_encoding(value))
        self.encoding.input.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # reached by Alt; Enter goes on to F7
        self.bind_search(screen, LEDGER, "指定整備元帳")

    def fill(self, screen: LedgerScreen) -> None:
        """Show the conditions, the totals, the words for no rows, and the chosen row."""
        super().fill(screen)
        self.encoding.show_value(screen.encoding)
        self.totals.setText(screen.totals_text)
        self.full.setText(screen.full_text)
        self.progress.show_progress(*screen.asking.live.progress or (0, 0))

    def _lay_out(self) -> None:
        self.full.setMinimumHeight(self.full.fontMetrics().height() * 2)
        below = said(self.totals, self.reprint, self.summary), self.full
        self.lay_out(
            line(pair(self.issued_from, self.issued_to), None),
            line(
                line(self.plate, self.chassis_tail, self.inspector),
                line(self.application_kind, self.status_choice),
                None,
            ),
            line(row(self.clear_button, (self.progress, 1)), None, line(self.folder, self.csv, self.encoding)),
            below=below,
        )
