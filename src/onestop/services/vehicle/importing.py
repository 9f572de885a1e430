"""取込: a 車検証 file becomes a new car, or a field-by-field difference to accept."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from onestop.documents.shaken_file import content_of, read_shaken_bytes
from onestop.documents.shaken_formats import kind_of
from onestop.files import shown_name
from onestop.model.plate import PLATE_PARTS
from onestop.model.provenance import Provenance
from onestop.services.form_fields import shown_day, shown_number
from onestop.services.vehicle.form import (
    CODES,
    DATES,
    NEW_CAR,
    NUMBERS,
    TICKS,
    WORDS,
    VehicleForm,
    agreeing_fields,
    differing_fields,
    form_of_vehicle_record,
)
from onestop.services.vehicle.service import OpenedVehicle, plate_parts, same_car_among

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from onestop.documents.shaken_file import ShakenRecord
    from onestop.model.vehicle import Vehicle
    from onestop.services.vehicle.service import Cars, SameCar, VehicleService
    from onestop.store.database import Database

NOT_IN_FILE: Final = ("user_kind", "user_representative", "name_reading", "tax_rate", "validity_years")
"""What a 車検証 does not tell; the clerk's own words stay."""
OWNER: Final = ("owner_name", "owner_address1", "owner_address2")
USER: Final = ("user_name", "user_address1", "user_address2")
"""Empty in the form when the user is the owner (***)."""


