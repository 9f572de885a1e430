"""What a 分類番号 and a かな tell of a car."""

from __future__ import annotations

import pytest

from onestop.model.told_by_plate import ToldByPlate, told_by_plate


@pytest.mark.parametrize(
    ("class_number", "kana", "told"),
    [
        ("300", "さ", ToldByPlate("普通", "乗用", "自家用")),
        ("100", "あ", ToldByPlate("普通", "貨物", "事業用")),
        ("200", "か", ToldByPlate("普通", "乗合", "事業用")),
        ("500", "さ", ToldByPlate("", "乗用", "自家用")),
        ("580", "あ", ToldByPlate("", "乗用", "")),
        ("480", "り", ToldByPlate("", "貨物", "")),
        ("800", "さ", ToldByPlate("", "", "自家用")),
        ("300", "わ", ToldByPlate("普通", "乗用", "")),
        ("300", "", ToldByPlate()),
        ("", "さ", ToldByPlate()),
    ],
)
def test_a_plate_tells_what_is_sure_on_it(class_number: str, kana: str, told: ToldByPlate) -> None:
    assert told_by_plate(class_number, kana) == told
