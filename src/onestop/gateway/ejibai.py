"""自賠責[e-JIBAI]: the client of resources/contract/ejibai.yaml, with its wire models; one method an operation."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from onestop.gateway.client import ServiceClient
from onestop.gateway.subject import Subject
from onestop.gateway.transport import Call
from onestop.gateway.wire import (
    MAX_ENTRIES,
    MAX_MONTHS,
    Answered,
    ChassisNumber,
    Filled,
    InsuranceNumber,
    Insurer,
    Issued,
    Moment,
    Request,
    WirePlate,
    Word,
    Yen,
)
from onestop.model.limits import POLICY_NUMBER

ROOT = "/ejibai/v1"


class PolicyRequest(Request):
    """One 証明書発行, as it is frozen before it is sent."""

    insurer: Insurer
    """保険会社."""
    contract_kind: Literal["新規", "継続"]
    """契約区分."""
    report_to_registry: bool
    """登録機関; without it AIRAS never sees the policy."""
    rate_class: str
    """車種 of the premium table."""
    registration_number: WirePlate
    chassis_number: ChassisNumber = Field(repr=False)
    policyholder_name: Filled = Field(repr=False)
    policyholder_address: Filled = Field(repr=False)
    start_date: dt.date
    """保険開始日; the period starts and ends at noon."""
    months: int = Field(ge=1, le=37)


class Policy(Issued):
    """自賠責保険証明書 as it stands. Words are as they came."""

    certificate_number: InsuranceNumber = Field(repr=False)
    """保険証番号."""
    insurer: Word
    contract_kind: Word
    start_at: Moment
    end_at: Moment
    months: int = Field(ge=1, le=MAX_MONTHS)
    premium: Yen
    registry_reported_at: Moment | None
    """When the 登録機関 got it; AIRAS sees it from then on."""

    @property
    def number(self) -> str:
        """保険証番号."""
        return self.certificate_number


class _Found(Answered):
    policies: tuple[Policy, ...] = Field(max_length=MAX_ENTRIES)


class EjibaiClient(ServiceClient[Policy]):
    """自賠責[e-JIBAI]."""

    root = ROOT
    thing = "policy"
    issued = f"{ROOT}/policies"
    issuing = "issuePolicy"
    fetching = "getPolicy"
    model = Policy

    def find_by_number(self, control_number: int) -> tuple[Policy, ...]:
        """Return what was issued under this 管理番号, newest first.

        Raises:
            AnswerOfAnother: the answer holds another number.
        """
        return self._found(Subject(control_number), ("control_number", str(control_number)))

    def find_by_chassis(self, chassis_number: str) -> tuple[Policy, ...]:
        """Return the policies of this 車台番号, newest first; it must be written as it was when they were issued.

        Raises:
            AnswerOfAnother: the answer holds one of another car.
        """
        return self._found(Subject(chassis_number=chassis_number), ("chassis_number", chassis_number))

    def cancel(self, certificate_number: str) -> None:
        """取消; possible until the period starts. Raises Refused with code already_started after that."""
        self._transport.tell(Call("cancelPolicy", "DELETE", self._place(certificate_number), expected=frozenset({204})))

    def _place(self, number: str) -> str:
        if POLICY_NUMBER.fullmatch(number) is None:
            raise ValueError("not a 保険証番号")
        return f"{self.issued}/{number}"

    def _found(self, subject: Subject, *criteria: tuple[str, str]) -> tuple[Policy, ...]:
        call = Call("findPolicies", "GET", self.issued, query=criteria)
        return self._held_to(subject, call, self._transport.ask(call, _Found).policies)
