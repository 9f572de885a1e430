"""The form of 申請書発行 as the clerk types it, and its way to and from a filing."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.chassis import normalise_chassis
from onestop.model.plate import plate_from_parts
from onestop.model.wareki import format_short, parse_date
from onestop.model.words import PartyKind, VehicleClass

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.filing import Filing
    from onestop.model.vehicle import Vehicle

PLATE_PARTS: Final = ("area", "class_number", "kana", "serial")
SAME_WORDS: Final = (
    "officially_stamped",
    "user_name",
    "user_representative",
    "user_address1",
    "user_address2",
    "insurance_certificate_number",
    "conformity_certificate_number",
    "certificate_update",
    "recording_contract_number",
)
"""Fields that stand in the form, and in the filing, letter by letter the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingForm:
    """What stands in the fields, as typed. Everything but the tick is text, so that nothing typed is ever lost."""

    vehicle_class: str = VehicleClass.REGISTERED.value
    planned_date: str = ""
    area: str = dataclasses.field(default="", repr=False)
    class_number: str = dataclasses.field(default="", repr=False)
    kana: str = dataclasses.field(default="", repr=False)
    serial: str = dataclasses.field(default="", repr=False)
    chassis_number: str = dataclasses.field(default="", repr=False)
    officially_stamped: bool = False
    user_name: str = dataclasses.field(default="", repr=False)
    user_kind: str = PartyKind.PERSON.value
    user_representative: str = dataclasses.field(default="", repr=False)
    user_address1: str = dataclasses.field(default="", repr=False)
    user_address2: str = dataclasses.field(default="", repr=False)
    insurance_certificate_number: str = dataclasses.field(default="", repr=False)
    conformity_certificate_number: str = dataclasses.field(default="", repr=False)
    certificate_update: str = ""
    recording_contract_number: str = ""


def form_of_vehicle(vehicle: Vehicle) -> FilingForm:
    """Prefill 新規 from a car; a 使用者 *** is resolved to the owner."""
    plate = vehicle.registration_number
    return FilingForm(
        vehicle_class=vehicle.vehicle_class.value,
        area=plate.area,
        class_number=plate.class_number,
        kana=plate.kana,
        serial=plate.serial,
        chassis_number=vehicle.chassis_number,
        officially_stamped=vehicle.officially_stamped,
        user_name=vehicle.effective_user_name,
        user_kind=vehicle.user_kind.value,
        user_representative=vehicle.user_representative,
        user_address1=vehicle.effective_user_address1,
        user_address2=vehicle.effective_user_address2,
    )


def form_of_filing(filing: Filing) -> FilingForm:
    """Show a stored filing."""
    plate = filing.registration_number
    same = {name: getattr(filing, name) for name in SAME_WORDS}
    return FilingForm(
        vehicle_class=filing.vehicle_class.value,
        planned_date="" if filing.planned_date is None else format_short(filing.planned_date),
        area=plate.area,
        class_number=plate.class_number,
        kana=plate.kana,
        serial=plate.serial,
        chassis_number=filing.chassis_number,
        user_kind=filing.user_kind.value,
        **same,
    )


def fill_filing(filing: Filing, form: FilingForm, today: dt.date) -> None:
    """Write the form into a filing.

    Raises:
        InvalidInput: something typed cannot be stored at all; every such field is named at once.
    """
    problems: list[Problem] = []
    filing.planned_date = _date(form.planned_date, today, problems)
    try:
        filing.registration_number = plate_from_parts(form.area, form.class_number, form.kana, form.serial)
    except InvalidInput as error:
        problems.extend(error.problems)
    filing.chassis_number = normalise_chassis(form.chassis_number)
    if not filing.chassis_number:
        problems.append(Problem("chassis_number", "車台番号を入力してください。"))
    filing.vehicle_class = VehicleClass(form.vehicle_class)
    filing.user_kind = PartyKind(form.user_kind)
    for name in SAME_WORDS:
        setattr(filing, name, getattr(form, name))
    if problems:
        raise InvalidInput(*problems)


def _date(typed: str, today: dt.date, problems: list[Problem]) -> dt.date | None:
    if not typed.strip():
        return None
    try:
        return parse_date(typed, today, "planned_date")
    except InvalidInput as error:
        problems.extend(error.problems)
        return None
