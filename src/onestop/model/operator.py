"""操作者: who may sign in at the desks of a shop, and what each may do."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record, Versioned, Word
from onestop.model.right import Right


class Operator(Versioned, Record, kw_only=True):
    """One who signs in by name and 暗証番号. Nobody is deleted, so that a name in the history stays somebody's."""

    __tablename__ = "operator"
    __table_args__ = (Index("uq_operator_name", "name", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    name: Mapped[str] = mapped_column(repr=False)
    reading: Mapped[str] = mapped_column(default="", repr=False)
    """かな, by which the names are in order."""
    right: Mapped[Right] = mapped_column("may", Word(Right), default=Right.PREPARE)
    pin_hash: Mapped[str] = mapped_column(default="", repr=False)
    """The 暗証番号 by Argon2id, in PHC form."""
    is_active: Mapped[bool] = mapped_column(default=True)
    """May sign in."""
    failures: Mapped[int] = mapped_column(default=0)
    """Wrong PINs since the last right one."""
    failed_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """When the last wrong one came."""
