"""One car with what counts of it now: what the panels, 次にすること and 連動 look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.model.policies import policy_before
from onestop.services.coming_policy import coming_policy, policy_under_way

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.filing import Filing
    from onestop.model.vehicle import Vehicle


@dataclass(frozen=True, slots=True)
class CarOverview:
    """What the four panels of ワンストップサービス show of one car."""

    vehicle: Vehicle
    insurance: InsuranceCertificate | None
    """The 自賠責 under way or for the coming 有効期間; without either the newest, which is over."""
    conformity: ConformityCertificate | None
    filing: Filing | None
    policy: InsuranceCertificate | None = None
    """The 自賠責 for the coming 有効期間, as coming_policy.py finds it."""

    policy_before: InsuranceCertificate | None = None
    """The 自賠責 before that one."""

    @property
    def is_insured_before_only(self) -> bool:
        """Whether the 自賠責 that is shown is the one of the present 有効期間, and a new one is needed."""
        held = self.insurance
        return self.policy is None and held is not None and bool(held.certificate_number)


def overview_of(
    vehicle: Vehicle,
    insurances: Sequence[InsuranceCertificate],
    conformity: ConformityCertificate | None,
    filing: Filing | None,
    today: dt.date,
) -> CarOverview:
    """Choose what counts.

    Args:
        vehicle: the car.
        insurances: all its 自賠責, the newest first.
        conformity: its newest electronic 保適証.
        filing: its newest 申請.
        today: the day on which it is looked at.
    """
    shown = policy_under_way(insurances, vehicle, today) or next(iter(insurances), None)
    policy = coming_policy(insurances, vehicle, today)
    before = policy_before(insurances, policy) if policy else None
    return CarOverview(vehicle, shown, conformity, filing, policy, before)
