"""How a car's papers stand, where the next step is the same for several of these states."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestop.clock import JST
from onestop.model.sending_state import Sending
from onestop.services.inspection.states import InsuranceState, insurance_state, minutes_left
from support.builders import a_conformity_certificate, a_vehicle, an_insurance_certificate
from support.inspections import a_current

NOW = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)
TWO_HOURS_AGO = NOW - dt.timedelta(hours=2)
ISSUED: dict[str, Any] = {"sending": Sending.FILED, "request_key": "key", "end_date": dt.date(2028, 12, 21)}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, InsuranceState.ISSUED),
        ({"new_insurance_number": "OTHER"}, InsuranceState.LATE),
        ({"certificate_number": None}, InsuranceState.LATE),
        ({"status": "削除"}, InsuranceState.LATE),
        ({"application_kind": "窓口申請"}, InsuranceState.LATE),
    ],
)
def test_airas_has_a_policy_with_which_it_issued_and_no_other(changes: dict[str, Any], state: InsuranceState) -> None:
    policy = an_insurance_certificate(**ISSUED, first_sent_at=TWO_HOURS_AGO)
    told = {"sending": Sending.FILED, "status": "作成済", "new_insurance_number": policy.certificate_number, **changes}
    car = a_current(a_vehicle(), NOW.date(), (policy,), a_conformity_certificate(**told), None)
    assert insurance_state(car, NOW) is state


@pytest.mark.parametrize(("minutes", "left"), [(0, 60), (1, 59), (59, 1), (60, 0), (61, 0)])
def test_a_policy_is_awaited_for_an_hour_from_its_first_sending(minutes: int, left: int) -> None:
    policy = an_insurance_certificate(**ISSUED, first_sent_at=NOW - dt.timedelta(minutes=minutes))
    assert minutes_left(policy, NOW) == left
    assert minutes_left(None, NOW) == 0
