"""What the three contracts share: how requests and answers are read, and within which bounds; plates, 稼働状況."""

from __future__ import annotations

import datetime as dt
import json
from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from onestop.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onestop.model.plate import RegistrationNumber

MAX_AT_ONCE = 200
"""The contracts' limit of one question about many numbers."""
MAX_YEN = 999_999_999
"""A larger amount is a broken answer."""
MAX_MONTHS = 999
MAX_ENTRIES = 1_000
"""Of one list in an answer; a question is about 200 at most."""
MAX_ROWS = 50
"""手数料・税種別 of one filing."""
MAX_WORD = 200
"""Characters that are kept of a word: a status, a kind."""
MAX_TEXT = 20_000
"""Characters that are kept of a text that a person reads."""
MAX_ANSWERED_NUMBER = 20
"""Characters of 交付番号 (contract ainas.yaml: conformity_certificate_number)."""
DayT = TypeVar("DayT", bound=dt.date)
CUT = "…(長すぎるため、ここまでを保存しました)"


def _in_reach(day: DayT) -> DayT:
    if not dt.MINYEAR < day.year < dt.MAXYEAR:
        raise ValueError("out of reach")  # nobody could count on from it, or show it in another zone
    return day


def _a_step(number: str) -> str:
    """Keep what goes into an address from leading anywhere else."""
    if number in {".", ".."} or not number.isprintable():
        raise ValueError("no number")
    return number


def cut_to(most: int, text: str) -> str:
    """Return as much of a text as is kept; U+0000, which no server's database takes, never is."""
    text = text.replace("\0", "")
    return text if len(text) <= most else text[: most - len(CUT)] + CUT


Moment = Annotated[AwareDatetime, AfterValidator(_in_reach), AfterValidator(lambda moment: moment.astimezone(dt.UTC))]
"""Any offset on the wire; UTC from here on."""
Day = Annotated[dt.date, AfterValidator(_in_reach)]
Yen = Annotated[int, Field(ge=0, le=MAX_YEN)]
Word = Annotated[str, AfterValidator(partial(cut_to, MAX_WORD))]
"""Any word, as it came; what nobody needs of a very long one is cut off."""
Text = Annotated[str, AfterValidator(partial(cut_to, MAX_TEXT))]
"""Any text, as it came, as far as anybody would read it."""
GivenNumber = Annotated[str, StringConstraints(min_length=1, max_length=MAX_ANSWERED_NUMBER), AfterValidator(_a_step)]
"""A number whose form no contract tells: 交付番号."""
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
    status: Word
    """How it stands: 申請ステータス, 交付ステータス, 発行済 or any other word."""

    @property
    def taken_at(self) -> dt.datetime | None:
        """When the service took it, where it says."""
        return None

    @property
    @abstractmethod
    def number(self) -> str:
        """The service's own: 申請ID, 保険証番号 or 交付番号."""

    @property
    def chassis_told(self) -> str | None:
        """車台番号, where the service tells it although its contract does not ask it to; else None."""
        return self._told("chassis_number")

    @property
    def key_told(self) -> str | None:
        """The Idempotency-Key, where the service tells it; else None."""
        return self._told("idempotency_key")

    def _told(self, name: str) -> str | None:
        told = (self.model_extra or {}).get(name)
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

    state: Word
    opens_at: Word | None
    closes_at: Word | None
    message: Text | None


def as_invalid_input(error: ValidationError) -> InvalidInput:
    """Say in Japanese what keeps a request from being made, each problem under its dotted name.

    The program's own rules catch nearly all of it earlier; this is for what they let through and the contract does
    not.
    """
    problems = error.errors(include_url=False)
    return InvalidInput(
        *(Problem(".".join(map(str, each["loc"])), _WORDS.get(each["type"], "正しくない値です。")) for each in problems)
    )


_WORDS = {
    "string_too_short": "入力してください。",
    "string_too_long": "文字数が多すぎます。",
    "string_pattern_mismatch": "使えない文字があるか、形が正しくありません。",
    "literal_error": "選べない値です。",
}


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """Return a body that need not be frozen."""
    return json.dumps(content, ensure_ascii=False).encode()
