"""Tables as Excel and CSV files for the clerk. A cell is a value and can never run as a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from onestop.clock import JST
from onestop.documents.names import sheet_name
from onestop.documents.saving import put_in_place
from onestop.errors import InvalidInput, Problem
from onestop.model.text import HYPHENS, LINES, UNSEEN, characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

GETA = "〓"
"""Stands where a character could not be written; whoever writes one says so."""
MAX_EXCEL_ROWS = 1_048_576
MAX_EXCEL_CHARACTERS = 32_767
MAX_EXCEL_DIGITS = 15
"""Excel rounds longer numbers."""
FIRST_EXCEL_YEAR = 1900
FORMULA_SIGNS = f"=+@＝＋＠﹦﹢﹫ー{HYPHENS}{LINES}"
"""What a spreadsheet may take for the beginning of a formula or a command when it opens a CSV file (OWASP, CSV
Injection; the full-width ones are read by Japanese Excel), and what another program may make one of such signs of."""

Cell = str | int | dt.date | dt.datetime | None
"""A day, a moment (shown in JST), a number, a text, or nothing."""


class CsvEncoding(StrEnum):
    """How a CSV file is written: so that Excel knows it, or as older programs of this trade want it."""

    UTF_8_WITH_BOM = "utf-8-sig"
    CP932 = "cp932"


@dataclass(frozen=True, slots=True)
class Table:
    """What is exported: as many cells in each row as there are columns."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]] = field(repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    """Lines below the table, such as its totals. In Excel alone: every line of a CSV file is a row for a program."""


def write_csv(path: Path, table: Table, encoding: CsvEncoding = CsvEncoding.UTF_8_WITH_BOM) -> tuple[str, ...]:
    """Write a table as CSV (RFC 4180: CRLF, quotes doubled) and return the characters that became 〓.

    A text that a spreadsheet could take for a formula begins with an apostrophe.

    Raises:
        FileNotWritten: see `put_in_place`.
    """
    lacking = not_in(encoding, table)
    with put_in_place(path) as part, part.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        for row in (table.columns, *table.rows):
            writer.writerow([_for_csv(cell, encoding) for cell in row])
    return lacking


def not_in(encoding: CsvEncoding, table: Table) -> tuple[str, ...]:
    """Return the characters of a table that this encoding lacks, each once: to warn before anything is written."""
    texts = {cell for row in (table.columns, *table.rows) for cell in row if isinstance(cell, str)}
    hard = (text for text in texts if not _can_write(text, encoding))
    lacking = {each for text in hard for each in characters(text) if not _can_write(each, encoding)}
    return tuple(sorted(lacking))


def write_xlsx(path: Path, *tables: Table) -> None:
    """Write tables as an Excel workbook, a sheet each; texts stay texts, also when the clerk edits a cell.

    Raises:
        InvalidInput: more rows, or a longer text, than a worksheet holds; nothing is written.
        FileNotWritten: see `put_in_place`.
    """
    import xlsxwriter  # noqa: PLC0415 - takes 0.1 s and is needed at the first export only

    for table in tables:
        _check_room(table)
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    file = io.BytesIO()  # on a full disk XlsxWriter would raise an error of its own, and leave a ZIP that nobody closes
    with xlsxwriter.Workbook(file, never) as book:
        formats = _Formats.of(book)
        for table in tables:
            _fill(book, table, formats)
    with put_in_place(path) as part:
        part.write_bytes(file.getbuffer())


def _check_room(table: Table) -> None:
    if len(table.rows) + (len(table.notes) and 1 + len(table.notes)) >= MAX_EXCEL_ROWS:
        raise InvalidInput(Problem("rows", f"行数が多すぎます({len(table.rows):,}行)。期間を分けてください。"))
    for number, row in enumerate(table.rows, start=1):
        if any(isinstance(cell, str) and len(cell) > MAX_EXCEL_CHARACTERS for cell in row):
            raise InvalidInput(Problem("rows", f"{number}行目に、Excelのセルに入らない長さの文字があります。"))


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Format
    text: Format
    number: Format
    day: Format
    moment: Format
    note: Format

    @staticmethod
    def of(book: xlsxwriter.Workbook) -> _Formats:
        """Make the looks of the cells; `@` and the quote keep a text a text when the cell is edited."""
        frame = {"border": 1, "valign": "top", "font_name": "BIZ UDGothic", "font_size": 10}
        text = {**frame, "num_format": "@", "quote_prefix": True, "text_wrap": True}
        return _Formats(
            head=book.add_format({**text, "bold": True, "bg_color": "#E8EEF4"}),
            text=book.add_format(text),
            number=book.add_format({**frame, "num_format": "0"}),
            day=book.add_format({**frame, "num_format": "yyyy/mm/dd", "align": "left"}),
            moment=book.add_format({**frame, "num_format": "yyyy/mm/dd hh:mm", "align": "left"}),
            note=book.add_format({**text, "border": 0, "text_wrap": False}),
        )


def _fill(book: xlsxwriter.Workbook, table: Table, formats: _Formats) -> None:
    sheet = book.add_worksheet(sheet_name(table.title))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer("&C&P / &N")
    for place, width in enumerate(_widths(table)):
        sheet.set_column(place, place, width)
    for place, title in enumerate(table.columns):
        sheet.write_string(0, place, title, formats.head)
    for number, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            _put(sheet, (number, place), cell, formats)
    for number, note in enumerate(table.notes, start=len(table.rows) + 2):
        sheet.write_string(number, 0, note, formats.note)


def _put(sheet: Worksheet, at: tuple[int, int], cell: Cell, formats: _Formats) -> None:
    match cell:
        case int() if len(str(abs(cell))) <= MAX_EXCEL_DIGITS:
            sheet.write_number(*at, cell, formats.number)
        case dt.datetime() if cell.year >= FIRST_EXCEL_YEAR:
            sheet.write_datetime(*at, cell.astimezone(JST).replace(tzinfo=None), formats.moment)
        case dt.date() if cell.year >= FIRST_EXCEL_YEAR:
            sheet.write_datetime(*at, cell, formats.day)
        case None | "":
            sheet.write_blank(*at, None, formats.text)
        case _:
            sheet.write_string(*at, _plain(cell), formats.text)


def _widths(table: Table) -> Iterable[int]:
    for place, title in enumerate(table.columns):
        longest = max((_columns_of(_plain(row[place])) for row in table.rows), default=0)
        yield min(max(longest, _columns_of(title), 6) + 2, 50)


def _columns_of(text: str) -> int:
    """Return how many half-width characters a text is wide."""
    return sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in text)


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case dt.datetime():
            local = cell.astimezone(JST).replace(tzinfo=None)
            return local.isoformat(" ", "minutes").replace("-", "/")
        case dt.date():
            return cell.isoformat().replace("-", "/")
        case _:
            return str(cell)


def _for_csv(cell: Cell, encoding: CsvEncoding) -> str:
    text = _written(_plain(cell), encoding)
    return defused(text) if isinstance(cell, str) else text


def defused(text: str) -> str:
    """Return a text so that a spreadsheet takes it for nothing else when it opens a CSV file."""
    return f"'{text}" if _could_run(text) else text


def _written(text: str, encoding: CsvEncoding) -> str:
    spelled = _as(encoding, text)
    if _can_write(spelled, encoding):
        return spelled
    return "".join(each if _can_write(each, encoding) else GETA for each in characters(spelled))


def _could_run(text: str) -> bool:
    """Tell whether a spreadsheet could take a text for more than that, as it is written in the file.

    Blanks before a formula, signs that nobody sees, and the 〓 of one that could not be written do not make it safe.
    A sign that stands alone is a text to a spreadsheet.
    """
    return len(text.strip()) > 1 and _RUNS.match(text) is not None


_NOT_SEEN = "".join(map(chr, (*UNSEEN, *range(0x20), *range(0x7F, 0xA1))))
_RUNS = re.compile(rf"[\s{GETA}{re.escape(_NOT_SEEN)}]*[{re.escape(FORMULA_SIGNS)}]|[\t\r\n]")


_OTHER_SPELLING = str.maketrans("〜‖−¢£¬—", "～∥－￠￡￢―")
"""The same characters of JIS X 0208 in the Unicode spelling that cp932 knows."""


def _as(encoding: CsvEncoding, text: str) -> str:
    return text.translate(_OTHER_SPELLING) if encoding is CsvEncoding.CP932 else text


def _can_write(text: str, encoding: CsvEncoding) -> bool:
    try:
        _as(encoding, text).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
