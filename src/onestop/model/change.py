"""変更の履歴: who changed which field of what, where and when, from what to what. It only grows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record

LONGEST: Final = 500
"""Characters of a value that are kept whole."""
KEPT: Final = 200
"""Characters that are kept of a longer one, with its length and its hash behind them."""
MADE: Final = "+"
"""The field of a row that says that the record was made."""
GONE: Final = "-"
"""The field of a row that says that the record was deleted."""

AGAIN: Final = "*"
"""The field of a row that says that a line was told anew, in place of the one before of its kind."""
BETWEEN_PARTS: Final = " / "
"""What stands between the columns of a short record that is told whole."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who works at a desk, and at which."""

    operator: str = field(default="", repr=False)
    """By name; empty where nobody signs in."""
    terminal: str = ""


class Change(Record, kw_only=True):
    """One field of one record, changed once. The database refuses to change or delete a row of these."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_vehicle_id", "vehicle_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[dt.datetime] = mapped_column()
    operator: Mapped[str] = mapped_column(repr=False)
    """As the operator was called then."""
    terminal: Mapped[str] = mapped_column()
    vehicle_id: Mapped[int | None] = mapped_column(default=None)
    """The car that it is about; None: about none. No foreign key: what was done stays true."""
    record: Mapped[str] = mapped_column()
    """The table."""
    key: Mapped[str] = mapped_column()
    """The record's key there."""
    field: Mapped[str] = mapped_column()
    """The column, or MADE, GONE or AGAIN."""
    old: Mapped[str | None] = mapped_column(Text, default=None, repr=False)
    new: Mapped[str | None] = mapped_column(Text, default=None, repr=False)
    """None: nothing stood, or stands, there."""


def bounded(text: str) -> str:
    """Return a text as the history keeps it: a long one is cut, and can still be told from every other by its hash."""
    if len(text) <= LONGEST:
        return text
    digest = sha256(text.encode()).hexdigest()[:16]
    return f"{text[:KEPT]}…(全{len(text):,}文字 SHA-256 {digest})"
