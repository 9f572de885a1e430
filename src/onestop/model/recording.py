"""記録等事務: may this shop write the IC tag of a car's 車検証 itself, and what does a filing say for it.

The table is resources/rules/recording_rules.csv; the first row that fits says it in one sentence. The tag is written
without a way to the office where the 車検証 has one, nothing printed on it changes, and the shop was entrusted with it
(記録等事務代行者, who has a 委託番号).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from onestop.model.comparison import NUMBERS, Source
from onestop.model.shipped import rows_of
from onestop.model.words import VehicleClass

if TYPE_CHECKING:
    from onestop.model.comparison import Comparison

OWN_REWRITE: Final = "依頼人(申請個別指定)"
"""The 電子車検証更新区分 with which the requester rewrites the IC tag."""
AT_OFFICE: Final = "運輸支局における記録"
"""With which the office does [assumed: AINAS's word for it]."""
ELECTRONIC_SINCE: Final = {
    VehicleClass.REGISTERED: dt.date(2023, 1, 4),
    VehicleClass.MOTORCYCLE: dt.date(2023, 1, 4),
    VehicleClass.KEI: dt.date(2024, 1, 4),
}
"""From when on every 車検証 that is issued has an IC tag (https://www.netdenjd.com/articles/-/295735)."""
_ANY: Final = "*"


class InHouse(StrEnum):
    """Whether the shop may write the tag itself; the values are the table's."""

    YES = "yes"
    NO = "no"
    ASK = "ask"
    """A person has to look at the 車検証."""


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """What decides it."""

    vehicle_class: VehicleClass
    issued_on: dt.date | None
    """電子車検証の発行日."""
    changes: bool
    """Whether the filing says otherwise than the 車検証."""
    has_contract: bool
    """Whether the shop has a 委託番号."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the table, in the order of its first columns."""
        form = "不明"
        if self.issued_on is not None:
            form = "電子" if self.issued_on >= ELECTRONIC_SINCE[self.vehicle_class] else "紙"
        contents, contract = "変わる" if self.changes else "変わらない", "あり" if self.has_contract else "なし"
        return form, contents, contract, self.vehicle_class.value


@dataclass(frozen=True, slots=True)
class Recording:
    """A row of the table: who writes the tag, and what the filing says."""

    fits: tuple[str, ...]
    """The words that it is for; * is any."""
    in_house: InHouse
    certificate_update: str
    """電子車検証更新区分; empty: as registered with AINAS."""
    default_wins: bool
    """Whether the 初期値 of 設定 goes before it, if there is one."""
    with_number: bool
    """Whether the filing names the shop's 委託番号."""
    sentence: str

    def update_beside(self, default: str) -> str:
        """Return the 電子車検証更新区分 to propose beside the 初期値 of 設定."""
        return default if default and self.default_wins else self.certificate_update


def recording_advice(facts: RecordingFacts) -> Recording:
    """Return the first row that fits."""
    return next(row for row in recording_rows() if _fit(row.fits, facts.words))


def says_otherwise(papers: Comparison) -> bool:
    """Tell whether the filing among the papers says otherwise than the 車検証 about the car or its 使用者."""
    return any(each.name not in NUMBERS for each in papers.of(Source.FILING))


@cache
def recording_rows() -> tuple[Recording, ...]:
    """Return the table."""
    return tuple(
        Recording(
            fits=(row["certificate"], row["contents"], row["contract"], row["vehicle_class"]),
            in_house=InHouse(row["in_house"]),
            certificate_update=row["certificate_update"],
            default_wins=row["default_wins"] == "yes",
            with_number=row["contract_number"] == "yes",
            sentence=row["sentence"],
        )
        for row in rows_of("rules/recording_rules.csv")
    )


def _fit(wanted: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return all(want in (_ANY, word) for want, word in zip(wanted, words, strict=True))
