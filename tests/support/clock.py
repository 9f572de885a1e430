"""A clock that stands still until a test moves it."""

from __future__ import annotations

import datetime as dt

from onestop.clock import JST


class FixedClock:
    """Tells 2026-11-24 09:15 JST until told otherwise."""

    def __init__(self, moment: dt.datetime | None = None) -> None:
        self.moment = moment or dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)
        self._waited = 0.0

    def now(self) -> dt.datetime:
        return self.moment.astimezone(dt.UTC)

    def today(self) -> dt.date:
        return self.moment.astimezone(JST).date()

    def monotonic(self) -> float:
        return self.moment.timestamp() + self._waited

    def advance(self, **span: float) -> None:
        """Move by datetime.timedelta(**span)."""
        self.moment += dt.timedelta(**span)

    def wait(self, seconds: float) -> None:
        """Let a span pass that is too short to be seen on the clock's face."""
        self._waited += seconds
