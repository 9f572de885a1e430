"""What a service was asked about, and the one place where each answer is held against it.

An answer may be well formed and still be another's: of another desk, of another car, of nobody. What it tells must not
differ in anything that is known here: 管理番号, the own number of the service, and, where it tells them although its
contract does not ask it to, the 車台番号 and the key.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from onestop.model.chassis import chassis_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from onestop.gateway.wire import Issued

IssuedT = TypeVar("IssuedT", bound="Issued")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known here of the one thing that is asked about; None is not known, and held against nothing."""

    control_number: int | None = None
    """管理番号."""
    number: str | None = field(default=None, repr=False)
    """The service's own: 申請ID, 保険証番号 or 交付番号."""
    chassis_number: str | None = field(default=None, repr=False)
    """車台番号, as it was sent."""
    key: UUID | None = None
    """The Idempotency-Key it was sent with."""

    @classmethod
    def of_request(cls, key: UUID | None, body: str) -> Subject:
        """Return what a frozen request is about.

        Raises:
            ValueError: `body` is not a frozen request.
        """
        frozen = _Frozen.model_validate_json(body)
        return cls(frozen.control_number, None, frozen.chassis_number, key)

    def under_number(self, number: str) -> Subject:
        """Return the same thing under a number of the service's."""
        return replace(self, number=number)

    def fits(self, told: Issued) -> bool:
        """Tell whether an answer can be about this."""
        return (
            self.control_number in (None, told.control_number)
            and self.number in (None, told.number)
            and _agree(self.chassis_number, told.chassis_told)
            and (self.key is None or told.key_told in (None, str(self.key)))
        )


class _Frozen(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    control_number: int
    chassis_number: str | None = Field(default=None, repr=False)


def _agree(known: str | None, told: str | None) -> bool:
    """Compare two 車台番号, however each is written."""
    return known is None or told is None or chassis_key(known) == chassis_key(told)


def each_once(told: Iterable[IssuedT]) -> tuple[IssuedT, ...]:
    """Return what a service told, in its order, each number once: the first of those that have it."""
    once: dict[str, IssuedT] = {}
    for each in told:
        once.setdefault(each.number, each)
    return tuple(once.values())


@dataclass(frozen=True, slots=True)
class SortedOut(Generic[IssuedT]):
    """An answer about many numbers, in the order they were asked for."""

    known: tuple[IssuedT, ...] = ()
    unknown: tuple[str, ...] = field(default=(), repr=False)
    """The service does not know them (any more)."""
    unanswered: tuple[str, ...] = field(default=(), repr=False)
    """Asked for, and not mentioned in the answer; nothing is known about them."""
    unfit: tuple[str, ...] = field(default=(), repr=False)
    """Asked for, and told of as another's, or twice and differently; nothing is known about them."""
    foreign: int = 0
    """How many entries spoke of something that was not asked for; they were left out."""


def sort_out(asked: Sequence[Subject], told: Sequence[IssuedT], unknown: Collection[str]) -> SortedOut[IssuedT]:
    """Hold an answer about many numbers against what was asked; what is called both known and unknown is known."""
    subjects = {subject.number or "": subject for subject in asked}
    known = {each.number: each for each in reversed(told)}
    unfit = {each.number for each in told if each != known[each.number]}
    unfit |= {number for number, subject in subjects.items() if number in known and not subject.fits(known[number])}
    gone = frozenset(unknown) - known.keys()
    return SortedOut(
        known=tuple(known[number] for number in subjects if number in known and number not in unfit),
        unknown=tuple(number for number in subjects if number in gone),
        unanswered=tuple(number for number in subjects if number not in known and number not in gone),
        unfit=tuple(number for number in subjects if number in unfit),
        foreign=len((known.keys() | gone) - subjects.keys()),
    )
