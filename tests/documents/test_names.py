"""Names of exported files and of worksheets."""

from __future__ import annotations

import datetime as dt
import unicodedata
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from onestop.documents.names import DocumentKind, Month, Suffix, export_name, free_path, sheet_name

if TYPE_CHECKING:
    from pathlib import Path


def test_a_name_says_what_and_when() -> None:
    days = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
    assert export_name(DocumentKind.LEDGER, Suffix.EXCEL, *days) == "指定整備元帳_20261101_20261130.xlsx"
    assert export_name(DocumentKind.ISSUANCE_REPORT, Suffix.PDF, Month(2026, 4)) == "交付実績報告書_202604.pdf"
    assert export_name(DocumentKind.CONFORMITY, Suffix.PDF, 12) == "保安基準適合証_12.pdf"
    assert export_name(DocumentKind.FILINGS, Suffix.CSV) == "申請書一覧.csv"


@pytest.mark.parametrize("kind", DocumentKind)
def test_no_system_minds_the_name(kind: DocumentKind) -> None:
    name = export_name(kind, Suffix.PDF, 1)
    assert not set(name) & set('<>:"/\\|?*')
    assert not PureWindowsPath(name).is_reserved()
    assert {unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC", "NFKD")} == {name}


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    taken = []
    for expected in ("元帳_1.pdf", "元帳_1(2).pdf", "元帳_1(3).pdf"):
        path = free_path(tmp_path, "元帳_1.pdf")
        assert path.name == expected
        path.write_text(expected, encoding="utf-8")
        taken.append(path)
    assert [path.read_text("utf-8") for path in taken] == [path.name for path in taken]


@pytest.mark.parametrize(
    ("title", "name"),
    [("指定整備元帳", "指定整備元帳"), ("a[b]:c*d?e/f\\g'", "a_b__c_d_e_f_g_"), ("あ" * 32, "あ" * 31), ("", "1")],
)
def test_a_worksheets_name(title: str, name: str) -> None:
    assert sheet_name(title) == name
