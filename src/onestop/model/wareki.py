"""和暦: the era calendar beside the Western one. How clerks type days is in typed_days.py."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from onestop.errors import InvalidInput, Problem, UnreadableDay

_WEEKDAYS: Final = "月火水木金土日"
_LAST_ERA_YEAR: Final = 99
LAST_YEAR_WITHOUT_MONTH: Final = 2003
"""Until 2003-10-14 the 車検証 of a 軽 had a 初度検査年 alone."""


@dataclass(frozen=True, slots=True)
class Era:
    """One era: its name, its letter and its first day."""

    name: str
    letter: str
    first_day: dt.date


ERAS: Final = (
    Era("令和", "R", dt.date(2019, 5, 1)),
    Era("平成", "H", dt.date(1989, 1, 8)),
    Era("昭和", "S", dt.date(1926, 12, 25)),
    Era("大正", "T", dt.date(1912, 7, 30)),
    Era("明治", "M", dt.date(1868, 10, 23)),
    Era("西暦", "", dt.date.min),
)
"""Newest first. The last one stands for days before the eras, so that every day has a name."""

ERA_SIGNS: Final = (
    {sign: era for era in ERAS[:-1] for sign in (era.name, era.letter, era.name[0])}
    | dict(zip("㋿㍻㍼㍽㍾", ERAS, strict=False))
)  # fmt: skip
"""What an era is called by: 令和, R, 令 and ㋿."""


@dataclass(frozen=True, slots=True)
class Wareki:
    """A day in the era calendar; year 1 is 元年."""

    era: Era
    year: int
    month: int
    day: int

    @classmethod
    def of(cls, day: dt.date) -> Wareki:
        """Return the era day of a Western day."""
        era = next(era for era in ERAS if day >= era.first_day)
        return cls(era, day.year - era.first_day.year + 1, day.month, day.day)

    def formal(self) -> str:
        """Return 令和8年11月24日, with 元年 for the first year."""
        return f"{_era_year(self.era, self.year)}{self.month}月{self.day}日"

    def short(self) -> str:
        """Return R8.11.24."""
        return f"{self.era.letter}{self.year}.{self.month}.{self.day}"


@dataclass(frozen=True, slots=True, order=True)
class YearMonth:
    """A month of a Western year, such as 初度登録年月, which has no day.

    A 軽 of before 2003-10-15 has a 初度検査年 alone: its month is 0.
    """

    year: int
    month: int

    @classmethod
    def parse(cls, text: str | None) -> YearMonth | None:
        """Read YYYY-MM or YYYY, as it is stored; None when it is neither."""
        match = re.fullmatch("([0-9]{4})(?:-(0[1-9]|1[0-2]))?", text or "")
        return cls(int(match[1]), int(match[2] or 0)) if match and match[1] != "0000" else None

    def iso(self) -> str:
        """Return 2021-12, as it is stored; 2000 for a year alone."""
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    def western(self) -> str:
        """Return 2021/12; 2000 for a year alone."""
        return self.iso().replace("-", "/")

    def __str__(self) -> str:
        """Return 令和3年12月, or 平成12年; a month or year in which an era changes belongs to the later era."""
        month = self.month or 12
        wareki = Wareki.of(dt.date(self.year, month, calendar.monthrange(self.year, month)[1]))
        return _era_year(wareki.era, wareki.year) + (f"{self.month}月" if self.month else "")

    def months_until(self, day: dt.date) -> int:
        """Return the whole calendar months from this month (0) to the month of a day; a year alone is its January."""
        return (day.year - self.year) * 12 + day.month - (self.month or 1)


def format_both(day: dt.date) -> str:
    """Return 令和8年11月24日(火) 2026/11/24."""
    return f"{Wareki.of(day).formal()}({_WEEKDAYS[day.weekday()]}) {format_western(day)}"


def format_short(day: dt.date) -> str:
    """Return R8.11.24."""
    return Wareki.of(day).short()


def format_western(day: dt.date | None) -> str:
    """Return 2026/11/24; nothing for no day."""
    return "" if day is None else f"{day.year:04}/{day.month:02}/{day.day:02}"


def from_era(era: str, year: int, month: int, day: int, field: str = "date") -> dt.date:
    """Return the Western day of an era day.

    Days after an era's end are accepted (平成32年 stands on old certificates), days before its beginning are not.

    Args:
        era: 令和, 令, R or ㋿, and so on.
        year: 1 for 元年, at most 99.
        month: 1 to 12.
        day: 1 to 31.
        field: The English name of the field, for the error.

    Raises:
        InvalidInput: No such era, or no such day.
    """
    found = ERA_SIGNS.get(era)
    if found is None or not 1 <= year <= _LAST_ERA_YEAR:
        raise unreadable_day(field)
    result = day_of(found.first_day.year + year - 1, month, day, field)
    if result < found.first_day:
        raise InvalidInput(Problem(field, f"{found.name}は{format_western(found.first_day)}からです。"))
    return result


def unreadable_day(field: str) -> UnreadableDay:
    """Return the error for what is no day, with every way of typing one."""
    return UnreadableDay(Problem(field, "日付として読めません。例: R6.4.1、060401、20240401、2024/4/1、4/1、+3"))


def existing_day(year: int, month: int, day: int) -> dt.date | None:
    """Return a day, if there is one."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def day_of(year: int, month: int, day: int, field: str) -> dt.date:
    """Return a day of a Western year.

    Raises:
        InvalidInput: There is no such day.
    """
    result = existing_day(year, month, day)
    if result is None:
        raise InvalidInput(Problem(field, f"{year}年{month}月{day}日という日はありません。"))
    return result


def _era_year(era: Era, year: int) -> str:
    return f"{era.name}{'元' if year == 1 else year}年"