_BLANK: Final = OpenedVehicle(VehicleForm())
OWNER_ASSUMED: Final = "コードには使用者だけがあるので、所有者も同じとしました。違うときは直してください。"


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a file would do: nothing is stored before it is accepted."""

    record_form: VehicleForm
    """The car as the file tells it."""
    opened: OpenedVehicle
    """The stored car with the same 車台番号 (of several the one with the same plate); else a blank new one."""
    differences: tuple[str, ...]
    """Fields whose value in the file differs from the stored one, in the order of the form."""
    notices: tuple[str, ...] = dataclasses.field(repr=False)
    source: Provenance
    same_car: SameCar | None = None
    """Another car with the 登録番号 that the file brings."""
    untold: frozenset[str] = dataclasses.field(default=frozenset(), repr=False)
    """Fields of which the document says nothing: they stay as they are stored."""
    record: ShakenRecord = dataclasses.field(kw_only=True, repr=False)

    @property
    def is_new(self) -> bool:
        """Whether the car is not stored yet."""
        return self.opened.vehicle_id is None


class ImportService:
    """Reads 車検証 files and takes over what the clerk accepts."""

    def __init__(self, database: Database, vehicles: VehicleService) -> None:
        self._database = database
        self._vehicles = vehicles

    def read(self, path: Path) -> ImportPlan:
        """Read a file and compare it with the stored car.

        Raises:
            InvalidInput: it is no file of the 車検証閲覧アプリ.
        """
        return self.planned(*read_file(path))

    def planned(self, record: ShakenRecord, source: Provenance) -> ImportPlan:
        """Compare what was read from a source, whichever it is, with the stored car."""
        with self._database.read() as shelves:
            return plan_among(shelves.vehicles, record, source)

    def asks_whether_renewed(self, plan: ImportPlan, accepted: frozenset[str]) -> bool:
        """Tell whether only the clerk knows if an accepted 満了日 is that of a new 車検証: codes tell no 交付年月日."""
        return self._vehicles.asks_whether_renewed(plan.opened, _with_taken(plan, accepted))

    def accept(self, plan: ImportPlan, accepted: frozenset[str], *, renewed: bool | None = None) -> int:
        """Store the car with the accepted fields taken from the file; returns its id.

        `renewed` is as VehicleService.save has it.

        Raises:
            InvalidInput: the car cannot be stored like that.
            NotAllowed: it was changed meanwhile.
        """
        sources = sources_told(plan, accepted)
        return self._vehicles.save(plan.opened, _with_taken(plan, accepted), renewed=renewed, sources=sources)


def read_file(path: Path) -> tuple[ShakenRecord, Provenance]:
    """Return what a file tells, and which file it is.

    Raises:
        InvalidInput: it is no file of the 車検証閲覧アプリ.
    """
    content = content_of(path)
    return read_shaken_bytes(content), Provenance(kind_of(content), shown_name(path), content)


def plan_among(cars: Cars, record: ShakenRecord, source: Provenance) -> ImportPlan:
    """Compare what was read with the stored cars."""
    form = form_of_record(record)
    found = cars.by_chassis(form.chassis_number)
    opened = _known(found, form)
    untold = _untold(form, opened.form) if record.partial else frozenset()
    form, notices = _completed(form, opened, untold)
    brings = form.chassis_number != opened.form.chassis_number
    same = same_car_among(cars, found if brings else (), opened, form)
    told = (*record.notices, *notices)
    differences = differing_fields(opened.form, form)
    return ImportPlan(form, opened, differences, told, source, same, untold, record=record)


def sources_told(plan: ImportPlan, accepted: Iterable[str]) -> dict[str, Provenance]:
    """Return what the fields come from that are taken over, or were seen to be stored already."""
    return dict.fromkeys((*sorted(accepted), *_confirmed(plan)), plan.source)


def _known(found: list[Vehicle], form: VehicleForm) -> OpenedVehicle:
    """Return the car that is meant, of those with its 車台番号 the one with its plate; a blank one if there is none."""
    if not found:
        return _BLANK
    same_plate = [car for car in found if plate_parts(car.registration_number) == plate_parts(form)]
    car = (same_plate or found)[0]
    return OpenedVehicle(form_of_vehicle_record(car), car.id, car.version)


def _with_taken(plan: ImportPlan, accepted: frozenset[str]) -> VehicleForm:
    taken = {name: getattr(plan.record_form, name) for name in accepted}
    return dataclasses.replace(plan.opened.form, **taken)


def _confirmed(plan: ImportPlan) -> tuple[str, ...]:
    """Return the fields in which the document says what is stored already: it was seen there, too."""
    same = agreeing_fields(plan.record_form, plan.opened.form)
    return tuple(name for name in same if name not in (*NOT_IN_FILE, *plan.untold))


def _completed(form: VehicleForm, opened: OpenedVehicle, untold: frozenset[str]) -> tuple[VehicleForm, tuple[str, ...]]:
    """Return what was read with the rest as it is stored, or as a new car has it; and what is to be said of that."""
    if opened.vehicle_id is not None:
        kept = (*untold, *NOT_IN_FILE)
        return dataclasses.replace(form, **{name: getattr(opened.form, name) for name in kept}), ()
    if not untold:
        return form, ()
    form = dataclasses.replace(form, **{name: getattr(NEW_CAR, name) for name in untold})
    if not form.user_name:
        return form, ()
    # the codes of an older 軽 tell its 使用者 alone, who owns most cars
    taken: dict[str, Any] = {owner: getattr(form, user) for owner, user in zip(OWNER, USER, strict=True)}
    return dataclasses.replace(form, **taken | dict.fromkeys(USER, ""), user_is_owner=True), (OWNER_ASSUMED,)


def _untold(form: VehicleForm, base: VehicleForm) -> frozenset[str]:
    """Return of which fields the codes of a 車検証 say nothing; who is the owner, they never say."""
    names = {field.name for field in dataclasses.fields(form) if not getattr(form, field.name)} - {*TICKS}
    if form.user_name in ("", base.owner_name):
        names |= {"user_is_owner", *USER}
    if not form.class_number:  # a 小型二輪 has the codes of a 登録車
        names.add("vehicle_class")
    return frozenset(names)


def form_of_record(record: ShakenRecord) -> VehicleForm:
    """Return what a 車検証 tells, as it stands in the fields."""
    told = {*WORDS, *CODES, *TICKS}.difference(NOT_IN_FILE, USER if record.user_is_owner else ())
    values: dict[str, Any] = {name: getattr(record, name) for name in told}
    values |= {name: shown_number(getattr(record, name)) for name in NUMBERS}
    values |= {name: shown_day(getattr(record, name)) for name in DATES}
    if record.registration_number is not None:
        values |= dict(zip(PLATE_PARTS, plate_parts(record.registration_number), strict=True))
    values["chassis_number"] = record.chassis_number
    values["vehicle_class"] = record.vehicle_class.value
    values["first_registration"] = "" if record.first_registration is None else str(record.first_registration)
    values["user_kind"] = record.user_kind.value
    return VehicleForm(**values)
