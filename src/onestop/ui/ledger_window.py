"""指定整備元帳 on the glass: the conditions, the totals, the list, and the chosen row in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from onestop.model.chassis import normalise_chassis
from onestop.screens.function_keys import LEDGER, LEDGER_BUTTONS
from onestop.screens.ledger_screen import ENCODINGS, KIND_OPTIONS, STATUS_OPTIONS, LedgerScreen
from onestop.ui.action_button import ActionButton
from onestop.ui.choice_field import ChoiceField
from onestop.ui.date_field import DateField
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields import CodeField, TextField
from onestop.ui.fitted_rows_view import FittedRowsView
from onestop.ui.labels import Data

if TYPE_CHECKING:
    from onestop.ui.fields import Field

TITLE = "指定整備元帳"


class LedgerWindow(DeskWindow[LedgerScreen]):
    """F7 searches, Enter opens a 保適証."""

    def __init__(self, screen: LedgerScreen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.issued_from = DateField("issued_from", "交付年月日 から", screen.read_day, mnemonic="D")
        self.issued_to = DateField("issued_to", "交付年月日 まで", screen.read_day)
        self.plate = TextField("plate", "登録番号", width=16, mnemonic="N")
        self.chassis_tail = CodeField(
            "chassis_tail", "車台番号(後方一致)", width=16, fold=normalise_chassis, mnemonic="S"
        )
        self.inspector = TextField("inspector", "検査員(番号か名前)", width=14, mnemonic="I")
        self.application_kind = ChoiceField("application_kind", "申請種別", KIND_OPTIONS, mnemonic="K")
        self.status_choice = ChoiceField("status", "ステータス", STATUS_OPTIONS, mnemonic="J")
        self.encoding = ChoiceField("encoding", "CSVの文字コード", ENCODINGS, mnemonic="V")
        self.buttons = [ActionButton(name, row) for name, row in zip(("clear", "folder"), LEDGER_BUTTONS, strict=True)]
        self.totals = Data()
        self.full = Data()
        self.rows = FittedRowsView("certificates", "保適証の一覧", screen.rows)
        self._lay_out()
        self._connect(screen)
        self.bind(screen, LEDGER, TITLE, main_key="F7")
        self.rows.setFocus()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The conditions, in the order of the Enter key."""
        return (
            self.issued_from,
            self.issued_to,
            self.plate,
            self.chassis_tail,
            self.inspector,
            self.application_kind,
            self.status_choice,
        )

    def fill(self) -> None:
        """Show the conditions, the totals, the words for no rows, and the chosen row."""
        screen = self.screen_shown
        for field in self.fields:
            field.show_value(getattr(screen.conditions, field.name))
        self.encoding.show_value(screen.encoding)
        for button in self.buttons:
            button.show_verdict(screen)
        self.totals.setText(screen.totals_text)
        self.full.setText(screen.full_text)
        self.rows.show_empty(screen.empty_text)

    def _connect(self, screen: LedgerScreen) -> None:
        for field in (*self.fields, self.encoding):
            field.edited.connect(screen.edit)
        for button in self.buttons:
            button.asked.connect(self.press_row)
            button.listen_in(self)
        self.rows.moved.connect(screen.choose)
        self.rows.opened.connect(lambda _position: self.press("F5"))
        self.encoding.input.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # reached by Alt; Enter goes on to F7

    def _lay_out(self) -> None:
        upper, lower, middle = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        wave = Data("～")
        wave.setContentsMargins(0, 0, 0, 7)
        _row(upper, self.issued_from, wave, self.issued_to, None)
        _row(lower, self.plate, self.chassis_tail, self.inspector, self.application_kind, self.status_choice, None)
        _row(middle, self.buttons[0], None, self.buttons[1], self.encoding)
        self.full.setWordWrap(True)
        self.totals.setWordWrap(True)
        self.full.setMinimumHeight(self.full.fontMetrics().height() * 2)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for line in (upper, lower, middle):
            column.addLayout(line)
        column.addWidget(self.rows, 1)
        column.addWidget(self.totals)
        column.addWidget(self.full)


def _row(line: QHBoxLayout, *widgets: QWidget | None) -> None:
    """Put widgets side by side on one base line; None is a gap that grows."""
    line.setSpacing(10)
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
