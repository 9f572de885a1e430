"""申請[AINAS]: the client of resources/contract/ainas.yaml, with its wire models. One method for each operation."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from onestop.errors import InvalidInput, Problem
from onestop.gateway.transport import Call, Credentials, Transport, contract_broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

ROOT = "/ainas/v1"
MAX_PROGRESS_IDS = 200
"""The contract's limit of one question about many filings."""
FILING_ID = re.compile(r"[0-9]{10}", re.ASCII)
MAX_NUMBER = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 8259 §6); a larger one is a broken answer."""


def _in_reach(moment: dt.datetime) -> dt.datetime:
    if not dt.MINYEAR < moment.year < dt.MAXYEAR:
        raise ValueError("out of reach")  # could be shown in no other zone
    return moment.astimezone(dt.UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_reach)]
"""Any offset on the wire; UTC from here on."""
FilingId = Annotated[str, StringConstraints(pattern=r"^[0-9]{10}$")]
SiteCode = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=160)]


class _Asked(BaseModel):
    """What goes out: exactly what the contract knows."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)


class _Answered(BaseModel):
    """What comes back: fields and words that we don't know are kept, and break nothing."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow", hide_input_in_errors=True)

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Show no unknown field: it may be personal."""
        known = type(self).model_fields
        return [(name, value) for name, value in super().__repr_args__() if name in known]


class WirePlate(_Asked):
    """登録番号 in four parts."""

    area: str = Field(min_length=1, max_length=4, repr=False)
    class_number: str = Field(pattern=r"^([0-9]([0-9]|[0-9ACFHKLMPXY]{2})?)?$", repr=False)
    kana: str = Field(max_length=1, pattern=r"^[ぁ-んA-Z]?$", repr=False)
    serial: str = Field(pattern=r"^[1-9][0-9]{0,3}$", repr=False)


class WireUser(_Asked):
    """使用者."""

    name: Line = Field(repr=False)
    kind: Literal["個人", "法人", "官公署"]
    representative: str | None = Field(max_length=160, repr=False)
    address1: Line = Field(repr=False)
    address2: str | None = Field(max_length=160, repr=False)


class FilingRequest(_Asked):
    """One 依頼, as it is frozen before it is sent."""

    control_number: int = Field(ge=1, le=9_999_999_999)
    requester_site_code: SiteCode
    agent_site_id: SiteCode
    procedure: Literal["継続検査"]
    vehicle_class: Literal["普通", "軽", "小型二輪"]
    planned_date: dt.date | None
    registration_number: WirePlate
    chassis_number: str = Field(min_length=1, max_length=42, repr=False)
    officially_stamped: bool
    user: WireUser
    insurance_certificate_number: str | None = Field(pattern=r"^[0-9A-Z]{1,20}$", repr=False)
    conformity_certificate_number: str | None = Field(max_length=20, repr=False)
    certificate_update: str | None = Field(max_length=40)
    recording_contract_number: str | None = Field(max_length=20)

    def frozen_json(self) -> str:
        """Return the one text of this request: the same request always gives the same bytes."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class Fee(_Answered):
    """One row of 手数料・税種別; any kind."""

    kind: str
    amount: int | None = Field(ge=0, le=MAX_NUMBER)
    """Yen."""
    payment_status: str | None
    due_date: dt.date | None


class FilingProgress(_Answered):
    """Where a filing stands. Words are as they came."""

    filing_id: FilingId
    control_number: int
    requested_at: Moment
    status: str
    oss_status: str | None
    status_updated_at: Moment
    message: str | None = Field(repr=False)
    fees: tuple[Fee, ...]


class Account(_Answered):
    """Who the credentials belong to."""

    organization: str = Field(repr=False)
    password_is_initial: bool


class ServiceState(_Answered):
    """稼働状況: `state` is open, closed, maintenance or a word we don't know; the hours are HH:MM, JST."""

    state: str
    opens_at: str | None
    closes_at: str | None
    message: str | None


class _Found(_Answered):
    filings: tuple[FilingProgress, ...]


class _ProgressAnswer(_Found):
    unknown: tuple[FilingId, ...]


