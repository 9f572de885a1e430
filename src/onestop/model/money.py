"""What an inspection will cost (見込): 検査手数料, 自動車重量税, 自賠責保険料.

Our figure is never more than an estimate: an amount that AINAS returned is never overwritten by it. Each estimate
carries the day from which its table holds, and says 対象外 where the table has no row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from onestop.model.inspection_days import TWO_MONTHS_SINCE
from onestop.model.rate_book import rates
from onestop.model.rate_tables import (
    AgeRule,
    ApplicationChannel,
    FeeVehicle,
    TaxColumn,
    WeightTaxRow,
    in_force,
    premium_classes,
    without_weight_tax,
)
from onestop.model.wareki import format_western
from onestop.model.words import VehicleClass

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.taxable import TaxableVehicle
    from onestop.model.wareki import YearMonth

OUT_OF_TABLE: Final = "対象外"
NO_FEE: Final = f"{OUT_OF_TABLE}(この種別の手数料表がありません)"
UNKNOWN_CLASS: Final = f"{OUT_OF_TABLE}(種別・用途・自家用の別・最大積載量から車種が決まりません)"
DOUBTFUL_RATE: Final = (
    "燃料に「電気」があります。免税か本則税率かもしれないので、車両の「重量税の税率」を確かめてください。"
)
UNKNOWN_YEARS: Final = "有効期間の年数が分からないため計算できません"
MAINLAND: Final = "本土"
PREMIUM_ZONES: Final = {"沖縄": "沖縄県", "奄美": "離島"}
"""By the 地名 of the plate: whose premiums are others than the mainland's (jibaiseki.json, meta.zones)."""

_AGE_WORDS: Final = {TaxColumn.OVER_13: "(13年経過)", TaxColumn.OVER_18: "(18年経過)"}
_MONTHS_A_YEAR: Final = 12


class TaxRate(StrEnum):
    """Which 重量税 a clerk chose; エコカー cannot be derived from the 車検証."""

    NORMAL = "normal"
    REDUCED = "honsoku"
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        """The word on the glass."""
        return {TaxRate.NORMAL: "当分の間税率", TaxRate.REDUCED: "本則税率", TaxRate.EXEMPT: "免税"}[self]


@dataclass(frozen=True, slots=True)
class Estimate:
    """見込: yen, or None with a note saying why there is none."""

    amount: int | None
    table_date: dt.date | None = None
    """The day from which the table holds."""
    note: str = ""

    def display(self) -> str:
        """Return 見込 ¥1,850 (2026/04/01からの表), or why there is no figure."""
        if self.amount is None or self.table_date is None:
            return self.note
        return f"見込 {yen(self.amount)} ({format_western(self.table_date)}からの表)"


NO_FIGURE: Final = Estimate(None, note=NO_FEE)


def yen(amount: int) -> str:
    """Return ¥1,850."""
    return f"{'-' if amount < 0 else ''}¥{abs(amount):,}"


# --- 検査手数料 ---------------------------------------------------------------------------------------


def fee_vehicle(vehicle: TaxableVehicle) -> FeeVehicle | None:
    """Return the fee table's kind; None for 大型特殊 and when the 種別 of a registered car is not known."""
    if vehicle.vehicle_class is VehicleClass.KEI:
        return FeeVehicle.KEI
    if vehicle.vehicle_class is VehicleClass.MOTORCYCLE:
        return FeeVehicle.MOTORCYCLE
    return {"普通": FeeVehicle.ORDINARY, "小型": FeeVehicle.SMALL}.get(vehicle.kind)


class Fees(NamedTuple):
    """検査手数料 as it is paid."""

    national: Estimate
    """To 国 or 軽自動車検査協会."""
    technical: Estimate
    """技術情報管理手数料, the second payment under OSS."""
    total: Estimate


def estimate_fees(vehicle: FeeVehicle | None, channel: ApplicationChannel, day: dt.date) -> Fees:
    """Return what an application on a day costs."""
    row = in_force((row for row in rates().fees if row.vehicle == vehicle and row.channel == channel), day)
    amounts = (None,) * 3 if row is None else (row.national, row.technical, row.total)
    known = [Estimate(amount, row.first_day) if row and amount is not None else NO_FIGURE for amount in amounts]
    return Fees(*known)


# --- 自動車重量税 -------------------------------------------------------------------------------------


def weight_tax_row(vehicle: TaxableVehicle, day: dt.date) -> WeightTaxRow | None:
    """Return the 重量税 class of a car on a day; None where the table has none (タクシー, バス, トレーラ …)."""
    if _without_weight_tax(vehicle, day):
        return None
    return in_force([row for row in rates().weight_tax if row.condition.fits(vehicle)], day)


def _without_weight_tax(vehicle: TaxableVehicle, day: dt.date) -> str:
    """Return what a car is that the table is known not to have; "" for any other."""
    row = in_force([row for row in without_weight_tax() if row.condition.fits(vehicle)], day)
    return row.label if row else ""


