"""Every way in which a clerk types or pastes a day or a month, and the years that cannot be meant."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.text import fold_hyphens, to_half_width, without_unseen
from onestop.model.wareki import (
    ERA_SIGNS,
    ERAS,
    LAST_YEAR_WITHOUT_MONTH,
    Wareki,
    YearMonth,
    day_of,
    existing_day,
    from_era,
    unreadable_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_HALF_A_YEAR: Final = dt.timedelta(days=183)
_BETWEEN_LEAP_DAYS: Final = 8
"""Years at the most, around a year such as 2100."""
_FIRST_YEAR: Final = 1868
_LAST_YEAR: Final = 2199
"""Outside these years no day of a car can be; inside them reckoning years onwards never fails."""
_AHEAD: Final = {True: dt.timedelta(days=366), False: dt.timedelta(days=5 * 366)}
"""How far ahead a day may be meant where days have been, and elsewhere: no policy and no 車検 lasts five years."""


def parse_date(text: str, today: dt.date, field: str = "date", *, past: bool = False) -> dt.date:
    """Read a day as clerks type or paste it.

    R6.4.1, 令和6年4月1日, R060401, 2024/4/1, 2024-04-01, 2024年4月1日 and 20240401 say everything. 060401 and 6.4.1 are
    years of today's era. 4/1 is in this year, or in the next one when that day is more than half a year (183 days)
    past; in a field that holds nothing of the future it is the last such day. +3 counts days from today. Pasted days
    may have kanji for figures, a day of the week, a time, or both calendars, as 令和8年11月24日(火) 2026/11/24 has.

    Args:
        text: What was typed, in any width.
        today: The present day in Japan.
        field: The English name of the field, for the error.
        past: Whether the day has been (交付年月日 and the like), as far as what was typed leaves the year open.

    Raises:
        InvalidInput: Not a day, not one from 1868 to 2199, or in a year that cannot be meant: then the error proposes
            the day that may be.
    """
    asked = _Asked(today, field, past)
    typed = _plain(text, field)
    both = _BOTH.fullmatch(typed)
    if both is None:
        return _read(typed, asked)
    one, other = (_read(part, asked) for part in both.groups())
    if one != other:
        raise InvalidInput(Problem(field, "和暦と西暦が違う日です。どちらか一方を入力してください。"))
    return one


def parse_month(text: str, today: dt.date, field: str = "month") -> YearMonth:
    """Read a month of the past such as R3.12, 令和3年12月, 2021/12 or 202112; before 2003-10-15 (軽) a year alone.

    Raises:
        InvalidInput: Not a month, or in a year that cannot be meant.
    """
    asked = _Asked(today, field, past=True, whole=False)
    typed = _plain(text, field)
    year = _YEAR_ALONE.fullmatch(typed)
    if year:
        alone = _on(year, 12, 31, asked).year
        if alone > LAST_YEAR_WITHOUT_MONTH:
            raise InvalidInput(Problem(field, f"{alone}年の何月かも入力してください。例: R3.12、2021/12"))
        return YearMonth(alone, 0)
    named = _MONTH_ALONE.fullmatch(typed)
    if named:
        month = int(named["m"])
        return YearMonth(today.year if month <= today.month else today.year - 1, month)
    for pattern in (_MONTH, _MONTH_IN_ONE_RUN):
        match = pattern.fullmatch(typed)
        if match and 1 <= int(match["m"]) <= 12:  # noqa: PLR2004 - months of a year
            found = _refuse_unmeant(_last_day(match, asked), match, asked)
            return YearMonth(found.year, found.month)
    raise InvalidInput(Problem(field, "年月として読めません。例: R3.12、2021/12"))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a day is read for."""

    today: dt.date
    field: str
    past: bool
    whole: bool = True
    """Whether a day was typed, and no month."""


# --- what is written -----------------------------------------------------------------------------------

