"""Which of a car's 自賠責 can be told of, and which one comes before another."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from onestop.model.certificate_words import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.model.certificates import InsuranceCertificate


def usable(insurances: Sequence[InsuranceCertificate]) -> tuple[InsuranceCertificate, ...]:
    """Return those that have a number and were not taken back, the one that ends last first."""
    held = [each for each in insurances if each.certificate_number and not each.is_cancelled]
    return tuple(sorted(held, key=lambda each: (each.end_date or dt.date.min, each.control_number), reverse=True))


def why_not_electronic(policy: InsuranceCertificate, name: str = "自賠責") -> str:
    """Say why AIRAS cannot find a policy by itself; "" for one that it can."""
    if policy.origin is not Origin.ELECTRONIC:
        return f"{name}が「{policy.origin.value}」のため、AIRASの電子データにありません。"
    return "" if policy.report_to_registry else f"{name}が登録機関へ報告されていないため、AIRASに届きません。"


def policy_before(
    insurances: Sequence[InsuranceCertificate], coming: InsuranceCertificate | None
) -> InsuranceCertificate | None:
    """Return the policy before the coming one: of those that end earlier the one that ends last."""
    last = dt.date.max if coming is None else coming.end_date or dt.date.max
    earlier = (each for each in usable(insurances) if each is not coming and (each.end_date or dt.date.min) < last)
    return next(earlier, None)
