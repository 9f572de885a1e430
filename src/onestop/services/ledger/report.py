"""交付実績報告書: a month's 保適証 counted, and written as a file."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from onestop.documents.list_papers import ChangeRow, CountRow, IssuanceReportPaper, VoidedRow
from onestop.documents.table_file import Cell, Table, write_xlsx
from onestop.model.issuance import (
    CategoryLine,
    IssuanceReport,
    VoidedNumber,
    by_category,
    first_day,
    last_day,
    line_of,
    month_before,
)
from onestop.model.ledger import LedgerQuery, LedgerRow
from onestop.model.wareki import YearMonth, format_western
from onestop.services.printing import OneFormService

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.documents.layout import LaidOut
    from onestop.model.certificates import ConformityCertificate
    from onestop.store.database import Shelves

TITLE: Final = "交付実績報告書"
COLUMNS: Final = (
    "自動車区分",
    "OSS申請",
    "窓口申請",
    "限定",
    "削除・再交付",
    "計",
    "前月の計",
    "前月との差",
    "交付番号の範囲",
)
CHANGE_COLUMNS: Final = ("自動車区分", "OSS申請", "窓口申請", "限定", "削除・再交付", "計")
VOIDED_COLUMNS: Final = ("交付番号", "自動車区分", "交付年月日", "交付ステータス", "再交付の交付番号")
TOTAL: Final = "合計"


class ReportService(OneFormService[IssuanceReport]):
    """Makes 交付実績報告書."""

    def month(self, year: int, month: int) -> IssuanceReport:
        """Count the certificates whose 交付年月日 lies in a month, as this machine remembers them."""
        wanted = YearMonth(year, month)
        with self._database.read() as shelves:
            rows = shelves.ledger.rows(_days_of(wanted))
            before = shelves.ledger.rows(_days_of(month_before(wanted)))
            voided = tuple(_voided(row, shelves) for row in rows if row.is_voided)
            by_month = shelves.ledger.months(dt.date(year, 1, 1), dt.date(year, 12, 31))
        workshop = self._settings.workshop()
        return IssuanceReport(
            month=wanted,
            workshop_code=workshop.code,
            workshop_name=workshop.name,
            lines=by_category(rows, before),
            total=line_of(TOTAL, rows, before),
            voided=voided,
            control_numbers=tuple(row.control_number for row in rows),
            year=by_month,
        )

    def pages(self, report: IssuanceReport) -> LaidOut:
        """Return it on its form."""
        lines = (*report.lines, report.total)
        paper = IssuanceReportPaper(
            workshop_name=report.workshop_name,
            workshop_code=report.workshop_code,
            printed_at=self._printed_at(),
            month=str(report.month),
            numbers=report.total.numbers,
            totals=f"交付 {report.total.counts.issued:,}  削除・再交付 {report.total.counts.voided:,}",
            counts=tuple(_count_row(line) for line in lines),
            changes=tuple(_change_row(line) for line in lines),
            voided=tuple(_voided_row(each) for each in report.voided),
        )
        return self._filled(paper)

    @staticmethod
    def save_xlsx(report: IssuanceReport, path: Path) -> tuple[str, ...]:
        """F11 Excel, which can hold every character.

        Raises:
            FileNotWritten: see documents/saving.py.
        """
        write_xlsx(path, *tables_of(report))
        return ()


def signed(number: int) -> str:
    """Return a difference with its sign: +3, -1, 0."""
    return f"{number:+,}" if number else "0"


def tables_of(report: IssuanceReport) -> tuple[Table, Table, Table]:
    """Return the report as it is exported: the counts, the differences from the month before, the voided numbers."""
    lines, month = (*report.lines, report.total), report.month.iso()
    return (
        Table(f"{TITLE} {month}", COLUMNS, [_cells(line) for line in lines]),
        Table(f"前月との差 {month}", CHANGE_COLUMNS, [_change_cells(line) for line in lines]),
        Table(f"削除・再交付 {month}", VOIDED_COLUMNS, [_voided_cells(each) for each in report.voided]),
    )


def _cells(line: CategoryLine) -> tuple[Cell, ...]:
    counts = line.counts
    figures = (counts.oss, counts.counter, counts.limited, counts.voided, counts.issued)
    return (line.category, *figures, line.before.issued, line.difference.issued, line.numbers)


def _change_cells(line: CategoryLine) -> tuple[Cell, ...]:
    change = line.difference
    return (line.category, change.oss, change.counter, change.limited, change.voided, change.issued)


def _voided_cells(each: VoidedNumber) -> tuple[Cell, ...]:
    return (each.certificate_number, each.category, each.issue_date, each.status, each.replaced_by)


def _count_row(line: CategoryLine) -> CountRow:
    return CountRow(
        vehicle_category=line.category,
        oss=f"{line.counts.oss:,}",
        counter=f"{line.counts.counter:,}",
        limited=f"{line.counts.limited:,}",
        voided=f"{line.counts.voided:,}",
        total=f"{line.counts.issued:,}",
        numbers=line.numbers,
    )


def _change_row(line: CategoryLine) -> ChangeRow:
    change = line.difference
    return ChangeRow(
        vehicle_category=line.category,
        oss=signed(change.oss),
        counter=signed(change.counter),
        limited=signed(change.limited),
        voided=signed(change.voided),
        total=signed(change.issued),
        total_before=f"{line.before.issued:,}",
    )


def _voided_row(each: VoidedNumber) -> VoidedRow:
    return VoidedRow(
        certificate_number=each.certificate_number,
        vehicle_category=each.category,
        issue_date=format_western(each.issue_date),
        status=each.status,
        replaced_by=each.replaced_by,
    )


def _days_of(month: YearMonth) -> LedgerQuery:
    return LedgerQuery(issued_from=first_day(month), issued_to=last_day(month))


def _voided(row: LedgerRow, shelves: Shelves) -> VoidedNumber:
    mine = shelves.conformity.get(row.control_number)
    when = (row.issue_date or dt.date.max, row.control_number)
    later = [
        (each.issue_date, each.control_number, each.certificate_number)
        for each in shelves.conformity.all_for_vehicle(row.vehicle_id)
        if each.certificate_number and each.issue_date and _is_of_same_inspection(each, mine)
    ]
    replaced_by = min((each for each in later if each[:2] > when), default=("",))[-1]
    return VoidedNumber(row.certificate_number, row.issue_date, row.vehicle_category, row.status, replaced_by)


def _is_of_same_inspection(each: ConformityCertificate, mine: ConformityCertificate) -> bool:
    """Tell whether one took the place of the other; those on paper have no inspection, but a 検査年月日."""
    if each.inspection_id is not None and mine.inspection_id is not None:
        return each.inspection_id == mine.inspection_id
    return each.inspection_date == mine.inspection_date
