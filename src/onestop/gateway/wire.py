"""What the three contracts share: how requests and answers are read, plates, 稼働状況, many numbers at once."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from onestop.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from onestop.model.plate import RegistrationNumber

MAX_AT_ONCE = 200
"""The contracts' limit of one question about many numbers."""
MAX_NUMBER = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 8259 §6); a larger one is a broken answer."""

Item = TypeVar("Item")


def _in_reach(moment: dt.datetime) -> dt.datetime:
    if not dt.MINYEAR < moment.year < dt.MAXYEAR:
        raise ValueError("out of reach")  # could be shown in no other zone
    return moment.astimezone(dt.UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_reach)]
"""Any offset on the wire; UTC from here on."""
Yen = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
InsuranceNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,20}$")]
"""自賠責証明書番号, without hyphen and space."""
Insurer = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Filled = Annotated[str, StringConstraints(min_length=1)]
ChassisNumber = Annotated[str, StringConstraints(min_length=1, max_length=42)]


class Asked(BaseModel):
    """What goes out: exactly what the contract knows."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", hide_input_in_errors=True)


class Answered(BaseModel):
    """What comes back: fields and words that we don't know are kept, and break nothing."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow", hide_input_in_errors=True)

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """Show no unknown field: it may be personal."""
        known = type(self).model_fields
        return [(name, value) for name, value in super().__repr_args__() if name in known]


class Issued(Answered):
    """What a service issued, for the 依頼 with this 管理番号."""

    control_number: int

    @property
    def chassis_told(self) -> str | None:
        """車台番号, where the service tells it although its contract does not ask it to; else None."""
        told = (self.model_extra or {}).get("chassis_number")
        return told if isinstance(told, str) else None


class Request(Asked):
    """One 依頼, as it is frozen before it is sent."""

    control_number: int = Field(ge=1, le=9_999_999_999)
    """管理番号."""

    def frozen_json(self) -> str:
        """Return the one text of this request: the same request always gives the same bytes."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class WirePlate(Asked):
    """登録番号 in four parts."""

    area: str = Field(min_length=1, max_length=4, repr=False)
    class_number: str = Field(pattern=r"^([0-9]([0-9]|[0-9ACFHKLMPXY]{2})?)?$", repr=False)
    kana: str = Field(max_length=2, pattern=r"^[CLV]?[ぁ-んA-Z]?$", repr=False)
    serial: str = Field(pattern=r"^[1-9][0-9]{0,3}$", repr=False)

    @classmethod
    def of(cls, plate: RegistrationNumber) -> WirePlate:
        """Return a stored 登録番号 as it is sent."""
        return cls(area=plate.area, class_number=plate.class_number, kana=plate.kana, serial=plate.serial)


class ServiceState(Answered):
    """稼働状況: `state` is open, closed, maintenance or a word we don't know; the hours are HH:MM, JST."""

    state: str
    opens_at: str | None
    closes_at: str | None
    message: str | None


class _Numbered(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    control_number: int


def control_number_of(body: str) -> int:
    """Return the 管理番号 of a frozen request.

    Raises:
        ValueError: `body` is not a frozen request.
    """
    return _Numbered.model_validate_json(body).control_number


@dataclass(frozen=True, slots=True)
class SortedOut(Generic[Item]):
    """An answer about many numbers, in the order they were asked for."""

    known: tuple[Item, ...] = ()
    unknown: tuple[str, ...] = ()
    """The service does not know them (any more)."""
    unanswered: tuple[str, ...] = ()
    """Asked for, and not mentioned in the answer; nothing is known about them."""
    foreign: int = 0
    """How many entries spoke of something that was not asked for; they were left out."""


def sort_out(asked: tuple[str, ...], known: Mapping[str, Item], unknown: Collection[str]) -> SortedOut[Item]:
    """Hold an answer about many numbers against what was asked; what is called both known and unknown is known."""
    gone = frozenset(unknown) - known.keys()
    return SortedOut(
        known=tuple(known[number] for number in asked if number in known),
        unknown=tuple(number for number in asked if number in gone),
        unanswered=tuple(number for number in asked if number not in known and number not in gone),
        foreign=len((known.keys() | gone) - frozenset(asked)),
    )


def as_invalid_input(error: ValidationError, within: str = "") -> InvalidInput:
    """Say in Japanese what keeps a request from being made, each problem under its dotted name.

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


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """Return a body that need not be frozen."""
    return json.dumps(content, ensure_ascii=False).encode()
