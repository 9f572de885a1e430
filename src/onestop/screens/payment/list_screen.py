"""納付一覧: the amounts that AINAS returned, by month and state, with their totals; written as a file or on paper."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind, Suffix, export_name
from onestop.model.money import yen
from onestop.model.payment import Grouping, PaymentState, PaymentTotals, month_of
from onestop.model.wareki import YearMonth, format_western
from onestop.screens.display import NOTHING
from onestop.screens.exporting import Exporter
from onestop.screens.function_key import YES, Can, no
from onestop.screens.listed_rows import ListedRows
from onestop.screens.payment.months import month_options
from onestop.screens.payment.payment_columns import DUE_COLUMN, PAYMENT_COLUMNS, due_text, payment_texts
from onestop.screens.places import IssuePlace, ReconcilingPlace
from onestop.screens.ports import Tone
from onestop.screens.printing import show_preview
from onestop.screens.rows import Align, Column, RowLook
from onestop.screens.screen import Screen
from onestop.services.payment.service import PaymentQuery

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.model.payment import Payment
    from onestop.screens.screen import Surroundings
    from onestop.services.payment.service import PaymentList, PaymentService

COLUMNS: Final = (
    *PAYMENT_COLUMNS,
    Column("payment_status", "納付状況", 9),
    DUE_COLUMN,
    Column("state", "消込", 8),
    Column("matched_day", "消込日", 10),
    Column("last_day", "照会期限", 10),
)
GROUP_COLUMNS: Final = (
    Column("group", "集計", 20),
    Column("count", "件数", 8, Align.RIGHT),
    Column("amount", "金額", 12, Align.RIGHT),
    Column("opened", "未納", 12, Align.RIGHT),
    Column("paid", "納付済", 12, Align.RIGHT),
    Column("matched", "消込済", 12, Align.RIGHT),
)
STATE_OPTIONS: Final = (("", "すべて"), *((each.value, each.value) for each in PaymentState))
GROUPING_OPTIONS: Final = tuple((each.value, f"{each.value}ごと") for each in Grouping)
ABOUT: Final = (
    "※ 金額と納付状況は、申請書一覧の F7 検索 でAINASから受け取ったものです。手続完了から40日を過ぎると"
    "AINASから消えるため、まだ消し込んでいないものは、照会期限の近い順に上に並びます。"
)
LOADING: Final = "納付一覧を読み込んでいます。"
NOTHING_FITS: Final = (
    "この月に、条件に合う納付はありません。\n\n"
    "対象月か状態を変えるか、申請書一覧の F7 検索 で金額を受け取ってください。"
)
NO_ROW: Final = "納付が選ばれていません。矢印キーで行を選んでください。"
NO_ROWS: Final = "書き出す納付がありません。対象月か状態を変えてください。"
CHANGED: Final = "消込のときは {then} でしたが、AINASから届いた今の金額は {now} です。納付消込で確かめてください。"


class PaymentListScreen(Screen):
    """What 納付一覧 knows."""

    help_page = "payments"

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self.query = PaymentQuery(month_of(self.clock.today()))
        self.found: PaymentList | None = None
        self.rows: ListedRows[Payment] = ListedRows(COLUMNS, RowLook(self._texts, self._tone))
        self.groups: ListedRows[tuple[str, PaymentTotals]] = ListedRows(GROUP_COLUMNS, RowLook(_group_texts))
        self.chosen: Payment | None = None
        self.exporter = Exporter(self)

    # --- the list

    @property
    def months(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen, the newest first: from the first filing to this month."""
        today = month_of(self.clock.today())
        return month_options(min(today, self.found.oldest) if self.found else today, today)

    def edit(self, name: str, value: object) -> None:
        """Choose a month, a state, or by what is added up: it is shown at once."""
        now = self.query
        match name:
            case "month":
                now = dataclasses.replace(now, month=YearMonth.parse(str(value)) or now.month)
            case "state":
                now = dataclasses.replace(now, state=PaymentState(str(value)) if value else None)
            case _:
                now = dataclasses.replace(now, by=Grouping(str(value)))
        if now != self.query:
            self.query = now
            self._load()

    def started(self) -> None:
        """Show this month."""
        self._load()

    def search(self) -> None:
        """F7 検索: read the month again."""
        self.message = None
        self._load()
        self.view.focus_field("payments")

    def reload(self, *, vehicle_id: int | None = None, control_number: int | None = None) -> None:  # noqa: ARG002 - any filing may be in the list
        """Something was changed elsewhere: read it again."""
        self._load()

    def _load(self) -> None:
        query = self.query
        self.read_newest(lambda: self.desk().payments.find(query), self._show)
        self.view.refresh()

    def _show(self, found: PaymentList) -> None:
        self.found = found
        self.rows.show(found.payments)
        self.groups.show(found.groups)
        self.view.refresh()

    def choose(self, position: int) -> None:
        """Another row is current."""
        self.chosen = self.rows.record(position) if 0 <= position < self.rows.count else None
        self.view.refresh()

    @property
    def totals_text(self) -> str:
        """件数 and 合計, and how many are near their 照会期限."""
        found = self.found
        if found is None:
            return ""
        pressing = f"   照会期限が近いもの {found.pressing:,}件" if found.pressing else ""
        return found.totals_text + pressing

    @property
    def full_text(self) -> str:
        """What there is to say of the chosen row."""
        row = self.chosen
        if row is None or not row.has_changed:
            return ""
        return CHANGED.format(then=yen(row.matched_amount or 0), now=yen(row.amount))

    @property
    def empty_text(self) -> str:
        """What the list says while it has no rows."""
        return LOADING if self.found is None else NOTHING_FITS

    def _texts(self, each: Payment) -> tuple[str, ...]:
        return (
            *payment_texts(each),
            each.payment_status or NOTHING,
            due_text(each),
            each.state.value,
            format_western(each.matched_day) or NOTHING,
            format_western(each.last_day(self.clock.today())) or NOTHING,
        )

    def _tone(self, each: Payment) -> Tone | None:
        presses = each.last_day(self.clock.today()) is not None
        return Tone.WARNING if presses or each.has_changed else None

    # --- keys

    def can_open(self) -> Can:
        """Whether a row is chosen."""
        return no(NO_ROW) if self.chosen is None else YES

    def open(self) -> None:
        """F5 申請書, or Enter on a row."""
        if self.chosen is not None:
            self.navigator.show(IssuePlace(None, self.chosen.control_number))

    def reconcile(self) -> None:
        """Alt+K 納付消込."""
        self.navigator.show(ReconcilingPlace())

    def can_export(self) -> Can:
        """Whether there is anything to write."""
        return self.can_work() if self.rows.count else no(NO_ROWS)

    def excel(self) -> None:
        """F11 Excel."""
        self._save(Suffix.EXCEL, lambda payments, found, path: payments.save_xlsx(found, path))

    def csv(self) -> None:
        """Alt+B CSV."""
        self._save(Suffix.CSV, lambda payments, found, path: payments.save_csv(found, path))

    def pdf(self) -> None:
        """F8 PDF."""
        self._save(Suffix.PDF, lambda payments, found, path: payments.save_pdf(found, path))

    def print(self) -> None:
        """F9 印刷: a preview, and the printer's choice in it."""
        found = self.found
        if found is not None:
            show_preview(self, lambda: self.desk().payments.sheets(found))

    def _save(self, suffix: Suffix, write: Callable[[PaymentService, PaymentList, Path], tuple[str, ...]]) -> None:
        found = self.found
        if found is not None:
            name = export_name(DocumentKind.PAYMENTS, suffix, found.query.month)
            self.exporter.save("納付一覧の保存", name, suffix, lambda path: write(self.desk().payments, found, path))


def _group_texts(group: tuple[str, PaymentTotals]) -> tuple[str, ...]:
    name, totals = group
    states = (PaymentState.OPEN, PaymentState.PAID, PaymentState.MATCHED)
    return (name, f"{totals.count:,}", yen(totals.amount), *(yen(totals.by_state[state]) for state in states))
