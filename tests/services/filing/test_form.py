"""The form of 申請書発行: prefilled from the car, and to and from a filing without loss."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.errors import InvalidInput
from onestop.model.words import PartyKind, VehicleClass
from onestop.services.filing.form import SAME_WORDS, FilingForm, fill_filing, form_of_filing, form_of_vehicle
from support.builders import a_filing, a_vehicle

if TYPE_CHECKING:
    from onestop.model.filing import Filing

TODAY = dt.date(2026, 11, 24)
LEAST = FilingForm(area="土浦", class_number="300", kana="さ", serial="1234", chassis_number="ZN6-012345")


def filled(form: FilingForm) -> Filing:
    filing = a_filing()
    fill_filing(filing, form, TODAY)
    return filing


@st.composite
def forms(draw: st.DrawFn) -> FilingForm:
    values: dict[str, object] = {
        name: draw(st.text(max_size=20)) for name in SAME_WORDS if name != "officially_stamped"
    }
    values["officially_stamped"] = draw(st.booleans())
    day = draw(st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)))
    values["planned_date"] = "" if day is None else f"{day:%Y/%m/%d}"
    values["vehicle_class"] = draw(st.sampled_from(VehicleClass)).value
    values["user_kind"] = draw(st.sampled_from(PartyKind)).value
    values["chassis_number"] = draw(st.text(min_size=1, max_size=20).filter(str.strip))
    return dataclasses.replace(LEAST, **values)  # type: ignore[arg-type] # by name


@given(form=forms())
def test_what_is_shown_again_is_stored_again_the_same_and_nothing_is_lost(form: FilingForm) -> None:
    once = form_of_filing(filled(form))
    assert form_of_filing(filled(once)) == once
    assert [getattr(once, name) for name in SAME_WORDS] == [getattr(form, name) for name in SAME_WORDS]
    assert bool(once.planned_date) == bool(form.planned_date)


def test_a_user_who_is_the_owner_is_resolved() -> None:
    form = form_of_vehicle(a_vehicle(user_is_owner=True, owner_name="カーネット太郎", user_name=""))
    assert (form.user_name, form.user_address1, form.user_address2) == (
        "カーネット太郎",
        "茨城県古河市見本一丁目",
        "1番2号",
    )


def test_another_user_stands_as_the_car_has_it() -> None:
    car = a_vehicle(
        user_is_owner=False,
        user_name="株式会社見本",
        user_address1="水戸市",
        user_kind=PartyKind.COMPANY,
        user_representative="見本花子",
        vehicle_class=VehicleClass.KEI,
        officially_stamped=True,
    )
    form = form_of_vehicle(car)
    assert (form.user_name, form.user_kind, form.user_representative) == ("株式会社見本", "法人", "見本花子")
    assert (form.vehicle_class, form.officially_stamped, form.planned_date) == ("軽", True, "")
    assert (form.area, form.class_number, form.kana, form.serial) == ("土浦", "300", "さ", "1234")


def test_a_blank_planned_day_stays_blank() -> None:
    assert filled(dataclasses.replace(LEAST, planned_date=" ")).planned_date is None
    assert form_of_filing(a_filing(planned_date=None)).planned_date == ""
    assert form_of_filing(a_filing(planned_date=TODAY)).planned_date == "R8.11.24"


def test_all_that_cannot_be_stored_is_named_at_once() -> None:
    wrong = dataclasses.replace(LEAST, planned_date="いつか", area="", serial="x", chassis_number=" ")
    with pytest.raises(InvalidInput) as caught:
        filled(wrong)
    assert [problem.field for problem in caught.value.problems] == [
        "planned_date",
        "registration_number.area",
        "registration_number.serial",
        "chassis_number",
    ]
