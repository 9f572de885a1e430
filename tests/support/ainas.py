"""What goes to AINAS and comes back, made up, with valid defaults."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from onestop.gateway.ainas import FilingRequest
from onestop.gateway.transport import Credentials

KEY = UUID("8f14e45f-ceea-467f-9575-6dfd0d1c8a11")
CREDENTIALS = Credentials("鍵-key", "ひみつ-pass:word")


def a_filing_request(**changes: Any) -> FilingRequest:  # noqa: ANN401 - any field, also a wrong one
    """Return the manual's sample, with changes."""
    sample = {
        "control_number": 1,
        "requester_site_code": "0812345",
        "agent_site_id": "D0000123",
        "procedure": "継続検査",
        "vehicle_class": "普通",
        "planned_date": None,
        "registration_number": {"area": "土浦", "class_number": "1", "kana": "あ", "serial": "1111"},
        "chassis_number": "ABC123",
        "officially_stamped": False,
        "user": {
            "name": "カーネット太郎",
            "kind": "個人",
            "representative": "カーネット太郎",
            "address1": "茨城県古河市",
            "address2": None,
        },
        "insurance_certificate_number": None,
        "conformity_certificate_number": None,
        "certificate_update": None,
        "recording_contract_number": None,
    }
    return FilingRequest.model_validate(sample | changes)


def a_filing_answer(**changes: object) -> dict[str, object]:
    """Return a FilingProgress as it comes over the wire, with changes."""
    return {
        "filing_id": "1000000008",
        "control_number": 1,
        "requested_at": "2026-11-24T09:15:00+09:00",
        "status": "受付前",
        "oss_status": None,
        "status_updated_at": "2026-11-24T09:15:00+09:00",
        "message": None,
        "fees": [{"kind": "検査登録手数料", "amount": None, "payment_status": None, "due_date": None}],
    } | changes


def a_problem(status: int, code: str = "some_code", **changes: object) -> dict[str, object]:
    """Return a Problem as it comes over the wire, with changes."""
    return {
        "type": "about:blank",
        "status": status,
        "code": code,
        "title": "題名",
        "detail": "説明",
        "request_id": "3f6c2a9e",
    } | changes
