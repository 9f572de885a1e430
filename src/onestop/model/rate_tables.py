"""The dated tables of 手数料, 重量税, 自賠責保険料 and 有効期間 as typed rows, as they ship. Read when first needed.

Who needs a table asks rate_book.py, which joins what an administrator added. The tables of words are in word_tables.py.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from onestop.model.shipped import document_of
from onestop.model.taxable import CarCondition
from onestop.model.word_book import WORD_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

_SINGLE: Final = ("single transcription", "one transcription", "one source")
"""How the tables say that there is one source for a row and no other."""
_COMPUTED: Final = "COMPUTED"
_UNSURE: Final = ("UNKNOWN", "INFERENCE")


class RateTable(StrEnum):
    """The dated tables that can be added to."""

    FEES = "fees"
    WEIGHT_TAX = "weight_tax"
    PREMIUMS = "premiums"
    VALIDITY = "validity"
    HOURS = "hours"
    HOLIDAYS = "holidays"
    INSURERS = "insurers"
    STATUSES = "statuses"

    @property
    def has_words(self) -> bool:
        """Whether its rows say words and not figures: see word_tables.py."""
        return self.value in WORD_TABLES

    @property
    def label(self) -> str:
        """What it is called."""
        return _LABELS[self]


_LABELS: Final = {
    RateTable.FEES: "検査手数料",
    RateTable.WEIGHT_TAX: "自動車重量税",
    RateTable.PREMIUMS: "自賠責保険料",
    RateTable.VALIDITY: "車検の有効期間",
    RateTable.HOURS: "受付時間",
    RateTable.HOLIDAYS: "祝日と休み",
    RateTable.INSURERS: "保険会社",
    RateTable.STATUSES: "ステータスの語",
}


class ApplicationChannel(StrEnum):
    """By which way an inspection is asked for."""

    OSS = "oss"
    WINDOW = "window"
    CARRY_IN = "carry_in"


class FeeVehicle(StrEnum):
    """The kinds of vehicle that the fee table knows."""

    ORDINARY = "futsu"
    SMALL = "kogata"
    KEI = "kei"
    MOTORCYCLE = "nirin"


class TaxColumn(StrEnum):
    """The columns of the 重量税 table; the values are its keys."""

    EXEMPT = "exempt"
    REDUCED = "honsoku"
    NORMAL = "normal"
    OVER_13 = "over13"
    OVER_18 = "over18"


class AgeRule(StrEnum):
    """How the age of a car is counted for 重量税."""

    REGISTERED = "registered"
    KEI = "kei"


class Surety(StrEnum):
    """How sure a row of a table is, as the glass and the CSV file say it."""

    ADDED = "追加した行"
    SINGLE = "転記1件のみ"
    UNCERTAIN = "未確認"
    COMPUTED = "計算"
    SHIPPED = "確認済"


@dataclass(frozen=True, slots=True)
class Told:
    """Who says what a row says, and how sure that is."""

    source: str
    confidence: str = ""
    added: bool = False
    """By an administrator of this desk."""

    @property
    def surety(self) -> Surety:
        """How sure it is, in a word; SINGLE: one transcription, or one source, is all there is for it."""
        if self.added:
            return Surety.ADDED
        if any(words in self.confidence for words in _SINGLE):
            return Surety.SINGLE
        if self.confidence == _COMPUTED:
            return Surety.COMPUTED
        return Surety.UNCERTAIN if self.confidence.startswith(_UNSURE) else Surety.SHIPPED


@dataclass(frozen=True, slots=True)
class FeeRow:
    """検査手数料 of one kind of vehicle by one channel, in yen; None where no source says it."""

    first_day: dt.date
    last_day: dt.date | None
    vehicle: str
    channel: str
    national: int | None
    """To the state (軽: to 軽自動車検査協会)."""
    technical: int | None
    """To the 機構: 技術情報管理手数料, a second payment."""
    total: int | None
    told: Told


@dataclass(frozen=True, slots=True)
class WeightTaxRow:
    """自動車重量税 of one class: yen for a year and a unit of weight."""

    first_day: dt.date
    last_day: dt.date | None
    key: str
    label: str
    condition: CarCondition
    weight_kind: str | None
    """車両重量, 車両総重量, or None when the weight does not matter."""
    unit_kg: int | None
    reduced: int
    normal: int
    over_13: int
    over_18: int
    age_rule: AgeRule
    told: Told

    def yearly(self, column: TaxColumn) -> int:
        """Return yen for a year and a unit."""
        return {
            TaxColumn.EXEMPT: 0,
            TaxColumn.REDUCED: self.reduced,
            TaxColumn.NORMAL: self.normal,
            TaxColumn.OVER_13: self.over_13,
            TaxColumn.OVER_18: self.over_18,
        }[column]


@dataclass(frozen=True, slots=True)
class WithoutRate:
    """A kind of car that the 重量税 table does not have, and would else be taken for another."""

    first_day: dt.date
    last_day: dt.date | None
    label: str
    condition: CarCondition


@dataclass(frozen=True, slots=True)
class PremiumRow:
    """自賠責保険料 of one class for one number of months, in yen, by the first day of the insurance."""

    first_day: dt.date
    last_day: dt.date | None
    zone: str
    insurance_class: str
    months: int
    premium: int
    told: Told


@dataclass(frozen=True, slots=True)
class PremiumClass:
    """One 車種 of the premium table: its key in the table, the insurers' word for it, and which cars it is for."""

    key: str
    label: str
    condition: CarCondition


