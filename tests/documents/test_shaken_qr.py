"""The codes of a 車検証: what they tell, in whatever pieces and order they come, and never of two cars at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.documents.shaken_qr import read_pieces, record_of_codes
from onestop.documents.shaken_qr_join import MOST_WAYS
from onestop.documents.shaken_qr_layout import layout
from onestop.model.wareki import YearMonth
from onestop.model.words import VehicleClass
from support.codes import (
    CODE_2,
    CODE_3,
    KEI_2,
    KEI_3,
    KEI_3_DEFECT,
    KEI_3_OLD,
    KEI_PAPER,
    OTHER_2,
    OTHER_3,
    SYMBOLS,
)

if TYPE_CHECKING:
    import random


def lamps(*pieces: str) -> list[tuple[str, int, bool]]:
    return [(lamp.label[:4], lamp.number, lamp.lit) for lamp in read_pieces(pieces).lamps]


def texts(*pieces: str) -> set[tuple[str, str]]:
    """Return the 車台番号 and 型式 of every car that pieces may be of."""
    return {(car.values["chassis_number"], car.values["model"]) for car in read_pieces(pieces).cars}


# --- what they tell


def test_five_symbols_tell_a_car() -> None:
    (car,) = read_pieces(SYMBOLS).cars
    record = record_of_codes(car)
    assert record.registration_number is not None
    assert record.registration_number.display() == "土浦300す12"
    assert (record.chassis_number, record.engine_model, record.model_code) == ("ABC12-0123456", "9ZZ-TST", "XAA-ABC12")
    assert (record.type_designation, record.classification_number) == ("99999", "0001")
    assert (record.first_registration, record.fuel) == (YearMonth(2021, 12), "ガソリン")
    assert (record.ff_axle_kg, record.rr_axle_kg, record.weight_kg) == (840, 540, 1380)
    assert record.vehicle_class is VehicleClass.REGISTERED
    assert record.partial
    assert record.expiry_date is None
    assert any("満了する日" in notice for notice in record.notices)


def test_a_light_car_needs_two() -> None:
    (car,) = read_pieces((KEI_3, KEI_2)).cars
    record = record_of_codes(car)
    assert (record.vehicle_class, record.vehicle_kind) == (VehicleClass.KEI, "軽自動車")
    assert (record.chassis_number, record.weight_kg) == ("KK11S-123456", 830)


def test_an_older_sheet_tells_its_end_and_has_no_fuel() -> None:
    (car,) = read_pieces((KEI_2, KEI_3_OLD)).cars
    record = record_of_codes(car)
    assert (record.expiry_date, record.fuel) == (dt.date(2027, 6, 12), "")


def test_the_wrong_order_of_january_2024_is_put_right_and_said() -> None:
    (wrong,), (right,) = read_pieces((KEI_2, KEI_3_DEFECT)).cars, read_pieces((KEI_2, KEI_3)).cars
    assert wrong.values == right.values
    assert "2024年1月4日から12日" in record_of_codes(wrong).notices[0]
    assert not any("2024年" in notice for notice in record_of_codes(right).notices)


def test_a_paper_sheet_tells_who_uses_the_car() -> None:
    (car,) = read_pieces((KEI_2, *KEI_PAPER, KEI_3_OLD)).cars
    record = record_of_codes(car)
    assert (record.user_name, record.user_address1) == ("見本花子", "茨城県水戸市見本町１－２－３")
    assert (record.use, record.private_or_business, record.capacity) == ("乗用", "自家用", 4)
    assert record.gross_weight_kg == 1050
    assert "車体の形状は コード 001 です。車検証を見て入力してください。" in record.notices


def test_an_officially_stamped_number_is_known_as_one() -> None:
    (car,) = read_pieces((CODE_2.replace("ABC12-0123456", "[41]12345"), CODE_3)).cars
    record = record_of_codes(car)
    assert (record.chassis_number, record.officially_stamped) == ("[41]12345", True)


def test_what_is_not_known_is_said_and_nothing_is_dropped() -> None:
    odd_2 = CODE_2.replace("9ZZ-TST/1", "*FUMEI/2")
    odd_3 = CODE_3.replace("2112", "9999").replace("/01", "/77").replace("0084", "-   ").replace("0054", "-   ")
    (car,) = read_pieces((odd_2, odd_3)).cars
    record = record_of_codes(car)
    assert (record.first_registration, record.fuel, record.weight_kg) == (None, "コード 77", None)
    assert "コードに「*FUMEI」とあります(不明)。" in record.notices
    assert any("登録識別情報等通知書" in notice for notice in record.notices)
    (unknown,) = read_pieces((CODE_2.replace("TST/1", "TST/4"), CODE_3.replace("/01", "/00"))).cars
    assert record_of_codes(unknown).fuel == ""
    (unnamed,) = read_pieces((KEI_2[:-1] + "5", KEI_3.replace("/01/999", "/- /999"))).cars
    assert any("コード 5" in notice for notice in record_of_codes(unnamed).notices)


def test_a_plate_without_class_may_be_of_a_motorcycle() -> None:
    (car,) = read_pieces((CODE_2.replace("３００", "　　　"), CODE_3)).cars
    assert "小型二輪" in record_of_codes(car).notices[-1]


def test_a_plate_of_a_light_car_without_class_has_its_blanks_first() -> None:
    (car,) = read_pieces((KEI_2.replace("水戸　　５８０す　１２３", "　　　水戸　　す　１２３"), KEI_3)).cars
    plate = record_of_codes(car).registration_number
    assert plate is not None
    assert plate.display() == "水戸す123"


def test_a_sheet_without_a_plate_is_read_too() -> None:
    (car,) = read_pieces((CODE_2.replace("土浦　　３００す　　１２", "　" * 12), CODE_3)).cars
    assert record_of_codes(car).registration_number is None


# --- which are missing


def test_lamps_say_which_symbols_were_read() -> None:
    assert lamps() == []
    assert lamps(SYMBOLS[3]) == [
        ("コード2", 1, False),
        ("コード2", 2, False),
        ("コード3", 1, False),
        ("コード3", 2, True),
        ("コード3", 3, False),
    ]
    assert [lit for *_, lit in lamps(SYMBOLS[4], SYMBOLS[1], SYMBOLS[2])] == [False, True, True, False, True]
    assert [lit for *_, lit in lamps(CODE_2)] == [True, True, False, False, False]
    assert lamps(KEI_2) == [("K/2(", 1, True), ("K/3(", 1, False)]
    assert [name for name, *_ in lamps(KEI_PAPER[1])] == ["K/2(", "K/3(", "K/61"]


@pytest.mark.parametrize("missing", range(5))
def test_no_car_is_made_while_one_is_missing(missing: int) -> None:
    reading = read_pieces([text for place, text in enumerate(SYMBOLS) if place != missing])
    assert (reading.cars, reading.mixed) == ((), False)


# --- two cars


def test_two_cars_are_never_joined_by_the_program() -> None:
    for pieces in ((CODE_2, CODE_3, OTHER_2), (CODE_2, CODE_3, OTHER_3), (CODE_2, CODE_3, OTHER_2, OTHER_3)):
        assert read_pieces(pieces).mixed
    assert texts(CODE_2, CODE_3, OTHER_3) == {("ABC12-0123456", "XAA-ABC12"), ("ABC12-0123456", "YBB-XYZ99")}
    assert read_pieces((CODE_2, CODE_3, KEI_2)).mixed


def test_a_third_of_another_car_that_fits_as_well_is_doubted() -> None:
    reading = read_pieces((*SYMBOLS, SYMBOLS[3].replace("0084", "0099")))
    assert reading.mixed
    assert {car.values["axle_ff"] for car in reading.cars} == {"0084", "0099"}


def test_many_cars_at_once_are_not_all_proposed() -> None:
    many = [CODE_2.replace("0123456", f"01234{number:02}") for number in range(MOST_WAYS + 4)]
    reading = read_pieces((*many, CODE_3))
    assert reading.mixed
    assert len(reading.cars) == 8


def test_more_values_than_a_code_has_begin_none() -> None:
    assert not any(code.may_begin("2/" * 30) or code.may_begin("K/" * 30) for code in layout().codes)


# --- any split, any order

CUTS = st.tuples(
    st.integers(1, len(CODE_2) - 1),
    st.lists(st.integers(1, len(CODE_3) - 1), min_size=2, max_size=2, unique=True).map(sorted),
)


def cut(split: tuple[int, list[int]]) -> list[str]:
    one, (two, three) = split
    return [CODE_2[:one], CODE_2[one:], CODE_3[:two], CODE_3[two:three], CODE_3[three:]]


@given(CUTS, st.randoms(use_true_random=False), st.lists(st.integers(0, 4)))
def test_a_car_is_never_joined_wrongly_however_it_is_cut(
    split: tuple[int, list[int]], rnd: random.Random, again: list[int]
) -> None:
    pieces = cut(split)
    pieces += [pieces[place] for place in again]
    rnd.shuffle(pieces)
    reading = read_pieces([*dict.fromkeys(pieces)])
    if reading.cars and not reading.mixed:
        assert texts(*dict.fromkeys(pieces)) == {("ABC12-0123456", "XAA-ABC12")}


@given(st.permutations(SYMBOLS), st.lists(st.sampled_from(SYMBOLS)))
def test_any_order_and_any_repeats_make_the_car(order: list[str], again: list[str]) -> None:
    reading = read_pieces([*dict.fromkeys((*order, *again))])
    assert not reading.mixed
    assert len(reading.cars) == 1


@given(CUTS, st.integers(0, 4))
def test_a_missing_piece_never_makes_a_car(split: tuple[int, list[int]], missing: int) -> None:
    pieces = cut(split)
    del pieces[missing]
    assert read_pieces([*dict.fromkeys(pieces)]).cars == ()


@given(st.lists(st.text(max_size=60), max_size=6))
def test_nothing_that_is_read_stops_the_reader(pieces: list[str]) -> None:
    assert read_pieces([*dict.fromkeys(pieces)]).cars == ()
