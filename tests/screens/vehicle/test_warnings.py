"""Tests of what looks odd in a car's form."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.screens.vehicle.warnings import vehicle_warnings as warnings_of
from onestop.services.vehicle.form import VehicleForm

if TYPE_CHECKING:
    from onestop.errors import Problem

TODAY = dt.date(2026, 11, 24)
CALM = VehicleForm(
    area="土浦",
    class_number="300",
    kana="さ",
    serial="1234",
    chassis_number="ZN6-012345",
    use="乗用",
    private_or_business="自家用",
    owner_name="見本太郎",
    user_is_owner=True,
    weight_kg="1,240",
    ff_axle_kg="690",
    rr_axle_kg="550",
    capacity="4",
    gross_weight_kg="1460",
)


def vehicle_warnings(form: VehicleForm) -> tuple[Problem, ...]:
    return warnings_of(form, TODAY)


def test_an_ordinary_car_has_no_warnings() -> None:
    assert vehicle_warnings(CALM) == ()


def test_an_empty_form_has_no_warnings() -> None:
    assert vehicle_warnings(VehicleForm()) == ()


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"area": "架空"}, "registration_number.area", "地名の一覧にありません"),
        ({"kana": "お"}, "registration_number.kana", "交付されていません"),
        ({"class_number": "400"}, "registration_number.class_number", "用途の乗用と合いません"),
        ({"kana": "あ"}, "registration_number.kana", "自家用と合いません"),
        ({"chassis_number": "ABC123"}, "chassis_number", "ハイフンがありません"),
        ({"officially_stamped": True}, "chassis_number", "職権打刻"),
        ({"owner_name": "髙橋①"}, "owner_name", "「髙」「①」"),
        ({"owner_name": "見本\u200b太郎"}, "owner_name", "「⟨U+200B⟩」は送信できない文字です"),
        ({"base_location": "\u202e市河古"}, "base_location", "見えない文字「⟨U+202E⟩」"),
        ({"model_code": "ZN6\u00ad"}, "model_code", "見えない文字「⟨U+00AD⟩」"),
        ({"owner_address2": "㈱ビル"}, "owner_address2", "「㈱」"),
        ({"user_representative": "山﨑"}, "user_representative", "「﨑」"),
        ({"weight_kg": "1300"}, "weight_kg", "軸重の合計1240kg"),
        ({"gross_weight_kg": "1500"}, "gross_weight_kg", "1460kg"),
        ({"use": "特種", "class_number": "800"}, "validity_years", "1年か2年を選んでください"),
        (
            {"use": "特種", "class_number": "800", "kana": "わ", "body_shape": "キャンピング車"},
            "validity_years",
            "「貸渡の特種」は車検の有効期間の年数が表で決まりません。多くは1年です。",
        ),
        ({"validity_years": "1"}, "validity_years", "表では「乗用 自家用」は2年です"),
        ({"fuel": "ガソリン・電気"}, "tax_rate", "免税か本則税率かもしれない"),
    ],
)
def test_each_oddity_is_named_at_its_field(changes: dict[str, object], field: str, part: str) -> None:
    found = vehicle_warnings(dataclasses.replace(CALM, **changes))  # type: ignore[arg-type] # each its own kind
    assert any(each.field == field and part in each.message for each in found), found


def test_a_user_behind_three_stars_is_not_looked_at() -> None:
    hidden = dataclasses.replace(CALM, user_name="髙橋")
    assert vehicle_warnings(hidden) == ()
    assert [each.field for each in vehicle_warnings(dataclasses.replace(hidden, user_is_owner=False))] == ["user_name"]


def test_a_weight_that_is_no_number_is_left_to_saving() -> None:
    assert vehicle_warnings(dataclasses.replace(CALM, weight_kg="重い")) == ()


def test_years_that_were_chosen_answer_the_question() -> None:
    asked = dataclasses.replace(CALM, use="特種", class_number="800")
    assert vehicle_warnings(dataclasses.replace(asked, validity_years="2")) == ()