@dataclass(frozen=True, slots=True)
class ValidityRow:
    """Years of the new 有効期間 for one kind of car; None where a person is to be asked."""

    first_day: dt.date
    last_day: dt.date | None
    label: str
    condition: CarCondition
    years: int | None
    proposal: int | None
    """What is proposed where a person is asked, if anything is."""
    told: Told


class Dated(Protocol):
    """A row that holds from one day to another."""

    @property
    def first_day(self) -> dt.date:
        """From when on."""

    @property
    def last_day(self) -> dt.date | None:
        """Until when; None: until further notice."""


RowT = TypeVar("RowT", bound=Dated)


def in_force(rows: Iterable[RowT], day: dt.date) -> RowT | None:
    """Return the first row that holds on a day."""
    return next((row for row in rows if row.first_day <= day and (row.last_day is None or day <= row.last_day)), None)


@cache
def shipped_fees() -> tuple[FeeRow, ...]:
    """Return fees_inspection.json."""
    table = document_of("rates/fees_inspection.json")
    source = table["meta"]["sources"][0]
    return tuple(_fee_row(period, rate, source) for period in table["periods"] for rate in period["rates"])


@cache
def shipped_weight_tax() -> tuple[WeightTaxRow, ...]:
    """Return the classes of weight_tax.json."""
    table = document_of("rates/weight_tax.json")
    source = table["meta"]["sources"][0]
    return tuple(
        _weight_tax_row(period, key, row, source)
        for period in table["periods"]
        for key, row in period["classes"].items()
    )


@cache
def without_weight_tax() -> tuple[WithoutRate, ...]:
    """Return what weight_tax.json says it does not have."""
    return tuple(
        WithoutRate(*_days(period), row["label"], CarCondition(row["when"]))
        for period in document_of("rates/weight_tax.json")["periods"]
        for row in period["without_rate"]
    )


@cache
def shipped_validity() -> tuple[ValidityRow, ...]:
    """Return validity.json."""
    return tuple(
        ValidityRow(
            *_days(period),
            row["label"],
            CarCondition(row["when"]),
            row["years"],
            row.get("proposal"),
            Told(row["source"], row["confidence"]),
        )
        for period in document_of("rates/validity.json")["periods"]
        for row in period["rows"]
    )


@cache
def body_shapes() -> tuple[str, ...]:
    """Return every 車体の形状 that validity.json names, each once."""
    shapes = (shape for row in shipped_validity() for shape in row.condition.when.get("shape", ()))
    return tuple(dict.fromkeys(shapes))


@cache
def shipped_premiums() -> tuple[PremiumRow, ...]:
    """Return jibaiseki.json."""
    document = document_of("rates/jibaiseki.json")
    source = document["meta"]["sources"][0]
    return tuple(
        PremiumRow(*_days(table), table["zone"], each, int(months), premium, Told(source, _surety(table, each)))
        for table in document["tables"]
        for each, rates in table["rates"].items()
        for months, premium in rates.items()
    )


@cache
def premium_classes() -> tuple[PremiumClass, ...]:
    """Return the 車種 of jibaiseki.json, in its order: the first that fits a car is its own."""
    table = document_of("rates/jibaiseki.json")
    labels = table["meta"]["labels"]
    return tuple(PremiumClass(row["key"], labels[row["key"]], CarCondition(row["when"])) for row in table["classes"])


def _days(period: dict[str, Any]) -> tuple[dt.date, dt.date | None]:
    last_day = period["to"]
    return dt.date.fromisoformat(period["from"]), dt.date.fromisoformat(last_day) if last_day else None


def _surety(table: dict[str, Any], insurance_class: str) -> str:
    """Return how sure the premiums of one class are; what is not named on its own is as sure as the rest."""
    confidence: dict[str, str] = table["confidence"]
    return confidence.get(insurance_class, confidence["rest"])


def _fee_row(period: dict[str, Any], rate: dict[str, Any], source: str) -> FeeRow:
    amounts = rate["national_or_kei_assoc"], rate["naltec"], rate["total"]
    return FeeRow(*_days(period), rate["vehicle"], rate["channel"], *amounts, Told(source, rate["confidence"]))


def _weight_tax_row(period: dict[str, Any], key: str, row: dict[str, Any], source: str) -> WeightTaxRow:
    return WeightTaxRow(
        *_days(period),
        key=key,
        label=row["label"],
        condition=CarCondition(row["when"]),
        weight_kind=row["weight"],
        unit_kg=row["unit_kg"],
        reduced=row["honsoku"],
        normal=row["normal"],
        over_13=row["over13"],
        over_18=row["over18"],
        age_rule=AgeRule(row["age_rule"]),
        told=Told(source, row["confidence"]),
    )
