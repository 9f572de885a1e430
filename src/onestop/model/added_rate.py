"""A row of a dated table that an administrator of this desk added; the tables that ship are never written to."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record, Word
from onestop.model.rate_tables import RateTable

BETWEEN: Final = ","
BETWEEN_WORDS: Final = "\t"
"""Words may have commas in them."""


class AddedRate(Record):
    """One added row: it holds from its first day until the next row of its key."""

    __tablename__ = "added_rate"
    __table_args__ = (Index("uq_added_rate_row", "rate_table", "key", "first_day", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    rate_table: Mapped[RateTable] = mapped_column(Word(RateTable))
    key: Mapped[str] = mapped_column(Text)
    """Which row of the table it follows: see rate_book.py, and word_tables.py."""
    first_day: Mapped[dt.date] = mapped_column()
    amounts: Mapped[str] = mapped_column(Text)
    """In the order of the table: whole numbers with commas between them (empty: not known), or words with tabs."""
    source: Mapped[str] = mapped_column(Text)
    """Who says so."""
    added_at: Mapped[dt.datetime] = mapped_column()

    @property
    def figures(self) -> tuple[int | None, ...]:
        """The amounts."""
        return tuple(int(each) if each else None for each in self.amounts.split(BETWEEN))

    @property
    def cells(self) -> tuple[str, ...]:
        """The words of a row of hours, holidays, 保険会社 or statuses."""
        return tuple(self.amounts.split(BETWEEN_WORDS))
