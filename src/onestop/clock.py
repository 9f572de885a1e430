"""The only place that asks the machine for the time; everything else is handed a Clock."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol

JST = dt.timezone(dt.timedelta(hours=9), "JST")
"""Japan has one zone and no summer time; a fixed offset needs no zone database."""


class Clock(Protocol):
    """What tells the time: the machine's clock, or a test's."""

    def now(self) -> dt.datetime:
        """Return the present moment, aware, in UTC."""
        ...

    def today(self) -> dt.date:
        """Return the present day in Japan."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards, for measuring spans."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        """Return the present moment, aware, in UTC."""
        return dt.datetime.now(dt.UTC)  # noqa: TID251 - this is the one place

    def today(self) -> dt.date:
        """Return the present day in Japan."""
        return self.now().astimezone(JST).date()

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()
