"""Tables as CSV and Excel files, read back."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from onestop.clock import JST
from onestop.documents import table_file
from onestop.documents.table_file import CsvEncoding, Table, not_in, write_csv, write_xlsx
from onestop.errors import FileNotWritten, InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = dt.datetime(2026, 11, 24, 0, 15, tzinfo=dt.UTC)
TABLE = Table(
    "指定整備元帳",
    ("管理番号", "検査員コード", "使用者", "検査年月日", "交付日時"),
    [
        (1, "00112345", "カーネット太郎", dt.date(2026, 11, 24), MOMENT),
        (9_999_999_999, "-5", "", None, dt.datetime(1899, 12, 31, 12, tzinfo=JST)),
        (10**15, '土浦 "300" あ, 12\n34', None, dt.date(999, 1, 2), None),
    ],
)
ATTACKS = (
    "=1+1",
    "+81-3",
    "-1+1",
    "@SUM(A1)",
    "＝１＋１",
    "＋１",
    "－１",
    "＠a",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "　=1+1",
    "=cmd|' /C calc'!A0",
    "−1+cmd|' /C calc'!A0",
    "ー1+1",
    "‐1",
    "─1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u2028=1+1",
    "\xa0=1+1",
    "\x1f=1+1",
    "〓=1+1",
    "\tab",
    "\rab",
    '=HYPERLINK("https://example.com")',
)


def read_csv(path: Path, encoding: str) -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def cells(path: Path) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(path)
    rows = list(book.active.iter_rows(values_only=True))
    book.close()
    return rows


def test_csv_for_excel(tmp_path: Path) -> None:
    path = tmp_path / "元帳.csv"
    assert write_csv(path, TABLE) == ()
    content = path.read_bytes()
    assert content.startswith("\ufeff管理番号,".encode())
    assert content.count(b"\r\n") == 4
    assert read_csv(path, "utf-8-sig") == [
        ["管理番号", "検査員コード", "使用者", "検査年月日", "交付日時"],
        ["1", "00112345", "カーネット太郎", "2026/11/24", "2026/11/24 09:15"],
        ["9999999999", "'-5", "", "", "1899/12/31 12:00"],
        [str(10**15), '土浦 "300" あ, 12\n34', "", "0999/01/02", ""],
    ]


def test_csv_in_cp932_names_what_it_lacks(tmp_path: Path) -> None:
    table = Table("表", ("氏名",), [("髙﨑①㈱ 𠮷野 葛\U000e0100城 𠮷",), ("〜‖−¢£¬—",), (1,)])
    path = tmp_path / "表.csv"
    assert not_in(CsvEncoding.CP932, table) == ("葛\U000e0100", "𠮷")
    assert not_in(CsvEncoding.UTF_8_WITH_BOM, table) == ()
    assert write_csv(path, table, CsvEncoding.CP932) == ("葛\U000e0100", "𠮷")
    assert read_csv(path, "cp932") == [["氏名"], ["髙﨑①㈱ 〓野 〓城 〓"], ["～∥－￠￡￢―"], ["1"]]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_runs_as_a_formula(attack: str, tmp_path: Path) -> None:
    table = Table("表", (attack, "数"), [(attack, -1)])
    write_csv(tmp_path / "a.csv", table)
    assert read_csv(tmp_path / "a.csv", "utf-8-sig") == [[f"'{attack}", "数"], [f"'{attack}", "-1"]]
    write_xlsx(tmp_path / "a.xlsx", table)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert not any("externalLink" in name or "rels/sheet" in name for name in archive.namelist())
    assert b"<f>" not in sheet
    assert b"<f " not in sheet
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    for cell in (book.active["A1"], book.active["A2"]):
        assert (unescape(cell.value), cell.data_type) == (attack, "s")
        assert (cell.number_format, cell.quotePrefix) == ("@", True)
    assert (book.active["B2"].value, book.active["B2"].data_type) == (-1, "n")
    book.close()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("−1+cmd|' /C calc'!A0", "'－1+cmd|' /C calc'!A0"),
        ("\u200b=1+1", "'〓=1+1"),
        ("\ufeff=1+1", "'〓=1+1"),
        ("𠮷\xa0=1+1", "'〓〓=1+1"),
        ("‐1", "'‐1"),
        ("〜1", "～1"),
    ],
)
def test_t81_the_guard_looks_at_what_is_written(text: str, written: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", Table("表", ("列",), [(text,)]), CsvEncoding.CP932)
    assert read_csv(tmp_path / "a.csv", "cp932") == [["列"], [written]]


@pytest.mark.parametrize("text", ["-", "＝", "", "ABC-123", "12-34", "a=b", "山田ー", "〓野", "ー", " 山田"])
def test_what_is_no_formula_stays_as_it_is(text: str, tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", Table("表", ("列",), [(text,), ("次",)]))
    assert read_csv(tmp_path / "a.csv", "utf-8-sig")[1] == [text]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
@settings(max_examples=200)
def test_a_csv_cell_never_begins_with_what_a_spreadsheet_runs(text: str) -> None:
    shown = table_file._for_csv(text, CsvEncoding.UTF_8_WITH_BOM)
    assert shown in {text, f"'{text}"}
    for encoding in CsvEncoding:
        bare = table_file._for_csv(text, encoding).strip()
        assert len(bare) <= 1 or bare[0] not in table_file.FORMULA_SIGNS


def test_xlsx_lays_nothing_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is none"))
    write_xlsx(tmp_path / "元帳.xlsx", TABLE)
    assert [path.name for path in tmp_path.iterdir()] == ["元帳.xlsx"]


MARKUP = '<img src="file:///planted.png">'


def test_markup_is_exported_letter_by_letter(tmp_path: Path) -> None:
    table = Table("表", ("列",), [(MARKUP,)], (MARKUP,))
    write_xlsx(tmp_path / "a.xlsx", table)
    write_csv(tmp_path / "a.csv", table)
    assert [cell for row in cells(tmp_path / "a.xlsx") for cell in row if cell] == ["列", MARKUP, MARKUP]
    lines = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert list(csv.reader(lines)) == [["列"], [MARKUP]]


def test_xlsx_keeps_kinds(tmp_path: Path) -> None:
    path = tmp_path / "元帳.xlsx"
    write_xlsx(path, TABLE)
    assert cells(path) == [
        TABLE.columns,
        (1, "00112345", "カーネット太郎", dt.datetime(2026, 11, 24), dt.datetime(2026, 11, 24, 9, 15)),  # noqa: DTZ001 - a worksheet knows no zones
        (9_999_999_999, "-5", None, None, "1899/12/31 12:00"),
        (str(10**15), '土浦 "300" あ, 12\n34', None, "0999/01/02", None),
    ]
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert (sheet.title, sheet.freeze_panes, sheet.print_title_rows) == ("指定整備元帳", "A2", "$1:$1")
    assert (sheet["A2"].number_format, sheet["D2"].number_format) == ("0", "yyyy/mm/dd")
    assert sheet.column_dimensions["C"].width == pytest.approx(16, abs=1)
    book.close()


def test_an_empty_table(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", replace(TABLE, rows=[]))
    assert cells(tmp_path / "a.xlsx") == [TABLE.columns]


def test_what_a_worksheet_does_not_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, Table("表", ("列",), [("あ" * 32_767,)]))
    assert cells(path)[1] == ("あ" * 32_767,)
    with pytest.raises(InvalidInput) as caught:
        write_xlsx(path, Table("表", ("列",), [("",), ("あ" * 32_768,)]))
    assert caught.value.problems[0].message == "2行目に、Excelのセルに入らない長さの文字があります。"
    monkeypatch.setattr(table_file, "MAX_EXCEL_ROWS", 3)
    write_xlsx(path, Table("表", ("列",), [(1,), (2,)]))
    with pytest.raises(InvalidInput):
        write_xlsx(path, Table("表", ("列",), [(1,)], ("合計 1",)))
    with pytest.raises(InvalidInput) as caught:
        write_xlsx(path, Table("表", ("列",), [(1,), (2,), (3,)]))
    assert "3行" in caught.value.problems[0].message
    assert cells(path) == [("列",), (1,), (2,)]


def test_each_table_has_its_sheet_and_its_notes_below(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, Table("表", ("列",), [(1,)]), Table("別", ("列",), [(3,)], ("合計 3",)))
    assert [list(sheet.values) for sheet in openpyxl.load_workbook(path).worksheets] == [
        [("列",), (1,)],
        [("列",), (3,), (None,), ("合計 3",)],
    ]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", encoding="utf-8")
    with pytest.raises(FileNotWritten):
        write_xlsx(tmp_path / "a" / "b.xlsx", TABLE)
    with pytest.raises(FileNotWritten):
        write_csv(tmp_path / "a" / "b.csv", TABLE)


def test_a_table_shows_none_of_its_rows() -> None:
    assert "カーネット" not in repr(TABLE)
