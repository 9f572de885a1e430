"""When the services answer by this machine's table (DOMAIN §10), and when they do next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from onestop.clock import JST
from onestop.model.word_book import HOURS, added_wording
from onestop.model.word_checks import SEASON, WEEKDAYS
from onestop.model.working_days import is_closed_season, is_holiday, is_weekend
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
    since: dt.date | None = None
    """From when the row of 料金表 holds that says so; None when nobody added one."""
    own: bool = False
    """Whether the settings of this machine say so; the values that ship are those of 2017."""


NOT_KNOWN: Final = PlannedHours()


def hours_on(service: str, table: HoursTable, day: dt.date) -> ServiceHours:
    """Return the hours of a service that hold on a day: those that 料金表 has for it, or else the machine's."""
    added = added_wording(HOURS, service, day)
    if added is None:
        own: ServiceHours = getattr(table, service)
        return own
    opens, closes, days = added.cells
    return ServiceHours(opens=_time(opens), closes=_time(closes), weekdays_only=days == WEEKDAYS)


def _time(text: str) -> dt.time:
    hour, minute = map(int, text.split(":"))
    return dt.time(hour, minute)


def planned_hours(service: str, table: HoursTable, now: dt.datetime) -> PlannedHours:
    """Return what the table says of one of its services at a moment; the closing minute is closed already."""
    today = now.astimezone(JST).date()
    opening = _opening(service, table, now)
    is_open = opening is None or opening <= now
    hours, added = hours_on(service, table, today), added_wording(HOURS, service, today)
    span = f"{hours.opens.hour}:{hours.opens:%M}–{hours.closes.hour}:{hours.closes:%M}"
    own = added is None and hours != getattr(HoursTable(), service)
    return PlannedHours(span, None if is_open else opening, None if added is None else added.first_day, own)


def _opening(service: str, table: HoursTable, now: dt.datetime) -> dt.datetime | None:
    """Return the opening of the hours that a moment lies in, or else of the next ones."""
    today = now.astimezone(JST).date()
    for days in range(-1, _LOOK_AHEAD):  # hours that go over midnight began yesterday
        day = today + days * _DAY
        hours = hours_on(service, table, day)
        opening, closing = (dt.datetime.combine(day, time, JST) for time in (hours.opens, hours.closes))
        if closing <= opening:
            closing += _DAY
        if _opens_on(hours, table, day) and now < closing:
            return opening
    return None


def _opens_on(hours: ServiceHours, table: HoursTable, day: dt.date) -> bool:
    if hours.weekdays_only and (is_weekend(day) or is_holiday(day)):
        return False
    added = added_wording(HOURS, SEASON, day)
    first, last = (table.closed_from, table.closed_to) if added is None else added.cells[:2]
    return not is_closed_season(day, (first, last))
