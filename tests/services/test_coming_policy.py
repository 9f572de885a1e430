"""Which 自賠責 of a car counts: under way, for the 有効期間 that comes, or over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from onestop.services.coming_policy import coming_policy, is_open, policy_under_way

from onestop.model.policies import policy_before
from onestop.model.sending_state import Sending
from support.builders import a_vehicle, an_insurance_certificate

if TYPE_CHECKING:
    from onestop.model.certificates import InsuranceCertificate

TODAY = dt.date(2026, 11, 24)
EXPIRY = dt.date(2026, 12, 20)
OLD, NEW = dt.date(2026, 12, 21), dt.date(2028, 12, 21)


def held(control_number: int = 1, **changes: Any) -> InsuranceCertificate:  # noqa: ANN401 - any field of it
    certificate = an_insurance_certificate(**{"end_date": NEW, **changes})
    certificate.control_number = control_number
    return certificate


@pytest.mark.parametrize(
    ("newest", "expiry", "coming"),
    [
        ({"status": "取消"}, EXPIRY, False),
        ({"certificate_number": None}, EXPIRY, False),
        ({"end_date": None}, EXPIRY, True),
        ({"end_date": dt.date(2027, 2, 20)}, EXPIRY, False),
        ({"end_date": dt.date(2027, 2, 21)}, EXPIRY, True),
        ({"end_date": NEW}, EXPIRY, True),
        ({"end_date": NEW}, dt.date(2028, 12, 20), False),
        ({"end_date": TODAY}, None, False),
        ({"end_date": dt.date(2026, 11, 25)}, None, True),
        ({"end_date": dt.date(2026, 11, 23)}, dt.date(2025, 1, 1), False),
        ({"end_date": TODAY}, dt.date(2025, 1, 1), False),
    ],
)
def test_which_certificate_is_for_the_coming_period(
    newest: dict[str, Any],
    expiry: dt.date | None,
    coming: bool,  # noqa: FBT001 - a row
) -> None:
    found = coming_policy((held(**newest),), a_vehicle(expiry_date=expiry), TODAY)
    assert (found is not None) is coming


def test_of_several_the_one_that_covers_the_period_counts_and_then_the_newest() -> None:
    car = a_vehicle()
    short, first, second = held(3, end_date=dt.date(2027, 12, 21)), held(1), held(2)
    assert coming_policy((short, second, first), car, TODAY) is second
    assert coming_policy((short,), car, TODAY) is short
    assert coming_policy((short, first), a_vehicle(use=""), TODAY) is short


def test_the_one_before_ends_earlier() -> None:
    new, twin, old, cancelled = held(3), held(4), held(2, end_date=OLD), held(1, status="取消", end_date=OLD)
    assert policy_before((twin, new, old, cancelled), new) is old
    assert policy_before((new,), new) is None
    assert policy_before((old, cancelled), None) is old
    assert policy_before((held(5, end_date=None), old), held(6, end_date=None)) is not None


def test_what_is_not_finished_goes_before_what_was_issued() -> None:
    car = a_vehicle()
    issued, draft = held(1), held(2, certificate_number=None, sending=Sending.DRAFT)
    lost, old = held(3, sending=Sending.UNKNOWN, end_date=OLD), held(4, end_date=OLD)
    assert policy_under_way((draft, issued), car, TODAY) is draft
    assert policy_under_way((old, lost, draft), car, TODAY) is lost
    assert policy_under_way((old, issued), car, TODAY) is issued
    assert policy_under_way((old,), car, TODAY) is None
    assert [is_open(each) for each in (draft, lost, issued)] == [True, True, False]
