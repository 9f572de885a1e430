"""Statements that are written once and run on the driver's own cursor: what a list asks while a clerk types.

No machinery stands between a question and SQLite: SQLAlchemy's for a single execution takes ten times as long as
SQLite does to find a car.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onestop.store.sqlite.engine import LibraryError
from onestop.store.sqlite.row_sums import tolerate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from sqlite3 import Connection as RawConnection  # sqlcipher3 has the same interface and no types
    from sqlite3 import Cursor

    Convert = Callable[[Any], Any]

REMEMBERED: Final = 1024
"""Converted values of one column: words, moments, days, yes and no come again and again."""
FEW: Final = 8
"""Rows that are read one by one; of more, a column at a time takes half as long."""
_UNREADABLE: Final = "Could not decode"
"""How the library begins what it says of a text that is none."""


class Prepared:
    """A SELECT with named parameters."""

    def __init__(
        self,
        sql: str,
        readers: Mapping[int, Convert],
        writers: Mapping[str, Convert] | None = None,
        constants: Mapping[str, object] | None = None,
    ) -> None:
        """Keep a statement.

        Args:
            sql: It.
            readers: What turns a stored value into the value itself, by the place of its column.
            writers: What turns a parameter into what is stored, where that differs.
            constants: Parameters that are always the same, as they are stored.
        """
        self.sql = sql
        self._readers = tuple((place, _Remembered(read)) for place, read in readers.items())
        self._writers = tuple((writers or {}).items())
        self._constants = dict(constants or {})

    def run(self, driver: RawConnection, values: dict[str, Any]) -> Cursor:
        """Run it and return the driver's cursor, with values as they are stored."""
        if self._constants or self._writers:
            values = values | self._constants
        for name, store in self._writers:
            values[name] = store(values[name])
        return driver.execute(self.sql, values)

    def rows(self, driver: RawConnection, values: dict[str, Any]) -> Iterable[Sequence[Any]]:
        """Run it and return its rows, each value as its column's type has it; a damaged text has � in it."""
        stored = self._stored(driver, values)
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

    def _stored(self, driver: RawConnection, values: dict[str, Any]) -> list[Sequence[Any]]:
        try:
            return self.run(driver, values).fetchall()
        except LibraryError as error:
            if not str(error).startswith(_UNREADABLE):
                raise
        strict = driver.text_factory
        # one row is damaged: the others are shown all the same, and what can be read of it
        tolerate(driver)
        try:
            return self.run(driver, values).fetchall()
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
