"""期日の図: the days of one inspection in their order, for the eye as places on a line, for the ear as a sentence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING, Final

from onestop.model.inspection_days import window_start
from onestop.model.wareki import format_western
from onestop.services.inspection.current import days_in

if TYPE_CHECKING:
    from onestop.services.inspection.current import CurrentInspection

NEAR: Final = dt.timedelta(days=35)
"""So far from the two months before 満了日 a day still has its place on the line; others stand at its ends."""


class DayKind(Enum):
    """What a day is; the value is the sign that stands on the line and before its words."""

    WINDOW = "△"
    TODAY = "▼"
    CONFORMITY = "●"
    LAST_APPLICATION = "◆"
    EXPIRY = "■"
    POLICY = "○"


@dataclass(frozen=True, slots=True)
class Mark:
    """A day with everything that it is."""

    day: dt.date
    kinds: tuple[DayKind, ...]
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return 満了日・最終の検査申請日 2026/12/05."""
        return f"{'・'.join(self.names)} {format_western(self.day)}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the picture shows: a stretch of days, the two months before 満了日 in it, and the marks in their order."""

    first: dt.date
    last: dt.date
    window: tuple[dt.date, dt.date] | None
    """From 2 months before 満了日 to that day."""
    today: dt.date
    marks: tuple[Mark, ...]

    def place(self, day: dt.date) -> float:
        """Return where a day stands between the first (0) and the last (1); days beyond stand at the ends."""
        whole = max((self.last - self.first).days, 1)
        return min(max((day - self.first).days / whole, 0.0), 1.0)

    def beyond(self, day: dt.date) -> int:
        """Return -1 or 1 for a day before or after the stretch, else 0."""
        return (day > self.last) - (day < self.first)

    @property
    def sentence(self) -> str:
        """Return the same in words: each day with how far it is from today."""
        return f"{'、'.join(mark.label + self._distance(mark.day) for mark in self.marks)}。"

    def _distance(self, day: dt.date) -> str:
        days = (day - self.today).days
        if not days:
            return ""
        return f"(あと{days}日)" if days > 0 else f"({-days}日前)"


def timeline_of(current: CurrentInspection | None, today: dt.date) -> Timeline | None:
    """Return the days of the car's inspection; None where no 満了日 is known, or the new 車検証 is waited for."""
    if current is None or current.awaits_certificate or current.vehicle.expiry_date is None:
        return None
    expiry = current.vehicle.expiry_date
    begin = window_start(expiry, today)
    marks = _marks(_days(current, today, begin, expiry))
    near = [mark.day for mark in marks if begin - NEAR <= mark.day <= expiry + NEAR]
    return Timeline(near[0], near[-1], (begin, expiry), today, marks)


def _days(
    current: CurrentInspection, today: dt.date, begin: dt.date, expiry: dt.date
) -> list[tuple[dt.date, DayKind, str]]:
    days = days_in(current, today)
    last_application = days.last_application_date if current.inspection is not None else None
    known = (
        (begin, DayKind.WINDOW, "満了日の2か月前"),
        (today, DayKind.TODAY, "今日"),
        (days.last_day_of_conformity, DayKind.CONFORMITY, "保適証の最終日"),
        (last_application, DayKind.LAST_APPLICATION, "最終の検査申請日"),
        (expiry, DayKind.EXPIRY, "満了日"),
        (days.old_insurance_end, DayKind.POLICY, "前契約の満期日"),
        (days.insurance_end, DayKind.POLICY, "保険終了日"),
    )
    return sorted(((day, kind, name) for day, kind, name in known if day is not None), key=lambda each: each[0])


def _marks(days: list[tuple[dt.date, DayKind, str]]) -> tuple[Mark, ...]:
    """Put what falls on one day into one mark."""
    found = []
    for day, group in groupby(days, key=lambda each: each[0]):
        same = list(group)
        found.append(Mark(day, tuple(kind for _, kind, _ in same), tuple(name for _, _, name in same)))
    return tuple(found)
