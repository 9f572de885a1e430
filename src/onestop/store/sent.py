"""What the shelves of everything that is sent share: which records went to another server than the one asked now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import String, bindparam, func, select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing

    Kind = type[Filing | InsuranceCertificate | ConformityCertificate]


def sent_elsewhere(session: Session, kind: Kind, control_numbers: Iterable[int], address: str) -> dict[int, str]:
    """Return those that were sent to another address, by their 管理番号; one that did not note it is not among them."""
    listed = func.json_each(bindparam(None, json.dumps(list(control_numbers)), String)).table_valued("value")
    away = select(kind.control_number, kind.sent_to).where(
        kind.control_number.in_(select(listed.c.value)), kind.sent_to != address
    )
    return {number: str(sent_to) for number, sent_to in session.execute(away)}