_ERA: Final = "(?P<era>" + "|".join(map(re.escape, ERA_SIGNS)) + ")"
_YEAR: Final = rf"(?:{_ERA}\.?(?P<y>[0-9]{{1,2}}|元)|(?P<western>[0-9]{{4}})|(?P<short>[0-9]{{1,2}}))"
_PACKED_YEAR: Final = rf"(?:{_ERA}(?P<y>[0-9]{{2}})|(?P<western>[0-9]{{4}})|(?P<short>[0-9]{{2}}))"
_DAY: Final = re.compile(_YEAR + r"[年./-](?P<m>[0-9]{1,2})[月./-](?P<d>[0-9]{1,2})日?")
_DAY_IN_ONE_RUN: Final = re.compile(_PACKED_YEAR + r"(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
_MONTH: Final = re.compile(_YEAR + r"[年./-](?P<m>[0-9]{1,2})月?")
_MONTH_IN_ONE_RUN: Final = re.compile(_PACKED_YEAR + r"(?P<m>[0-9]{2})")
_YEAR_ALONE: Final = re.compile(
    rf"{_ERA}\.?(?P<y>[0-9]{{1,2}}|元)年?|(?P<western>19[0-9]{{2}}|200[0-3]|[0-9]{{4}}(?=年))年?"
)
"""2001 is a year and not the first month of 令和20年, but 2612 is a month."""
_MONTH_ALONE: Final = re.compile("(?P<m>[1-9]|1[0-2])月")
_MONTH_AND_DAY: Final = re.compile(r"(?P<m>[0-9]{1,2})[月./-](?P<d>[0-9]{1,2})日?")
_OFFSET: Final = re.compile(r"(?P<days>[+-][0-9]{1,5})日?")
_BOTH: Final = re.compile(r"(.+日)([0-9]{4}/.+)")
"""As our own echo shows a day."""

_TIME: Final = re.compile(
    r"(?:\s+|(?<=[0-9])T)[0-9]{1,2}(?::[0-9]{2}){1,2}(?:\.[0-9]+)?\s*(?:Z|[+-][0-9]{2}:?[0-9]{2})?$"
)
"""What Excel and other programs put after a day."""
_WEEKDAY: Final = re.compile(r"\([月火水木金土日](?:曜日?)?\)|[月火水木金土日]曜日?$")
_TWO_YEARS: Final = re.compile(r"(?P<one>[^()]+?)年?\((?P<other>[^()]+?)年?\)年?")
_KANJI_FIGURES: Final = re.compile("[〇○零一二三四五六七八九十]+")
_FIGURES: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
_PARTED: Final = re.compile(r"(?<=[0-9元])\s+(?=[0-9])")
"""R8 11 30: blanks alone part the figures."""
_SEPARATORS: Final = str.maketrans(dict.fromkeys("・･。｡、､,", "."))


def _plain(text: str, field: str) -> str:
    """Return what was typed with one sign for each meaning and without what only accompanies a day."""
    typed = _TIME.sub("", fold_hyphens(to_half_width(without_unseen(text))).upper().strip())
    typed = "".join(_PARTED.sub(".", typed).split()).translate(_SEPARATORS)
    typed = _WEEKDAY.sub("", _KANJI_FIGURES.sub(_figures, typed))
    years = _TWO_YEARS.match(typed)
    if years is None:
        return typed
    one, other = _year_of(years["one"]), _year_of(years["other"])
    if one is None or other is None:
        return typed
    if one != other:
        raise InvalidInput(Problem(field, "和暦と西暦が違う年です。どちらか一方を入力してください。"))
    return f"{years['one']}年{typed[years.end() :]}"


def _figures(match: re.Match[str]) -> str:
    """Return 24 for 二十四, 10 for 十, 2024 for 二〇二四."""
    before, ten, after = match[0].partition("十")
    if not ten:
        return "".join(str(_FIGURES[sign]) for sign in before)
    if "十" in after:
        return match[0]
    tens = _FIGURES.get(before, 1) if len(before) <= 1 else 0
    return str(tens * 10 + _FIGURES.get(after, 0))


def _year_of(written: str) -> int | None:
    match = re.fullmatch(_YEAR, written)
    if match is None or match["short"]:
        return None
    if match["western"]:
        return int(match["western"])
    return ERA_SIGNS[match["era"]].first_day.year + (0 if match["y"] == "元" else int(match["y"]) - 1)


# --- what it means -------------------------------------------------------------------------------------


def _read(typed: str, asked: _Asked) -> dt.date:
    for pattern, reader in _FORMS:
        match = pattern.fullmatch(typed)
        if match:
            return _in_reach(reader(match, asked), asked.field)
    raise unreadable_day(asked.field)


def _in_reach(day: dt.date, field: str) -> dt.date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InvalidInput(Problem(field, f"{_FIRST_YEAR}年から{_LAST_YEAR}年までの日付を入力してください。"))
    return day


def _read_day(match: re.Match[str], asked: _Asked) -> dt.date:
    found = _in_reach(_on(match, int(match["m"]), int(match["d"]), asked), asked.field)
    return _refuse_unmeant(found, match, asked)


def _on(match: re.Match[str], month: int, day: int, asked: _Asked) -> dt.date:
    parts = match.groupdict()
    if parts["western"]:
        return day_of(int(parts["western"]), month, day, asked.field)
    year = parts["y"] or parts.get("short", "")
    era = parts["era"] or Wareki.of(asked.today).era.name
    return from_era(era, 1 if year == "元" else int(year), month, day, asked.field)


def _last_day(match: re.Match[str], asked: _Asked) -> dt.date:
    """Return the last day of a month: an era may begin within it."""
    month = int(match["m"])
    within = _on(match, 12, 31, asked)
    return _in_reach(_on(match, month, calendar.monthrange(within.year, month)[1], asked), asked.field)


def _refuse_unmeant(found: dt.date, match: re.Match[str], asked: _Asked) -> dt.date:
    """Return a day, unless it is so far ahead that a year of another calendar was meant: 24/4/1 is no day of 2042."""
    if found - asked.today <= _AHEAD[asked.past]:
        return found
    said = f"{Wareki.of(found).formal().partition('年')[0]}年({found.year}年)は先すぎます。"
    meant = next(_meant(found, match, asked), None)
    if meant is None:
        raise InvalidInput(Problem(asked.field, f"{said}年を確かめてください。"))
    way = f"{meant.year}/{meant.month}" + (f"/{meant.day}" if asked.whole else "")
    raise InvalidInput(Problem(asked.field, f"{said}{meant.year}年のことなら「{way}」と入力してください。"))


def _meant(found: dt.date, match: re.Match[str], asked: _Asked) -> Iterator[dt.date]:
    """Yield the days that may be meant, the likeliest first: of 20YY, then of an era that is over, then of 19YY."""
    eras = [era for era in ERAS[1:-1] if match["short"]]
    if not match["short"] and ERA_SIGNS.get(match["era"]) is not Wareki.of(asked.today).era:
        return
    year = int(match["short"] or match["y"])
    years = [(2000 + year, None), *((era.first_day.year + year - 1, era) for era in eras)]
    latest = asked.today if asked.past else asked.today + _AHEAD[False]
    for western, era in (*years, *([(1900 + year, None)] if match["short"] else [])):
        day = existing_day(western, found.month, found.day if asked.whole else 1)
        if day and day <= latest and (era is None or Wareki.of(day).era is era):
            yield day


def _read_month_and_day(match: re.Match[str], asked: _Asked) -> dt.date:
    month, day = int(match["m"]), int(match["d"])
    this = asked.today.year
    years = range(this, this - _BETWEEN_LEAP_DAYS - 1, -1) if asked.past else (this, this + 1)
    earliest, latest = (dt.date.min, asked.today) if asked.past else (asked.today - _HALF_A_YEAR, dt.date.max)
    found = (existing_day(year, month, day) for year in years)
    near = next((each for each in found if each and earliest <= each <= latest), None)
    if near is None:
        raise InvalidInput(Problem(asked.field, f"{month}月{day}日という日はありません。"))
    return near


def _read_offset(match: re.Match[str], asked: _Asked) -> dt.date:
    try:
        return asked.today + dt.timedelta(days=int(match["days"]))
    except OverflowError:
        raise unreadable_day(asked.field) from None


_FORMS: Final = (
    (_DAY, _read_day),
    (_DAY_IN_ONE_RUN, _read_day),
    (_MONTH_AND_DAY, _read_month_and_day),
    (_OFFSET, _read_offset),
)
