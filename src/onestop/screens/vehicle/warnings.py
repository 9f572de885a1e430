"""What looks odd in the form of a car. Nothing of it keeps the car from being saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.chassis import judge_chassis, model_warnings, normalise_chassis
from onestop.model.money import DOUBTFUL_RATE, TaxRate, is_rate_doubtful
from onestop.model.plate import plate_from_parts, plate_warnings
from onestop.model.plate_tables import is_rental_kana
from onestop.model.taxable import TaxableVehicle
from onestop.model.text import outside_jis_x_0208, unseen_notice, unseen_signs, with_unseen_shown
from onestop.model.validity import validity_of
from onestop.model.weights import axle_problems, gross_weight_problems
from onestop.model.words import PrivateOrBusiness, VehicleClass
from onestop.screens.vehicle.labels import LABELS, OF_OWNER
from onestop.services.form_fields import read_number
from onestop.services.vehicle.form import CODES, WORDS

if TYPE_CHECKING:
    import datetime as dt

    from onestop.services.vehicle.form import VehicleForm

_WANTED: Final = ("expiry_date", "use")
"""What a car may be stored without, and what is missed as soon as anything is issued for it."""
UNFILLED: Final = "{labels} が未入力です(F5 修正 で入力します)。"
UNSENDABLE: Final = "は送信できない文字です。申請では別の字に置き換えてください。"


def vehicle_warnings(form: VehicleForm, today: dt.date) -> tuple[Problem, ...]:
    """Return the warnings of rules V02, V03, V05, V08, V22, V34, V36, V37, V38 and D05, by field."""
    return (*_plate(form), *_chassis(form), *_characters(form), *_weights(form), *_money(form, today))


def unfilled(form: VehicleForm) -> tuple[Problem, ...]:
    """Return what a stored car still lacks for its days and its fees to be worked out, by field."""
    missing = [name for name in _WANTED if not getattr(form, name)]
    return tuple(Problem(name, f"{LABELS[name]} が未入力です。") for name in missing)


def unfilled_told(form: VehicleForm) -> str:
    """Return the same in one sentence for 照会, or nothing."""
    labels = "・".join(LABELS[each.field] for each in unfilled(form))
    return UNFILLED.format(labels=labels) if labels else ""


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
    return (*verdict.warnings, *verdict.stamp_warnings, *model_warnings(typed, form.model_code))


def _characters(form: VehicleForm) -> tuple[Problem, ...]:
    user = () if form.user_is_owner else OF_OWNER
    names = ("owner_name", "owner_address1", "owner_address2", *user, "user_representative")
    found = ((name, outside_jis_x_0208(getattr(form, name))) for name in names)
    unsendable = ((name, with_unseen_shown("」「".join(signs), one_line=True)) for name, signs in found if signs)
    others = ((name, unseen_signs(getattr(form, name))) for name in (*WORDS, *CODES) if name not in names)
    return (
        *(Problem(name, f"「{signs}」{UNSENDABLE}") for name, signs in unsendable),
        *(Problem(name, unseen_notice(signs)) for name, signs in others if signs),
    )


def _weights(form: VehicleForm) -> tuple[Problem, ...]:
    unreadable: list[Problem] = []  # said when saving
    loads = ("weight_kg", "gross_weight_kg", "capacity", "max_load_kg")
    names = (*loads, "ff_axle_kg", "fr_axle_kg", "rf_axle_kg", "rr_axle_kg")
    weight, gross, capacity, load, *axles = (read_number(name, getattr(form, name), unreadable) for name in names)
    return (*axle_problems(weight, axles), *gross_weight_problems(gross, weight, capacity, load))


def _money(form: VehicleForm, today: dt.date) -> tuple[Problem, ...]:
    """Name what the tables of money and 有効期間 cannot tell of the car; nothing while it is still blank."""
    found = []
    validity = validity_of(_taxable(form), today)
    if form.use and validity.question:
        found.append(Problem("validity_years", validity.question))
    elif validity.tabled is not None and validity.years != validity.tabled:
        found.append(Problem("validity_years", f"表では「{validity.label}」は{validity.tabled}年です。"))
    if is_rate_doubtful(form.fuel, TaxRate(form.tax_rate)):
        found.append(Problem("tax_rate", DOUBTFUL_RATE))
    return tuple(found)


def _taxable(form: VehicleForm) -> TaxableVehicle:
    unreadable: list[Problem] = []  # said when saving
    vehicle_class = VehicleClass(form.vehicle_class)
    capacity, load = (read_number(name, getattr(form, name), unreadable) for name in ("capacity", "max_load_kg"))
    return TaxableVehicle(
        vehicle_class=vehicle_class,
        vehicle_kind=form.vehicle_kind,
        use=form.use,
        private_or_business=form.private_or_business,
        body_shape=form.body_shape,
        capacity=capacity,
        max_load_kg=load,
        rental=is_rental_kana(form.kana, vehicle_class),
        chosen_years=int(form.validity_years) if form.validity_years else None,
    )
