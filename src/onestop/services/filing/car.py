"""A filing beside its car: where it differs from what is stored of the car now, and how it takes that over."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.model.agreement import check_papers
from onestop.services.filing.facts import compared
from onestop.services.filing.form import FilingForm, form_of_vehicle

if TYPE_CHECKING:
    from onestop.model.filing import Filing
    from onestop.model.findings import Finding
    from onestop.model.vehicle import Vehicle

OF_CAR: Final = ("vehicle_class", "area", "class_number", "kana", "serial", "chassis_number", "officially_stamped")
OF_USER: Final = ("user_name", "user_kind", "user_representative", "user_address1", "user_address2")


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


def beside_car(filing: Filing, vehicle: Vehicle) -> BesideCar:
    """Hold a filing against its car (rule C11)."""
    return BesideCar(tuple(check_papers(compared(vehicle, None, None, filing))), form_of_vehicle(vehicle))
