"""Names of exported files and of worksheets."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import PureWindowsPath

import pytest

from onestop.documents.names import DocumentKind, Suffix, export_name, sheet_name
from onestop.model.wareki import YearMonth


def test_a_name_says_what_and_when() -> None:
    days = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
    assert export_name(DocumentKind.LEDGER, Suffix.EXCEL, *days) == "指定整備元帳_20261101_20261130.xlsx"
    assert export_name(DocumentKind.ISSUANCE_REPORT, Suffix.PDF, YearMonth(2026, 4)) == "交付実績報告書_202604.pdf"
    assert export_name(DocumentKind.CONFORMITY, Suffix.PDF, 12) == "保安基準適合証_12.pdf"
    assert export_name(DocumentKind.FILINGS, Suffix.CSV) == "申請書一覧.csv"


@pytest.mark.parametrize("kind", DocumentKind)
def test_no_system_minds_the_name(kind: DocumentKind) -> None:
    name = export_name(kind, Suffix.PDF, 1)
    assert not set(name) & set('<>:"/\\|?*')
    assert not PureWindowsPath(name).is_reserved()
    assert {unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC", "NFKD")} == {name}


@pytest.mark.parametrize(
    ("title", "name"),
    [("指定整備元帳", "指定整備元帳"), ("a[b]:c*d?e/f\\g'", "a_b__c_d_e_f_g_"), ("あ" * 32, "あ" * 31), ("", "1")],
)
def test_a_worksheets_name(title: str, name: str) -> None:
    assert sheet_name(title) == name
