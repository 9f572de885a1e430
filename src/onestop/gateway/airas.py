"""保適[AIRAS]: the client of resources/contract/airas.yaml, with its wire models. One method for each operation."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from pydantic import Field

from onestop.errors import InvalidInput, Problem
from onestop.gateway.client import ServiceClient
from onestop.gateway.subject import SortedOut, Subject, sort_out
from onestop.gateway.transport import Call
from onestop.gateway.wire import (
    MAX_ENTRIES,
    Answered,
    Asked,
    ChassisNumber,
    Day,
    Filled,
    GivenNumber,
    InsuranceNumber,
    Insurer,
    Issued,
    Moment,
    Request,
    Text,
    WirePlate,
    Word,
    json_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = "/airas/v1"
NOT_YET = "127"
"""The code of 自賠責保険証明書情報該当なし: a wait rather than an error; `Refused.retry_after` says how long."""
MAX_REASON = 200
"""Characters that a 引戻's reason may have."""


class WireInsurance(Asked):
    """A 自賠責 as AIRAS compares it."""

    certificate_number: InsuranceNumber = Field(repr=False)
    insurer: Insurer


class CertificateRequest(Request):
    """One 適合証・証明証発行, as it is frozen before it is sent."""

    application_kind: Literal["OSS申請", "窓口申請"]
    """申請種別."""
    workshop_code: str = Field(pattern=r"^[0-9]{2}-[0-9]{1,5}$")
    """整備工場コード: 支局コード-指定番号."""
    inspector_code: str = Field(pattern=r"^[0-9]{8}$")
    """検査員コード."""
    inspector_name: Filled = Field(repr=False)
    vehicle_category: Literal["普通自動車", "小型自動車", "軽自動車", "大型特殊自動車", "小型二輪"]
    """自動車区分."""
    registration_number: WirePlate
    chassis_number: ChassisNumber = Field(repr=False)
    officially_stamped: bool
    vehicle_name: str
    model_code: str | None
    engine_model: str | None
    user_name: Filled = Field(repr=False)
    user_address: Filled = Field(repr=False)
    odometer_km: int | None = Field(ge=0)
    inspection_date: dt.date
    issue_date: dt.date
    """交付年月日."""
    expiry_date: dt.date | None
    """有効期間の満了日 before this inspection."""
    new_insurance: WireInsurance
    old_insurance: WireInsurance | None
    remarks: str | None = Field(repr=False)


class Certificate(Issued):
    """電子保安基準適合証 as it stands. Words are as they came."""

    certificate_number: GivenNumber
    """交付番号."""
    application_kind: Word
    report_status: Word | None
    """報告状況."""
    insurance_match: Word
    """自賠責の照合: 電子, 手入力(電子情報あり), 手入力."""
    issued_at: Moment
    valid_until: Day
    status_updated_at: Moment
    message: Text | None = Field(repr=False)
    """エラー詳細."""

    @property
    def number(self) -> str:
        """交付番号."""
        return self.certificate_number

    @property
    def taken_at(self) -> dt.datetime:
        """When it was issued."""
        return self.issued_at


class _Found(Answered):
    certificates: tuple[Certificate, ...] = Field(max_length=MAX_ENTRIES)


class _ProgressAnswer(_Found):
    unknown: tuple[GivenNumber, ...] = Field(max_length=MAX_ENTRIES, repr=False)


class AirasClient(ServiceClient[Certificate]):
    """保適[AIRAS]."""

    root = ROOT
    thing = "certificate"
    issued = f"{ROOT}/certificates"
    issuing = "issueCertificate"
    fetching = "getCertificate"
    model = Certificate

    def find_by_number(self, control_number: int) -> tuple[Certificate, ...]:
        """Return what was issued under this 管理番号.

        Raises:
            AnswerOfAnother: the answer holds another number.
        """
        return self._found(Subject(control_number), ("control_number", str(control_number)))

    def progress(self, subjects: Sequence[Subject]) -> SortedOut[Certificate]:
        """Ask about at most 200 certificates in one question, by their 交付番号; about none, nothing is sent.

        Raises:
            ValueError: more than 200.
        """
        asked = self._at_once(subjects)
        if not asked:
            return SortedOut()
        body = json_bytes({"certificate_numbers": [subject.number for subject in asked]})
        call = Call("getProgress", "POST", f"{self.issued}/progress", body=body)
        answer = self._transport.ask(call, _ProgressAnswer)
        return self._noted(call, sort_out(asked, answer.certificates, answer.unknown))

    def correct(self, certificate_number: str, body: str) -> Certificate:
        """訂正 while 作成中, with a whole frozen request; safe to repeat.

        Raises:
            Refused: code not_editable; fixed_field (自動車区分, 車台番号 and 交付年月日 never change); `NOT_YET`.
            AnswerOfAnother: the answer is about another certificate.
            ValueError: `body` is not a frozen request.
        """
        subject = Subject.of_request(None, body).under_number(certificate_number)
        call = Call("correctCertificate", "PUT", self._place(certificate_number), body=body.encode())
        return self._told(subject, call)

    def delete(self, certificate_number: str) -> None:
        """削除 from 作成中, 作成済 or 却下. Raises Refused with code not_deletable otherwise."""
        self._transport.tell(
            Call("deleteCertificate", "DELETE", self._place(certificate_number), expected=frozenset({204}))
        )

    def pull_back(self, subject: Subject, reason: str) -> Certificate:
        """引戻, by the 交付番号: ask for it; it takes 20 to 30 minutes until the certificate is 作成中.

        Raises:
            InvalidInput: `reason` is blank or longer than 200 characters; nothing was sent.
            Refused: code not_pullable, also when it was asked for already.
            AnswerOfAnother: the answer is about another certificate.
        """
        if not reason.strip() or len(reason) > MAX_REASON:
            raise InvalidInput(Problem("reason", f"引戻の理由を{MAX_REASON}文字以内で入力してください。"))
        call = Call(
            "pullBackCertificate",
            "POST",
            f"{self._place(subject.number or '')}/pullback",
            body=json_bytes({"reason": reason}),
            expected=frozenset({202}),
        )
        return self._told(subject, call)

    def _place(self, number: str) -> str:
        if number in {"", ".", ".."}:  # would be another path, and no contract says what a 交付番号 looks like
            raise ValueError("not a 交付番号")
        return f"{self.issued}/{quote(number, safe='')}"

    def _found(self, subject: Subject, *criteria: tuple[str, str]) -> tuple[Certificate, ...]:
        call = Call("findCertificates", "GET", self.issued, query=criteria)
        return self._held_to(subject, call, self._transport.ask(call, _Found).certificates)
