"""和暦: the era calendar beside the Western one, and every way in which a clerk types a day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from onestop.errors import InvalidInput, Problem
from onestop.model.text import fold_hyphens, to_half_width

_WEEKDAYS: Final = "月火水木金土日"
_HALF_A_YEAR: Final = dt.timedelta(days=183)
_BETWEEN_LEAP_DAYS: Final = 8
"""Years at the most, around a year such as 2100."""
_LAST_ERA_YEAR: Final = 99
_FIRST_YEAR: Final = 1868
_LAST_YEAR: Final = 2199
"""Outside these years no day of a car can be; inside them reckoning years onwards never fails."""


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

_SIGNS: Final = (
    {sign: era for era in ERAS[:-1] for sign in (era.name, era.letter, era.name[0])}
    | dict(zip("㋿㍻㍼㍽㍾", ERAS, strict=False))
)  # fmt: skip


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
    """A month of a Western year, such as 初度登録年月, which has no day."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str | None) -> YearMonth | None:
        """Read YYYY-MM, as it is stored; None when it is no month."""
        match = re.fullmatch("([0-9]{4})-(0[1-9]|1[0-2])", text or "")
        return cls(int(match[1]), int(match[2])) if match and match[1] != "0000" else None

    def iso(self) -> str:
        """Return 2021-12, as it is stored."""
        return f"{self.year:04}-{self.month:02}"

    def __str__(self) -> str:
        """Return 令和3年12月; a month in which an era changes belongs to the later era."""
        last_day = calendar.monthrange(self.year, self.month)[1]
        wareki = Wareki.of(dt.date(self.year, self.month, last_day))
        return f"{_era_year(wareki.era, wareki.year)}{self.month}月"

    def months_until(self, day: dt.date) -> int:
        """Return the whole calendar months from this month (0) to the month of a day."""
        return (day.year - self.year) * 12 + day.month - self.month


def format_both(day: dt.date) -> str:
    """Return 令和8年11月24日(火) 2026/11/24."""
    return f"{Wareki.of(day).formal()}({_WEEKDAYS[day.weekday()]}) {format_western(day)}"


def format_short(day: dt.date) -> str:
    """Return R8.11.24."""
    return Wareki.of(day).short()


def format_western(day: dt.date) -> str:
    """Return 2026/11/24."""
    return f"{day.year:04}/{day.month:02}/{day.day:02}"


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
    found = _SIGNS.get(era)
    if found is None or not 1 <= year <= _LAST_ERA_YEAR:
        raise _unreadable(field)
    result = _day(found.first_day.year + year - 1, month, day, field)
    if result < found.first_day:
        raise InvalidInput(Problem(field, f"{found.name}は{format_western(found.first_day)}からです。"))
    return result


def parse_date(text: str, today: dt.date, field: str = "date", *, past: bool = False) -> dt.date:
    """Read a day as clerks type it.

    R6.4.1, 令和6年4月1日, R060401, 2024/4/1, 2024-04-01, 2024年4月1日 and 20240401 say everything. 060401 and 6.4.1 are
    years of today's era. 4/1 is in this year, or in the next one when that day is more than half a year (183 days)
    past; in a field that holds nothing of the future it is the last such day. +3 counts days from today.

    Args:
        text: What was typed, in any width.
        today: The present day in Japan.
        field: The English name of the field, for the error.
        past: Whether the day has been (交付年月日 and the like), as far as what was typed leaves the year open.

    Raises:
        InvalidInput: Not a day, or not one from 1868 to 2199.
    """
    typed = re.sub(r"\s+", "", fold_hyphens(to_half_width(text)).upper())
    for pattern, reader in _FORMS:
        match = pattern.fullmatch(typed)
        if match:
            return _in_reach(reader(match, _Asked(today, field, past)), field)
    raise _unreadable(field)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a day is read for."""

    today: dt.date
    field: str
    past: bool


def _in_reach(day: dt.date, field: str) -> dt.date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InvalidInput(Problem(field, f"{_FIRST_YEAR}年から{_LAST_YEAR}年までの日付を入力してください。"))
    return day


def _unreadable(field: str) -> InvalidInput:
    return InvalidInput(Problem(field, "日付として読めません。例: R6.4.1、060401、20240401、2024/4/1、4/1、+3"))


def _existing(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _day(year: int, month: int, day: int, field: str) -> dt.date:
    result = _existing(year, month, day)
    if result is None:
        raise InvalidInput(Problem(field, f"{year}年{month}月{day}日という日はありません。"))
    return result


def _era_year(era: Era, year: int) -> str:
    return f"{era.name}{'元' if year == 1 else year}年"


def _numbers(match: re.Match[str], *groups: int) -> tuple[int, ...]:
    return tuple(1 if match.group(group) == "元" else int(match.group(group)) for group in groups)


def _read_era(match: re.Match[str], asked: _Asked) -> dt.date:
    year, month, day = _numbers(match, 2, 3, 4)
    return from_era(match.group(1), year, month, day, asked.field)


def _read_western(match: re.Match[str], asked: _Asked) -> dt.date:
    year, month, day = _numbers(match, 1, 2, 3)
    return _day(year, month, day, asked.field)


def _read_this_era(match: re.Match[str], asked: _Asked) -> dt.date:
    year, month, day = _numbers(match, 1, 2, 3)
    return from_era(Wareki.of(asked.today).era.name, year, month, day, asked.field)


def _read_month_and_day(match: re.Match[str], asked: _Asked) -> dt.date:
    month, day = _numbers(match, 1, 2)
    this = asked.today.year
    years = range(this, this - _BETWEEN_LEAP_DAYS - 1, -1) if asked.past else (this, this + 1)
    earliest, latest = (dt.date.min, asked.today) if asked.past else (asked.today - _HALF_A_YEAR, dt.date.max)
    found = (_existing(year, month, day) for year in years)
    near = next((each for each in found if each and earliest <= each <= latest), None)
    if near is None:
        raise InvalidInput(Problem(asked.field, f"{month}月{day}日という日はありません。"))
    return near


def _read_offset(match: re.Match[str], asked: _Asked) -> dt.date:
    try:
        return asked.today + dt.timedelta(days=int(match.group(1)))
    except OverflowError:
        raise _unreadable(asked.field) from None


_ERA_SIGN = "(" + "|".join(sorted(_SIGNS, key=len, reverse=True)) + ")"
_FORMS: Final = (
    (re.compile(_ERA_SIGN + r"([0-9]{1,2}|元)[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?"), _read_era),
    (re.compile(_ERA_SIGN + r"([0-9]{2})([0-9]{2})([0-9]{2})"), _read_era),
    (re.compile(r"([0-9]{4})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?"), _read_western),
    (re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"), _read_western),
    (re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})"), _read_this_era),
    (re.compile(r"([0-9]{1,2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?"), _read_this_era),
    (re.compile(r"([0-9]{1,2})[月./-]([0-9]{1,2})日?"), _read_month_and_day),
    (re.compile(r"([+-][0-9]{1,5})日?"), _read_offset),
)
