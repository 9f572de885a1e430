"""Which days an office works: neither at weekends nor over the turn of the year (DOMAIN: hours)."""

from __future__ import annotations

import datetime as dt
from typing import Final

YEAR_END: Final = ("12-29", "01-03")
"""MM-DD, the first and the last day on which all are closed over the turn of the year."""
_SATURDAY: Final = 5
_ONE_DAY: Final = dt.timedelta(days=1)


def is_weekend(day: dt.date) -> bool:
    """Tell whether a day is a Saturday or a Sunday."""
    return day.weekday() >= _SATURDAY


def is_closed_season(day: dt.date, season: tuple[str, str] = YEAR_END) -> bool:
    """Tell whether a day lies in a closed season, given as MM-DD; it may go over the turn of the year."""
    first, last = season
    this = f"{day:%m-%d}"
    return first <= this <= last if first <= last else this >= first or this <= last


def is_working_day(day: dt.date) -> bool:
    """Tell whether the offices work on a day. Public holidays are not known here."""
    return not is_weekend(day) and not is_closed_season(day)


def working_day_before(day: dt.date) -> dt.date:
    """Return the last working day before a day."""
    before = day - _ONE_DAY
    while not is_working_day(before):
        before -= _ONE_DAY
    return before
