"""Tests of which certificates may be printed."""

from __future__ import annotations

import pytest

from onestop.model.printable import (
    CANCELLED,
    IN_CORRECTION,
    NO_NUMBER,
    TAKEN_AWAY,
    UNSETTLED,
    why_conformity_not_printed,
    why_insurance_not_printed,
)
from onestop.model.sending_state import Sending
from support.builders import a_conformity_certificate, an_insurance_certificate


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
    ("sending", "number", "status", "why_not"),
    [
        (Sending.FILED, "1112345678", "報告済", ""),
        (Sending.FILED, "1112345678", None, ""),
        (Sending.DRAFT, None, None, NO_NUMBER),
        (Sending.SENDING, None, None, UNSETTLED),
        (Sending.UNKNOWN, "1112345678", "作成済", UNSETTLED),
        (Sending.FILED, "1112345678", "作成中", IN_CORRECTION),
        (Sending.FILED, "1112345678", "削除", TAKEN_AWAY),
    ],
)
def test_a_conformity_is_printed_while_it_stands(
    sending: Sending, number: str | None, status: str | None, why_not: str
) -> None:
    certificate = a_conformity_certificate(certificate_number=number, status=status)
    certificate.sending = sending
    assert why_conformity_not_printed(certificate) == why_not


def test_nothing_is_not_printed() -> None:
    assert why_insurance_not_printed(None) == why_conformity_not_printed(None) == NO_NUMBER