class _Numbered(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    control_number: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The answer about many filings, in the order they were asked for."""

    filings: tuple[FilingProgress, ...] = ()
    unknown: tuple[str, ...] = ()
    """AINAS does not know them (any more)."""
    unanswered: tuple[str, ...] = ()
    """Asked for, and not mentioned in the answer; nothing is known about them."""
    foreign: int = 0
    """How many entries spoke of something that was not asked for; they were left out."""


class AinasClient:
    """申請[AINAS]. Every method sends one request, once, and raises what `Transport.ask` raises."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def service_state(self) -> ServiceState:
        """稼働状況; needs no credentials."""
        return self._transport.ask(Call("getService", "GET", f"{ROOT}/service", is_public=True), ServiceState)

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
                body=_json({"new_password": new_password}),
                expected=frozenset({204}),
                credentials=credentials,
            )
        )

    def submit(self, request_key: UUID, body: str) -> FilingProgress:
        """申請書発行: send a frozen request byte for byte; the same key with the same body files once.

        Raises:
            ContractBroken: also when the answer is about another filing.
            ValueError: `body` is not a frozen request.
        """
        control_number = _Numbered.model_validate_json(body).control_number
        call = Call(
            "submitFiling",
            "POST",
            f"{ROOT}/filings",
            idempotency_key=str(request_key),
            body=body.encode(),
            expected=frozenset({200, 201}),
        )
        filing = self._transport.ask(call, FilingProgress)
        if filing.control_number != control_number:
            raise contract_broken(call, "another filing")
        return filing

    def find_by_key(self, request_key: UUID) -> tuple[FilingProgress, ...]:
        """Return what was filed under this key, newest first; the caller compares the control number."""
        return self._transport.ask(_find(("idempotency_key", str(request_key))), _Found).filings

    def find_by_number(self, control_number: int, requester_site_code: str) -> tuple[FilingProgress, ...]:
        """Return what this site filed under this 管理番号, newest first.

        Raises:
            ContractBroken: also when the answer holds another number.
        """
        call = _find(("control_number", str(control_number)), ("requester_site_code", requester_site_code))
        filings = self._transport.ask(call, _Found).filings
        if any(filing.control_number != control_number for filing in filings):
            raise contract_broken(call, "another filing")
        return filings

    def filing(self, filing_id: str) -> FilingProgress:
        """申請確認 of one filing.

        Raises:
            NotFound: AINAS does not know it (any more).
            ContractBroken: also when the answer is about another filing.
        """
        call = Call("getFiling", "GET", _path(filing_id))
        filing = self._transport.ask(call, FilingProgress)
        if filing.filing_id != filing_id:
            raise contract_broken(call, "another filing")
        return filing

    def withdraw(self, filing_id: str) -> None:
        """取消; possible while 受付前. Raises Refused with code not_withdrawable after that."""
        self._transport.tell(Call("withdrawFiling", "DELETE", _path(filing_id), expected=frozenset({204})))

    def progress(self, filing_ids: Sequence[str]) -> Progress:
        """Ask about at most 200 filings in one question; about none, nothing is sent.

        Raises:
            ValueError: more than 200, or one that is no 申請ID.
        """
        asked = tuple(dict.fromkeys(filing_ids))
        if len(asked) > MAX_PROGRESS_IDS:
            raise ValueError(f"{len(asked)} filings in one question")
        if not asked:
            return Progress()
        body = _json({"filing_ids": [_checked(filing_id) for filing_id in asked]})
        call = Call("getProgress", "POST", f"{ROOT}/filings/progress", body=body)
        return _sorted_out(asked, self._transport.ask(call, _ProgressAnswer))


def check_new_password(new_password: str) -> None:
    """Make sure that 再設定 may send this.

    Raises:
        InvalidInput: `new_password` is not 8 to 64 visible ASCII characters.
    """
    if re.fullmatch(r"[\x21-\x7e]{8,64}", new_password) is None:
        message = "新しいパスワードは、半角の英字・数字・記号で8文字以上64文字以内にしてください。"
        raise InvalidInput(Problem("new_password", message))


def _sorted_out(asked: tuple[str, ...], answer: _ProgressAnswer) -> Progress:
    known = {filing.filing_id: filing for filing in reversed(answer.filings)}
    gone = frozenset(answer.unknown) - known.keys()
    return Progress(
        filings=tuple(known[filing_id] for filing_id in asked if filing_id in known),
        unknown=tuple(filing_id for filing_id in asked if filing_id in gone),
        unanswered=tuple(filing_id for filing_id in asked if filing_id not in known and filing_id not in gone),
        foreign=len((known.keys() | gone) - frozenset(asked)),
    )


def as_invalid_input(error: ValidationError, within: str = "") -> InvalidInput:
    """Say in Japanese what keeps a FilingRequest from being made, each problem under its dotted name.

    The program's own rules catch nearly all of it earlier; this is for what they let through and the contract does
    not. `within` goes before the names, when a part (`user`) was made on its own.
    """
    return InvalidInput(*(_problem(each["type"], (within, *each["loc"])) for each in error.errors(include_url=False)))


_WORDS = {
    "string_too_short": "入力してください。",
    "string_too_long": "文字数が多すぎます。",
    "string_pattern_mismatch": "使えない文字があるか、形が正しくありません。",
    "literal_error": "選べない値です。",
}


def _problem(kind: str, place: tuple[str | int, ...]) -> Problem:
    return Problem(".".join(str(part) for part in place if part != ""), _WORDS.get(kind, "正しくない値です。"))


def _find(*criteria: tuple[str, str]) -> Call:
    return Call("findFilings", "GET", f"{ROOT}/filings", query=criteria)


def _path(filing_id: str) -> str:
    return f"{ROOT}/filings/{_checked(filing_id)}"


def _checked(filing_id: str) -> str:
    if FILING_ID.fullmatch(filing_id) is None:
        raise ValueError("not a 申請ID")
    return filing_id


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
