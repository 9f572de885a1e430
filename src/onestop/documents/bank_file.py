"""Reading a bank's file of what went out and came in: 全銀's records, or CSV in one of the shapes of resources/bank.

A file is read whole or not at all: each line that cannot be read has its sentence, and then nothing is taken.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from onestop.documents.bank_shapes import BankLayouts, bank_layouts, folded
from onestop.documents.bank_zengin import is_zengin, read_zengin
from onestop.documents.book import BankFile, BookLine, BookProblems
from onestop.documents.regular_file import read_regular, refused, text_of
from onestop.errors import InvalidInput, UnreadableDay
from onestop.model.text import AROUND_YEN, fold_hyphens, to_half_width
from onestop.model.typed_days import parse_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from onestop.documents.bank_shapes import CsvShape

MAX_BYTES: Final = 5 * 1024 * 1024
"""A year of a busy shop's account has a tenth of it."""
HEADING_WITHIN: Final = 50
"""Lines before the heading: the name of the bank, the account, the period."""
MOST_LINES: Final = 30_000
"""As many as 全銀's records in a file of that size; the busiest account of a shop has a tenth in a year."""
MOST_COLUMNS: Final = 100
MOST_DIGITS: Final = 12
LONGEST_TEXT: Final = 200
NO_FILE: Final = "ふつうのファイルではありません(装置など)。銀行の明細のファイルを選んでください。"
NO_TEXT: Final = "文字として読めません。文字コードが Shift_JIS か UTF-8 の明細を選んでください。"
NOT_A_STATEMENT: Final = (
    "銀行の明細として読めません。見出しの行に、日付と、出金または金額の列が要ります。"
    "全銀形式(入出金取引明細)か、CSVの明細を選んでください。"
)
_PARTS_OF_A_DAY: Final = re.compile("[0-9]+|元")
_MINUS: Final = ("-", "△", "▲")
_NOTHING: Final = ("", "-", "*", "0")


def read_bank_path(path: Path, today: dt.date) -> BankFile:
    """Read a bank's file; `today` decides which year a day of two figures means.

    Raises:
        InvalidInput: it cannot be opened, is no such file, or some of its lines cannot be read: one problem for each.
    """
    return read_bank_bytes(read_regular(path, MAX_BYTES, NO_FILE), today)


def read_bank_bytes(content: bytes, today: dt.date) -> BankFile:
    """Read the content of a bank's file; what it is, is seen from the content.

    Raises:
        InvalidInput: as `read_bank_path`.
    """
    if len(content) > MAX_BYTES:
        raise refused("ファイルが大きすぎます(5MBまで)。期間を短くして、銀行からもう一度取り出してください。")
    if not content.strip():
        raise refused("ファイルが空です。")
    layouts = bank_layouts()
    if is_zengin(content):
        return read_zengin(content, layouts.zengin, today)
    return _CsvReader(layouts, today).read(_rows(text_of(content, NO_TEXT)))


def _rows(text: str) -> list[list[str]]:
    try:
        return [*csv.reader(io.StringIO(text, newline=""))]
    except csv.Error:
        raise refused("CSVとして読めません。銀行から取り出したままのファイルを選んでください。") from None


