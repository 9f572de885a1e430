"""Which days an office works: no weekends, no holidays, not over the turn of the year (行政機関の休日に関する法律)."""

from __future__ import annotations

import datetime as dt
from typing import Final

from onestop.model.holidays import holidays_of
from onestop.model.word_book import HOLIDAYS, added_wording

YEAR_END: Final = ("12-29", "01-03")
"""MM-DD, the first and the last day on which all are closed over the turn of the year."""
DAY_OFF: Final = "休み"
WORKS: Final = "開庁"
"""What the table of holidays says of a day."""
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


def is_holiday(day: dt.date) -> bool:
    """Tell whether a day is a holiday: by 料金表, which may also call one a working day, or else by the law."""
    added = added_wording(HOLIDAYS, day.isoformat(), day)
    return day in holidays_of(day.year) if added is None else added.cells[-1] == DAY_OFF


def is_working_day(day: dt.date) -> bool:
    """Tell whether the offices work on a day."""
    added = added_wording(HOLIDAYS, day.isoformat(), day)
    if added is not None:
        return added.cells[-1] == WORKS
    return not (is_weekend(day) or is_closed_season(day) or day in holidays_of(day.year))


def working_day_before(day: dt.date) -> dt.date:
    """Return the last working day before a day."""
    before = day - _ONE_DAY
    while not is_working_day(before):
        before -= _ONE_DAY
    return before
