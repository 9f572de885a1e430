"""申請[AINAS]: the client of resources/contract/ainas.yaml, with its wire models. One method for each operation."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from onestop.errors import InvalidInput, Problem
from onestop.gateway.client import ServiceClient
from onestop.gateway.subject import SortedOut, Subject, sort_out
from onestop.gateway.transport import Call, Credentials
from onestop.gateway.wire import (
    MAX_ENTRIES,
    MAX_ROWS,
    Answered,
    Asked,
    ChassisNumber,
    Day,
    InsuranceNumber,
    Issued,
    Moment,
    Request,
    Text,
    WirePlate,
    Word,
    Yen,
    json_bytes,
)
from onestop.model.limits import SENT_LINE

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = "/ainas/v1"
FILING_ID = re.compile(r"[0-9]{10}", re.ASCII)

FilingId = Annotated[str, StringConstraints(pattern=r"^[0-9]{10}$")]
SiteCode = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=SENT_LINE)]


class WireUser(Asked):
    """使用者."""

    name: Line = Field(repr=False)
    kind: Literal["個人", "法人", "官公署"]
    representative: str | None = Field(max_length=SENT_LINE, repr=False)
    address1: Line = Field(repr=False)
    address2: str | None = Field(max_length=SENT_LINE, repr=False)


class FilingRequest(Request):
    """One 依頼, as it is frozen before it is sent."""

    requester_site_code: SiteCode
    agent_site_id: SiteCode
    procedure: Literal["継続検査"]
    vehicle_class: Literal["普通", "軽", "小型二輪"]
    planned_date: dt.date | None
    registration_number: WirePlate
    chassis_number: ChassisNumber = Field(repr=False)
    officially_stamped: bool
    user: WireUser
    insurance_certificate_number: InsuranceNumber | None = Field(repr=False)
    conformity_certificate_number: str | None = Field(max_length=20, repr=False)
    certificate_update: str | None = Field(max_length=40)
    recording_contract_number: str | None = Field(max_length=20)


class Fee(Answered):
    """One row of 手数料・税種別; any kind."""

    kind: Word
    amount: Yen | None
    payment_status: Word | None
    due_date: Day | None


class FilingProgress(Issued):
    """Where a filing stands. Words are as they came."""

    filing_id: FilingId
    requested_at: Moment
    oss_status: Word | None
    status_updated_at: Moment
    message: Text | None = Field(repr=False)
    fees: tuple[Fee, ...] = Field(max_length=MAX_ROWS)

    @property
    def number(self) -> str:
        """申請ID."""
        return self.filing_id

    @property
    def taken_at(self) -> dt.datetime:
        """依頼日時."""
        return self.requested_at


class Account(Answered):
    """Who the credentials belong to."""

    organization: Word = Field(repr=False)
    password_is_initial: bool


class _Found(Answered):
    filings: tuple[FilingProgress, ...] = Field(max_length=MAX_ENTRIES)


class _ProgressAnswer(_Found):
    unknown: tuple[FilingId, ...] = Field(max_length=MAX_ENTRIES, repr=False)


class AinasClient(ServiceClient[FilingProgress]):
    """申請[AINAS]."""

    root = ROOT
    thing = "filing"
    issued = f"{ROOT}/filings"
    issuing = "submitFiling"
    fetching = "getFiling"
    model = FilingProgress

    def account(self, credentials: Credentials | None = None) -> Account:
        """接続確認, with the stored credentials or with these."""
        return self._transport.ask(Call("getAccount", "GET", f"{ROOT}/account", credentials=credentials), Account)

    def reset_password(self, new_password: str, credentials: Credentials | None = None) -> None:
        """AINAS連携APIパスワード再設定, with the present credentials: after it only the new password is right.

        Raises:
            InvalidInput: `new_password` is not 8 to 64 visible ASCII characters; nothing was sent.
        """
        check_new_password(new_password)
        self._transport.tell(
            Call(
                "resetPassword",
                "PUT",
                f"{ROOT}/account/password",
                body=json_bytes({"new_password": new_password}),
                expected=frozenset({204}),
                credentials=credentials,
            )
        )

    def find_by_number(self, control_number: int, requester_site_code: str) -> tuple[FilingProgress, ...]:
        """Return what this site filed under this 管理番号, newest first.

        Raises:
            AnswerOfAnother: the answer holds another number.
        """
        criteria = ("control_number", str(control_number)), ("requester_site_code", requester_site_code)
        return self._found(Subject(control_number), *criteria)

    def withdraw(self, filing_id: str) -> None:
        """取消; possible while 受付前. Raises Refused with code not_withdrawable after that."""
        self._transport.tell(Call("withdrawFiling", "DELETE", self._place(filing_id), expected=frozenset({204})))

    def progress(self, subjects: Sequence[Subject]) -> SortedOut[FilingProgress]:
        """Ask about at most 200 filings in one question, by their 申請ID; about none, nothing is sent.

        Raises:
            ValueError: more than 200, or one that has no 申請ID.
        """
        asked = self._at_once(subjects)
        if not asked:
            return SortedOut()
        body = json_bytes({"filing_ids": [_checked(subject.number or "") for subject in asked]})
        call = Call("getProgress", "POST", f"{self.issued}/progress", body=body)
        answer = self._transport.ask(call, _ProgressAnswer)
        return self._noted(call, sort_out(asked, answer.filings, answer.unknown))

    def _place(self, number: str) -> str:
        return f"{self.issued}/{_checked(number)}"

    def _found(self, subject: Subject, *criteria: tuple[str, str]) -> tuple[FilingProgress, ...]:
        call = Call("findFilings", "GET", self.issued, query=criteria)
        return self._held_to(subject, call, self._transport.ask(call, _Found).filings)


def check_new_password(new_password: str) -> None:
    """Make sure that 再設定 may send this.

    Raises:
        InvalidInput: `new_password` is not 8 to 64 visible ASCII characters.
    """
    if re.fullmatch(r"[\x21-\x7e]{8,64}", new_password) is None:
        message = "新しいパスワードは、半角の英字・数字・記号で8文字以上64文字以内にしてください。"
        raise InvalidInput(Problem("new_password", message))


def _checked(filing_id: str) -> str:
    if FILING_ID.fullmatch(filing_id) is None:
        raise ValueError("not a 申請ID")
    return filing_id
