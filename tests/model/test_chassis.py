"""Chassis numbers: typed, searched, judged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.model.chassis import chassis_key, is_stamp_form, judge_chassis, may_be_written, normalise_chassis
from onestop.model.text import HYPHENS
from onestop.model.words import VehicleClass


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ＲＣ６３－ＩＴ２３３０１０", "RC63-IT233010"),
        (" la100s‐0012345 ", "LA100S-0012345"),
        ("ABC12ー0123456", "ABC12-0123456"),
        ("国［０１］０００１国", "国[01]0001国"),
        ("ABC123", "ABC123"),
    ],
)
def test_typed_numbers_become_half_width_capitals(typed: str, expected: str) -> None:
    assert normalise_chassis(typed) == expected


def test_the_search_key_is_blind_to_width_case_hyphens_and_blanks() -> None:
    assert chassis_key("ｌａ１００ｓ－ 0012345") == chassis_key("LA100S0012345") == "LA100S0012345"


@pytest.mark.parametrize(("text", "may"), [("ABC12-3", True), ("国[01]1国", True), ("6ああ-3", False), ("ア", False)])
def test_t65b_kanji_may_be_of_a_stamp_but_kana_never(text: str, *, may: bool) -> None:
    assert may_be_written(text) is may


@given(st.text())
def test_normalising_twice_changes_nothing_more(typed: str) -> None:
    assert normalise_chassis(normalise_chassis(typed)) == normalise_chassis(typed)


@pytest.mark.parametrize("number", ["国[01]00001国", "[41]12345", "東1234567"])
def test_what_is_written_as_a_stamp(number: str) -> None:
    assert is_stamp_form(number)


@pytest.mark.parametrize("kanji", ["\u3400", "\u9fff", "\uf900", "\ufaff"])
def test_the_kanji_of_a_stamp_is_any_from_the_first_to_the_last(kanji: str) -> None:
    assert is_stamp_form(f"{kanji}1234567")


@pytest.mark.parametrize("sign", ["\u33ff", "\ua000", "\uf8ff", "\ufb00"])
def test_the_signs_beside_the_kanji_are_none(sign: str) -> None:
    assert not is_stamp_form(f"{sign}1234567")


@pytest.mark.parametrize("number", ["ABC12-0123456", "東123456", "[4]12345", "[41]", "国00001国"])
def test_what_is_not_written_as_a_stamp(number: str) -> None:
    assert not is_stamp_form(number)


@pytest.mark.parametrize("number", ["ABC12-0123456", "ABC123", "WBA12345678901234", "RC63-IT233010"])
def test_the_manuals_and_real_numbers_are_no_errors(number: str) -> None:
    assert judge_chassis(number, officially_stamped=False, vehicle_class=VehicleClass.REGISTERED).errors == ()


def test_a_usual_number_has_nothing_to_be_said_about() -> None:
    verdict = judge_chassis("ABC12-0123456", officially_stamped=False, vehicle_class=VehicleClass.KEI)
    assert verdict.errors == verdict.warnings == verdict.stamp_warnings == ()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "入力してください"),
        ("A" * 43, "42文字まで"),
        ("ＡＢＣ-1", "半角の英大文字"),
        ("abc-1", "半角の英大文字"),
        ("ABC12あ1", "「あ」は車台番号に使えません。使えるのは半角の英大文字"),
        ("国[01]00001国", "職権打刻にチェック"),
    ],
)
def test_what_cannot_be_is_an_error(number: str, said: str) -> None:
    (problem,) = judge_chassis(number, officially_stamped=False).errors
    assert problem.field == "chassis_number"
    assert said in problem.message


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("ABC12─345678", "「─」"),
        ("ABC12━345678", "「━」"),
        ("abc12⁃345678", "「⁃」"),
        ("ABC12﹘345678", "「﹘」"),
        ("ABC12一345678", "「一」"),
        ("ABC12 345678", "空白"),
        ("ABC12　345678", "空白"),
        ("ABC12-345 678", "空白"),
        ("ABC12-345\u200b678", "見えない文字"),
        ("ABC12─345 678", "「─」と空白"),
    ],
)
def test_t60_a_sign_that_is_no_hyphen_is_named_and_the_hyphen_proposed(typed: str, named: str) -> None:
    (problem,) = judge_chassis(normalise_chassis(typed), officially_stamped=False).errors
    assert problem.message == f"{named}は車台番号に使えません。「ABC12-345678」ではありませんか。"
    if "一" not in typed:
        assert chassis_key(typed) == "ABC12345678"


@pytest.mark.parametrize("sign", HYPHENS + "ーｰ")
def test_t60_every_hyphen_is_taken_for_one(sign: str) -> None:
    assert normalise_chassis(f"ABC12{sign}345678") == "ABC12-345678"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("ABC123", "ハイフンがありません"),
        ("ABC-12-3", "2つ以上"),
        ("-ABC123", "初めか終わり"),
        ("WBAO2345678901234", "I・O・Q"),
        ("ABC12-012345678901234", "20文字より長く"),
    ],
)
def test_what_is_odd_is_a_warning(number: str, said: str) -> None:
    verdict = judge_chassis(number, officially_stamped=False, vehicle_class=VehicleClass.KEI)
    assert verdict.errors == ()
    assert any(said in problem.message for problem in verdict.warnings)


def test_a_stamped_number_is_judged_by_its_own_form() -> None:
    assert judge_chassis("国[01]00001国", officially_stamped=True).stamp_warnings == ()
    (problem,) = judge_chassis("ABC123", officially_stamped=True).stamp_warnings
    assert "職権打刻" in problem.message
    assert judge_chassis(" ", officially_stamped=True).errors
