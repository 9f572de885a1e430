"""Tests of the labels of a car's fields."""

from __future__ import annotations

import dataclasses

import pytest

from onestop.model.plate import PLATE_PARTS
from onestop.screens.vehicle.labels import (
    CHOICES,
    LABELS,
    NAMES,
    PLATE,
    codes_of,
    field_on_glass_of,
    is_rare,
    names_in_form,
    place_on_glass,
    shown,
)
from onestop.services.vehicle.form import VehicleForm


def test_every_field_of_the_form_stands_on_the_glass_once() -> None:
    names = [name for field in LABELS for name in names_in_form(field)]
    assert sorted(names) == sorted(field.name for field in dataclasses.fields(VehicleForm))


def test_no_label_stands_twice() -> None:
    assert len(set(LABELS.values())) == len(LABELS)


def test_a_plate_is_one_field() -> None:
    assert [field_on_glass_of(name) for name in (*PLATE_PARTS, "use")] == [PLATE] * 4 + ["use"]
    assert LABELS[PLATE] == "登録番号"


def test_the_order_is_that_of_the_groups() -> None:
    assert place_on_glass("registration_number.kana") == 0
    assert place_on_glass("chassis_number") < place_on_glass("owner_name") < place_on_glass("note_info")


def test_every_choice_is_a_field_and_has_no_word_twice() -> None:
    assert set(CHOICES) <= set(LABELS)
    assert all(len(set(options)) == len(options) for options in CHOICES.values())


def test_a_digit_for_each_choice_is_told_in_one_line() -> None:
    assert codes_of("private_or_business") == "0 –  1 自家用  2 事業用"
    assert codes_of("user_kind") == "1 個人  2 法人  3 官公署"
    assert codes_of("validity_years").startswith("0 表による  1 1年")
    assert codes_of("fuel").startswith("1 ガソリン  2 軽油")
    assert codes_of("owner_name") == ""


def test_a_field_is_rare_until_the_car_needs_it() -> None:
    for field, needs in (
        ("max_load_kg", VehicleForm(use="貨物")),
        ("user_representative", VehicleForm(user_kind="法人")),
        ("tax_rate", VehicleForm(fuel="ガソリン・電気")),
    ):
        assert is_rare(VehicleForm(), field)
        assert not is_rare(needs, field)
    assert is_rare(VehicleForm(), "note_info")
    assert not is_rare(VehicleForm(), "expiry_date")


def test_no_list_of_names_is_longer_than_the_digits() -> None:
    assert all(len(names) <= 9 and len(set(names)) == len(names) for names in NAMES.values())


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (PLATE, "土浦300あ12"),
        ("officially_stamped", "いいえ"),
        ("user_is_owner", "はい"),
        ("tax_rate", "本則税率"),
        ("use", "建設"),
        ("vehicle_kind", "–"),
        ("owner_name", "見本 太郎"),
    ],
)
def test_values_are_shown_in_words(field: str, text: str) -> None:
    form = VehicleForm(
        area="土浦",
        class_number="300",
        kana="あ",
        serial="12",
        user_is_owner=True,
        tax_rate="honsoku",
        use="建設",
        owner_name="見本 太郎",
    )
    assert shown(form, field) == text


@pytest.mark.parametrize(("typed", "cell"), [("R8.12.20", "2026/12/20"), ("", "–"), ("R8.13", "R8.13")])
def test_a_day_stands_in_a_table_as_days_do_there(typed: str, cell: str) -> None:
    assert shown(VehicleForm(expiry_date=typed), "expiry_date") == cell
