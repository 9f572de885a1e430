"""満了日の予定 in 照会: for each of the next days, how many cars have their 満了日 then."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from onestop.screens.bars import Bar, Bars

if TYPE_CHECKING:
    from onestop.clock import Clock

DAYS: Final = 60
TITLE: Final = "これから60日の満了日"
SEARCH: Final = "満了日 "
"""What stands before the day in the search field."""
_MONDAY: Final = 0
_APART: Final = 3
"""So many days are between two ticks."""


class ExpiringDays:
    """The days, and which one is chosen. `counted` once they were read."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._counts: dict[dt.date, int] | None = None
        self._chosen: dt.date | None = None
        self._drawn: tuple[dt.date, tuple[Bar, ...]] | None = None
        """The bars, and the day on which they were made: 照会 is refreshed at every key."""

    def counted(self, counts: dict[dt.date, int]) -> None:
        """Take what was read; the chosen day stays, if it is still to come."""
        self._counts, self._drawn = counts, None

    def choose(self, key: str) -> None:
        """Choose a day by its bar."""
        self._chosen = dt.date.fromisoformat(key)

    @property
    def bars(self) -> Bars | None:
        """What is drawn; None until it was counted, and while no car has its 満了日 then."""
        if not self._counts:
            return None
        today = self._clock.today()
        if self._drawn is None or self._drawn[0] != today:
            days = (today + dt.timedelta(days=after) for after in range(DAYS))
            self._drawn = today, tuple(_bar(day, self._counts.get(day, 0), today) for day in days)
        shown = self._chosen is not None and today <= self._chosen < today + dt.timedelta(days=DAYS)
        chosen = (self._chosen if shown else None) or min(self._counts)
        return Bars(self._drawn[1], chosen.isoformat(), TITLE)

    @property
    def sentence(self) -> str:
        """Return how many there are, and on which days the most."""
        if self._counts is None:
            return "満了日を数えています。もう一度押すと、台数をお知らせします。"
        if not self._counts:
            return f"今日から{DAYS}日のあいだに満了日が来る車両はありません。"
        counts = self._counts
        first, busiest = min(counts), max(sorted(counts), key=lambda day: counts[day])
        most = "" if busiest == first else f"、最も多いのは {_day(busiest)} {counts[busiest]:,}台"
        return (
            f"今日から{DAYS}日のあいだに満了日が来る車両は{sum(counts.values()):,}台です。"
            f"最初は {_day(first)} {counts[first]:,}台{most}です。"
        )

    def search_for(self, key: str) -> str:
        """Return what is searched for to list a day's cars; nothing where none has its 満了日 then."""
        return SEARCH + key.replace("-", "/") if dt.date.fromisoformat(key) in (self._counts or {}) else ""


def _bar(day: dt.date, count: int, today: dt.date) -> Bar:
    from onestop.model.working_days import is_working_day  # noqa: PLC0415 - the window is painted before any bar

    words = f"{_day(day)} {count:,}台" if count else f"{_day(day)} なし"
    return Bar(day.isoformat(), words, (count,), _tick(day, today), pale=not is_working_day(day))


def _tick(day: dt.date, today: dt.date) -> str:
    """Return 今日, 12/1 or, on a Monday, 7; ticks that would touch each other are left out."""
    if day == today:
        return "今日"
    if (day - today).days < _APART:
        return ""
    if day.day == 1:
        return f"{day.month}/{day.day}"
    near_first = 1 < day.day < _APART or (day + dt.timedelta(days=_APART - 1)).day < _APART
    return str(day.day) if day.weekday() == _MONDAY and not near_first else ""


def _day(day: dt.date) -> str:
    from onestop.model.wareki import format_both  # noqa: PLC0415 - the same

    return format_both(day)
