"""When the services answer by this machine's table (DOMAIN §10), and when they do next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.working_days import is_closed_season, is_weekend

if TYPE_CHECKING:
    from onestop.store.settings_file import HoursTable, ServiceHours

_DAY: Final = dt.timedelta(days=1)
_LOOK_AHEAD: Final = 366
"""Days; a table that is closed all the year names no opening."""


@dataclass(frozen=True, slots=True)
class PlannedHours:
    """What the table says of one service at a moment."""

    span: str = ""
    """From when to when it answers each day, such as 8:00–22:00; empty when nobody knows."""
    opens_next: dt.datetime | None = None
    """When a closed service opens, in Japan's time; None while it is open, or when nobody knows."""


NOT_KNOWN: Final = PlannedHours()


def planned_hours(hours: ServiceHours, table: HoursTable, now: dt.datetime) -> PlannedHours:
    """Return what the table says of one of its services at a moment; the closing minute is closed already."""
    opening = _opening(hours, table, now)
    is_open = opening is None or opening <= now
    span = f"{hours.opens.hour}:{hours.opens:%M}–{hours.closes.hour}:{hours.closes:%M}"
    return PlannedHours(span, None if is_open else opening)


def _opening(hours: ServiceHours, table: HoursTable, now: dt.datetime) -> dt.datetime | None:
    """Return the opening of the hours that a moment lies in, or else of the next ones."""
    today = now.astimezone(JST).date()
    for days in range(-1, _LOOK_AHEAD):  # hours that go over midnight began yesterday
        day = today + days * _DAY
        opening, closing = (dt.datetime.combine(day, time, JST) for time in (hours.opens, hours.closes))
        if closing <= opening:
            closing += _DAY
        if _opens_on(hours, table, day) and now < closing:
            return opening
    return None


def _opens_on(hours: ServiceHours, table: HoursTable, day: dt.date) -> bool:
    if hours.weekdays_only and is_weekend(day):
        return False
    return not is_closed_season(day, (table.closed_from, table.closed_to))
