"""Plates: every written form is read, what cannot be is refused, what is odd is said."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.errors import InvalidInput
from onestop.model.plate import (
    RegistrationNumber,
    area_warnings,
    class_warnings,
    filled_serial,
    kana_warnings,
    parse_plate,
    plate_from_parts,
    plate_problems,
    plate_warnings,
    sending_problems,
)
from onestop.model.plate_tables import class_meaning, kana_of, old_areas, plate_areas, uses_of_kana
from onestop.model.words import PrivateOrBusiness, VehicleClass
from onestop.paths import RESOURCES

GRAMMAR = json.loads((RESOURCES / "plates" / "plate_grammar.json").read_text(encoding="utf-8"))
PRIVATE = PrivateOrBusiness.PRIVATE


def parts(text: str) -> tuple[str, str, str, str]:
    plate = parse_plate(text)
    return plate.area, plate.class_number, plate.kana, plate.serial


@pytest.mark.parametrize("text", GRAMMAR["forms_to_accept_on_input"])
def test_every_form_of_the_grammar_is_read(text: str) -> None:
    assert plate_problems(parse_plate(text)) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("土浦1あ1111", ("土浦", "1", "あ", "1111")),
        ("土浦 300 あ 12-34", ("土浦", "300", "あ", "1234")),
        ("\u200e葛\U000e0100飾 300 あ 12\u200b-34", ("葛飾", "300", "あ", "1234")),
        ("土浦　３００　あ　１２３４", ("土浦", "300", "あ", "1234")),
        ("品川 3AA た ・・・1", ("品川", "3AA", "た", "1")),
        ("品川 3aa タ ･･･1", ("品川", "3AA", "た", "1")),
        ("品川３００あ・・12", ("品川", "300", "あ", "12")),
        ("岩手500と1499", ("岩手", "500", "と", "1499")),
        ("秋田550は1390", ("秋田", "550", "は", "1390")),
        ("青森58ち5986", ("青森", "58", "ち", "5986")),
        ("なにわ300す1", ("なにわ", "300", "す", "1")),
        ("ﾅﾆﾜ 300 ｽ 1", ("なにわ", "300", "す", "1")),
        ("つくばす12", ("つくば", "", "す", "12")),
        ("いわき580と12", ("いわき", "580", "と", "12")),
        ("とちぎち12", ("とちぎ", "", "ち", "12")),
        ("尾張小牧300さ1234", ("尾張小牧", "300", "さ", "1234")),
        ("品川　１５０　お　１００７", ("品川", "150", "お", "1007")),
        ("札幌　　　　　お　２９９４", ("札幌", "", "お", "2994")),
        ("室蘭　５８０　お　　２２５", ("室蘭", "580", "お", "225")),
        ("室蘭　お　　　　１", ("室蘭", "", "お", "1")),
        ("品川　　１５０お１００７", ("品川", "150", "お", "1007")),
        ("　　　室蘭　　お　　　１", ("室蘭", "", "お", "1")),
        ("水戸　　５８０す　１２３", ("水戸", "580", "す", "123")),
        ("霧島300あ1234", ("霧島", "300", "あ", "1234")),
        ("霧島あ1", ("霧島", "", "あ", "1")),
        ("宮古300あ1", ("宮古", "300", "あ", "1")),
        ("品5あ1234", ("品", "5", "あ", "1234")),
        ("三沢33Y1234", ("三沢", "33", "Y", "1234")),
        ("土浦300あ12ー34", ("土浦", "300", "あ", "1234")),
        ("土浦300あ0012", ("土浦", "300", "あ", "12")),
        ("土浦3001234", ("土浦", "300", "", "1234")),
        ("土浦 1234", ("土浦", "", "", "1234")),
        ("札幌 0 12-34", ("札幌", "0", "", "1234")),
    ],
)
def test_a_plate_is_read_into_its_four_parts(text: str, expected: tuple[str, str, str, str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "入力してください"),
        (" 　", "入力してください"),
        ("ABC123", "読めません"),
        ("土浦", "読めません"),
        ("300あ1234", "読めません"),
        ("土浦300あああ1", "読めません"),
        ("土浦300あ" + "9" * 5000, "読めません"),
        ("土浦300あ0", "1～9999"),
        ("土浦300あ12345", "1～9999"),
    ],
)
def test_what_is_no_plate_is_refused_in_japanese(text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_plate(text)
    (problem,) = caught.value.problems
    assert problem.field == "registration_number"
    assert said in problem.message


AREAS = st.sampled_from(plate_areas())
SERIALS = st.integers(1, 9999).map(str)
four_wheels = st.builds(
    RegistrationNumber,
    area=AREAS,
    class_number=st.one_of(st.just(""), st.from_regex(GRAMMAR["class_number"]["strict_regex"][1:-1], fullmatch=True)),
    kana=st.sampled_from("あいうえおさしすへんよわれYE"),
    serial=SERIALS,
)
two_wheels = st.builds(
    RegistrationNumber,
    area=AREAS,
    class_number=st.just(""),
    kana=st.sampled_from(["Cあ", "Lわ", "Vん"]),
    serial=SERIALS,
)


@given(four_wheels | two_wheels)
def test_what_is_written_is_read_again(plate: RegistrationNumber) -> None:
    assert parse_plate(plate.display()) == plate
    assert parse_plate(plate.formal()) == plate
    assert plate_from_parts(plate.area, plate.class_number, plate.kana, plate.serial) == plate


@given(st.one_of(st.text(), st.text(alphabet="土浦なにわ1230AＡCL１あアー-・ 　")))
def test_nothing_typed_raises_anything_but_invalid_input(text: str) -> None:
    with contextlib.suppress(InvalidInput):
        assert plate_problems(parse_plate(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "多摩 C あ 12-34",
        "多摩Cあ1234",
        "多摩　Ｃ　あ　１２－３４",
        "多摩Ｃア1234",
        "多摩c-あ12ー34",
        "多摩　　　　Ｃあ　１２３４",
        "　　　多摩　Ｃあ１２３４",
    ],
)
def test_t01_a_mark_of_two_characters_is_read(text: str) -> None:
    assert parts(text) == ("多摩", "", "Cあ", "1234")
    assert plate_from_parts("多摩", "", "Ｃ　ア", "12-34") == parse_plate(text)


@pytest.mark.parametrize(
    ("text", "mark"), [("神戸Lわ・・・1", "Lわ"), ("練馬 V れ ・・12", "Vれ"), ("横田A12-34", "A")]
)
def test_t01_its_brothers_are_read(text: str, mark: str) -> None:
    plate = parse_plate(text)
    assert plate.kana == mark
    assert parse_plate(plate.display()) == parse_plate(plate.formal()) == plate


def test_t01_a_mark_of_two_characters_stands_on_the_plate_itself() -> None:
    assert RegistrationNumber("多摩", "", "Cあ", "1234").formal() == "多摩 Cあ 12-34"


@pytest.mark.parametrize(
    ("class_number", "kana"), [("", "Aあ"), ("", "CC"), ("", "ああ"), ("", "CあC"), ("300", "Cあ")]
)
def test_t01_other_marks_of_two_characters_cannot_be(class_number: str, kana: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        plate_from_parts("多摩", class_number, kana, "1234")
    assert [problem.field for problem in caught.value.problems] == ["registration_number.kana"]


def test_t01_letters_that_are_rare_in_a_class_are_read_and_said_and_not_sent() -> None:
    plate = parse_plate("土浦3BG さ 12-34")
    assert (plate.class_number, plate_problems(plate)) == ("3BG", ())
    (problem,) = plate_warnings(plate, VehicleClass.REGISTERED, PRIVATE, "乗用")
    assert "「3BG」の英字は珍しい" in problem.message
    (problem,) = sending_problems(plate)
    assert (problem.field, "送れません" in problem.message) == ("registration_number.class_number", True)


def test_plates_are_written_as_the_lists_and_as_the_plate_itself_show_them() -> None:
    assert RegistrationNumber("土浦", "1", "あ", "1111").display() == "土浦1あ1111"
    assert RegistrationNumber("土浦", "1", "あ", "1111").formal() == "土浦 1 あ 11-11"
    assert RegistrationNumber("室蘭", "", "お", "1").formal() == "室蘭 お ・・・1"


def test_four_fields_are_folded_into_a_plate() -> None:
    assert plate_from_parts(" ﾅﾆﾜ", "３ａａ", "ス", "１２－３４") == RegistrationNumber("なにわ", "3AA", "す", "1234")
    assert plate_from_parts("霧島", "", "", "・・・1") == RegistrationNumber("霧島", "", "", "1")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("・・12", ("", "12")),
        ("・・・1", ("", "1")),
        ("･123", ("", "123")),
        ("‥１２", ("", "12")),
        ("さ・・12", ("さ", "12")),
        ("土浦 300 さ ・・ 12", ("土浦 300 さ", "12")),
        ("土浦300・・12", ("土浦300", "12")),
        ("横浜300A・・12", ("横浜300A", "12")),
        ("12", None),
        ("・・", None),
        ("・・・0", None),
        ("・1234", None),
        ("・・・・1", None),
        ("No.12", None),
        ("成田500さ12-34", None),
        ("ジョン・スミス", None),
    ],
)
def test_a_number_filled_up_to_four_places_is_known_as_such(typed: str, found: tuple[str, str] | None) -> None:
    assert filled_serial(typed) == found


def test_each_part_that_cannot_be_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        plate_from_parts("", "A1", "漢", "0")
    assert [problem.field for problem in caught.value.problems] == [
        "registration_number.area",
        "registration_number.class_number",
        "registration_number.kana",
        "registration_number.serial",
    ]


def test_the_manuals_sample_is_odd_and_no_error() -> None:
    plate = parse_plate("土浦1あ1111")
    assert plate_problems(plate) == ()
    fields = [problem.field for problem in plate_warnings(plate, VehicleClass.REGISTERED, PRIVATE, "乗用")]
    assert fields == ["registration_number.class_number", "registration_number.kana"]


def test_an_ordinary_private_car_is_not_odd() -> None:
    assert plate_warnings(parse_plate("土浦300す12"), VehicleClass.REGISTERED, PRIVATE, "乗用") == ()
    assert plate_warnings(parse_plate("水戸580す123"), VehicleClass.KEI, PRIVATE, "乗用") == ()


@pytest.mark.parametrize(("area", "said"), [("霧島", "一覧にありません"), ("品", "今は品川")])
def test_an_area_that_is_not_issued_is_said(area: str, said: str) -> None:
    (problem,) = area_warnings(RegistrationNumber(area, "300", "す", "1"))
    assert said in problem.message


@pytest.mark.parametrize(
    ("plate", "vehicle_class", "use", "odd"),
    [
        ("土浦300す1", VehicleClass.KEI, "乗用", True),
        ("土浦580す1", VehicleClass.KEI, "乗用", False),
        ("土浦480す1", VehicleClass.KEI, "乗用", True),
        ("土浦400す1", VehicleClass.REGISTERED, "乗用", True),
        ("土浦800す1", VehicleClass.REGISTERED, "特種", False),
        ("土浦900す1", VehicleClass.REGISTERED, "貨物", False),
        ("土浦300す1", VehicleClass.REGISTERED, "教習", False),
        ("土浦300す1", VehicleClass.REGISTERED, None, False),
        ("土浦す1", VehicleClass.REGISTERED, "乗用", False),
        ("土浦1す1", VehicleClass.MOTORCYCLE, "乗用", False),
    ],
)
def test_the_class_agrees_with_the_car(plate: str, vehicle_class: VehicleClass, use: str | None, *, odd: bool) -> None:
    assert bool(class_warnings(parse_plate(plate), vehicle_class, use)) is odd


@pytest.mark.parametrize(
    ("plate", "vehicle_class", "use", "odd"),
    [
        ("土浦300あ1", VehicleClass.REGISTERED, PRIVATE, True),
        ("土浦300あ1", VehicleClass.REGISTERED, PrivateOrBusiness.BUSINESS, False),
        ("土浦580あ1", VehicleClass.KEI, PRIVATE, False),
        ("土浦580り1", VehicleClass.KEI, PRIVATE, True),
        ("土浦300わ1", VehicleClass.REGISTERED, PRIVATE, False),
        ("土浦300Y1", VehicleClass.REGISTERED, PRIVATE, False),
        ("土浦300お1", VehicleClass.REGISTERED, PRIVATE, True),
        ("土浦3001234", VehicleClass.REGISTERED, PRIVATE, True),
        ("土浦300あ1", VehicleClass.REGISTERED, None, False),
        ("土浦300あ1", None, PRIVATE, False),
        ("土浦300ぁ1", VehicleClass.REGISTERED, PRIVATE, False),
        ("土浦あ1", VehicleClass.MOTORCYCLE, PRIVATE, False),
        ("土浦ゆ1", VehicleClass.MOTORCYCLE, PRIVATE, True),
        ("土浦ろ1", VehicleClass.MOTORCYCLE, PRIVATE, False),
        ("土浦り1", VehicleClass.MOTORCYCLE, PrivateOrBusiness.BUSINESS, False),
        ("土浦Cあ1", VehicleClass.MOTORCYCLE, PRIVATE, False),
        ("土浦Cゆ1", VehicleClass.MOTORCYCLE, PRIVATE, True),
        ("土浦Cお1", VehicleClass.MOTORCYCLE, PRIVATE, True),
        ("土浦Cあ1", None, None, False),
        ("土浦Cさ1", VehicleClass.REGISTERED, PRIVATE, True),
    ],
)
def test_the_kana_agrees_with_the_use(
    plate: str, vehicle_class: VehicleClass | None, use: PrivateOrBusiness | None, *, odd: bool
) -> None:
    assert bool(kana_warnings(parse_plate(plate), vehicle_class, use)) is odd


def test_the_tables_answer_what_a_screen_may_ask() -> None:
    assert plate_areas().count("富士山") == 1  # of two offices
    assert old_areas()["品"] == "品川"
    assert "土浦" not in old_areas()
    assert class_meaning("300") == "普通乗用"
    assert class_meaning("") is None
    assert uses_of_kana("わ", VehicleClass.KEI) == ("貸渡",)
    assert kana_of("事業用", VehicleClass.KEI) == "りれ"
    assert kana_of("貸渡", VehicleClass.MOTORCYCLE) == "わろ"
