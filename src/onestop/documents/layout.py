"""From a form and its values to pages: where each line and each word stands, in mm, for paper and for the glass.

Nothing is cut off: a text that is too long for its place becomes smaller until it fits.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, TypeVar

from onestop.documents.faces import MM_PER_POINT, Face, Spelled, spell
from onestop.documents.stamp import Diagonal, Stamp
from onestop.errors import InvalidInput, Problem
from onestop.model.text import characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from onestop.documents.form_template import Form, Lettering, Place, TableColumn, TablePart

    Row = Mapping[str, str]

Named = TypeVar("Named")

LINE_HEIGHT = 1.2
"""Of a line of text, in sizes of its font."""
ASCENT = 0.88
"""From the top of a character to its base line (BIZ UDGothic: 1802 of 2048)."""
PADDING = 1.0
"""mm between a frame and its text."""
LABEL: Mapping[str, object] = {"font": 6.0, "align": "left", "bold": False, "wrap": False, "grey": 0.35}
LABEL_HEIGHT = 3.0
"""mm."""
HEAD: Mapping[str, object] = {"align": "center", "bold": True, "wrap": False}
TITLE: Mapping[str, object] = {"font": 11.0, "align": "left", "bold": True, "wrap": False}
TITLE_HEIGHT = 7.0
"""mm; above a table."""
THIN = 0.1
"""mm; the frames of a table's cells."""
SMALLEST_READABLE = 5.0
"""Points; a text that had to become smaller is named in `LaidOut.tiny`."""
SMALLER = 0.95
NO_ROWS = "（該当なし）"
STAMP_GREY = 0.84
"""Seen at once, and what stands over it is still read with ease."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line, in mm."""

    start: Place
    end: Place
    width: float


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """Characters of one font in a row; `at` is the left end of the base line, in mm."""

    at: Place
    text: str = field(repr=False)
    face: Face
    size_pt: float
    grey: float
    degrees: float = 0.0
    """How far it is turned about `at`, against the clock."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, in mm. The words are drawn first, in their order, then the strokes."""

    size: Place
    strokes: tuple[Stroke, ...]
    words: tuple[PlacedWord, ...]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A form with its values on pages."""

    title: str
    pages: tuple[Page, ...]
    missing: tuple[str, ...] = field(repr=False)
    """Characters that no font of ours has; 〓 stands for them."""
    tiny: tuple[str, ...]
    """What became smaller than can well be read: the title of its column, the label of its box, or its name."""


@dataclass(frozen=True, slots=True)
class Offset:
    """How far everything is moved on the paper, in mm: to the right and down, for printers that feed askew."""

    right: float = 0.0
    down: float = 0.0


def lay_out(form: Form, values: Row, tables: Mapping[str, Sequence[Row]] | None = None, *, stamp: Stamp) -> LaidOut:
    """Put values on a form; a table goes on over as many pages as it needs.

    Args:
        form: see `load_form`.
        values: a text for each name of the form; those that it does not ask for are left out.
        tables: for each table its rows, a text for each column.
        stamp: stands across every page; required, so that nobody lays out pages without deciding it.

    Raises:
        InvalidInput: the form asks for a name, a table or a column that there is not.
    """
    rows = {table.name: _named(tables or {}, table.name) for table in form.table}
    count = max((math.ceil(len(rows[each.name]) / each.rows_per_page) for each in form.table), default=1) or 1
    sheets = [_Sheet({**values, "page": str(number), "pages": str(count)}) for number in range(1, count + 1)]
    for number, sheet in enumerate(sheets):
        sheet.words += _across(form.page, stamp)
        sheet.draw(form)
        for table in form.table:
            start = number * table.rows_per_page
            sheet.draw_table(table, rows[table.name][start : start + table.rows_per_page], is_first=number == 0)
    return LaidOut(
        form.title,
        tuple(Page(form.page, tuple(sheet.strokes), tuple(sheet.words)) for sheet in sheets),
        tuple(dict.fromkeys(character for sheet in sheets for character in sheet.missing)),
        tuple(dict.fromkeys(name for sheet in sheets for name in sheet.tiny)),
    )


def _across(size: Place, stamp: Stamp) -> Iterator[PlacedWord]:
    """Return the word of a stamp over the whole page; the first on it, so that everything else stays legible."""
    diagonal = Diagonal(*size, len(stamp.value))
    for run in spell(stamp.value, bold=True).runs:
        points = diagonal.size / MM_PER_POINT
        yield PlacedWord(diagonal.start(ASCENT), run.text, run.face, points, STAMP_GREY, diagonal.degrees)


def _named(values: Mapping[str, Named], name: str) -> Named:
    if name not in values:
        raise _unknown(name)
    return values[name]


def _unknown(name: str) -> InvalidInput:
    return InvalidInput(Problem(name, f"帳票のひな形にある項目 {name} は、この帳票にはありません。"))


class _Sheet:
    """A page while it is drawn."""

    def __init__(self, values: Row) -> None:
        self.strokes: list[Stroke] = []
        self.words: list[PlacedWord] = []
        self.missing: list[str] = []
        self.tiny: list[str] = []
        self._values = values

    def draw(self, form: Form) -> None:
        """Draw everything but the tables."""
        for text in form.text:
            self._write(text.text, _Area(*text.at, *text.size), text)
        self.strokes += [Stroke(line.from_, line.to, line.width) for line in form.line]
        for box in form.box:
            self._frame(box.at, box.size, box.width)
            (x, y), (width, height) = box.at, box.size
            top = LABEL_HEIGHT if box.label else 0
            if box.label:
                style = box.model_copy(update=LABEL)
                self._write(box.label, _Area(x, y + 0.3, width, LABEL_HEIGHT), style)
            if box.name:
                place = _Area(x, y + top, width, height - top)
                self._write(_named(self._values, box.name), place, box, box.label or box.name)
        for part in form.field:
            value = _named(self._values, part.name)
            self._write(value, _Area(*part.at, *part.size), part, part.label or part.name)

    def draw_table(self, table: TablePart, rows: Sequence[Row], *, is_first: bool) -> None:
        """Draw the head and the rows of this page; no head where the table ended on a page before."""
        if not rows and not is_first:
            return
        x, y = table.at
        if table.title:
            style = table.column[0].model_copy(update=TITLE)
            self._write(table.title, _Area(x, y - TITLE_HEIGHT, table.width, TITLE_HEIGHT), style)
        heads = [column.model_copy(update={**HEAD, "font": table.font}) for column in table.column]
        self._cells(table, y, heads, {column.name: column.title for column in table.column}, table.head)
        styles = [column.model_copy(update={"font": min(column.font, table.font)}) for column in table.column]
        for number, row in enumerate(rows):
            self._cells(table, y + table.head + number * table.row, styles, row, table.row)
        if not rows:
            self._frame((x, y + table.head), (table.width, table.row), THIN)
            style = styles[0].model_copy(update={"align": "center"})
            self._write(NO_ROWS, _Area(x, y + table.head, table.width, table.row), style)

    def _cells(self, table: TablePart, y: float, columns: Sequence[TableColumn], row: Row, height: float) -> None:
        x = table.at[0]
        for column in columns:
            if column.name not in row:
                raise _unknown(f"{table.name}.{column.name}")
            self._frame((x, y), (column.width, height), THIN)
            self._write(row[column.name], _Area(x, y, column.width, height), column, column.title or column.name)
            x += column.width

    def _frame(self, at: Place, size: Place, width: float) -> None:
        (left, top), (right, bottom) = at, (at[0] + size[0], at[1] + size[1])
        corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
        self.strokes += [Stroke(start, end, width) for start, end in pairwise(corners)]

    def _write(self, text: str, area: _Area, style: Lettering, name: str = "") -> None:
        lines, size = _fit(text, area, style)
        if name and text and size < min(SMALLEST_READABLE, style.font):
            self.tiny.append(name)
        height = size * MM_PER_POINT
        step = height * LINE_HEIGHT
        base = area.y + (area.height - step * len(lines)) / 2 + (step - height) / 2 + height * ASCENT
        for number, line in enumerate(lines):
            self.missing += line.missing
            self.words += _words(line, area, base + number * step, size, style)


@dataclass(frozen=True, slots=True)
class _Area:
    x: float
    y: float
    width: float
    height: float

    @property
    def inner(self) -> float:
        """The width between the paddings."""
        return max(self.width - 2 * PADDING, self.width / 2)


def _fit(text: str, area: _Area, style: Lettering) -> tuple[list[Spelled], float]:
    """Return the lines of a text and the size, in points, at which all of it fits; at most the style's own size."""
    given = text.splitlines()
    line = spell(" ".join(given), bold=style.bold)
    largest = min(area.inner / max(line.width_mm(1), 1e-9), area.height / MM_PER_POINT / LINE_HEIGHT)
    size = style.font
    if not style.wrap or (largest >= size and len(given) <= 1):
        return [line], min(size, largest)
    paragraphs = [_measured(each, style) for each in given]
    widest = max((width for paragraph in paragraphs for _, width in paragraph), default=0)
    while True:
        lines = [line for paragraph in paragraphs for line in _broken(paragraph, area.inner / size)]
        if len(lines) * size * MM_PER_POINT * LINE_HEIGHT <= area.height and widest * size <= area.inner:
            return [spell(line, bold=style.bold) for line in lines], size
        size *= SMALLER


