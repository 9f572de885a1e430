"""When the services and the agents work (the values of 2017 that DOMAIN §10 names), in Japanese time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from onestop_sandbox.clock import JST

_SATURDAY = 5
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of one day, the same on every day it opens."""

    opens_at: dt.time
    closes_at: dt.time
    weekdays_only: bool = False

    def opens_on(self, day: dt.date) -> bool:
        """Tell whether this is a working day: never from 12/29 to 1/3, and not on weekends where so agreed."""
        new_year = (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)  # noqa: PLR2004 - 12/29–1/3
        return not new_year and not (self.weekdays_only and day.weekday() >= _SATURDAY)

    def is_open(self, moment: dt.datetime) -> bool:
        """Tell whether somebody works at this moment; the closing minute is closed already."""
        here = moment.astimezone(JST)
        return self.opens_on(here.date()) and self.opens_at <= here.time() < self.closes_at

    def opening(self, moment: dt.datetime) -> dt.datetime:
        """Return this moment if it is open, else the next opening."""
        if self.is_open(moment):
            return moment
        here = moment.astimezone(JST)
        day = here.date() if here.time() < self.opens_at else here.date() + _DAY
        while not self.opens_on(day):
            day += _DAY
        return dt.datetime.combine(day, self.opens_at, JST)

    def after(self, start: dt.datetime, seconds: float) -> dt.datetime:
        """Return the moment when so many seconds of open time have passed since start."""
        left = dt.timedelta(seconds=seconds)
        moment = self.opening(start)
        while True:
            closing = dt.datetime.combine(moment.astimezone(JST).date(), self.closes_at, JST)
            if moment + left < closing:
                return moment + left
            left -= closing - moment
            moment = self.opening(closing)


AGENT_HOURS = Hours(dt.time(9), dt.time(16, 45), weekdays_only=True)
"""The 日整連 agent."""

SERVICE_HOURS = {
    "airas": Hours(dt.time(8), dt.time(20)),
    "ainas": Hours(dt.time(8), dt.time(22)),
}
"""e-JIBAI is not named in DOMAIN §10 and never closes."""
