"""修正中: who types into a window of a car now. It locks nothing, and is over by itself when its time is."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record
from onestop.model.change import Author

LEASE: Final = dt.timedelta(seconds=60)
"""How long it is believed of a window that says nothing more."""


class Editing(Record, kw_only=True):
    """One window with something typed that is not saved."""

    __tablename__ = "editing"
    __table_args__ = (Index("ix_editing_vehicle_id", "vehicle_id"),)

    window: Mapped[str] = mapped_column(primary_key=True)
    """Which window of all desks: a random word."""
    vehicle_id: Mapped[int] = mapped_column()
    operator: Mapped[str] = mapped_column(repr=False)
    terminal: Mapped[str] = mapped_column()
    until: Mapped[dt.datetime] = mapped_column()

    @property
    def author(self) -> Author:
        """Who, and at which desk."""
        return Author(self.operator, self.terminal)
