"""A CSV file that a clerk hands over, as rows of texts: as table_file.py writes it, or as Excel leaves it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from onestop.documents.regular_file import refused, regular_bytes, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LARGEST: Final = 5_000_000
"""Bytes; a larger file is none of ours."""
MOST_ROWS: Final = 20_000
TOO_LARGE: Final = "CSVファイルが大きすぎます(5MBまで、2万行まで)。この画面から書き出したファイルか確かめてください。"
NOT_READ: Final = "CSVファイルを読めません。場所とファイル名を確かめ、ほかのプログラムで開いていれば閉じてください。"
NOT_TEXT: Final = "CSVファイルの文字が読めません。UTF-8 か Shift_JIS で保存し直してください。"
NOT_CSV: Final = "CSVファイルの形が正しくありません。この画面から書き出したファイルを直して使ってください。"
WITHOUT: Final = (
    "CSVファイルに「{column}」の列がありません。別の表のファイルでないか確かめてください。"
    "この画面から書き出したファイルの見出しを変えずに使います。"
)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file."""

    number: int
    """As Excel counts."""
    cells: dict[str, str] = field(repr=False)
    """By their columns."""


def read_csv(path: Path, columns: Sequence[str]) -> tuple[FileRow, ...]:
    """Return the rows of a file with their numbers; an apostrophe that kept a text from being a formula is gone.

    Args:
        path: UTF-8, with or without a mark, or cp932.
        columns: the headings that it must have; others are left out.

    Raises:
        InvalidInput: it cannot be read as such a file; nothing of it is used.
    """
    head, *rows = _lines(_text_of(path)) or [[]]
    names = [name.strip() for name in head]
    for column in columns:
        if column not in names:
            raise refused(WITHOUT.format(column=column))
    places = {column: names.index(column) for column in columns}
    return tuple(
        FileRow(number, {column: _plain(row[place]) if place < len(row) else "" for column, place in places.items()})
        for number, row in enumerate(rows, 2)
        if any(cell.strip() for cell in row)
    )


def _text_of(path: Path) -> str:
    try:
        content = regular_bytes(path, LARGEST, NOT_READ)
    except OSError:
        raise refused(NOT_READ) from None
    if len(content) > LARGEST:
        raise refused(TOO_LARGE)
    return text_of(content, NOT_TEXT)


def _lines(text: str) -> list[list[str]]:
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise refused(NOT_CSV) from None
    if len(lines) > MOST_ROWS:
        raise refused(TOO_LARGE)
    return lines


def _plain(cell: str) -> str:
    return cell.strip().removeprefix("'")
