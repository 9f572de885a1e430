"""What goes to AIRAS and comes back, made up, with valid defaults."""

from __future__ import annotations

import json

from onestop.gateway.airas import CertificateRequest
from support import sandbox


def a_certificate_request(**changes: object) -> CertificateRequest:
    """Return the contract's own example, with changes as JSON has them."""
    return CertificateRequest.model_validate_json(json.dumps(sandbox.a_certificate_request(**changes)))


def a_certificate_answer(**changes: object) -> dict[str, object]:
    """Return a Certificate as it comes over the wire, with changes."""
    return {
        "certificate_number": "2000000001",
        "control_number": 1,
        "application_kind": "OSS申請",
        "status": "作成済",
        "report_status": "未報告",
        "insurance_match": "電子",
        "issued_at": "2026-11-24T09:15:00+09:00",
        "valid_until": "2026-12-08",
        "status_updated_at": "2026-11-24T09:15:00+09:00",
        "message": None,
    } | changes
