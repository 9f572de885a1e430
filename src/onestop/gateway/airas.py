"""保適[AIRAS]: the client of resources/contract/airas.yaml, with its wire models. One method for each operation."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from pydantic import Field

from onestop.errors import InvalidInput, Problem
from onestop.gateway.client import ServiceClient
from onestop.gateway.transport import Call
from onestop.gateway.wire import (
    Answered,
    Asked,
    ChassisNumber,
    Filled,
    InsuranceNumber,
    Insurer,
    Issued,
    Moment,
    Request,
    SortedOut,
    WirePlate,
    control_number_of,
    json_bytes,
    sort_out,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

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

    certificate_number: Filled
    """交付番号."""
    application_kind: str
    status: str
    """交付ステータス."""
    report_status: str | None
    """報告状況."""
    insurance_match: str
    """自賠責の突合: 電子, 手入力(電子情報あり), 手入力."""
    issued_at: Moment
    valid_until: dt.date
    status_updated_at: Moment
    message: str | None = Field(repr=False)
    """エラー詳細."""


class _Found(Answered):
    certificates: tuple[Certificate, ...]


class _ProgressAnswer(_Found):
    unknown: tuple[str, ...]


class AirasClient(ServiceClient):
    """保適[AIRAS]."""

    root = ROOT
    thing = "certificate"

    def issue(self, request_key: UUID, body: str) -> Certificate:
        """適合証・証明証発行: send a frozen request byte for byte; the same key with the same body issues once.

        Raises:
            Refused: code `NOT_YET` with `retry_after`: an OSS申請 whose electronic 自賠責 AIRAS does not see (yet);
                vehicle_has_open_certificate and others. Nothing was issued.
            ContractBroken: also when the answer is about another certificate.
            ValueError: `body` is not a frozen request.
        """
        return self._issued("issueCertificate", f"{ROOT}/certificates", request_key, body, Certificate)

    def find_by_key(self, request_key: UUID) -> tuple[Certificate, ...]:
        """Return what was issued under this key; the caller compares the control number."""
        return self._transport.ask(_find("idempotency_key", str(request_key)), _Found).certificates

    def find_by_number(self, control_number: int) -> tuple[Certificate, ...]:
        """Return what was issued under this 管理番号.

        Raises:
            ContractBroken: also when the answer holds another number.
        """
        call = _find("control_number", str(control_number))
        certificates = self._transport.ask(call, _Found).certificates
        self._hold_to(control_number, call, *(certificate.control_number for certificate in certificates))
        return certificates

    def certificate(self, certificate_number: str) -> Certificate:
        """Return one certificate as it stands now.

        Raises:
            NotFound: AIRAS does not know it.
            ContractBroken: also when the answer is about another certificate.
        """
        return self._about(certificate_number, Call("getCertificate", "GET", _path(certificate_number)))

    def progress(self, certificate_numbers: Sequence[str]) -> SortedOut[Certificate]:
        """Ask about at most 200 certificates in one question; about none, nothing is sent.

        Raises:
            ValueError: more than 200.
        """
        asked = self._at_once(certificate_numbers)
        if not asked:
            return SortedOut()
        body = json_bytes({"certificate_numbers": asked})
        answer = self._transport.ask(
            Call("getProgress", "POST", f"{ROOT}/certificates/progress", body=body), _ProgressAnswer
        )
        known = {certificate.certificate_number: certificate for certificate in reversed(answer.certificates)}
        return sort_out(asked, known, answer.unknown)

    def correct(self, certificate_number: str, body: str) -> Certificate:
        """訂正 while 作成中, with a whole frozen request; safe to repeat.

        Raises:
            Refused: code not_editable; fixed_field (自動車区分, 車台番号 and 交付年月日 never change); `NOT_YET`.
            ContractBroken: also when the answer is about another certificate.
            ValueError: `body` is not a frozen request.
        """
        control_number = control_number_of(body)
        call = Call("correctCertificate", "PUT", _path(certificate_number), body=body.encode())
        certificate = self._about(certificate_number, call)
        self._hold_to(control_number, call, certificate.control_number)
        return certificate

    def delete(self, certificate_number: str) -> None:
        """削除 from 作成中, 作成済 or 却下. Raises Refused with code not_deletable otherwise."""
        self._transport.tell(Call("deleteCertificate", "DELETE", _path(certificate_number), expected=frozenset({204})))

    def pull_back(self, certificate_number: str, reason: str) -> Certificate:
        """引戻: ask for it; it takes 20 to 30 minutes until the certificate is 作成中.

        Raises:
            InvalidInput: `reason` is empty or longer than 200 characters; nothing was sent.
            Refused: code not_pullable, also when it was asked for already.
            ContractBroken: also when the answer is about another certificate.
        """
        call = Call(
            "pullBackCertificate",
            "POST",
            f"{_path(certificate_number)}/pullback",
            body=json_bytes({"reason": checked_reason(reason)}),
            expected=frozenset({202}),
        )
        return self._about(certificate_number, call)

    def _about(self, certificate_number: str, call: Call) -> Certificate:
        certificate = self._transport.ask(call, Certificate)
        self._hold_to(certificate_number, call, certificate.certificate_number)
        return certificate


def checked_reason(reason: str) -> str:
    """Return the reason of a 引戻, if it may be sent.

    Raises:
        InvalidInput: it is empty or blank, or longer than 200 characters.
    """
    if not reason.strip() or len(reason) > MAX_REASON:
        raise InvalidInput(Problem("reason", f"引戻の理由を{MAX_REASON}文字以内で入力してください。"))
    return reason


def _find(name: str, value: str) -> Call:
    return Call("findCertificates", "GET", f"{ROOT}/certificates", query=((name, value),))


def _path(certificate_number: str) -> str:
    if certificate_number in {"", ".", ".."}:  # would be another path, and no contract says what a 交付番号 looks like
        raise ValueError("not a 交付番号")
    return f"{ROOT}/certificates/{quote(certificate_number, safe='')}"
