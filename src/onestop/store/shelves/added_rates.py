"""The shelf of rows that an administrator added to the dated tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from onestop.model.added_rate import AddedRate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from onestop.model.added_rate import RateTable


class AddedRateShelf:
    """At most one row of each key and day in each table."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[AddedRate, ...]:
        """Return every added row, by its day."""
        return tuple(self._session.scalars(select(AddedRate).order_by(AddedRate.first_day, AddedRate.id)))

    def add(self, rows: Iterable[AddedRate]) -> None:
        """Keep new rows."""
        self._session.add_all(rows)

    def take_away(self, table: RateTable, key: str | None = None) -> None:
        """Delete the added rows of a table, or of one key in it."""
        mine = delete(AddedRate).where(AddedRate.rate_table == table)
        self._session.execute(mine if key is None else mine.where(AddedRate.key == key))
