"""CSV files that a clerk hands over: what is read of them, and what is refused with a sentence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from onestop.documents import table_reading
from onestop.documents.table_file import CsvEncoding, Table, write_csv
from onestop.documents.table_reading import NOT_CSV, NOT_READ, NOT_TEXT, TOO_LARGE, read_csv
from onestop.errors import InvalidInput

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("区分", "金額")


def cells(path: Path) -> tuple[dict[str, str], ...]:
    return tuple(row.cells for row in read_csv(path, COLUMNS))


def refused(path: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        read_csv(path, COLUMNS)
    return caught.value.problems[0].message


@pytest.mark.parametrize("encoding", CsvEncoding)
def test_what_this_program_writes_comes_back_as_it_was(tmp_path: Path, encoding: CsvEncoding) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, Table("表", ("金額", "区分", "ほか"), [(1450, "=普通", "x"), (None, "軽", "")]), encoding)
    assert cells(path) == ({"区分": "=普通", "金額": "1450"}, {"区分": "軽", "金額": ""})


def test_what_excel_leaves_out_at_the_end_is_empty_and_empty_lines_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("区分,金額\n普通\n,\n\n軽,2\n", encoding="utf-8")
    assert cells(path) == ({"区分": "普通", "金額": ""}, {"区分": "軽", "金額": "2"})
    assert [row.number for row in read_csv(path, COLUMNS)] == [2, 5]


def test_a_file_without_its_headings_names_the_one_that_lacks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("区分,円\n", encoding="utf-8")
    assert "「金額」の列がありません" in refused(path)
    path.write_bytes(b"")
    assert "「区分」の列がありません" in refused(path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.csv") == NOT_READ


def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    assert refused(tmp_path) == NOT_READ
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        assert refused(tmp_path / "pipe.csv") == NOT_READ


def test_what_excel_saves_as_unicode_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("区分,金額\n普通,1\n", encoding="utf-16")
    assert cells(path) == ({"区分": "普通", "金額": "1"},)


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("区分".encode() + b"\xff\xfe\x81\x00")
    assert refused(path) == NOT_TEXT


def test_a_quote_that_never_ends_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('区分,金額\n"普通,1\n', encoding="utf-8")
    assert refused(path) == NOT_CSV


def test_a_file_that_is_too_large_or_too_long_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("区分,金額\n" + "普通,1\n" * 4, encoding="utf-8")
    monkeypatch.setattr(table_reading, "MOST_ROWS", 4)
    assert refused(path) == TOO_LARGE
    monkeypatch.setattr(table_reading, "LARGEST", 10)
    assert refused(path) == TOO_LARGE
