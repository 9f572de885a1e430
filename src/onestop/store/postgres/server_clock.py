"""The time of the server that several desks share: theirs may differ, and what is stored must not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from onestop.clock import JST

if TYPE_CHECKING:
    from onestop.clock import Clock


class ServerClock:
    """The server's time, counted on by this machine's own seconds: its clock may be set at any moment."""

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._heard: tuple[dt.datetime, float] | None = None
        """What the server said, and this machine's seconds then."""

    def heard(self, moment: dt.datetime) -> None:
        """Take what the server has just said of the time: at connecting, and with each write."""
        self._heard = moment, self._own.uptime()

    def now(self) -> dt.datetime:
        """Return the present moment, aware, in UTC; by this machine's clock until the server has said one."""
        if self._heard is None:
            return self._own.now()
        moment, uptime = self._heard
        return moment + dt.timedelta(seconds=self._own.uptime() - uptime)

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
