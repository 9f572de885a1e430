"""The form of 申請書発行 as the clerk types it, its way to and from a filing, and where it differs from its car."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.words import PartyKind, VehicleClass
from onestop.services.form_fields import NO_CHASSIS_NUMBER, CarFields, fill_car, read_day, shown_day, words_of_car

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.filing import Filing
    from onestop.model.findings import Finding
    from onestop.model.vehicle import Vehicle

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
OF_CAR: Final = ("vehicle_class", "area", "class_number", "kana", "serial", "chassis_number", "officially_stamped")
OF_USER: Final = ("user_name", "user_kind", "user_representative", "user_address1", "user_address2")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingForm(CarFields):
    """What stands in the fields, as typed. Everything but the tick is text, so that nothing typed is ever lost."""

    vehicle_class: str = VehicleClass.REGISTERED.value
    planned_date: str = ""
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


@dataclass(frozen=True, slots=True)
class BesideCar:
    """What a filing that is not issued yet says otherwise than its car."""

    differences: tuple[Finding, ...] = ()
    car: FilingForm = dataclasses.field(default=FilingForm(), repr=False)
    """What the car would be filed with."""

    def taken_over(self, form: FilingForm) -> FilingForm:
        """Return a form with the car's words; a 使用者 of the same name stays as typed, with 外字 replaced."""
        user = OF_USER if any(each.field in OF_USER for each in self.differences) else ()
        return dataclasses.replace(form, **{name: getattr(self.car, name) for name in (*OF_CAR, *user)})


def form_of_vehicle(vehicle: Vehicle) -> FilingForm:
    """Prefill 新規 from a car; a 使用者 *** is resolved to the owner."""
    return FilingForm(
        vehicle_class=vehicle.vehicle_class.value,
        **words_of_car(vehicle),
        officially_stamped=vehicle.officially_stamped,
        user_name=vehicle.effective_user_name,
        user_kind=vehicle.user_kind.value,
        user_representative=vehicle.user_representative,
        user_address1=vehicle.effective_user_address1,
        user_address2=vehicle.effective_user_address2,
    )


def form_of_filing(filing: Filing) -> FilingForm:
    """Show a stored filing."""
    same = {name: getattr(filing, name) for name in SAME_WORDS}
    return FilingForm(
        vehicle_class=filing.vehicle_class.value,
        planned_date=shown_day(filing.planned_date),
        **words_of_car(filing),
        user_kind=filing.user_kind.value,
        **same,
    )


def fill_filing(filing: Filing, form: FilingForm, today: dt.date) -> None:
    """Write the form into a filing.

    Raises:
        InvalidInput: something typed cannot be stored at all; every such field is named at once.
    """
    problems: list[Problem] = []
    filing.planned_date = read_day("planned_date", form.planned_date, today, problems)
    fill_car(filing, form, problems)
    if not filing.chassis_number:
        problems.append(NO_CHASSIS_NUMBER)
    filing.vehicle_class = VehicleClass(form.vehicle_class)
    filing.user_kind = PartyKind(form.user_kind)
    for name in SAME_WORDS:
        setattr(filing, name, getattr(form, name))
    if problems:
        raise InvalidInput(*problems)