def _measured(line: str, style: Lettering) -> list[tuple[str, float]]:
    """Return each character with its width in mm at one point."""
    return [(each, spell(each, bold=style.bold).width_mm(1)) for each in characters(line)]


def _broken(paragraph: list[tuple[str, float]], width: float) -> Iterator[str]:
    """Break a paragraph where it becomes too wide, between any two characters, as Japanese is broken.

    A number, a date and a word in Latin letters stay whole while a line can hold them.
    """
    line, used = "", 0.0
    for unit in _units(paragraph, width):
        its_width = sum(each for _, each in unit)
        if line and used + its_width > width:
            yield line.rstrip()
            line, used = "", 0.0
        line += "".join(each for each, _ in unit)
        used += its_width
    yield line


def _units(paragraph: list[tuple[str, float]], width: float) -> Iterator[list[tuple[str, float]]]:
    """Return what is not broken: half-width characters without a blank between them, and each other character."""
    for is_word, some in groupby(paragraph, lambda each: each[0].isascii() and each[0] != " "):
        unit = [*some]
        if is_word and sum(each for _, each in unit) <= width:
            yield unit
        else:
            yield from ([each] for each in unit)


def _words(line: Spelled, area: _Area, base: float, size: float, style: Lettering) -> Iterator[PlacedWord]:
    padding = (area.width - area.inner) / 2
    spare = area.inner - line.width_mm(size)
    x = area.x + padding + {"left": 0, "center": spare / 2, "right": spare}[style.align]
    for run in line.runs:
        yield PlacedWord((x, base), run.text, run.face, size, style.grey)
        x += run.width_mm(size)
