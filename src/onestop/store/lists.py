"""What lists ask while a clerk types: single statements, on connections of their own, without session or transaction.

A statement by itself sees one consistent state of the database. What a transaction and a session add to it takes ten
times as long as SQLite does to find a car.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from onestop.store.prepared import Prepared, stored_day
from onestop.store.shelves.vehicle_search import vehicle_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from onestop.model.lists import FilingQuery, FilingRow, VehicleRow
    from onestop.store.driver import Driver


Question = TypeVar("Question")
Rows = TypeVar("Rows")
_BY_DAY: Final = Prepared(
    "SELECT expiry_date, count(*) FROM vehicle WHERE expiry_date >= :first AND expiry_date < :behind GROUP BY 1",
    {0: stored_day},
    {"first": dt.date.isoformat, "behind": dt.date.isoformat},
)


class Asked(Protocol):
    """What is asked: a file, or a server."""

    def connect(self, *, planned_once: bool) -> Driver:
        """Open a connection that writes nothing and may go from thread to thread.

        `planned_once`: a plan for any values serves what it is asked.
        """

    def told(self) -> AbstractContextManager[None]:
        """Tell what fails inside in the words of onestop.errors; bugs pass as they are."""


class Lists:
    """The quick questions to one database. Usable from several threads."""

    def __init__(self, asked: Asked) -> None:
        self._asked_of = asked
        self._idle: tuple[deque[Driver], deque[Driver]] = deque(), deque()
        """Of all questions but 照会's, and of this."""
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
        return self._asked(_expiring_by_day, first, days)

    def filings(self, query: FilingQuery, limit: int) -> tuple[FilingRow, ...]:
        """Return the first rows of 申請書一覧.

        Raises:
            StoreError: The machine failed.
        """
        return self._asked(_first_rows(), query, limit)

    def close(self) -> None:
        """Close the connections; one that is in use is closed when it comes back."""
        self._closed = True
        self.close_idle()

    def close_idle(self) -> None:
        """Ask on new connections from now on: a server that is back knows nothing of those before."""
        for idle in self._idle:
            while idle:
                idle.pop().close()

    def _asked(self, ask: Callable[[Driver, Question, int], Rows], question: Question, limit: int) -> Rows:
        try:
            return self._answered(ask, question, limit)
        except Exception:  # told here: two `with` around every question would take as long as SQLite to find a car
            with self._asked_of.told():
                raise

    def _answered(self, ask: Callable[[Driver, Question, int], Rows], question: Question, limit: int) -> Rows:
        planned_once = ask is vehicle_rows
        idle = self._idle[planned_once]
        driver = idle.pop() if idle else self._asked_of.connect(planned_once=planned_once)
        try:
            answer = ask(driver, question, limit)
        except BaseException:
            driver.close()
            self.close_idle()  # a server that went away took them all along
            raise
        idle.append(driver)
        if self._closed:
            self.close_idle()
        return answer


def _expiring_by_day(driver: Driver, first: dt.date, days: int) -> dict[dt.date, int]:
    """Count in the index of 満了日 alone."""
    found = _BY_DAY.rows(driver, {"first": first, "behind": first + dt.timedelta(days=days)})
    return dict(map(tuple, found))


@cache
def _first_rows() -> Callable[[Driver, FilingQuery, int], tuple[FilingRow, ...]]:
    from onestop.store.shelves.filings import first_rows  # noqa: PLC0415 - 照会 answers before SQLAlchemy is there

    return first_rows
