"""Names for the files that are written for the clerk: safe on every system, and with nothing personal in them."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from onestop.model.rate_tables import RateTable
from onestop.model.wareki import YearMonth

MAX_CHARACTERS = 31
"""Of the name of a worksheet, as Excel has it."""
_NOT_IN_A_SHEET = str.maketrans("[]:*?/\\'", "________")


class Suffix(StrEnum):
    """Kinds of files."""

    PDF = ".pdf"
    EXCEL = ".xlsx"
    CSV = ".csv"


class DocumentKind(StrEnum):
    """What a file holds; the value is the first part of its name."""

    INSURANCE_COPY = "自賠責証明書控"
    CONFORMITY = "保安基準適合証"
    CONFORMITY_MARK = "保安基準適合標章"
    LEDGER = "指定整備元帳"
    ISSUANCE_REPORT = "交付実績報告書"
    FILINGS = "申請書一覧"
    PAYMENTS = "納付一覧"
    COMPARISON = "照合"
    CHECKLIST = "確認票"
    CONSENT = "承諾書"
    RATES = "料金表"
    ESTIMATE = "見積書"
    CHANGES = "変更の履歴"


def export_name(kind: DocumentKind, suffix: Suffix, *marks: int | dt.date | YearMonth | RateTable) -> str:
    """Return a name such as 指定整備元帳_20261101_20261130.pdf.

    A mark is a 管理番号, a day, a month or a table of 料金表: there is no way to put a name, a plate or a 車台番号 into
    it. Nothing in it is forbidden on Windows, and it is the same in every normal form of Unicode.
    """
    return "_".join((kind.value, *map(_mark, marks))) + suffix.value


def sheet_name(title: str) -> str:
    """Return a title as Excel takes it for a worksheet."""
    return title.translate(_NOT_IN_A_SHEET)[:MAX_CHARACTERS] or "1"


def _mark(mark: int | dt.date | YearMonth | RateTable) -> str:
    match mark:
        case YearMonth():
            return mark.iso().replace("-", "")
        case RateTable():
            return mark.label
        case dt.date():
            return f"{mark:%Y%m%d}"
        case _:
            return str(mark)
