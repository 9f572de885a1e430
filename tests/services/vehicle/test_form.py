"""The form of 車両: nothing typed is lost, and what was stored is shown as it will be read again."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.errors import InvalidInput, Problem
from onestop.model.plate import RegistrationNumber
from onestop.model.vehicle import Vehicle
from onestop.model.words import PartyKind, VehicleClass
from onestop.services.vehicle.form import (
    CODES,
    NUMBERS,
    WORDS,
    VehicleForm,
    differing_fields,
    fill_vehicle,
    form_of_vehicle_record,
    read_month,
)
from support.builders import a_vehicle

TODAY = dt.date(2026, 11, 24)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2027, 10, 31))
LEAST = VehicleForm(
    area="土浦",
    class_number="300",
    kana="さ",
    serial="1234",
    chassis_number="ZN6-012345",
    owner_name="見本太郎",
    user_is_owner=True,
)


def blank() -> Vehicle:
    now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    plate = RegistrationNumber("", "", "", "")
    return Vehicle(created_at=now, updated_at=now, registration_number=plate, chassis_number="")


def filled(form: VehicleForm) -> Vehicle:
    vehicle = blank()
    fill_vehicle(vehicle, form, TODAY)
    return vehicle


def problems_of(form: VehicleForm) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        filled(form)
    return [problem.field for problem in caught.value.problems]


def test_a_car_stays_as_it_is_where_a_field_cannot_be_stored() -> None:
    car = filled(LEAST)
    with pytest.raises(InvalidInput):
        fill_vehicle(car, dataclasses.replace(LEAST, owner_name="別の見本", capacity="五人"), TODAY)
    assert car.owner_name == LEAST.owner_name


@st.composite
def forms(draw: st.DrawFn) -> VehicleForm:
    values: dict[str, object] = {name: draw(st.text(max_size=12)) for name in WORDS}
    values |= {name: draw(st.text(max_size=12)) for name in CODES}
    values |= {name: draw(st.integers(0, 999_999).map(str) | st.just("")) for name in NUMBERS}
    for name in ("expiry_date", "certificate_issued_on", "recorded_on"):
        day = draw(st.none() | DAYS)
        values[name] = "" if day is None else f"{day:%Y/%m/%d}"
    month = draw(st.none() | DAYS)
    values["first_registration"] = "" if month is None else f"{month:%Y/%m}"
    values["vehicle_class"] = draw(st.sampled_from(VehicleClass)).value
    values["user_kind"] = draw(st.sampled_from(PartyKind)).value
    values["owner_name"] = draw(st.text(min_size=1).filter(str.strip))
    values["officially_stamped"] = draw(st.booleans())
    return dataclasses.replace(LEAST, **values)  # type: ignore[arg-type] # by name


def test_a_car_is_stamped_by_nobody_unless_somebody_says_so() -> None:
    assert not filled(LEAST).officially_stamped


@given(form=forms())
def test_what_is_shown_again_is_stored_again_the_same(form: VehicleForm) -> None:
    once = form_of_vehicle_record(filled(form))
    assert form_of_vehicle_record(filled(once)) == once


@given(form=forms())
def test_nothing_typed_is_lost(form: VehicleForm) -> None:
    shown = form_of_vehicle_record(filled(form))
    assert [getattr(shown, name) for name in WORDS] == [getattr(form, name) for name in WORDS]
    assert [getattr(shown, name) for name in NUMBERS] == [getattr(form, name) for name in NUMBERS]
    for name in ("expiry_date", "certificate_issued_on", "recorded_on", "first_registration"):
        assert bool(getattr(shown, name)) == bool(getattr(form, name))
    assert shown.officially_stamped == form.officially_stamped


@given(year=st.integers(1927, 2026), month=st.integers(1, 12))
def test_every_month_that_is_shown_can_be_read(year: int, month: int) -> None:
    vehicle = a_vehicle(first_registration=f"{year}-{month:02}")
    problems: list[Problem] = []
    shown = form_of_vehicle_record(vehicle).first_registration
    assert (read_month("first_registration", shown, TODAY, problems), problems) == (f"{year}-{month:02}", [])


@pytest.mark.parametrize("typed", ["平成12年", "H12", "2000年", "2000"])
def test_t27_a_year_alone_is_kept_and_shown_again(typed: str) -> None:
    vehicle = filled(dataclasses.replace(LEAST, first_registration=typed))
    assert vehicle.first_registration == "2000"
    assert form_of_vehicle_record(vehicle).first_registration == "平成12年"


def test_a_stored_car_is_shown_as_the_clerk_would_type_it() -> None:
    form = form_of_vehicle_record(a_vehicle(first_registration=None, expiry_date=None, capacity=None))
    assert (form.area, form.class_number, form.kana, form.serial) == ("土浦", "300", "さ", "1234")
    assert (form.first_registration, form.expiry_date, form.capacity, form.weight_kg) == ("", "", "", "1240")
    assert form_of_vehicle_record(a_vehicle()).expiry_date == "R8.12.20"
    assert form_of_vehicle_record(a_vehicle()).first_registration == "令和元年12月"


def test_codes_are_stored_in_half_width_capitals_and_words_as_typed() -> None:
    vehicle = filled(dataclasses.replace(LEAST, model_code=" ｄｂａ－zn6 ", owner_name="神﨑 太郎", fuel="ｶﾞｿﾘﾝ"))
    assert (vehicle.model_code, vehicle.owner_name, vehicle.fuel) == ("DBA-ZN6", "神﨑 太郎", "ｶﾞｿﾘﾝ")


def test_all_that_cannot_be_stored_is_named_at_once() -> None:
    wrong = VehicleForm(
        capacity="五人", expiry_date="いつか", first_registration="13月", class_number="abc", serial="0"
    )
    assert problems_of(wrong) == [
        "registration_number.area",
        "registration_number.class_number",
        "registration_number.serial",
        "chassis_number",
        "capacity",
        "expiry_date",
        "first_registration",
        "owner_name",
        "user_name",
    ]


@pytest.mark.parametrize("typed", ["R3.12", "令和3年12月", "2021/12", "202112", "2021-12", "２０２１．１２", "r3/12"])
def test_months_as_clerks_type_them(typed: str) -> None:
    problems: list[Problem] = []
    assert read_month("first_registration", typed, TODAY, problems) == "2021-12"
    assert problems == []


def test_what_stands_on_a_certificate_has_been_but_its_last_day() -> None:
    form = dataclasses.replace(LEAST, expiry_date="5/1", certificate_issued_on="5/1", recorded_on="5/1")
    vehicle = filled(dataclasses.replace(form, first_registration="4月"))
    assert vehicle.expiry_date == dt.date(2027, 5, 1)
    assert (vehicle.certificate_issued_on, vehicle.recorded_on) == (dt.date(2026, 5, 1), dt.date(2026, 5, 1))
    assert vehicle.first_registration == "2026-04"


@pytest.mark.parametrize(("typed", "expected"), [("H1.1", "1989-01"), ("S64.1", "1989-01"), ("平成元年1月", "1989-01")])
def test_months_in_which_an_era_began(typed: str, expected: str) -> None:
    assert read_month("first_registration", typed, TODAY, []) == expected


@pytest.mark.parametrize("typed", ["2021/13", "R3", "ああ", "2021/12/1/1"])
def test_what_is_no_month(typed: str) -> None:
    problems: list[Problem] = []
    assert read_month("first_registration", typed, TODAY, problems) is None
    assert [problem.field for problem in problems] == ["first_registration"]


def test_fields_that_differ_stand_in_the_order_of_the_form() -> None:
    new = dataclasses.replace(LEAST, note_info="備考", area="水戸", user_is_owner=False)
    assert differing_fields(LEAST, new) == ("area", "user_is_owner", "note_info")
    assert differing_fields(LEAST, LEAST) == ()


def test_a_form_never_prints_what_was_typed() -> None:
    assert "見本" not in repr(LEAST)


@pytest.mark.parametrize(("chosen", "stored"), [("", None), ("1", 1), ("2", 2)])
def test_the_years_that_a_person_chose_are_kept(chosen: str, stored: int | None) -> None:
    vehicle = filled(dataclasses.replace(LEAST, validity_years=chosen))
    assert vehicle.validity_years == stored
    assert form_of_vehicle_record(vehicle).validity_years == chosen
