"""今回の車検: one inspection of one car, to which its 自賠責, 保適証 and 申請 belong."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record, Versioned, Word
from onestop.model.ending import Ending


class Inspection(Versioned, Record, kw_only=True):
    """One inspection. A car has one open at most, and the next begins with the first thing saved after its end."""

    __tablename__ = "inspection"
    __table_args__ = (
        Index("uq_inspection_open_vehicle", "vehicle_id", unique=True, sqlite_where=text("ended_at IS NULL")),
        Index("ix_inspection_vehicle_id", "vehicle_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"))
    renews: Mapped[dt.date | None] = mapped_column(default=None)
    """The 満了日 on the car's 車検証 that it renews; None: nobody knew one."""
    opened_at: Mapped[dt.datetime] = mapped_column()
    inspection_date: Mapped[dt.date | None] = mapped_column(default=None)
    """検査年月日, from the 保適証."""
    last_application_date: Mapped[dt.date | None] = mapped_column(default=None)
    """最終の検査申請日; None while something is missing that it follows from."""
    ended_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    ending: Mapped[Ending | None] = mapped_column(Word(Ending), default=None)
    ended_by_hand: Mapped[bool] = mapped_column(default=False)
    """A clerk said so: it can be taken back the same day."""
    reason: Mapped[str] = mapped_column(Text, default="", repr=False)
    """Why a clerk ended it."""

    @property
    def is_open(self) -> bool:
        """Whether it is 今回の車検."""
        return self.ended_at is None

    def end(self, ending: Ending, at: dt.datetime) -> None:
        """End it, unless it has ended already: what came first stays true.

        But one that a clerk gave up may be finished nevertheless: then nothing may be made for the car either.
        """
        given_up = self.ended_by_hand and self.ending is Ending.STOPPED
        if self.is_open or given_up:
            self.ending, self.ended_at, self.ended_by_hand = ending, at, False

    def reopen(self) -> None:
        """Take back that it ended; its last day is to be noted anew, as the lists have lost it."""
        self.last_application_date = None
        self.ended_at, self.ending, self.ended_by_hand, self.reason = None, None, False, ""

    def awaits_certificate_of(self, expiry_date: dt.date | None) -> bool:
        """Tell whether it gave the car a new 車検証 that is not here: the car's 満了日 is still the one renewed."""
        return self.ending in (Ending.FINISHED, Ending.COUNTER) and self.renews == expiry_date
