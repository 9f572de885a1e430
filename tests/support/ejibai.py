"""What goes to e-JIBAI and comes back, made up, with valid defaults."""

from __future__ import annotations

import json

from onestop.gateway.ejibai import PolicyRequest
from support import sandbox


def a_policy_request(**changes: object) -> PolicyRequest:
    """Return the contract's own example, with changes as JSON has them."""
    return PolicyRequest.model_validate_json(json.dumps(sandbox.a_policy_request(**changes)))


def a_policy_answer(**changes: object) -> dict[str, object]:
    """Return a Policy as it comes over the wire, with changes."""
    return {
        "certificate_number": "A123456789",
        "control_number": 1,
        "insurer": "東京海上日動火災保険株式会社",
        "contract_kind": "継続",
        "start_at": "2026-12-20T12:00:00+09:00",
        "end_at": "2028-12-20T12:00:00+09:00",
        "months": 24,
        "premium": 17650,
        "status": "発行済",
        "registry_reported_at": None,
    } | changes
