"""The time of the server that several desks share: theirs may differ, and what is stored must not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from onestop.clock import JST

if TYPE_CHECKING:
    from onestop.clock import Clock


class ServerClock:
    """The machine's clock, moved to the server's time; spans of time are this machine's own."""

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._ahead = dt.timedelta()

    def heard(self, moment: dt.datetime) -> None:
        """Take what the server has just said of the time: at connecting, and with each write."""
        self._ahead = moment - self._own.now()

    def now(self) -> dt.datetime:
        """Return the present moment, aware, in UTC."""
        return self._own.now() + self._ahead

    def today(self) -> dt.date:
        """Return the present day in Japan."""
        return self.now().astimezone(JST).date()

    def monotonic(self) -> float:
        """Return seconds that never run backwards and count no sleep."""
        return self._own.monotonic()

    def uptime(self) -> float:
        """Return seconds since this machine was started."""
        return self._own.uptime()

    @property
    def boot(self) -> str:
        """The name of this run of this machine."""
        return self._own.boot
