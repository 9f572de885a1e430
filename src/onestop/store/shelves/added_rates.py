"""The shelf of rows that an administrator added to the dated tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from onestop.model.added_rate import AddedRate
from onestop.store.shelves.shelf import Shelf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement

    from onestop.model.rate_tables import RateTable


class AddedRateShelf(Shelf):
    """At most one row of each key and day in each table."""

    def all(self) -> tuple[AddedRate, ...]:
        """Return every added row, by its day."""
        return tuple(self._session.scalars(select(AddedRate).order_by(AddedRate.first_day, AddedRate.id)))

    def add(self, rows: Iterable[AddedRate]) -> None:
        """Keep new rows."""
        self._session.add_all(rows)

    def take_away(self, table: RateTable) -> None:
        """Delete the added rows of a table."""
        self._delete(AddedRate.rate_table == table)

    def take_away_one(self, table: RateTable, key: str, first_day: dt.date) -> None:
        """Delete one added row."""
        of_key = (AddedRate.rate_table == table, AddedRate.key == key, AddedRate.first_day == first_day)
        self._delete(*of_key)

    def _delete(self, *conditions: ColumnElement[bool]) -> None:
        """One by one, so that the history hears of it; at once, for another may take its place."""
        for row in self._session.scalars(select(AddedRate).where(*conditions)):
            self._session.delete(row)
        self._session.flush()
