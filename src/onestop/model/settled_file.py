"""A file of the watched folder that a clerk has dealt with: what has arrived once is not offered again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record


class SettledFile(Record):
    """Known by what is in it, whatever its name."""

    __tablename__ = "settled_file"

    digest: Mapped[str] = mapped_column(primary_key=True, repr=False)
    """SHA-256."""
    settled_at: Mapped[dt.datetime] = mapped_column()
