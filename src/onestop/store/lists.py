"""What lists ask while a clerk types: single statements, on connections of their own, without session or transaction.

A statement by itself sees one consistent state of the database. What a transaction and a session add to it takes ten
times as long as SQLite does to find a car.
"""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from onestop.store.failures import translate_db_errors
from onestop.store.shelves.expiring import expiring_by_day
from onestop.store.shelves.vehicle_search import vehicle_rows
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.health import damage_told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path
    from sqlite3 import Connection as RawConnection

    from onestop.model.lists import FilingQuery, FilingRow, VehicleRow
    from onestop.store.sqlite.key import Key


Question = TypeVar("Question")
Rows = TypeVar("Rows")


class Lists:
    """The quick questions to one database. Usable from several threads."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self._path = path
        self._key = key
        self._idle: deque[RawConnection] = deque()
        self._closed = False

    def vehicles(self, text: str, limit: int = 200) -> tuple[VehicleRow, ...]:
        """Return what 照会 shows for a text: the likeliest first, each car once.

        Plates (whole, then parts), 一連指定番号, 車台番号 (後方一致), names and their readings (beginning, then
        anywhere); width, case, hyphens and かな/カナ make no difference. An empty text finds the cars used last.

        Raises:
            StoreError: The machine failed.
        """
        return self._asked(vehicle_rows, text, limit)

    def expiring(self, first: dt.date, days: int) -> dict[dt.date, int]:
        """Return for so many days from the first how many cars have their 満了日 then; days without any are left out.

        Raises:
            StoreError: The machine failed.
        """
        return self._asked(expiring_by_day, first, days)

    def filings(self, query: FilingQuery, limit: int) -> tuple[FilingRow, ...]:
        """Return the first rows of 申請書一覧.

        Raises:
            StoreError: The machine failed.
        """
        return self._asked(_first_rows(), query, limit)

    def close(self) -> None:
        """Close the connections; one that is in use is closed when it comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _asked(self, ask: Callable[[RawConnection, Question, int], Rows], question: Question, limit: int) -> Rows:
        try:
            return self._answered(ask, question, limit)
        except Exception:  # told here: two `with` around every question would take as long as SQLite to find a car
            with damage_told(self._path, self._key), translate_db_errors():
                raise

    def _answered(self, ask: Callable[[RawConnection, Question, int], Rows], question: Question, limit: int) -> Rows:
        driver = self._idle.pop() if self._idle else self._connect()
        try:
            return ask(driver, question, limit)
        finally:
            self._idle.append(driver)
            if self._closed:
                self.close()

    def _connect(self) -> RawConnection:
        driver = connect_raw(self._path, self._key, shared=True, there=True)
        driver.execute("PRAGMA query_only = ON")
        return driver


@cache
def _first_rows() -> Callable[[RawConnection, FilingQuery, int], tuple[FilingRow, ...]]:
    from onestop.store.shelves.filings import first_rows  # noqa: PLC0415 - 照会 answers before SQLAlchemy is there

    return first_rows