def age_class(rule: AgeRule, first: YearMonth, day: dt.date) -> TaxColumn:
    """Return whether 13 or 18 years have passed on the day of the inspection.

    Registered cars: 12年10か月 (17年10か月) by months; kei: from 1 November of the 13th (18th) year. Before 2025-04-01
    one month later (weight_tax.json, age_rule).
    """
    early = 2 if day >= TWO_MONTHS_SINCE else 1
    for years, column in ((18, TaxColumn.OVER_18), (13, TaxColumn.OVER_13)):
        if rule is AgeRule.REGISTERED and first.months_until(day) >= years * _MONTHS_A_YEAR - early:
            return column
        if rule is AgeRule.KEI and (day.year, day.month) >= (first.year + years, 13 - early):
            return column
    return TaxColumn.NORMAL


def weight_tax(row: WeightTaxRow, kg: int | None, years: int, column: TaxColumn) -> int | None:
    """Return yen for the years of the new period; None when the class needs a weight and there is none."""
    if row.unit_kg is None:
        return row.yearly(column) * years
    return None if kg is None else row.yearly(column) * math.ceil(kg / row.unit_kg) * years


def estimate_weight_tax(
    vehicle: TaxableVehicle, years: int | None, day: dt.date, rate: TaxRate = TaxRate.NORMAL
) -> Estimate:
    """Return 重量税 for an inspection on a day and a new period of so many years (None: not known)."""
    row = weight_tax_row(vehicle, day)
    if row is None:
        kind = _without_weight_tax(vehicle, day)
        return Estimate(None, note=f"{OUT_OF_TABLE}({kind}の税額表がありません)" if kind else UNKNOWN_CLASS)
    if years is None:
        return Estimate(None, note=UNKNOWN_YEARS)
    column = _column(row, vehicle, day, rate)
    amount = weight_tax(row, _taxed_kg(row, vehicle), years, column)
    if amount is None:
        return Estimate(None, note=f"{row.weight_kind}が未入力のため計算できません")
    unknown_age = rate is TaxRate.NORMAL and vehicle.first_registration is None
    known = rate.label + _AGE_WORDS.get(column, "")
    note = "初度登録年月が未入力のため、経過年数を見ていません" if unknown_age else known
    return Estimate(amount, row.first_day, note)


def is_rate_doubtful(fuel: str, rate: TaxRate) -> bool:
    """Tell whether a car runs on electricity, also beside petrol, and 当分の間税率 was taken for it (rule D05)."""
    return "電気" in fuel and rate is TaxRate.NORMAL


def missing_weight(vehicle: TaxableVehicle, row: WeightTaxRow | None) -> str | None:
    """Return which weight 重量税 needs in a car's row and the car lacks: 車両重量 or 車両総重量 (rule V18)."""
    return row.weight_kind if row and row.unit_kg and _taxed_kg(row, vehicle) is None else None


def _taxed_kg(row: WeightTaxRow, vehicle: TaxableVehicle) -> int | None:
    return vehicle.weight_kg if row.weight_kind == "車両重量" else vehicle.gross_weight_kg


def _column(row: WeightTaxRow, vehicle: TaxableVehicle, day: dt.date, rate: TaxRate) -> TaxColumn:
    if rate is TaxRate.NORMAL and vehicle.first_registration is not None:
        return age_class(row.age_rule, vehicle.first_registration, day)
    return TaxColumn(rate.value)


# --- 自賠責保険料 -------------------------------------------------------------------------------------


def jibaiseki_class(vehicle: TaxableVehicle) -> str | None:
    """Return the insurers' class of a car; None where what is known of it does not tell (最大積載量 …)."""
    return next((row.key for row in premium_classes() if row.condition.fits(vehicle)), None)


def premium_zone(area: str) -> str:
    """Return whose premiums hold for a car by the 地名 of its plate.

    An island that shares its 地名 with the mainland cannot be told apart: 見込 says which zone it stands for.
    """
    return PREMIUM_ZONES.get(area, MAINLAND)


def estimate_jibaiseki(insurance_class: str | None, start: dt.date, months: int, zone: str = MAINLAND) -> Estimate:
    """Return the premium; the table is chosen by the first day of the insurance, not by today."""
    if zone != MAINLAND:
        return Estimate(None, note=f"{OUT_OF_TABLE}({zone}の料率表がありません)")
    of_class = [row for row in rates().premiums if row.insurance_class == insurance_class]
    row = in_force((row for row in of_class if row.months == months), start)
    if row is not None:
        return Estimate(row.premium, row.first_day, row.zone)
    label = next((each.label for each in premium_classes() if each.key == insurance_class), "")
    if not label:
        return Estimate(None, note=UNKNOWN_CLASS)
    lacks = f"{months}か月の保険料" if of_class else "料率表"
    return Estimate(None, note=f"{OUT_OF_TABLE}({label}の{lacks}がありません)")
