"""Tests of which certificates may be printed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestop.clock import JST
from onestop.model.printable import (
    CANCELLED,
    EXPIRED,
    HELD_BACK,
    IN_CORRECTION,
    NO_NUMBER,
    TAKEN_AWAY,
    TURNED_DOWN,
    UNSETTLED,
    is_past_validity,
    why_conformity_not_printed,
    why_insurance_not_printed,
    why_mark_not_printed,
)
from onestop.model.sending_state import Sending
from support.builders import BUILT_AT, a_conformity_certificate, an_insurance_certificate

NOW = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)


@pytest.mark.parametrize(
    ("sending", "number", "status", "why_not"),
    [
        (Sending.FILED, "A123456789", "発行済", ""),
        (Sending.FILED, "A123456789", "知らない言葉", ""),
        (Sending.DRAFT, "X1", None, ""),
        (Sending.DRAFT, None, None, NO_NUMBER),
        (Sending.SENDING, None, None, UNSETTLED),
        (Sending.UNKNOWN, "A123456789", "発行済", UNSETTLED),
        (Sending.FILED, "A123456789", "取消", CANCELLED),
    ],
)
def test_an_insurance_with_a_number_is_printed_until_cancelled(
    sending: Sending, number: str | None, status: str | None, why_not: str
) -> None:
    certificate = an_insurance_certificate(certificate_number=number, status=status)
    certificate.sending = sending
    assert why_insurance_not_printed(certificate) == why_not


@pytest.mark.parametrize(
    ("changes", "why_not"),
    [
        ({}, ""),
        ({"status": None}, ""),
        ({"sending": Sending.DRAFT, "certificate_number": None, "status": None}, NO_NUMBER),
        ({"sending": Sending.SENDING, "certificate_number": None, "status": None}, UNSETTLED),
        ({"sending": Sending.UNKNOWN}, UNSETTLED),
        ({"status": "作成中"}, IN_CORRECTION),
        ({"status": "削除"}, TAKEN_AWAY),
        ({"status": "却下"}, TURNED_DOWN),
        ({"pullback_requested_at": BUILT_AT}, HELD_BACK),
        ({"pullback_requested_at": BUILT_AT - dt.timedelta(hours=2)}, ""),
    ],
)
def test_a_conformity_and_its_mark_are_printed_while_it_stands(changes: dict[str, Any], why_not: str) -> None:
    certificate = a_conformity_certificate(**{"sending": Sending.FILED, **changes})
    assert why_conformity_not_printed(certificate, NOW) == why_not
    assert why_mark_not_printed(certificate, NOW) == why_not


def test_after_its_days_only_the_conformity_itself_is_printed() -> None:
    certificate = a_conformity_certificate(sending=Sending.FILED, valid_until=dt.date(2026, 11, 24))
    assert not is_past_validity(certificate, NOW.date())
    tomorrow = NOW + dt.timedelta(days=1)
    assert is_past_validity(certificate, tomorrow.date())
    assert why_conformity_not_printed(certificate, tomorrow) == ""
    assert why_mark_not_printed(certificate, tomorrow) == EXPIRED
    assert not is_past_validity(None, NOW.date())


def test_while_airas_has_not_told_the_last_day_it_is_counted_from_the_inspection() -> None:
    certificate = a_conformity_certificate(valid_until=None, inspection_date=dt.date(2026, 11, 10))
    assert not is_past_validity(certificate, dt.date(2026, 11, 24))
    assert is_past_validity(certificate, dt.date(2026, 11, 25))


def test_nothing_is_not_printed() -> None:
    assert why_insurance_not_printed(None) == why_conformity_not_printed(None, NOW) == NO_NUMBER
