"""When a car may be inspected, until when it may run then, and what 自賠責 and 保適証 that needs."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.model.rate_tables import validity_rows
from onestop.model.words import VehicleClass

if TYPE_CHECKING:
    from onestop.model.money import TaxableVehicle

_ONE_DAY: Final = dt.timedelta(days=1)
_TWO_MONTHS_SINCE: Final = dt.date(2025, 4, 1)
_SOLD_MONTHS: Final = (12, 13, 24, 25, 36, 37)
_CONFORMITY_DAYS: Final = 15
_CONFORMITY_WARNING_DAY: Final = 10
_KNOWN_USES: Final = ("貨物", "乗合", "特種", "乗用")


@dataclass(frozen=True, slots=True)
class NewValidity:
    """The 有効期間 that an inspection gives."""

    first_day: dt.date
    expiry_date: dt.date
    """The new 満了日: the day before the anniversary of the first day."""
    follows_old: bool
    """Counted from the old 満了日, because the inspection is within its last two months."""


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
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def validity_years(vehicle: TaxableVehicle) -> int | None:
    """Return the years of the new 有効期間 by use (rule V34); None when the 用途 is not known."""
    use = _validity_use(vehicle)
    return next((row.years for row in validity_rows() if row.use == use), None)


def _validity_use(vehicle: TaxableVehicle) -> str:
    if vehicle.vehicle_class is VehicleClass.MOTORCYCLE:
        return "小型二輪"
    if vehicle.vehicle_class is VehicleClass.KEI:
        return _kei_use(vehicle)
    if vehicle.use not in _KNOWN_USES:
        return ""
    if vehicle.is_business:
        return "事業用 (登録車)"
    if vehicle.rental and vehicle.use == "乗用":
        return "レンタカー 乗用"
    return {
        "乗用": "乗用 自家用",
        "貨物": "貨物 8t未満 (自家用・事業用)",
        "乗合": "乗合 11人以上",
        "特種": "特種 (8ナンバー, 貨物系を除く)",
    }[vehicle.use]


def _kei_use(vehicle: TaxableVehicle) -> str:
    if vehicle.is_business:
        return "軽 事業用"
    if vehicle.use == "貨物":
        return "軽貨物"
    return "レンタカー 軽乗用" if vehicle.rental else "軽乗用 自家用"


def window_start(expiry_date: dt.date, day: dt.date) -> dt.date:
    """Return from when an inspection keeps the old 満了日: 2 months before it (1 before 2025-04-01)."""
    return add_months(expiry_date, -2 if day >= _TWO_MONTHS_SINCE else -1)


def new_validity(expiry_date: dt.date | None, inspection_day: dt.date, years: int) -> NewValidity:
    """Return the 有効期間 after an inspection (rule V09).

    Args:
        expiry_date: The present 満了日; None when there is none.
        inspection_day: The day of the inspection.
        years: Of the new period.
    """
    follows = expiry_date is not None and window_start(expiry_date, inspection_day) <= inspection_day <= expiry_date
    first_day = expiry_date + _ONE_DAY if follows and expiry_date else inspection_day
    return NewValidity(first_day, _last_day(first_day, years), follows)


def _last_day(first_day: dt.date, years: int) -> dt.date:
    """Return the day before the anniversary; a period from 29 February ends with February (民法143条)."""
    if (first_day.month, first_day.day) == (2, 29):
        return dt.date(first_day.year + years, 2, 28)
    return first_day.replace(year=first_day.year + years) - _ONE_DAY


def insurance_covers(insurance_end: dt.date, expiry_date: dt.date) -> bool:
    """Tell whether 自賠責 covers the 有効期間 to its midnight: it ends at noon, so at least a day later (rule V11)."""
    return insurance_end >= expiry_date + _ONE_DAY


def propose_insurance(old_end: dt.date | None, day: dt.date, expiry_date: dt.date) -> InsuranceProposal | None:
    """Return the shortest 自賠責 on sale that covers the new 満了日; None when none does.

    Args:
        old_end: The day on which the present insurance ends; the new one follows it. None or past: a lapse.
        day: The first day of the new one after a lapse, usually the day of the inspection.
        expiry_date: The new 満了日.
    """
    start = old_end if old_end and old_end >= day else day
    periods = (InsuranceProposal(start, months, add_months(start, months)) for months in _SOLD_MONTHS)
    return next((period for period in periods if insurance_covers(period.end, expiry_date)), None)


def conformity_validity(inspection_date: dt.date, today: dt.date) -> ConformityValidity:
    """Return where in its 15 days a 保適証 is (rule V10; we count the 検査日 as the first day)."""
    day_number = (today - inspection_date).days + 1
    last_day = inspection_date + dt.timedelta(days=_CONFORMITY_DAYS - 1)
    expired = today > last_day
    return ConformityValidity(day_number, last_day, expired, not expired and day_number >= _CONFORMITY_WARNING_DAY)
