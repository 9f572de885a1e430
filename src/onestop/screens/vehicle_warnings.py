"""What looks odd in the form of a car. Nothing of it keeps the car from being saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.chassis import judge_chassis, normalise_chassis
from onestop.model.plate import plate_from_parts, plate_warnings
from onestop.model.text import outside_jis_x_0208
from onestop.model.weights import axle_problems, gross_weight_problems
from onestop.model.words import PrivateOrBusiness, VehicleClass
from onestop.services.form_fields import read_number

if TYPE_CHECKING:
    from onestop.services.vehicle_form import VehicleForm

_OWNER: Final = ("owner_name", "owner_address1", "owner_address2")
_USER: Final = ("user_name", "user_address1", "user_address2")
_AXLES: Final = ("ff_axle_kg", "fr_axle_kg", "rf_axle_kg", "rr_axle_kg")


def vehicle_warnings(form: VehicleForm) -> tuple[Problem, ...]:
    """Return the warnings of rules V02, V03, V05, V08, V22, V36 and V37, by field."""
    return (*_plate(form), *_chassis(form), *_characters(form), *_weights(form))


def _plate(form: VehicleForm) -> tuple[Problem, ...]:
    try:
        plate = plate_from_parts(form.area, form.class_number, form.kana, form.serial)
    except InvalidInput:  # not complete yet; saving says what is wrong
        return ()
    known = {word.value: word for word in PrivateOrBusiness}
    return plate_warnings(plate, VehicleClass(form.vehicle_class), known.get(form.private_or_business), form.use)


def _chassis(form: VehicleForm) -> tuple[Problem, ...]:
    typed = normalise_chassis(form.chassis_number)
    if not typed:
        return ()
    verdict = judge_chassis(
        typed, officially_stamped=form.officially_stamped, vehicle_class=VehicleClass(form.vehicle_class)
    )
    return (*verdict.warnings, *verdict.stamp_warnings)


def _characters(form: VehicleForm) -> tuple[Problem, ...]:
    names = (*_OWNER, *(() if form.user_is_owner else _USER), "user_representative")
    found = ((name, outside_jis_x_0208(getattr(form, name))) for name in names)
    return tuple(
        Problem(name, f"「{'」「'.join(signs)}」は送信できない文字です。申請では別の字に置き換えてください。")
        for name, signs in found
        if signs
    )


def _weights(form: VehicleForm) -> tuple[Problem, ...]:
    unreadable: list[Problem] = []  # said when saving
    weight, gross, capacity, load, *axles = (
        read_number(name, getattr(form, name), unreadable)
        for name in ("weight_kg", "gross_weight_kg", "capacity", "max_load_kg", *_AXLES)
    )
    return (*axle_problems(weight, axles), *gross_weight_problems(gross, weight, capacity, load))
