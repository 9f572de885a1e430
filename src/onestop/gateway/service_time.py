"""What the services' clock shows: noted from the `Date` of their answers (RFC 9110 §6.6.1), and counted on."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from onestop.clock import Clock

PROMPT: Final = 5.0
"""Seconds: an answer that took longer may have been dated long before it came, and says little of the time now."""


class ServiceTime:
    """The services' time, counted in seconds that no setting of this machine's clock moves. Threads may share it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._noted: tuple[dt.datetime, float] | None = None

    def hear(self, told: dt.datetime | None, took: float) -> None:
        """Note what an answer that came just now and took so many seconds is dated."""
        if told is not None and took <= PROMPT:
            self._noted = (told, self._clock.uptime())

    def now(self) -> dt.datetime | None:
        """Return what the services' clock shows, to some seconds; None while they have not told it."""
        noted = self._noted
        if noted is None:
            return None
        told, at = noted
        return told + dt.timedelta(seconds=self._clock.uptime() - at)

    def ahead(self) -> dt.timedelta | None:
        """Return by how much this machine's clock is ahead of the services'; less than nothing where it is behind."""
        now = self.now()
        return None if now is None else self._clock.now() - now


def moment_of(date: str | None) -> dt.datetime | None:
    """Read the date of an answer; None where there is none, or none that can be read and counted on from."""
    moment = read_date(date)
    if moment is None or not dt.MINYEAR + 1 < moment.year < dt.MAXYEAR - 1:
        return None
    return moment.astimezone(dt.UTC)


def read_date(date: str | None) -> dt.datetime | None:
    """Read a date as HTTP writes it, whatever its year; None where there is none that can be read."""
    try:
        moment = parsedate_to_datetime(date or "")
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
