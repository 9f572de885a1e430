"""Statements that are written once and run on the driver's own cursor: what a list asks while a clerk types.

No machinery stands between a question and the database: SQLAlchemy's for a single execution takes ten times as long as
SQLite does to find a car.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

from onestop.store.driver import is_server
from onestop.store.sqlite.engine import LibraryError
from onestop.store.sqlite.row_sums import tolerate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from onestop.store.driver import Cursor, Driver, RawConnection

    Convert = Callable[[Any], Any]

REMEMBERED: Final = 1024
"""Converted values of one column: words, moments, days, yes and no come again and again."""
FEW: Final = 8
"""Rows that are read one by one; of more, a column at a time takes half as long."""
_UNREADABLE: Final = "Could not decode"
"""How the library begins what it says of a text that is none."""
_PARAMETER: Final = re.compile(r"(?<!:):([a-z_]+)")
_LAST_CHARACTER: Final = "\U0010ffff"
"""Sorts behind every other character."""


def stored_day(stored: str | dt.date) -> dt.date:
    """Return a day, which SQLite keeps as a text and a server as what it is."""
    return dt.date.fromisoformat(stored) if isinstance(stored, str) else stored


def beginning(start: str, name: str) -> dict[str, str]:
    """Return the parameters for texts that begin like this, as a range on an index, which LIKE is not."""
    return {f"{name}_from": start, f"{name}_behind": start + _LAST_CHARACTER}


def for_server(sql: str) -> str:
    """Return a statement with its parameters written as psycopg takes them."""
    return _PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%"))


class Prepared:
    """A statement with named parameters, as SQLite takes it; a server is told it in its own words."""

    def __init__(
        self,
        sql: str,
        readers: Mapping[int, Convert],
        writers: Mapping[str, Convert] | None = None,
        constants: Mapping[str, object] | None = None,
        on_server: Callable[[], Prepared] | None = None,
    ) -> None:
        """Keep a statement.

        `readers` turn what is stored into the values, by the places of their columns, and `writers` parameters into
        what is stored; `constants` are parameters that are always the same, as stored; `on_server` says what to ask a
        server instead, where it differs in more than how parameters are written.
        """
        self.sql = sql
        self._read_by = readers
        self._readers = tuple((place, _Remembered(read)) for place, read in readers.items())
        self._writers = tuple((writers or {}).items())
        self._constants = dict(constants or {})
        self._on_server = on_server

    @cached_property
    def said_to_server(self) -> Prepared:
        """The same for a server."""
        if self._on_server is not None:
            return self._on_server()
        return Prepared(for_server(self.sql), dict(self._read_by), dict(self._writers), self._constants)

    def run(self, driver: Driver, values: dict[str, Any]) -> Cursor:
        """Run it and return the driver's cursor, with values as they are stored."""
        return (self.said_to_server if is_server(driver) else self).execute(driver, values)

    def run_many(self, driver: Driver, rows: list[dict[str, Any]]) -> None:
        """Run it once for each row of values."""
        said = self.said_to_server if is_server(driver) else self
        with closing(driver.cursor()) as cursor:
            cursor.executemany(said.sql, [said.as_stored(row) for row in rows])

    def rows(self, driver: Driver, values: dict[str, Any]) -> Iterable[Sequence[Any]]:
        """Run it and return its rows, each value as its column's type has it; a damaged text has � in it."""
        if is_server(driver):
            return self.whole(driver, values)
        return self.readable(self._stored(cast("RawConnection", driver), values))

    def whole(self, driver: Driver, values: dict[str, Any]) -> Iterable[Sequence[Any]]:
        """Run it and return its rows, each value as its column's type has it; a damaged text is an error."""
        said = self.said_to_server if is_server(driver) else self
        return said.readable(said.execute(driver, values).fetchall())

    def execute(self, driver: Driver, values: dict[str, Any]) -> Cursor:
        """Run it as it is written here."""
        return driver.execute(self.sql, self.as_stored(values))

    def as_stored(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return what it is run with."""
        if self._constants or self._writers:
            values = values | self._constants
        for name, store in self._writers:
            values[name] = store(values[name])
        return values

    def readable(self, stored: Sequence[Sequence[Any]]) -> Iterable[Sequence[Any]]:
        """Return stored rows with each value as its column's type has it."""
        return self._read_each(stored) if len(stored) < FEW else self._read_columns(stored)

    def _read_each(self, stored: Sequence[Sequence[Any]]) -> list[list[Any]]:
        rows = [list(row) for row in stored]
        for place, values in self._readers:
            for row in rows:
                row[place] = values[row[place]]
        return rows

    def _read_columns(self, stored: Sequence[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
        columns: list[Iterable[Any]] = [*zip(*stored, strict=True)]
        for place, values in self._readers:
            columns[place] = map(values.__getitem__, columns[place])
        return zip(*columns, strict=True)

    def _stored(self, driver: RawConnection, values: dict[str, Any]) -> Sequence[Sequence[Any]]:
        try:
            return self.execute(driver, values).fetchall()
        except LibraryError as error:
            if not str(error).startswith(_UNREADABLE):
                raise
        strict = driver.text_factory
        # one row is damaged: the others are shown all the same, and what can be read of it
        tolerate(driver)
        try:
            return self.execute(driver, values).fetchall()
        finally:
            driver.text_factory = strict


class _Remembered(dict[Any, Any]):
    """Values that were converted once."""

    def __init__(self, read: Convert) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, stored: object) -> object:
        if len(self) >= REMEMBERED:
            self.clear()
        self[stored] = value = self._read(stored)
        return value
