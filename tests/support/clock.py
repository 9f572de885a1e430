"""A clock that stands still until a test moves it."""

from __future__ import annotations

import datetime as dt

from onestop.clock import JST


class FixedClock:
    """Tells 2026-11-24 09:15 JST until told otherwise."""

    def __init__(self, moment: dt.datetime | None = None) -> None:
        self.moment = moment or dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)

    def now(self) -> dt.datetime:
        return self.moment.astimezone(dt.UTC)

    def today(self) -> dt.date:
        return self.moment.astimezone(JST).date()

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def advance(self, **span: float) -> None:
        """Move by datetime.timedelta(**span)."""
        self.moment += dt.timedelta(**span)
