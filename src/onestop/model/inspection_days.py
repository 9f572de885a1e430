"""The days of one inspection: from when, until when and over what, and what 自賠責 and 保適証 that needs.

What counts is the day on which the office is applied to (施行規則44条), not the day on which the workshop inspects.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from itertools import count
from typing import Final

from onestop.model.limits import POLICY_MONTHS
from onestop.model.working_days import working_day_before

_ONE_DAY: Final = dt.timedelta(days=1)
TWO_MONTHS_SINCE: Final = dt.date(2025, 4, 1)
"""From when on an inspection may be two months early: the new 満了日 and the age that 重量税 goes by both follow it."""
_MONTHS_A_YEAR: Final = 12
_SOLD_MONTHS: Final = (12, 13, 24, 25, 36, 37)
CONFORMITY_DAYS: Final = 15
"""So long a 保適証 lives, its 検査日 among them."""
_CONFORMITY_WARNING_DAY: Final = 10
_LEAP_DAY: Final = (2, 29)


@dataclass(frozen=True, slots=True)
class NewValidity:
    """The 有効期間 that an inspection gives."""

    first_day: dt.date
    expiry_date: dt.date
    """The new 満了日: the day before the anniversary of the first day."""


@dataclass(frozen=True, slots=True)
class InsuranceProposal:
    """A 自賠責 period, from noon to noon, that covers the whole new 有効期間."""

    start: dt.date
    months: int
    end: dt.date


@dataclass(frozen=True, slots=True)
class ConformityValidity:
    """How long a 保適証 may still be used."""

    day_number: int
    """1 on the 検査日, 15 on the last day."""
    last_day: dt.date
    expired: bool
    nearly_expired: bool
    """From the 10th day on."""


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later (or earlier), or that month's last day when it has no such day."""
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# --- the window, and the new 有効期間


def window_start(expiry_date: dt.date, day: dt.date) -> dt.date:
    """Return from when an application keeps the old 満了日: 2 months before it (1 before 2025-04-01)."""
    return add_months(expiry_date, -2 if day >= TWO_MONTHS_SINCE else -1)


def base_day(planned_date: dt.date | None, today: dt.date) -> dt.date:
    """Return the day that counts: 申請予定日, unless there is none or it has passed; then today."""
    return max(planned_date or today, today)


def new_validity(expiry_date: dt.date | None, day: dt.date, years: int) -> NewValidity:
    """Return the 有効期間 after an inspection (rule V09).

    Args:
        expiry_date: The present 満了日; None when there is none.
        day: On which the office is applied to.
        years: Of the new period.
    """
    keeps_old_day = expiry_date is not None and window_start(expiry_date, day) <= day <= expiry_date
    first_day = expiry_date + _ONE_DAY if keeps_old_day and expiry_date else day
    if (first_day.month, first_day.day) == _LEAP_DAY:  # the period ends with February (民法143条)
        return NewValidity(first_day, dt.date(first_day.year + years, 2, 28))
    return NewValidity(first_day, first_day.replace(year=first_day.year + years) - _ONE_DAY)


# --- 自賠責


def policy_end(start: dt.date, months: int) -> dt.date:
    """Return the day at whose noon a policy ends; one from 29 February ends on 1 March where there is no 29th."""
    end = add_months(start, months)
    is_cut = (start.month, start.day) == _LEAP_DAY and end.day < start.day
    return end + _ONE_DAY if is_cut else end


def counted_end(start: dt.date | None, months: int | None) -> dt.date | None:
    """Return 保険終了日 of a policy that is being typed; None while it cannot be counted."""
    if start is None or months is None or not 1 <= months <= POLICY_MONTHS:
        return None
    return policy_end(start, months)


def insurance_covers(insurance_end: dt.date, expiry_date: dt.date) -> bool:
    """Tell whether 自賠責 covers the 有効期間 to its midnight: it ends at noon, so at least a day later (rule V11)."""
    return insurance_end >= expiry_date + _ONE_DAY


def propose_insurance(old_end: dt.date | None, day: dt.date, expiry_date: dt.date) -> InsuranceProposal | None:
    """Return the shortest 自賠責 on sale that covers the new 満了日; None when none does.

    Args:
        old_end: The day on which the present insurance ends; the new one follows it. None or past: a lapse.
        day: The first day of the new one after a lapse, usually the day on which the office is applied to.
        expiry_date: The new 満了日.
    """
    start = old_end if old_end and old_end >= day else day
    periods = (InsuranceProposal(start, months, policy_end(start, months)) for months in _SOLD_MONTHS)
    return next((period for period in periods if insurance_covers(period.end, expiry_date)), None)


