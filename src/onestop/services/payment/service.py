"""納付一覧: the amounts that AINAS returned, searched, added up, and written as a file or on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.documents.list_papers import PaymentGroupRow, PaymentPaper, PaymentPaperRow
from onestop.documents.table_file import Cell, Table, write_csv, write_xlsx
from onestop.model.issuance import first_day, last_day
from onestop.model.money import yen
from onestop.model.payment import (
    REMEMBERED_DAYS,
    Grouping,
    Payment,
    PaymentState,
    PaymentTotals,
    grouped,
    month_of,
    pressing_first,
)
from onestop.model.wareki import YearMonth, format_western
from onestop.services.printing import OneFormService

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.documents.layout import LaidOut

TITLE: Final = "納付一覧"
COLUMNS: Final = (
    "依頼日",
    "申請ID",
    "管理番号",
    "登録番号",
    "窓口",
    "代理人拠点ID",
    "種別",
    "金額",
    "納付状況",
    "納付期限日",
    "消込",
    "消込日",
    "AINASの照会期限",
)
_MONEY: Final = (PaymentState.OPEN, PaymentState.PAID, PaymentState.MATCHED)
GROUP_COLUMNS: Final = ("集計", "件数", "金額", *(each.value for each in _MONEY))


@dataclass(frozen=True, slots=True)
class PaymentQuery:
    """What 納付一覧 looks for."""

    month: YearMonth
    """Of 依頼日."""
    state: PaymentState | None = None
    by: Grouping = Grouping.DAY


@dataclass(frozen=True, slots=True)
class PaymentList:
    """What it found."""

    query: PaymentQuery
    today: dt.date
    payments: tuple[Payment, ...]
    """What AINAS will soon forget stands first, of whatever month."""
    groups: tuple[tuple[str, PaymentTotals], ...]
    totals: PaymentTotals
    """Of the month, as are the groups: what presses of another month is counted in that."""
    oldest: YearMonth
    """The month in which the first filing was issued."""

    @property
    def pressing(self) -> int:
        """How many AINAS will soon forget."""
        return sum(each.last_day(self.today) is not None for each in self.payments)

    @property
    def totals_text(self) -> str:
        """The totals in words, and how many rows they leave out."""
        others = len(self.payments) - self.totals.count
        return totals_text(self.totals) + (f" ほかの月の{others:,}件は含みません" if others else "")


class PaymentService(OneFormService[PaymentList]):
    """Lists payments."""

    def find(self, query: PaymentQuery) -> PaymentList:
        """F7 検索: what this machine remembers."""
        now, today = self._clock.now(), self._clock.today()
        since = now - dt.timedelta(days=REMEMBERED_DAYS)
        with self._database.read() as shelves:
            every = shelves.payments.payments(first_day(query.month), last_day(query.month), since)
            oldest = shelves.payments.first_requested() or now
        mine = [each for each in every if month_of(each.day) == query.month or each.last_day(today)]
        rows = tuple(each for each in mine if query.state in (None, each.state))
        of_month = [each for each in rows if month_of(each.day) == query.month]
        return PaymentList(
            query=query,
            today=today,
            payments=pressing_first(rows, today),
            groups=grouped(of_month, query.by),
            totals=PaymentTotals.of(of_month),
            oldest=month_of(oldest.astimezone(JST).date()),
        )

    def pages(self, found: PaymentList) -> LaidOut:
        """Return it on its form."""
        workshop = self._settings.workshop()
        paper = PaymentPaper(
            workshop_name=workshop.name,
            workshop_code=workshop.code,
            printed_at=self._printed_at(),
            month=str(found.query.month),
            conditions=f"状態: {found.query.state.value if found.query.state else 'すべて'}",
            totals=found.totals_text,
            payments=tuple(_paper_row(each, found.today) for each in found.payments),
            groups=tuple(_group_row(name, totals) for name, totals in found.groups),
        )
        return self._filled(paper)

    @staticmethod
    def save_csv(found: PaymentList, path: Path) -> tuple[str, ...]:
        """CSV that Excel knows; every character can be written.

        Raises:
            FileNotWritten: see documents/saving.py.
        """
        return write_csv(path, tables_of(found)[0])

    @staticmethod
    def save_xlsx(found: PaymentList, path: Path) -> tuple[str, ...]:
        """F11 Excel: the amounts, and what they come to.

        Raises:
            FileNotWritten: see documents/saving.py.
        """
        write_xlsx(path, *tables_of(found))
        return ()


def totals_text(totals: PaymentTotals) -> str:
    """Return 3件 ¥26,450 (未納 ¥0・納付済 ¥1,850・消込済 ¥24,600)."""
    states = "・".join(f"{state.value} {yen(totals.by_state[state])}" for state in _MONEY)
    return f"{totals.count:,}件  合計 {yen(totals.amount)}({states})"


def tables_of(found: PaymentList) -> tuple[Table, Table]:
    """Return the list as it is exported: the amounts, and what they come to."""
    month, notes = found.query.month.iso(), (found.totals_text,)
    return (
        Table(f"{TITLE} {month}", COLUMNS, [_cells(each, found.today) for each in found.payments], notes),
        Table(f"集計({found.query.by.value}) {month}", GROUP_COLUMNS, [_group_cells(*each) for each in found.groups]),
    )


def _cells(each: Payment, today: dt.date) -> tuple[Cell, ...]:
    return (
        each.day,
        each.filing_id,
        each.control_number,
        each.plate,
        each.office.value,
        each.agent_site_id,
        each.kind,
        each.amount,
        each.payment_status,
        each.due_date,
        each.state.value,
        each.matched_day,
        each.last_day(today),
    )


def _group_cells(name: str, totals: PaymentTotals) -> tuple[Cell, ...]:
    return (name, totals.count, totals.amount, *(totals.by_state[state] for state in _MONEY))


def _paper_row(each: Payment, today: dt.date) -> PaymentPaperRow:
    return PaymentPaperRow(
        day=format_western(each.day),
        filing_id=each.filing_id or "",
        registration_number=each.plate,
        office=each.office.value,
        agent=each.agent_site_id,
        kind=each.kind,
        amount=yen(each.amount),
        payment_status=each.payment_status or "",
        due_date=format_western(each.due_date),
        state=each.state.value,
        matched_day=format_western(each.matched_day),
        last_day=format_western(each.last_day(today)),
    )


def _group_row(name: str, totals: PaymentTotals) -> PaymentGroupRow:
    opened, paid, matched = (yen(totals.by_state[state]) for state in _MONEY)
    return PaymentGroupRow(
        group=name, count=f"{totals.count:,}", total=yen(totals.amount), opened=opened, paid=paid, matched=matched
    )
