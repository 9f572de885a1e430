"""Which 自賠責 of a car is the one for the 有効期間 that comes: the one rule for every panel, hint, form and check."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from onestop.model.inspection_days import insurance_covers
from onestop.model.policies import usable
from onestop.services.car_days import days_of_car

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.model.certificates import InsuranceCertificate
    from onestop.model.vehicle import Vehicle

OVERHANG: Final = dt.timedelta(days=62)
"""So far a policy of the present 有効期間 may reach past the 満了日: a month more is sold, and a month may be late."""


def coming_policy(
    insurances: Sequence[InsuranceCertificate], vehicle: Vehicle, today: dt.date
) -> InsuranceCertificate | None:
    """Return the policy for the coming 有効期間: one that covers it before one that falls short, then the newest.

    One that ends with the present 有効期間, or has ended, is the one before; then there is None yet.
    """
    expiry = days_of_car(vehicle, today).new_expiry
    coming = [each for each in usable(insurances) if _reaches_on(each.end_date, vehicle.expiry_date, today)]
    return max(coming, key=lambda each: (_covers(each.end_date, expiry), each.control_number), default=None)


def policy_under_way(
    insurances: Sequence[InsuranceCertificate], vehicle: Vehicle, today: dt.date
) -> InsuranceCertificate | None:
    """Return what e-JIBAI の 1 opens: the newest that is not finished, else the coming policy, else None: 新規."""
    unfinished = [each for each in insurances if is_open(each)]
    newest = max(unfinished, key=lambda each: each.control_number, default=None)
    return newest or coming_policy(insurances, vehicle, today)


def is_open(certificate: InsuranceCertificate) -> bool:
    """Tell whether it is a draft, or its answer is still awaited."""
    return certificate.sending.is_unsettled or not certificate.certificate_number


def _reaches_on(end: dt.date | None, expiry: dt.date | None, today: dt.date) -> bool:
    if end is None:  # nobody knows better
        return True
    return end > today and (expiry is None or end > expiry + OVERHANG)


def _covers(end: dt.date | None, expiry: dt.date | None) -> bool:
    return end is not None and expiry is not None and insurance_covers(end, expiry)
