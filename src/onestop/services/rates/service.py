"""料金表: the dated tables as they hold here, what an administrator adds to them, and both as CSV files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from onestop.documents.table_file import Table, write_csv
from onestop.documents.table_reading import read_csv
from onestop.errors import InvalidInput
from onestop.model.added_rate import BETWEEN, BETWEEN_WORDS, AddedRate
from onestop.model.rate_book import FEES, PREMIUMS, VALIDITY, WEIGHT_TAX, put_in_force
from onestop.model.rate_checks import ReadRate, TableNow, TypedRate, read_figure, read_rates, with_sum
from onestop.model.rate_tables import RateTable, in_force
from onestop.model.typed_days import parse_date
from onestop.model.word_book import put_words_in_force
from onestop.model.word_checks import read_cells, read_key
from onestop.model.word_tables import ALWAYS, HEADINGS, joined, shipped_rows
from onestop.services.rates.following import follow_statuses
from onestop.services.rates.references import OF_SHOP, hours_rows, of_own_file
from onestop.store.insurers import own_insurers, put_aside

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.documents.table_file import Cell
    from onestop.documents.table_reading import FileRow
    from onestop.model.rate_book import Shape
    from onestop.model.rate_checks import Figure
    from onestop.model.rate_tables import Told
    from onestop.model.word_tables import WordRow
    from onestop.services.settings.service import SettingsService
    from onestop.store.database import Database

SHAPES: Final[dict[RateTable, Shape[Any]]] = {
    RateTable.FEES: FEES,
    RateTable.WEIGHT_TAX: WEIGHT_TAX,
    RateTable.PREMIUMS: PREMIUMS,
    RateTable.VALIDITY: VALIDITY,
}
KEY, LABEL, FIRST, LAST, SOURCE, SURETY = "区分コード", "区分", "いつから", "いつまで", "出典", "確かさ"


@dataclass(frozen=True, slots=True)
class RateLine:
    """One row of a table, with what holds for the same cars on another day."""

    key: str
    label: str
    first_day: dt.date
    last_day: dt.date | None
    figures: tuple[Figure, ...]
    told: Told
    then: tuple[Figure, ...] | None = None
    """On the day it is compared with; None where no row held then, or nothing is compared."""


@dataclass(frozen=True, slots=True)
class RateView:
    """A table as it is looked at."""

    table: RateTable
    headings: tuple[str, ...]
    lines: tuple[RateLine, ...]
    compared: bool = False


class RatesService:
    """Shows the tables, adds to them, and puts back what ships."""

    def __init__(self, database: Database, settings: SettingsService, insurers: Path, clock: Clock) -> None:
        self._database = database
        self._settings = settings
        self._insurers = insurers
        self._clock = clock

    def put_in_force(self) -> None:
        """Let the added rows of this desk hold, when it opens; a file of 保険会社 of an earlier release is taken over.

        Raises:
            StoreError: they cannot be read; what held before holds on.
        """
        self._take_over_insurers()
        self._put_in_force()

    def hold_as_stored(self) -> tuple[AddedRate, ...]:
        """Let what is in the database hold, also after another desk changed it, which did the rest; returns it.

        Raises:
            StoreError: it cannot be read; what held before holds on.
        """
        added = self._added()
        put_in_force(added)
        put_words_in_force(added, self._clock.today)
        return added

    def _put_in_force(self, *words: str) -> None:
        """Let what is in the database hold, and the filings follow these words and those that were added."""
        added = self.hold_as_stored()
        keys = {each.key for each in added if each.rate_table is RateTable.STATUSES}.union(words)
        if keys:
            with self._database.write() as shelves:
                follow_statuses(shelves, keys, self._clock.now())

    def _take_over_insurers(self) -> None:
        names = own_insurers(self._insurers)
        if names is None:
            return
        today, now = self._clock.today(), self._clock.now()
        with self._database.write() as shelves:
            used = shelves.insurance.insurers()
            rows = [ReadRate(key, today, cells, OF_SHOP) for key, cells in of_own_file(names, used)]
            for row in rows:
                shelves.added_rates.take_away_one(RateTable.INSURERS, row.key, today)
            shelves.added_rates.add(_added_rate(RateTable.INSURERS, row, now) for row in rows)
        put_aside(self._insurers)

    def view(self, table: RateTable, day: dt.date | None = None, other: dt.date | None = None) -> RateView:
        """Return the rows of a table that hold on a day (None: today or later), beside the figures of another one."""
        lines, today = self._lines(table), self._clock.today()
        if day is None:
            shown = [line for line in lines if line.last_day is None or line.last_day >= today]
        else:
            shown = [line for line in lines if in_force([line], day)]
        if other is not None:
            shown = [_beside(line, lines, other) for line in shown]
        return RateView(table, headings_of(table), tuple(shown), compared=other is not None)

    def add(self, table: RateTable, typed: Sequence[TypedRate]) -> int:
        """Add rows that hold from a future day; returns how many.

        Raises:
            InvalidInput: one of them cannot be; none was added.
        """
        now = self._clock.now()
        shipped = self._shipped(table)
        with self._database.write() as shelves:  # from here on no other desk adds any
            there = _lines_of(table, shipped, shelves.added_rates.all())
            rows = read_rates(typed, _now(table, there), self._clock.today())
            shelves.added_rates.add(_added_rate(table, row, now) for row in rows)
        self._put_in_force()
        return len(rows)

    def restore(self, table: RateTable) -> None:
        """Take all added rows of a table away: what ships holds again."""
        keys = [each.key for each in self._added() if each.rate_table is table]
        with self._database.write() as shelves:
            shelves.added_rates.take_away(table)
        self._put_in_force(*(keys if table is RateTable.STATUSES else ()))

    def take_away(self, table: RateTable, line: RateLine) -> None:
        """Take one added row away: what was before it goes on."""
        with self._database.write() as shelves:
            shelves.added_rates.take_away_one(table, line.key, line.first_day)
        self._put_in_force(*((line.key,) if table is RateTable.STATUSES else ()))

    def save_csv(self, table: RateTable, path: Path) -> tuple[str, ...]:
        """Write the whole table, with its past; returns the characters that became 〓.

        Raises:
            FileNotWritten: see documents/saving.py.
        """
        headings = headings_of(table)
        rows = [_cells(line) for line in self._lines(table)]
        return write_csv(path, Table(table.label, (KEY, LABEL, FIRST, LAST, *headings, SURETY, SOURCE), rows))

    def read_csv(self, table: RateTable, path: Path) -> tuple[TypedRate, ...]:
        """Return the rows of a file that the table does not have yet, fit to be added.

        Raises:
            InvalidInput: the file is none of this table's, or a row of it cannot be added; the sentence says why.
        """
        headings, today = headings_of(table), self._clock.today()
        lines = self._lines(table)
        known = {(line.key, line.first_day, line.figures) for line in lines}
        rows = [_typed_in(row, headings) for row in read_csv(path, (KEY, FIRST, LAST, *headings, SOURCE))]
        new = tuple(row for row in rows if _known_as(table, row, today) not in known)
        read_rates(new, _now(table, lines), today)
        return new

    def _added(self) -> tuple[AddedRate, ...]:
        with self._database.read() as shelves:
            return shelves.added_rates.all()

    def _lines(self, table: RateTable) -> tuple[RateLine, ...]:
        return _lines_of(table, self._shipped(table), self._added())

    def _shipped(self, table: RateTable) -> tuple[WordRow, ...]:
        """Return the rows of a table of words; those of the others are told by their shape."""
        if not table.has_words:
            return ()
        return (
            hours_rows(self._settings.hours()) if table is RateTable.HOURS else shipped_rows(table, self._clock.today())
        )


def _lines_of(table: RateTable, shipped: Sequence[WordRow], added: Iterable[AddedRate]) -> tuple[RateLine, ...]:
    mine = [each for each in added if each.rate_table is table]
    if table.has_words:
        return tuple(
            RateLine(row.key, row.label, row.first_day, row.last_day, row.figures, row.told)
            for row in joined(table, shipped, mine)
        )
    shape = SHAPES[table]
    return tuple(
        RateLine(shape.key(row), shape.label(row), row.first_day, row.last_day, shape.figures(row), row.told)
        for row in shape.joined(mine)
    )


def _now(table: RateTable, lines: Sequence[RateLine]) -> TableNow:
    begun: dict[str, frozenset[dt.date]] = {}
    for line in lines:
        if table is RateTable.HOLIDAYS and not line.told.added:
            continue  # what ships of one day may be replaced on that day
        begun[line.key] = begun.get(line.key, frozenset()) | {line.first_day}
    return TableNow(table, {line.key: line.label for line in lines}, headings_of(table), begun)


def _beside(line: RateLine, lines: Iterable[RateLine], other: dt.date) -> RateLine:
    then = in_force((each for each in lines if each.key == line.key), other)
    return replace(line, then=then.figures if then else None)


def headings_of(table: RateTable) -> tuple[str, ...]:
    """Return what the figures of a table are called."""
    return HEADINGS[table] if table.has_words else SHAPES[table].headings


def _typed_in(row: FileRow, headings: Sequence[str]) -> TypedRate:
    cells = row.cells
    amounts = tuple(cells[each] for each in headings)
    return TypedRate(cells[KEY], cells[FIRST], amounts, cells[SOURCE], cells[LAST], row.number)


def _known_as(table: RateTable, row: TypedRate, today: dt.date) -> tuple[str, dt.date, tuple[Figure, ...]] | None:
    """Return a row of a file as the table has it, whatever Excel made of it; None where it cannot be one."""
    key = row.key if table is not RateTable.STATUSES else read_key(table, row.key)
    try:
        day = ALWAYS if table.has_words and not row.first_day.strip() else parse_date(row.first_day, today)
    except InvalidInput:
        return None
    if table is RateTable.HOLIDAYS:
        key = day.isoformat()
    return key, day, _figures_of(table, key, row.amounts)


def _figures_of(table: RateTable, key: str, amounts: tuple[str, ...]) -> tuple[Figure, ...]:
    if not table.has_words:
        return with_sum(table, [read_figure(each) for each in amounts])
    try:
        return read_cells(table, key, key, amounts)
    except InvalidInput:  # some that ship can be added by nobody
        return amounts


def _added_rate(table: RateTable, row: ReadRate, now: dt.datetime) -> AddedRate:
    between = BETWEEN_WORDS if table.has_words else BETWEEN
    amounts = between.join("" if each is None else str(each) for each in row.amounts)
    return AddedRate(
        rate_table=table, key=row.key, first_day=row.first_day, amounts=amounts, source=row.source, added_at=now
    )


def _cells(line: RateLine) -> tuple[Cell, ...]:
    told = line.told
    first = None if line.first_day == ALWAYS else line.first_day
    return (line.key, line.label, first, line.last_day, *line.figures, told.surety.value, told.source)