# --- 保適証


def last_conformity_day(inspection_date: dt.date) -> dt.date:
    """Return the last of the 15 days of a 保適証."""
    return inspection_date + dt.timedelta(days=CONFORMITY_DAYS - 1)


def conformity_validity(inspection_date: dt.date, today: dt.date) -> ConformityValidity:
    """Return where in its 15 days a 保適証 is (rule V10; we count the 検査日 as the first day)."""
    day_number = (today - inspection_date).days + 1
    last_day = last_conformity_day(inspection_date)
    expired = today > last_day
    return ConformityValidity(day_number, last_day, expired, not expired and day_number >= _CONFORMITY_WARNING_DAY)


def missed_window(expiry_date: dt.date, inspection_date: dt.date) -> dt.date | None:
    """Return the start of the window when no day on which the 保適証 may be used reaches it (rule A11)."""
    last_day = last_conformity_day(inspection_date)
    start = window_start(expiry_date, last_day)
    return start if last_day < start else None


# --- all of them together


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionDays:
    """What is known of the days of one inspection, and what follows from it; None where too little is known."""

    today: dt.date
    day: dt.date
    """The day that counts: see `base_day`."""
    expiry_date: dt.date | None = None
    """The present 満了日."""
    years: int | None = None
    """Of the new 有効期間."""
    inspection_date: dt.date | None = None
    """検査日 of the 保適証."""
    insurance_start: dt.date | None = None
    insurance_end: dt.date | None = None
    old_insurance_end: dt.date | None = None
    """Of the 自賠責 before it."""

    @property
    def new_expiry(self) -> dt.date | None:
        """The 満了日 that an application on the day gives."""
        return None if self.years is None else new_validity(self.expiry_date, self.day, self.years).expiry_date

    @property
    def is_covered(self) -> bool | None:
        """Whether 自賠責 covers the new 有効期間."""
        end, expiry = self.insurance_end, self.new_expiry
        return None if end is None or expiry is None else insurance_covers(end, expiry)

    @property
    def months_short(self) -> int:
        """How many months of 自賠責 more would cover the new 有効期間."""
        end, expiry = self.insurance_end, self.new_expiry
        if end is None or expiry is None:
            return 0
        return next(months for months in count() if insurance_covers(policy_end(end, months), expiry))

    @property
    def last_day_of_conformity(self) -> dt.date | None:
        """検査日 + 14."""
        return None if self.inspection_date is None else last_conformity_day(self.inspection_date)

    @property
    def last_day_of_insurance(self) -> dt.date | None:
        """The last day on which 自賠責 still covers the whole 有効期間 that an application on it gives.

        The later the application, the later the new 満了日 (or the same): so it is looked for backwards, from the
        first day that is surely too late; the longest way is over the two months that keep the old 満了日.
        """
        end, expiry, years = self.insurance_end, self.expiry_date, self.years
        if end is None or years is None:
            return None
        too_late = add_months(end, -years * _MONTHS_A_YEAR) + 2 * _ONE_DAY
        days = (too_late - back * _ONE_DAY for back in count())
        return next(day for day in days if insurance_covers(end, new_validity(expiry, day, years).expiry_date))

    @property
    def last_application_date(self) -> dt.date | None:
        """最終の検査申請日: the earlier of the two, or the one that is known."""
        known = (self.last_day_of_conformity, self.last_day_of_insurance)
        return min((day for day in known if day is not None), default=None)

    @property
    def is_last_application_known(self) -> bool:
        """Whether both of its parts are known; else it may be earlier yet."""
        return self.last_day_of_conformity is not None and self.last_day_of_insurance is not None

    @property
    def is_nearly_late(self) -> bool:
        """Whether the day is the last for an application, or a working day before it: the office may record later."""
        last = self.last_application_date
        return last is not None and working_day_before(last) <= self.day <= last

    @property
    def needs_old_insurance(self) -> bool | None:
        """Whether the 自賠責 before counts too: the new one begins after the day."""
        return None if self.insurance_start is None else self.insurance_start > self.day

    @property
    def uninsured_from(self) -> dt.date | None:
        """From when the car has no 自賠責 until the new one begins; None when it has, or nobody knows."""
        old_end = self.old_insurance_end
        if not self.needs_old_insurance or old_end is None or self.insurance_start is None:
            return None
        return old_end if old_end < self.insurance_start else None
