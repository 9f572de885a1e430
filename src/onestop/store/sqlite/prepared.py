"""Statements that are compiled once and run on the driver's own cursor: what a list asks while a clerk types.

SQLAlchemy writes the SQL and knows how each column's values are stored; only its machinery for a single execution is
left out, which takes ten times as long as SQLite does to find a car.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVarTuple, cast

from sqlalchemy import literal_column
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from onestop.store.sqlite.engine import LibraryError
from onestop.store.sqlite.row_sums import tolerate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from sqlite3 import Connection as RawConnection  # pysqlite3 has the same interface and no types
    from sqlite3 import Cursor

    from sqlalchemy import BindParameter, ColumnElement, Select
    from sqlalchemy.orm import Session

    Convert = Callable[[Any], Any]

_UNREADABLE: Final = "Could not decode"
"""How the library begins what it says of a text that is none."""
_DIALECT: Final = SQLiteDialect_pysqlite(paramstyle="named")

Columns = TypeVarTuple("Columns")
REMEMBERED: Final = 1024
"""Converted values of one column."""


def limited(statement: Select[*Columns], most: int) -> Select[*Columns]:
    """Return a SELECT with its limit written into it: SQLite plans a bound limit anew at every execution, for 90 µs."""
    return statement.limit(literal_column(str(most))).offset(literal_column("0"))


class Prepared:
    """A SELECT with named parameters."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self.statement = statement

    def run(self, driver: RawConnection, values: dict[str, Any]) -> Cursor:
        """Run it and return the driver's cursor, with values as they are stored."""
        ready = self._ready
        if ready.constants or ready.writers:
            values = values | ready.constants
        for name, store in ready.writers:
            values[name] = store(values[name])
        return driver.execute(ready.sql, values)

    def rows(self, driver: RawConnection, values: dict[str, Any]) -> Iterator[Sequence[Any]]:
        """Run it and yield its rows, each value as its column's type has it; a damaged text has � in it."""
        readers = self._ready.readers
        for stored in self._stored(driver, values):
            row = list(stored)
            for place, read in readers:
                row[place] = read(row[place])
            yield row

    def _stored(self, driver: RawConnection, values: dict[str, Any]) -> list[Sequence[Any]]:
        try:
            return self.run(driver, values).fetchall()
        except LibraryError as error:
            if not str(error).startswith(_UNREADABLE):
                raise
        strict = (
            driver.text_factory
        )  # one row is damaged: the others are shown all the same, and what can be read of it
        tolerate(driver)
        try:
            return self.run(driver, values).fetchall()
        finally:
            driver.text_factory = strict

    @cached_property
    def _ready(self) -> _Ready:
        compiled = self.statement.compile(dialect=_DIALECT)
        writers = {name: _writer(bind) for name, bind in compiled.binds.items()}
        constants = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        return _Ready(
            str(compiled),
            {name: value if (store := writers[name]) is None else store(value) for name, value in constants.items()},
            tuple((name, store) for name, store in writers.items() if store is not None and name not in constants),
            tuple(_readers(self.statement)),
        )


class _Ready(NamedTuple):
    """What is made once of a statement."""

    sql: str
    constants: dict[str, object]
    writers: tuple[tuple[str, Convert], ...]
    """What turns a parameter into what is stored, where that differs."""
    readers: tuple[tuple[int, Convert], ...]
    """What turns a stored value into the value itself: words, moments, days, yes and no. They come again and again."""


def _writer(bind: BindParameter[Any]) -> Convert | None:
    return bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def reader_of(column: ColumnElement[Any]) -> Convert | None:
    """Return what turns a stored value of a column into the value itself, where that differs."""
    return column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)


def _readers(statement: Select[*tuple[Any, ...]]) -> Iterator[tuple[int, Convert]]:
    for place, column in enumerate(statement.selected_columns):
        read = reader_of(column)
        if read is not None:
            yield place, lru_cache(REMEMBERED)(read)


def driver_of(session: Session) -> RawConnection:
    """Return the driver's connection of a session, with everything in it that the session has changed so far."""
    if session.autoflush:
        session.flush()
    driver: Any = session.connection().connection.driver_connection
    return cast("RawConnection", driver)
