"""The form of 車両 as the clerk types it, and its way to and from a car."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.chassis import judge_chassis, normalise_chassis
from onestop.model.text import to_capitals
from onestop.model.typed_days import parse_month
from onestop.model.wareki import YearMonth
from onestop.model.words import PartyKind, VehicleClass
from onestop.services.form_fields import (
    CarFields,
    read_day,
    read_number,
    read_plate,
    shown_day,
    shown_number,
    words_of_car,
)

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.vehicle import Vehicle

WORDS: Final = (
    "vehicle_kind",
    "use",
    "private_or_business",
    "body_shape",
    "vehicle_name",
    "displacement",
    "fuel",
    "owner_name",
    "owner_address1",
    "owner_address2",
    "user_name",
    "user_address1",
    "user_address2",
    "user_representative",
    "name_reading",
    "base_location",
    "note_info",
    "tax_rate",
)
"""Stored letter by letter as typed."""
CODES: Final = (
    "model_code",
    "engine_model",
    "type_designation",
    "classification_number",
    "certificate_number",
    "car_id",
)
"""Stored in half-width capitals."""
NUMBERS: Final = (
    "capacity",
    "max_load_kg",
    "weight_kg",
    "gross_weight_kg",
    "length_cm",
    "width_cm",
    "height_cm",
    "ff_axle_kg",
    "fr_axle_kg",
    "rf_axle_kg",
    "rr_axle_kg",
)
YEARS: Final = "validity_years"
"""A number that is chosen, not typed."""
PAST_DATES: Final = ("certificate_issued_on", "recorded_on")
"""Days in the past, as they stand on a 車検証."""
DATES: Final = ("expiry_date", *PAST_DATES)
TICKS: Final = ("officially_stamped", "user_is_owner")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VehicleForm(CarFields):
    """What stands in the fields, as typed. Everything but the ticks is text, so that nothing typed is ever lost."""

    officially_stamped: bool = False
    vehicle_class: str = VehicleClass.REGISTERED.value
    vehicle_kind: str = ""
    use: str = ""
    private_or_business: str = ""
    body_shape: str = ""
    vehicle_name: str = ""
    model_code: str = ""
    engine_model: str = ""
    type_designation: str = ""
    classification_number: str = ""
    first_registration: str = ""
    expiry_date: str = ""
    capacity: str = ""
    max_load_kg: str = ""
    weight_kg: str = ""
    gross_weight_kg: str = ""
    length_cm: str = ""
    width_cm: str = ""
    height_cm: str = ""
    displacement: str = ""
    fuel: str = ""
    ff_axle_kg: str = ""
    fr_axle_kg: str = ""
    rf_axle_kg: str = ""
    rr_axle_kg: str = ""
    owner_name: str = ""
    owner_address1: str = ""
    owner_address2: str = ""
    user_is_owner: bool = False
    user_name: str = ""
    user_address1: str = ""
    user_address2: str = ""
    user_kind: str = PartyKind.PERSON.value
    user_representative: str = ""
    name_reading: str = ""
    base_location: str = ""
    certificate_number: str = ""
    car_id: str = ""
    certificate_issued_on: str = ""
    recorded_on: str = ""
    note_info: str = ""
    tax_rate: str = "normal"
    validity_years: str = ""


NEW_CAR: Final = VehicleForm(user_is_owner=True)
"""What a new car begins with: most 車検証 have *** as 使用者; who has another takes the tick away."""
OF_THE_TYPE: Final = (
    "vehicle_class",
    "vehicle_kind",
    "use",
    "body_shape",
    "vehicle_name",
    "model_code",
    "engine_model",
    "displacement",
    "fuel",
    *NUMBERS,
)
"""What cars with the same 型式指定番号 and 類別区分番号 have in common."""


def form_of_vehicle_record(vehicle: Vehicle) -> VehicleForm:
    """Show a stored car."""
    values: dict[str, Any] = {name: getattr(vehicle, name) for name in (*WORDS, *CODES, *TICKS)}
    values |= {name: shown_number(getattr(vehicle, name)) for name in (*NUMBERS, YEARS)}
    values |= {name: shown_day(getattr(vehicle, name)) for name in DATES}
    month = YearMonth.parse(vehicle.first_registration)
    return VehicleForm(
        **words_of_car(vehicle),
        vehicle_class=vehicle.vehicle_class.value,
        user_kind=vehicle.user_kind.value,
        first_registration="" if month is None else str(month),
        **values,
    )


def fill_vehicle(vehicle: Vehicle, form: VehicleForm, today: dt.date) -> None:
    """Write the form into a car.

    Raises:
        InvalidInput: every field that cannot be stored, named at once, in the order of the form.
    """
    for name, value in values_of_form(form, today).items():
        setattr(vehicle, name, value)


def values_of_form(form: VehicleForm, today: dt.date) -> dict[str, Any]:
    """Return what a form tells of a car, by the names of its columns.

    Raises:
        InvalidInput: every field that cannot be stored, named at once, in the order of the form.
    """
    problems: list[Problem] = []
    plate, chassis_number = read_plate(form, problems), normalise_chassis(form.chassis_number)
    problems.extend(judge_chassis(chassis_number, officially_stamped=form.officially_stamped).errors)
    values: dict[str, Any] = {"registration_number": plate, "chassis_number": chassis_number}
    values |= {"vehicle_class": VehicleClass(form.vehicle_class), "user_kind": PartyKind(form.user_kind)}
    values |= {name: getattr(form, name) for name in (*WORDS, *TICKS)}
    values |= {name: to_capitals(getattr(form, name)) for name in CODES}
    values |= {name: read_number(name, getattr(form, name), problems) for name in (*NUMBERS, YEARS)}
    for name in DATES:
        values[name] = read_day(name, getattr(form, name), today, problems, past=name in PAST_DATES)
    values["first_registration"] = read_month("first_registration", form.first_registration, today, problems)
    if not form.owner_name.strip():
        problems.append(Problem("owner_name", "所有者の氏名・名称を入力してください。"))
    if not form.user_is_owner and not form.user_name.strip():
        problems.append(
            Problem("user_name", "使用者の氏名・名称を入力するか、「使用者は所有者に同じ」にチェックしてください。")
        )
    if problems:
        raise InvalidInput(*problems)
    return values


def read_month(name: str, typed: str, today: dt.date, problems: list[Problem]) -> str | None:
    """Read a month of the past as clerks type it, and return it as it is stored; empty is None."""
    if not typed.strip():
        return None
    try:
        return parse_month(typed, today, name).iso()
    except InvalidInput as error:
        problems.extend(error.problems)
        return None


_NAMES: Final = tuple(field.name for field in dataclasses.fields(VehicleForm))
_all_of: Final = attrgetter(*_NAMES)


def differing_fields(old: VehicleForm, new: VehicleForm) -> tuple[str, ...]:
    """Return the names of the fields that differ, in the order of the form."""
    return tuple(name for name, one, other in zip(_NAMES, _all_of(old), _all_of(new), strict=True) if one != other)


def agreeing_fields(read: VehicleForm, other: VehicleForm) -> tuple[str, ...]:
    """Return the names of the fields of which something was read, and the same stands in another form."""
    values = zip(_NAMES, _all_of(read), _all_of(other), strict=True)
    return tuple(name for name, one, another in values if one == another and one != "")
