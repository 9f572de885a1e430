"""確認票: what only people know of an inspection. It is asked once for each, and kept with it.

What an answer stands in the way of is a row of resources/rules/checklist_rules.csv. 未確認 is an answer of its own: it
is never taken for なし.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record, Word
from onestop.model.findings import Finding, finding
from onestop.model.shipped import rows_of
from onestop.model.words import VehicleClass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop.model.vehicle import Vehicle

UNASKED: Final = "未確認"
GIVEN: Final = "あり"
FOR_ALL: Final = "まとめてあり"
"""The 使用者 gave one 承諾書 for all her cars."""
EXEMPT: Final = "特例"
"""OBD検査 was not possible, and 特例番号 was given out instead."""

WHERE: Final = "{どこの}"
ELSEWHERE: Final = "確認票(Alt+Q)の"

_OBD: Final = re.compile("[OＯ][BＢ][DＤ]検査対象(?!外)")
"""In 備考: OBD検査対象 on an electronic 車検証, OBD検査対象車 on paper."""
_NEVER_OBD: Final = ("大型特殊", "小型二輪")


class Item(StrEnum):
    """What is asked, in the order of the page."""

    CONSENT = "承諾書"
    TAX = "納税"
    PARKING = "放置違反金"
    RECALL = "リコール"
    OBD = "OBD検査"


class StandsInTheWay(StrEnum):
    """What may not be made before something is answered well."""

    CONFORMITY = "保適証"
    FILING = "申請"


ANSWERS: Final[Mapping[Item, tuple[str, ...]]] = {
    Item.CONSENT: (UNASKED, GIVEN, FOR_ALL, "なし"),
    Item.TAX: (UNASKED, "確認済", "未納"),
    Item.PARKING: (UNASKED, "滞納なし", "滞納あり"),
    Item.RECALL: (UNASKED, "対象なし", "改修済", "未改修"),
    Item.OBD: (UNASKED, "適合", EXEMPT, "不適合"),
}
"""The answers of each; the one that most cars have comes after 未確認."""


class ChecklistAnswer(Record, kw_only=True):
    """One answer about one inspection. It is never changed: another answer is another row, and the last one counts."""

    __tablename__ = "checklist_answer"
    __table_args__ = (Index("ix_checklist_answer_inspection_id", "inspection_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id", ondelete="CASCADE"))
    item: Mapped[Item] = mapped_column(Word(Item))
    answer: Mapped[str] = mapped_column(repr=False)
    day: Mapped[dt.date | None] = mapped_column(default=None)
    """Of 承諾書: its date."""
    number: Mapped[str] = mapped_column(default="", repr=False)
    """Of OBD検査: 特例番号, or the number of the result."""
    answered_by: Mapped[str] = mapped_column(repr=False)
    answered_at: Mapped[dt.datetime] = mapped_column()

    def says(self, answer: str, day: dt.date | None, number: str) -> bool:
        """Tell whether it says this."""
        return (self.answer, self.day, self.number) == (answer, day, number)


class FleetConsent(Record, kw_only=True):
    """A 承諾書 of one 使用者 for all her cars. It holds until its last day, or until it is revoked."""

    __tablename__ = "fleet_consent"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    user_name: Mapped[str] = mapped_column(repr=False)
    user_address: Mapped[str] = mapped_column(repr=False)
    """As they stand on the 車検証 of her cars: both must be the same."""
    given_on: Mapped[dt.date] = mapped_column()
    last_day: Mapped[dt.date | None] = mapped_column(default=None)
    """None: until it is revoked."""
    noted_by: Mapped[str] = mapped_column(repr=False)
    noted_at: Mapped[dt.datetime] = mapped_column()
    revoked_by: Mapped[str] = mapped_column(default="", repr=False)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(default=None)

    def holds_for(self, car: Vehicle, today: dt.date) -> bool:
        """Tell whether it is that of a car's 使用者, and still good."""
        same = (self.user_name, self.user_address) == (car.effective_user_name, car.effective_user_address)
        in_time = self.given_on <= today and (self.last_day is None or today <= self.last_day)
        return same and in_time and self.revoked_at is None


@dataclass(frozen=True, slots=True)
class ChecklistRule:
    """What an answer stands in the way of."""

    id: str
    item: Item
    answer: str
    way: StandsInTheWay
    sentence: str
    """{どこの} is for where the answer is mended: 確認票 itself need not name the key that opens it."""


@cache
def checklist_rules() -> tuple[ChecklistRule, ...]:
    """Return the rows of the table."""
    return tuple(
        ChecklistRule(row["id"], Item(row["item"]), row["answer"], StandsInTheWay(row["at"]), row["sentence"])
        for row in rows_of("rules/checklist_rules.csv")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The answers about one inspection as they count today."""

    answers: Mapping[Item, ChecklistAnswer] = field(default_factory=dict)
    """The last one about each item that was ever answered."""
    fleet: FleetConsent | None = None
    """The 承諾書 for all cars of the 使用者 that holds today."""
    needs_obd: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """What is asked of this car."""
        return tuple(each for each in Item if self.needs_obd or each is not Item.OBD)

    def answer(self, item: Item) -> str:
        """Return the answer that counts: a 承諾書 for all cars is one only while it holds."""
        given = self.answers.get(item)
        word = given.answer if given else UNASKED
        if item is Item.CONSENT and word in (UNASKED, FOR_ALL):
            return FOR_ALL if self.fleet else UNASKED
        return word

    @property
    def words(self) -> Mapping[Item, str]:
        """The answer that counts of each that is asked."""
        return {each: self.answer(each) for each in self.items}

    @property
    def unasked(self) -> tuple[Item, ...]:
        """What nobody has answered yet."""
        return tuple(item for item, word in self.words.items() if word == UNASKED)

    @property
    def refused(self) -> tuple[Item, ...]:
        """What was answered so that something cannot go on."""
        return tuple(item for item, word in self.words.items() if said_of_answered({item: word}))

    @property
    def lacks_consent(self) -> bool:
        """Whether the 承諾書 is missing that an OSS申請 needs."""
        return bool(said_of({Item.CONSENT: self.answer(Item.CONSENT)}, StandsInTheWay.FILING))

    def findings(self, way: StandsInTheWay) -> tuple[Finding, ...]:
        """Return what there is to say before a 保適証 or an 申請 is sent."""
        return said_of(self.words, way)


def said_of(answers: Mapping[Item, str], way: StandsInTheWay, where: str = ELSEWHERE) -> tuple[Finding, ...]:
    """Return what the table says of answers; `where` they are mended."""
    spoken = (each for each in checklist_rules() if each.way is way and answers.get(each.item) == each.answer)
    return tuple(finding(each.id, "", each.sentence.replace(WHERE, where)) for each in spoken)


def said_of_answered(answers: Mapping[Item, str]) -> tuple[Finding, ...]:
    """Return what 確認票 says of those that are answered, whatever they stand in the way of."""
    answered = {item: word for item, word in answers.items() if word != UNASKED}
    return tuple(each for way in StandsInTheWay for each in said_of(answered, way, where=""))


def needs_obd(car: Vehicle) -> bool:
    """Tell whether a car must have its OBD検査: 備考 says so, and it is none of those that never have one."""
    never = car.vehicle_class is VehicleClass.MOTORCYCLE or car.vehicle_kind.startswith(_NEVER_OBD)
    return not never and _OBD.search(car.note_info) is not None
