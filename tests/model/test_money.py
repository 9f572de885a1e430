"""Estimates against the published examples, and what the tables do not know."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from onestop.model.money import (
    NO_FEE,
    UNKNOWN_CLASS,
    UNKNOWN_YEARS,
    Estimate,
    TaxRate,
    age_class,
    estimate_fees,
    estimate_jibaiseki,
    estimate_weight_tax,
    fee_vehicle,
    is_rate_doubtful,
    jibaiseki_class,
    missing_weight,
    weight_tax,
    weight_tax_row,
    yen,
)
from onestop.model.rate_tables import AgeRule, ApplicationChannel, FeeVehicle, TaxColumn
from onestop.model.taxable import TaxableVehicle
from onestop.model.validity import validity_of
from onestop.model.wareki import YearMonth
from onestop.model.words import PrivateOrBusiness, VehicleClass

EXAMPLES = json.loads((Path(__file__).parent / "data" / "fee_examples.json").read_text(encoding="utf-8"))["examples"]
TODAY = dt.date(2026, 11, 24)
BUSINESS = PrivateOrBusiness.BUSINESS

CARS = {
    "joyo_private": TaxableVehicle(vehicle_kind="普通", use="乗用"),
    "kei_private": TaxableVehicle(vehicle_class=VehicleClass.KEI, use="乗用"),
    "kamotsu_private": TaxableVehicle(vehicle_kind="小型", use="貨物"),
    "tokushu_private": TaxableVehicle(vehicle_kind="普通", use="特種"),
    "nirin_kogata": TaxableVehicle(vehicle_class=VehicleClass.MOTORCYCLE),
}


def examples(kind: str) -> list[Any]:
    return [pytest.param(example, id=example["id"]) for example in EXAMPLES if example["kind"] == kind]


def weighing(car: TaxableVehicle, kg: int | None) -> TaxableVehicle:
    return TaxableVehicle(
        vehicle_class=car.vehicle_class, vehicle_kind=car.vehicle_kind, use=car.use, weight_kg=kg, gross_weight_kg=kg
    )


@pytest.mark.parametrize("example", examples("weight_tax"))
def test_published_weight_tax(example: dict[str, Any]) -> None:
    row = weight_tax_row(weighing(CARS[example["class"]], example["kg"]), TODAY)
    assert row is not None
    assert weight_tax(row, example["kg"], example["years"], TaxColumn(example["rate"])) == example["expected"]


@pytest.mark.parametrize("example", examples("age_class"))
def test_published_ages(example: dict[str, Any]) -> None:
    first = YearMonth.parse(example["first"])
    assert first is not None
    day = dt.date.fromisoformat(example["inspection_date"])
    assert age_class(AgeRule(example["rule"]), first, day) == example["expected"]


def test_ages_turn_on_their_days() -> None:
    assert age_class(AgeRule.REGISTERED, YearMonth(2008, 12), dt.date(2026, 10, 1)) is TaxColumn.OVER_18
    assert age_class(AgeRule.REGISTERED, YearMonth(2008, 12), dt.date(2026, 9, 30)) is TaxColumn.OVER_13
    assert age_class(AgeRule.REGISTERED, YearMonth(2012, 5), dt.date(2025, 3, 31)) is TaxColumn.NORMAL
    assert age_class(AgeRule.REGISTERED, YearMonth(2012, 4), dt.date(2025, 3, 31)) is TaxColumn.OVER_13
    assert age_class(AgeRule.KEI, YearMonth(2008, 4), dt.date(2026, 11, 1)) is TaxColumn.OVER_18
    assert age_class(AgeRule.KEI, YearMonth(2011, 4), dt.date(2024, 11, 30)) is TaxColumn.NORMAL
    assert age_class(AgeRule.KEI, YearMonth(2011, 4), dt.date(2024, 12, 1)) is TaxColumn.OVER_13


@pytest.mark.parametrize("example", examples("jibaiseki"))
def test_published_premiums(example: dict[str, Any]) -> None:
    start = dt.date.fromisoformat(example["start"])
    assert estimate_jibaiseki(example["class"], start, example["months"]).amount == example["expected"]


@pytest.mark.parametrize("example", examples("inspection_fee"))
def test_published_fees(example: dict[str, Any]) -> None:
    day = dt.date.fromisoformat(example["date"])
    estimate = estimate_fees(FeeVehicle(example["vehicle"]), ApplicationChannel(example["channel"]), day).total
    assert estimate.amount == example["expected"]
    assert estimate.table_date is not None
    assert estimate.table_date <= day


KEI_13 = TaxableVehicle(vehicle_class=VehicleClass.KEI, use="乗用", first_registration=YearMonth(2013, 4))
TOTALS = {
    "T01": (CARS["kei_private"], dt.date(2024, 6, 1), 2, 24),
    "T03": (weighing(CARS["joyo_private"], 1500), dt.date(2025, 6, 1), 2, 24),
    "T04": (weighing(CARS["joyo_private"], 1500), TODAY, 2, 24),
    "T05": (KEI_13, dt.date(2026, 12, 1), 2, 25),
    "T06": (weighing(CARS["kamotsu_private"], 2450), dt.date(2026, 12, 1), 1, 12),
}


@pytest.mark.parametrize("example", examples("total"))
def test_published_totals(example: dict[str, Any]) -> None:
    car, day, years, months = TOTALS[example["id"]]
    fee = estimate_fees(fee_vehicle(car), ApplicationChannel.OSS, day).total.amount
    tax = estimate_weight_tax(car, years, day).amount
    premium = estimate_jibaiseki(jibaiseki_class(car), day, months).amount
    assert fee is not None
    assert tax is not None
    assert premium is not None
    expected = example["expected"]
    assert (tax, premium, fee) == (expected["weight_tax"], expected["jibaiseki"], expected["inspection_fee"])
    assert tax + premium + fee == expected["sum"]


def test_t27_a_kei_with_a_year_alone_has_the_age_of_its_year() -> None:
    car = TaxableVehicle(vehicle_class=VehicleClass.KEI, use="乗用", first_registration=YearMonth(2000, 0))
    assert estimate_weight_tax(car, 2, TODAY).amount == 8800


def test_every_example_was_looked_at() -> None:
    known = {"weight_tax", "age_class", "jibaiseki", "inspection_fee", "total"}
    assert {example["kind"] for example in EXAMPLES} == known


@pytest.mark.parametrize(
    ("vehicle_class", "kind", "expected"),
    [
        (VehicleClass.KEI, "軽自動車", FeeVehicle.KEI),
        (VehicleClass.MOTORCYCLE, "小　型", FeeVehicle.MOTORCYCLE),
        (VehicleClass.REGISTERED, "普　通", FeeVehicle.ORDINARY),
        (VehicleClass.REGISTERED, "小型自動車", FeeVehicle.SMALL),
        (VehicleClass.REGISTERED, "大型特殊", None),
        (VehicleClass.REGISTERED, "", None),
    ],
)
def test_the_kind_of_the_fee_table(vehicle_class: VehicleClass, kind: str, expected: FeeVehicle | None) -> None:
    assert fee_vehicle(TaxableVehicle(vehicle_class=vehicle_class, vehicle_kind=kind)) is expected


def test_the_two_payments_of_oss_add_up() -> None:
    since = dt.date(2026, 4, 1)
    ordinary = estimate_fees(FeeVehicle.ORDINARY, ApplicationChannel.OSS, TODAY)
    assert ordinary == (Estimate(1450, since), Estimate(400, since), Estimate(1850, since))
    assert estimate_fees(FeeVehicle.MOTORCYCLE, ApplicationChannel.OSS, TODAY).technical.amount == 0


def test_what_no_table_has_is_said_so() -> None:
    nothing, unknown = Estimate(None, note=NO_FEE), Estimate(None, note=UNKNOWN_CLASS)
    assert estimate_fees(None, ApplicationChannel.OSS, TODAY).total == nothing
    assert estimate_fees(FeeVehicle.KEI, ApplicationChannel.OSS, dt.date(2020, 1, 1)).total == nothing
    assert estimate_fees(FeeVehicle.MOTORCYCLE, ApplicationChannel.WINDOW, dt.date(2024, 1, 1)).total == nothing
    assert estimate_jibaiseki(None, TODAY, 24) == unknown
    assert estimate_jibaiseki("kei", TODAY, 5).note == "対象外(軽自動車 (検査対象車)の5か月の保険料がありません)"
    assert estimate_jibaiseki("trailer", TODAY, 12).note == "対象外(被けん引車の料率表がありません)"
    assert estimate_weight_tax(TaxableVehicle(use="乗合"), 1, TODAY).note == "対象外(乗合(バス)の税額表がありません)"
    assert estimate_weight_tax(CARS["kei_private"], None, TODAY).note == UNKNOWN_YEARS
    assert estimate_weight_tax(TaxableVehicle(use=""), 2, TODAY) == unknown


@pytest.mark.parametrize(
    ("shape", "kg", "years", "tax"),
    [("冷蔵冷凍車", 2000, 1, 8200), ("冷蔵冷凍車", 7990, 1, 32800)],
)
def test_a_refrigerated_car_pays_for_its_one_year(shape: str, kg: int, years: int, tax: int) -> None:
    """Trial T30."""
    car = TaxableVehicle(vehicle_kind="普通", use="特種", body_shape=shape, gross_weight_kg=kg)
    assert validity_of(car, TODAY).years == years
    assert estimate_weight_tax(car, validity_of(car, TODAY).years, TODAY).amount == tax


def test_a_rental_camper_has_no_tax_until_its_years_are_chosen() -> None:
    """Trial T31."""
    car = TaxableVehicle(vehicle_kind="普通", use="特種", body_shape="キャンピング", gross_weight_kg=2900, rental=True)
    asked = validity_of(car, TODAY)
    assert (asked.years, asked.proposal) == (None, 1)
    assert estimate_weight_tax(car, asked.years, TODAY) == Estimate(None, note=UNKNOWN_YEARS)
    assert estimate_weight_tax(car, 1, TODAY).amount == 12300


def test_a_rental_motorcycle_pays_for_one_year() -> None:
    """Trial T32."""
    car = TaxableVehicle(vehicle_class=VehicleClass.MOTORCYCLE, rental=True)
    assert estimate_weight_tax(car, validity_of(car, TODAY).years, TODAY).amount == 1900


@pytest.mark.parametrize("shape", ["ボートトレーラ", "セミトレーラー", "ﾌﾙﾄﾚｰﾗ"])
def test_a_trailer_is_in_no_table(shape: str) -> None:
    """Trial T54."""
    car = TaxableVehicle(vehicle_kind="普通", use="貨物", body_shape=shape, max_load_kg=700, gross_weight_kg=1000)
    premium = estimate_jibaiseki(jibaiseki_class(car), TODAY, 12)
    assert premium == Estimate(None, note="対象外(被けん引車の料率表がありません)")
    assert estimate_weight_tax(car, 1, TODAY).note == "対象外(トレーラ(被けん引車)の税額表がありません)"


@pytest.mark.parametrize(
    ("fuel", "rate", "doubtful"),
    [
        ("電気", TaxRate.NORMAL, True),
        ("ガソリン・電気", TaxRate.NORMAL, True),
        ("電気", TaxRate.EXEMPT, False),
        ("ガソリン", TaxRate.NORMAL, False),
    ],
)
def test_the_ordinary_rate_of_an_electric_car_is_doubtful(fuel: str, rate: TaxRate, *, doubtful: bool) -> None:
    assert is_rate_doubtful(fuel, rate) is doubtful


def test_an_estimate_says_from_when_its_table_holds() -> None:
    assert Estimate(1850, dt.date(2026, 4, 1)).display() == "見込 ¥1,850 (2026/04/01からの表)"
    assert Estimate(None, note="対象外").display() == "対象外"
    assert (yen(0), yen(1234567), yen(-1850)) == ("¥0", "¥1,234,567", "-¥1,850")


def test_an_estimate_without_a_figure_or_a_table_says_why_instead() -> None:
    for estimate in (Estimate(None, dt.date(2026, 4, 1), "対象外"), Estimate(1850, None, "対象外")):
        assert estimate.display() == "対象外"


def lacking(car: TaxableVehicle) -> str | None:
    return missing_weight(car, weight_tax_row(car, TODAY))


def test_a_missing_weight_is_named() -> None:
    car = CARS["joyo_private"]
    assert lacking(car) == "車両重量"
    assert estimate_weight_tax(car, 2, TODAY).note == "車両重量が未入力のため計算できません"
    assert lacking(CARS["kamotsu_private"]) == "車両総重量"
    assert lacking(weighing(car, 1500)) is None
    assert lacking(CARS["kei_private"]) is None
    assert lacking(TaxableVehicle()) is None


def test_the_clerk_chooses_the_rate_and_age_counts_only_at_the_ordinary_one() -> None:
    car = TaxableVehicle(use="乗用", weight_kg=1500, first_registration=YearMonth(2005, 1))
    assert estimate_weight_tax(car, 2, TODAY) == Estimate(37800, dt.date(2016, 4, 1), "当分の間税率(18年経過)")
    assert estimate_weight_tax(car, 2, TODAY, TaxRate.REDUCED) == Estimate(15000, dt.date(2016, 4, 1), "本則税率")
    assert estimate_weight_tax(car, 2, TODAY, TaxRate.EXEMPT) == Estimate(0, dt.date(2016, 4, 1), "免税")


def test_an_unknown_age_is_said() -> None:
    assert "初度登録年月が未入力" in estimate_weight_tax(CARS["kei_private"], 2, TODAY).note


@pytest.mark.parametrize(
    ("car", "key"),
    [
        (TaxableVehicle(vehicle_class=VehicleClass.KEI, private_or_business=BUSINESS), "kei_business"),
        (TaxableVehicle(vehicle_class=VehicleClass.MOTORCYCLE, private_or_business=BUSINESS), None),
        (TaxableVehicle(vehicle_kind="大型特殊", use="貨物"), None),
        (TaxableVehicle(use="乗用", private_or_business=BUSINESS), None),
        (TaxableVehicle(use="貨物", private_or_business=BUSINESS), "kamotsu_business"),
        (TaxableVehicle(use="貨物", gross_weight_kg=2501), "kamotsu_private_gt2_5t"),
        (TaxableVehicle(use="貨物", gross_weight_kg=2500), "kamotsu_private_le2_5t"),
        (TaxableVehicle(use="特種", private_or_business=BUSINESS), None),
    ],
)
def test_the_class_of_the_tax_table(car: TaxableVehicle, key: str | None) -> None:
    row = weight_tax_row(car, TODAY)
    assert (row.key if row else None) == key


@pytest.mark.parametrize(
    ("car", "expected"),
    [
        (TaxableVehicle(use="乗用"), "passenger_private"),
        (TaxableVehicle(use="乗用", private_or_business=BUSINESS), "passenger_business"),
        (TaxableVehicle(use="特種"), "special_other"),
        (TaxableVehicle(use="特種", body_shape="霊柩車"), "hearse"),
        (TaxableVehicle(use="特種", body_shape="救急車"), "emergency"),
        (TaxableVehicle(use="特種", body_shape="教習車"), "driving_school"),
        (TaxableVehicle(use="乗合"), "bus"),
        (TaxableVehicle(vehicle_kind="大型特殊", use="貨物", max_load_kg=1), "large_special"),
        (TaxableVehicle(vehicle_class=VehicleClass.KEI, use="貨物", body_shape="トレーラ"), "trailer"),
        (TaxableVehicle(use="貨物", max_load_kg=1000), None),
        (TaxableVehicle(use="乗用", private_or_business=""), None),
        (TaxableVehicle(vehicle_class=VehicleClass.MOTORCYCLE), "motorcycle_gt250"),
        (TaxableVehicle(vehicle_kind="小型", use="貨物", private_or_business=BUSINESS), "small_cargo_business"),
        (TaxableVehicle(vehicle_kind="普通", use="貨物"), None),
        (TaxableVehicle(vehicle_kind="普通", use="貨物", max_load_kg=2000), "cargo_private_le2t"),
        (
            TaxableVehicle(vehicle_kind="普通", use="貨物", max_load_kg=2001, private_or_business=BUSINESS),
            "cargo_business_gt2t",
        ),
    ],
)
def test_the_insurers_class(car: TaxableVehicle, expected: str | None) -> None:
    assert jibaiseki_class(car) == expected