@dataclass(frozen=True, slots=True)
class _Heading:
    """Where the columns of a shape stand."""

    shape: CsvShape
    at: int
    last: int
    """The last place that is read."""
    places: dict[str, int]
    texts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row under the heading."""

    cells: Sequence[str] = field(repr=False)
    heading: _Heading

    def cell(self, name: str) -> str:
        place = self.heading.places.get(name)
        return "" if place is None else self.cells[place].strip()

    @property
    def text(self) -> str:
        parts = (self.cells[place].strip() for place in self.heading.texts)
        return " ".join(dict.fromkeys(part for part in parts if part))


class _CsvReader:
    """Reads one CSV file."""

    def __init__(self, layouts: BankLayouts, today: dt.date) -> None:
        self._layouts = layouts
        self._today = today
        self._problems = BookProblems()

    def read(self, rows: list[list[str]]) -> BankFile:
        if len(rows) > MOST_LINES:
            raise refused(f"行が多すぎます({MOST_LINES:,}行まで)。期間を短くして、銀行からもう一度取り出してください。")
        heading = next((found for at in range(len(rows[:HEADING_WITHIN])) for found in self._headings(rows, at)), None)
        if heading is None:
            raise refused(NOT_A_STATEMENT)
        lines = [line for line in self._lines(rows, heading) if line is not None]
        self._problems.tell()
        sent = tuple(line for line in lines if line.amount > 0)
        return BankFile(heading.shape.name, sent, received=len(lines) - len(sent))

    def _headings(self, rows: list[list[str]], at: int) -> Iterator[_Heading]:
        cells = [folded(cell) for cell in rows[at][:MOST_COLUMNS]]
        for shape in self._layouts.shapes:
            names = {
                name: [place for place, cell in enumerate(cells) if cell in called] for name, called in shape.columns
            }
            if all(names.get(name) for name in shape.needed):
                texts = tuple(sorted(names["text"]))
                places = {name: found[0] for name, found in names.items() if found}
                yield _Heading(shape, at, max(*places.values(), *texts), places, texts)

    def _lines(self, rows: list[list[str]], heading: _Heading) -> Iterator[BookLine | None]:
        for number, cells in enumerate(rows[heading.at + 1 :], heading.at + 2):
            first = next((cell.strip() for cell in cells if cell.strip()), "")
            if self._layouts.ends_table(first) or self._problems.are_many:
                return
            if first:
                yield self._line(number, cells, heading)

    def _line(self, number: int, cells: Sequence[str], heading: _Heading) -> BookLine | None:
        if len(cells) <= heading.last:
            self._problems.add(number, "列が足りません。")
            return None
        row = _Row(cells, heading)
        try:
            amount = self._sent(row)
            if amount is None:
                return None
            return BookLine(self._day(row.cell("day")), amount, _text(row.text), _amount(row.cell("balance")))
        except InvalidInput as error:
            self._problems.add(number, error.problems[0].message)
            return None

    def _sent(self, row: _Row) -> int | None:
        """Return the yen that went out, less than 0 for what came in; None for a row without money, such as 繰越."""
        shape = row.heading.shape
        if shape.signed:
            amount = _amount(row.cell("signed"))
            return None if amount is None else -amount
        if shape.direction:
            return self._by_direction(row)
        sent, received = _amount(row.cell("sent")), _amount(row.cell("received"))
        if sent is not None and received is not None:
            raise refused("出金と入金の両方に金額があります。")
        if (sent or received or 0) < 0:
            raise refused("金額がマイナスです(訂正の行)。銀行に確かめてください。")
        return sent if received is None else -received

    @staticmethod
    def _by_direction(row: _Row) -> int | None:
        shape, amount, word = row.heading.shape, _amount(row.cell("amount")), row.cell("direction")
        if amount is None:
            return None
        if amount < 0:
            raise refused("金額がマイナスです(訂正の行)。銀行に確かめてください。")
        if word in shape.sent_words:
            return amount
        if word in shape.received_words:
            return -amount
        raise refused("出金か入金かが分かりません。区分の列を確かめてください。")

    def _day(self, written: str) -> dt.date:
        """Return a day that says its year; 4/1 and +3 are for hands, not for banks."""
        parts = _PARTS_OF_A_DAY.findall(to_half_width(written))
        if len(parts) < 3 and not (len(parts) == 1 and len(parts[0]) in (6, 8)):  # noqa: PLR2004 - year, month and day
            raise refused("日付として読めません。")
        try:
            day = parse_date(written, self._today, past=True)
        except UnreadableDay:
            raise refused("日付として読めません。") from None
        if day > self._today:
            raise refused("日付がまだ来ていない日です。")
        return day


def _amount(written: str) -> int | None:
    """Return yen such as ¥1,234, 1,234円, △1,234 or -1,234; None for nothing, and for 0."""
    plain = fold_hyphens(to_half_width(written)).translate(AROUND_YEN)
    if plain in _NOTHING:
        return None
    minus = plain.startswith(_MINUS)
    digits = plain[1:] if minus or plain.startswith("+") else plain
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        raise refused("金額として読めません。")
    return (-int(digits) if minus else int(digits)) or None


def _text(written: str) -> str:
    if len(written) > LONGEST_TEXT:
        raise refused(f"摘要が長すぎます({LONGEST_TEXT}文字まで)。")
    return written
