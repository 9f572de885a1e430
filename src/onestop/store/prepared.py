"""Statements that are compiled once and run on the driver's own cursor: what a list asks while a clerk types.

SQLAlchemy writes the SQL and knows how each column's values are stored; only its machinery for a single execution is
left out, which takes ten times as long as SQLite does to find a car.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from sqlite3 import Cursor

    from sqlalchemy import Select
    from sqlalchemy.orm import Session
    from sqlalchemy.sql.compiler import SQLCompiler

_DIALECT: Final = SQLiteDialect_pysqlite(paramstyle="named")

REMEMBERED: Final = 1024
"""Converted values of one column."""


class Prepared:
    """A SELECT with named parameters."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self.statement = statement

    def run(self, session: Session, **values: object) -> Cursor:
        """Run it and return the driver's cursor, with values as they are stored."""
        if session.autoflush:
            session.flush()
        driver: Any = session.connection().connection.driver_connection
        stored = {name: _converted(self._binders.get(name), value) for name, value in values.items()}
        cursor: Cursor = driver.execute(self._sql, {**self._fixed, **stored})
        return cursor

    def rows(self, session: Session, **values: object) -> Iterator[Sequence[Any]]:
        """Run it and yield its rows, each value as its column's type has it."""
        readers = self._readers
        for stored in self.run(session, **values):
            row = list(stored)
            for place, read in readers:
                row[place] = read(row[place])
            yield row

    @cached_property
    def _compiled(self) -> SQLCompiler:
        return self.statement.compile(dialect=_DIALECT)

    @cached_property
    def _sql(self) -> str:
        return str(self._compiled)

    @cached_property
    def _binders(self) -> dict[str, Callable[[Any], Any] | None]:
        binds = self._compiled.binds.items()
        return {name: bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT) for name, bind in binds}

    @cached_property
    def _fixed(self) -> dict[str, object]:
        """Constants of the statement."""
        binds = self._compiled.binds.items()
        return {name: _converted(self._binders[name], bind.value) for name, bind in binds if not bind.required}

    @cached_property
    def _readers(self) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
        """Where a stored value is not the value itself: words, moments, days, yes and no. They come again and again."""
        columns = enumerate(self.statement.selected_columns)
        found = ((at, each.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)) for at, each in columns)
        return tuple((at, lru_cache(REMEMBERED)(read)) for at, read in found if read is not None)


def _converted(convert: Callable[[Any], Any] | None, value: object) -> object:
    return value if convert is None else convert(value)
