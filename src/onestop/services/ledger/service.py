"""指定整備元帳: finding 保適証 of either origin, and writing the ledger as a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.documents.list_papers import LedgerLine, LedgerPaper
from onestop.documents.table_file import Cell, CsvEncoding, Table, not_in, write_csv, write_xlsx
from onestop.errors import InvalidInput
from onestop.model.ledger import LedgerQuery, LedgerRow, LedgerTotals, totals_of
from onestop.model.plate import filled_serial, parse_plate
from onestop.model.text import fold_for_search
from onestop.model.wareki import format_western
from onestop.services.printing import OneFormService
from onestop.services.settings.form import meant_inspector_code

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.documents.layout import LaidOut

TITLE: Final = "指定整備元帳"
COLUMNS: Final = (
    "管理番号",
    "交付番号",
    "交付年月日",
    "検査年月日",
    "申請種別",
    "区別",
    "登録番号",
    "車台番号",
    "車名",
    "型式",
    "原動機型式",
    "依頼者",
    "依頼者の住所",
    "点検・整備・検査の概要",
    "検査員",
    "自賠責番号",
    "自賠責始期",
    "自賠責終期",
    "ステータス",
    "有効期限",
    "備考",
)
"""DOMAIN: 指定整備元帳 [columns assumed]; 区別 is 電子 or 紙, 備考 says why a number on paper is 書損."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a search found."""

    query: LedgerQuery
    rows: tuple[LedgerRow, ...]
    totals: LedgerTotals


class LedgerService(OneFormService[Ledger]):
    """Keeps 指定整備元帳."""

    def search(self, query: LedgerQuery) -> Ledger:
        """F7 検索: what this machine remembers."""
        with self._database.read() as shelves:
            found = shelves.ledger.rows(query)
        rows = tuple(row for row in found if _has_plate(row, query.plate) and _is_by(row, query.inspector))
        return Ledger(query, rows, totals_of(rows))

    # --- as files

    @staticmethod
    def lacking(ledger: Ledger, encoding: str) -> tuple[str, ...]:
        """Return the characters that a CSV file in this encoding (a value of CsvEncoding) could not hold."""
        return not_in(CsvEncoding(encoding), table_of(ledger))

    @staticmethod
    def save_csv(ledger: Ledger, path: Path, encoding: str) -> tuple[str, ...]:
        """CSV in an encoding of CsvEncoding; returns the characters that became 〓.

        Raises:
            FileNotWritten: see documents/saving.py.
        """
        return write_csv(path, table_of(ledger), CsvEncoding(encoding))

    @staticmethod
    def save_xlsx(ledger: Ledger, path: Path) -> tuple[str, ...]:
        """F11 Excel, which can hold every character.

        Raises:
            FileNotWritten: see documents/saving.py.
            InvalidInput: more rows than a worksheet holds.
        """
        write_xlsx(path, table_of(ledger))
        return ()

    def pages(self, ledger: Ledger) -> LaidOut:
        """Return it on its form."""
        workshop = self._settings.workshop()
        paper = LedgerPaper(
            workshop_name=workshop.name,
            workshop_code=workshop.code,
            printed_at=self._printed_at(),
            period=f"交付年月日 {period_text(ledger.query)}",
            conditions=conditions_text(ledger.query),
            totals=totals_text(ledger.totals),
            certificates=tuple(_paper_row(row) for row in ledger.rows),
        )
        return self._filled(paper)


def period_text(query: LedgerQuery) -> str:
    """Return the period of 交付年月日 that was asked for."""
    first, last = map(format_western, (query.issued_from, query.issued_to))
    return f"{first} ～ {last}" if first or last else "すべて"


def totals_text(totals: LedgerTotals) -> str:
    """Return the totals in a line."""
    return (
        f"{totals.count:,}件  OSS申請 {totals.oss:,}  窓口申請 {totals.counter:,}  中古新規 {totals.used:,}"
        f"  予備検査 {totals.preliminary:,}  限定 {totals.limited:,}  削除 {totals.voided:,}  (うち紙 {totals.paper:,})"
    )


def conditions_text(query: LedgerQuery) -> str:
    """Return what else was searched for."""
    asked = (
        ("登録番号", query.plate),
        ("車台番号", query.chassis_tail),
        ("検査員", query.inspector),
        ("申請種別", query.application_kind),
        ("ステータス", query.status),
    )
    return "  ".join(f"{label} {value.strip()}" for label, value in asked if value.strip())


def inspector_text(row: LedgerRow) -> str:
    """Return 検査員コード and name."""
    return f"{row.inspector_code} {row.inspector_name}".strip()


def _paper_row(row: LedgerRow) -> LedgerLine:
    first, last = format_western(row.insurance_from), format_western(row.insurance_to)
    insured = f"{first}～{last}" if first or last else ""
    return LedgerLine(
        control_number=str(row.control_number),
        certificate_number=row.certificate_number,
        issue_date=format_western(row.issue_date),
        inspection_date=format_western(row.inspection_date),
        application_kind=row.application_kind,
        origin=row.origin.value,
        registration_number=row.plate,
        chassis_number=row.chassis_number,
        vehicle_name=row.vehicle_name,
        model_code=row.model_code,
        engine_model=row.engine_model,
        client_name=f"{row.user_name}\n{row.user_address}".strip(),
        work_summary=row.work_summary,
        inspector_name=inspector_text(row),
        insurance=f"{row.insurance_number}\n{insured}".strip(),
        status=row.status,
        valid_until=format_western(row.valid_until),
    )


def table_of(ledger: Ledger) -> Table:
    """Return the ledger as it is exported; below it stand the period, the other conditions and the totals."""
    told = (f"交付年月日 {period_text(ledger.query)}", conditions_text(ledger.query), totals_text(ledger.totals))
    return Table(TITLE, COLUMNS, [_cells(row) for row in ledger.rows], tuple(line for line in told if line))


def _cells(row: LedgerRow) -> tuple[Cell, ...]:
    return (
        row.control_number,
        row.certificate_number,
        row.issue_date,
        row.inspection_date,
        row.application_kind,
        row.origin.value,
        row.plate,
        row.chassis_number,
        row.vehicle_name,
        row.model_code,
        row.engine_model,
        row.user_name,
        row.user_address,
        row.work_summary,
        inspector_text(row),
        row.insurance_number,
        row.insurance_from,
        row.insurance_to,
        row.status,
        row.valid_until,
        row.remarks,
    )


def _has_plate(row: LedgerRow, wanted: str) -> bool:
    plate, filled = fold_for_search(row.plate), filled_serial(wanted)
    if filled is None:
        return not wanted.strip() or _plate_key(wanted) in plate
    part, serial = filled
    return re.search(f"(?<![0-9]){serial}$", plate) is not None and fold_for_search(part) in plate


def _plate_key(typed: str) -> str:
    try:
        return fold_for_search(parse_plate(typed).display())
    except InvalidInput:
        return fold_for_search(typed).replace("-", "")


def _is_by(row: LedgerRow, wanted: str) -> bool:
    key = meant_inspector_code(wanted) or fold_for_search(wanted)
    if key.isdigit():
        return row.inspector_code.lstrip("0") == key.lstrip("0")
    return key in fold_for_search(row.inspector_name)
