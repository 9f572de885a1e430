"""How many years a 継続検査 gives: by the table, or asked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from onestop.model.rate_tables import body_shapes
from onestop.model.taxable import TaxableVehicle, shape_key
from onestop.model.validity import validity_of
from onestop.model.words import PrivateOrBusiness, VehicleClass

BUSINESS = PrivateOrBusiness.BUSINESS
KEI, MOTORCYCLE = VehicleClass.KEI, VehicleClass.MOTORCYCLE
TODAY = dt.date(2026, 11, 24)


def special(shape: str, **changes: Any) -> TaxableVehicle:  # noqa: ANN401 - any field of it
    return dataclasses.replace(TaxableVehicle(vehicle_kind="普通", use="特種", body_shape=shape), **changes)


@pytest.mark.parametrize(
    ("car", "years"),
    [
        (TaxableVehicle(use="乗用"), 2),
        (TaxableVehicle(use="乗用", capacity=10), 2),
        (TaxableVehicle(use="乗用", capacity=11), 1),
        (TaxableVehicle(use="乗用", body_shape="幼児専用車"), 1),
        (TaxableVehicle(use="乗用", rental=True), 1),
        (TaxableVehicle(use="乗用", private_or_business=BUSINESS), 1),
        (TaxableVehicle(use="貨物"), 1),
        (TaxableVehicle(use="貨物", rental=True), 1),
        (TaxableVehicle(use="貨物", private_or_business=BUSINESS), 1),
        (TaxableVehicle(use="乗合"), 1),
        (special("冷蔵冷凍車"), 1),
        (special("タンク車"), 1),
        (special("散水車"), 1),
        (special("現金輸送車"), 1),
        (special("給水車"), 1),
        (special("コンクリートミキサー車"), 1),
        (special("塵芥車"), 1),
        (special("ｷｬﾝﾋﾟﾝｸﾞ"), 2),
        (special("教習車"), 2),
        (special("消防車"), 2),
        (special("加工車", max_load_kg=500), 2),
        (special("キャンピング車", private_or_business=BUSINESS), 1),
        (TaxableVehicle(vehicle_class=KEI, use="乗用"), 2),
        (TaxableVehicle(vehicle_class=KEI, use="乗用", rental=True), 2),
        (TaxableVehicle(vehicle_class=KEI, use="貨物"), 2),
        (TaxableVehicle(vehicle_class=KEI, use="貨物", private_or_business=BUSINESS), 2),
        (TaxableVehicle(vehicle_class=MOTORCYCLE), 2),
        (TaxableVehicle(vehicle_class=MOTORCYCLE, rental=True), 1),
    ],
)
def test_years_by_the_table(car: TaxableVehicle, years: int) -> None:
    found = validity_of(car, TODAY)
    assert (found.years, found.tabled, found.question) == (years, years, "")


@pytest.mark.parametrize(
    ("car", "proposal"),
    [
        (TaxableVehicle(vehicle_kind="大型特殊", use="貨物"), None),
        (TaxableVehicle(vehicle_class=MOTORCYCLE, private_or_business=BUSINESS), 1),
        (special(""), None),
        (special("箱型"), None),
        (special("キャンピング車", rental=True), 1),
        (special("ボートトレーラ"), 1),
        (special("加工車"), 2),
        (special("加工車", max_load_kg=501), 2),
    ],
)
def test_what_the_table_does_not_know_is_asked(car: TaxableVehicle, proposal: int | None) -> None:
    asked = validity_of(car, TODAY)
    assert (asked.years, asked.proposal) == (None, proposal)
    assert "車両の「有効期間」で1年か2年を選んでください" in asked.question
    assert ("多くは" in asked.question) is (proposal is not None)


@pytest.mark.parametrize(
    ("car", "untyped"),
    [
        (TaxableVehicle(use=""), "用途"),
        (TaxableVehicle(use="乗用", private_or_business=""), "自家用・事業用の別"),
        (TaxableVehicle(use="", private_or_business=""), "用途、自家用・事業用の別"),
        (TaxableVehicle(vehicle_class=MOTORCYCLE, private_or_business=""), "自家用・事業用の別"),
    ],
)
def test_what_nobody_typed_is_named(car: TaxableVehicle, untyped: str) -> None:
    asked = validity_of(car, TODAY)
    assert asked.years is None
    assert asked.question == (
        f"{untyped}が未入力のため、車検の有効期間の年数が決まりません。"
        "車両に入力するか、「有効期間」で1年か2年を選んでください。"
    )


def test_what_a_person_chose_wins_over_the_table_and_answers_its_question() -> None:
    chosen = validity_of(TaxableVehicle(use="乗用", chosen_years=1), TODAY)
    assert (chosen.years, chosen.tabled, chosen.question) == (1, 2, "")
    assert validity_of(special("", chosen_years=2), TODAY).question == ""


def test_a_shape_reads_the_same_in_every_spelling() -> None:
    assert shape_key("コンクリートミキサー車") == shape_key("ｺﾝｸﾘｰﾄ ﾐｷｻ")
    assert "冷蔵冷凍車" in body_shapes()
    assert len(body_shapes()) == len(set(body_shapes()))
