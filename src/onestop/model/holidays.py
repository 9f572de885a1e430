"""The national holidays of Japan, reckoned by the law (国民の祝日に関する法律2条・3条, as it reads since 2022).

The equinoxes are astronomy: the formula is good from 1980 to 2099, and the day is sure only once the 官報 of the
February before has named it.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

REST: Final = "休日"
"""What 内閣府's list calls 振替休日 and the day between two holidays."""
_ONE_DAY: Final = dt.timedelta(days=1)
_SUNDAY: Final = 6
_EQUINOXES: Final = range(1980, 2100)
_FIXED: Final = {
    (1, 1): "元日",
    (2, 11): "建国記念の日",
    (2, 23): "天皇誕生日",
    (4, 29): "昭和の日",
    (5, 3): "憲法記念日",
    (5, 4): "みどりの日",
    (5, 5): "こどもの日",
    (8, 11): "山の日",
    (11, 3): "文化の日",
    (11, 23): "勤労感謝の日",
}
_MONDAYS: Final = {(1, 2): "成人の日", (7, 3): "海の日", (9, 3): "敬老の日", (10, 2): "スポーツの日"}
"""The n-th Monday of a month."""


@cache
def holidays_of(year: int) -> Mapping[dt.date, str]:
    """Return the holidays of a year by their day, 振替休日 and 国民の休日 among them."""
    fixed = [(dt.date(year, *day), name) for day, name in _FIXED.items()]
    mondays = [(_monday(year, *which), name) for which, name in _MONDAYS.items()]
    named = dict(sorted((*fixed, *mondays, *_equinoxes(year))))
    substitutes = {_after(day, named): REST for day in named if day.weekday() == _SUNDAY}
    between = {first + _ONE_DAY: REST for first, second in pairwise(named) if second - first == 2 * _ONE_DAY}
    return dict(sorted((between | substitutes | named).items()))


def _monday(year: int, month: int, which: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=-first.weekday() % 7 + 7 * (which - 1))


def _equinoxes(year: int) -> list[tuple[dt.date, str]]:
    if year not in _EQUINOXES:
        return []
    since = year - _EQUINOXES[0]
    spring, autumn = (int(start + 0.242194 * since) - since // 4 for start in (20.8431, 23.2488))
    return [(dt.date(year, 3, spring), "春分の日"), (dt.date(year, 9, autumn), "秋分の日")]


def _after(sunday: dt.date, named: Mapping[dt.date, str]) -> dt.date:
    """Return the first day after a holiday on a Sunday that is none itself."""
    day = sunday + _ONE_DAY
    while day in named:
        day += _ONE_DAY
    return day
