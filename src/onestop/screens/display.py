"""How values of other kinds than text stand on the glass: money, days, moments, cars and people.

A day has one look for each kind of place (tests/ui/test_days_on_the_glass.py holds the windows to it):

| where | as |
|---|---|
| typed into a field | R8.11.24 (`format_short`); the field echoes it as in a panel |
| a value that stands alone in a panel or form | 令和8年11月24日(火) 2026/11/24 (`day`, `moment`) |
| a cell of a table, a sentence, a day with words behind it | 2026/11/24 (`format_western`) |
| a mark in a drawing, a count of days in a panel | 12/5 |
| a paper | 令和8年11月24日 |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.clock import JST
from onestop.errors import InvalidInput
from onestop.model.money import yen
from onestop.model.typed_days import parse_date
from onestop.model.wareki import format_both, format_western

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.change import Author
    from onestop.model.vehicle import Vehicle

NOTHING = "–"


def car_words(car: Vehicle) -> str:
    """Return how a car is called above what is told of it: its 登録番号 and its 車台番号."""
    return f"{car.registration_number.display()}  {car.chassis_number}"


def named(author: Author) -> str:
    """Return who it is and at which desk, as 端末2 の 田中."""
    return " の ".join(each for each in (author.terminal, author.operator) if each) or "ほかの画面"


def money(value: int | None) -> str:
    """Return ¥12,300; a dash for an amount that is not known."""
    return NOTHING if value is None else yen(value)


def day(value: dt.date | None) -> str:
    """Return 令和8年11月24日(火) 2026/11/24; nothing for no day."""
    return "" if value is None else format_both(value)


def moment(value: dt.datetime | None) -> str:
    """Return 令和8年11月24日(火) 2026/11/24 9:15 in Japan's time; nothing for no moment."""
    if value is None:
        return ""
    there = value.astimezone(JST)
    return f"{format_both(there.date())} {there.hour}:{there.minute:02}"


def short_moment(value: dt.datetime) -> str:
    """Return 2026/11/24 9:15 in Japan's time, for a cell of a table."""
    there = value.astimezone(JST)
    return f"{format_western(there.date())} {there.hour}:{there.minute:02}"


def read_day(typed: str, today: dt.date, *, past: bool = False) -> tuple[str, str | None]:
    """Return what a typed day means in both calendars, or what is wrong with it; nothing for nothing typed."""
    if not typed.strip():
        return "", None
    try:
        return format_both(parse_date(typed, today, past=past)), None
    except InvalidInput as error:
        return "", error.problems[0].message
