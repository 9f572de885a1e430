"""照会 and 車両: finding, opening and saving cars."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.model.vehicle import Vehicle
from onestop.services.filing.service import open_filing_of
from onestop.services.form_fields import read_day, read_plate
from onestop.services.inspection.belonging import follow_certificate, is_renewed
from onestop.services.inspection.current import note_days
from onestop.services.saving import unchanged
from onestop.services.vehicle.form import (
    NEW_CAR,
    VehicleForm,
    agreeing_fields,
    fill_vehicle,
    form_of_vehicle_record,
    values_of_form,
)
from onestop.services.vehicle.sources import note_sources
from onestop.store.postcodes import addresses_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from onestop.clock import Clock
    from onestop.model.lists import VehicleRow
    from onestop.model.plate import RegistrationNumber
    from onestop.model.provenance import Provenance
    from onestop.store.database import Database, Shelves
    from onestop.store.shelves.vehicles import GatheredCars, VehicleShelf

    Cars = VehicleShelf | GatheredCars
    """Where stored cars are found: the shelf itself, or those of it that were gathered for many files at once."""

NO_SOURCES: Final[Mapping[str, Provenance]] = MappingProxyType({})
"""All was typed."""
CHANGED_ELSEWHERE: Final = "この車両は別の画面で変更されました。画面を開き直してから入力してください。"


@dataclass(frozen=True, slots=True)
class SameCar:
    """Another car that is stored already (rule V28: offer an update, not a second record)."""

    vehicle_id: int
    registration_number: str = field(repr=False)
    chassis_number: str = field(repr=False)
    by_plate: bool = False
    """Only its 登録番号 is the same; else its 車台番号 is."""


@dataclass(frozen=True, slots=True)
class OpenedVehicle:
    """What 車両 新規/修正 shows; `version` tells whether another window changed it since."""

    form: VehicleForm
    vehicle_id: int | None = None
    version: int | None = None


class VehicleService:
    """Finds, opens and saves cars."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.last_saved: VehicleForm | None = None
        """The car that was typed before in this session: not kept beyond it."""
        self._half_read: tuple[VehicleForm, Provenance] | None = None

    def complete_by_hand(self, form: VehicleForm, source: Provenance) -> None:
        """Remember what was read of a new car that a clerk completes in 車両: its source is noted when she saves it."""
        self._half_read = form, source

    def _read_before(self, form: VehicleForm) -> dict[str, Provenance]:
        read, source = self._half_read or (form, None)
        if source is None or form.chassis_number != read.chassis_number:
            return {}
        self._half_read = None
        return dict.fromkeys(agreeing_fields(read, form), source)

    def search(self, text: str) -> tuple[VehicleRow, ...]:
        """照会: find cars by whatever was typed; empty text brings those last worked on."""
        return self._database.lists.vehicles(text)

    def expiring(self, days: int) -> dict[dt.date, int]:
        """照会: for each of so many days from today, how many cars have their 満了日 then, if any."""
        return self._database.lists.expiring(self._clock.today(), days)

    def car(self, vehicle_id: int) -> Vehicle:
        """Return a car as it is stored.

        Raises:
            NotAllowed: it is gone.
        """
        with self._database.read() as shelves:
            return shelves.vehicles.get(vehicle_id)

    def open(self, vehicle_id: int | None) -> OpenedVehicle:
        """F4 新規 (None) or F5 修正.

        Raises:
            NotAllowed: the car is gone.
        """
        if vehicle_id is None:
            return OpenedVehicle(NEW_CAR)
        vehicle = self.car(vehicle_id)
        return OpenedVehicle(form_of_vehicle_record(vehicle), vehicle.id, vehicle.version)

    def save(
        self,
        opened: OpenedVehicle,
        form: VehicleForm,
        *,
        renewed: bool | None = None,
        sources: Mapping[str, Provenance] = NO_SOURCES,
    ) -> int:
        """F10 保存 of a new or changed car; returns its id.

        A new one that is stored already, word for word, is that one: the answer to the save before was lost, or
        another desk read the same file. `renewed` says whether a later 満了日 is that of a new 車検証; None: nobody was
        asked, and a file that is read now is the newest, unless its 交付年月日 says otherwise. `sources` says where
        values come from, by field; what else was changed was typed.

        Raises:
            InvalidInput: a field cannot be stored; nothing was changed.
            NotAllowed: changed in another window meanwhile.
        """
        if opened.vehicle_id is None:
            sources = {**self._read_before(form), **sources}
        vehicle_id = self._save(opened, form, renewed=renewed, sources=sources)
        self.last_saved = form
        return vehicle_id

    def _save(
        self, opened: OpenedVehicle, form: VehicleForm, *, renewed: bool | None, sources: Mapping[str, Provenance]
    ) -> int:
        now = self._clock.now()
        with self._database.write() as shelves:
            if opened.vehicle_id is None:
                stored = self._stored_already(shelves, form)
                if stored is not None:
                    return stored.id
                vehicle = shelves.vehicles.add(new_vehicle(form, now, self._clock.today()))
                note_sources(shelves, vehicle, None, sources, now)
                return vehicle.id
            vehicle = unchanged(shelves.vehicles.get(opened.vehicle_id), opened.version, CHANGED_ELSEWHERE)
            issued_before = vehicle.certificate_issued_on
            fill_vehicle(vehicle, form, self._clock.today())
            vehicle.updated_at = vehicle.used_at = now
            _hand_down_class(vehicle, shelves)
            told = vehicle.certificate_issued_on if vehicle.certificate_issued_on != issued_before else None
            if renewed is None:
                renewed = self._is_renewed(shelves, vehicle.id, vehicle.expiry_date, told) is not False
            follow_certificate(shelves, vehicle, now, renewed=renewed)
            note_days(shelves, vehicle.id, self._clock.today())
            note_sources(shelves, vehicle, opened.form, sources, now)
        return vehicle.id

    def _stored_already(self, shelves: Shelves, form: VehicleForm) -> Vehicle | None:
        found = shelves.vehicles.by_chassis(form.chassis_number)
        try:
            told = form_of_vehicle_record(new_vehicle(form, self._clock.now(), self._clock.today()))
        except errors.InvalidInput:  # saving says so
            return None
        return next((car for car in found if form_of_vehicle_record(car) == told), None)

    def like(self, type_designation: str, classification_number: str) -> VehicleForm | None:
        """Return the car used last of those with this 型式指定番号 and 類別区分番号, if there is one."""
        with self._database.read() as shelves:
            car = shelves.vehicles.of_type(type_designation, classification_number)
        return None if car is None else form_of_vehicle_record(car)

    def addresses(self, postcode: str) -> tuple[str, ...]:
        """Return every address up to its 町域 that has this 郵便番号 of seven digits."""
        return addresses_of(postcode)

    def asks_whether_renewed(self, opened: OpenedVehicle, form: VehicleForm) -> bool:
        """Tell whether only the clerk can say if a later 満了日 is that of a new 車検証, or corrects the old one."""
        if opened.vehicle_id is None:
            return False
        expiry = self._read_day(form, "expiry_date")
        issued = self._read_day(form, "certificate_issued_on")
        same = form.certificate_issued_on == opened.form.certificate_issued_on
        with self._database.read() as shelves:
            return self._is_renewed(shelves, opened.vehicle_id, expiry, None if same else issued) is None

    def _read_day(self, form: VehicleForm, name: str) -> dt.date | None:
        return read_day(name, getattr(form, name), self._clock.today(), [])

    @staticmethod
    def _is_renewed(
        shelves: Shelves, vehicle_id: int, expiry: dt.date | None, issued_on: dt.date | None
    ) -> bool | None:
        mine = shelves.inspections.open_for_vehicle(vehicle_id)
        return mine is not None and is_renewed(mine, expiry, issued_on)

    def same_car(self, opened: OpenedVehicle, form: VehicleForm) -> SameCar | None:
        """Return another stored car with the 車台番号, or else the 登録番号, that a form brings (rule V28).

        What the car had already when it was opened is not asked about again, nor is a new one that is stored already.
        """
        with self._database.read() as shelves:
            if opened.vehicle_id is None and self._stored_already(shelves, form) is not None:
                return None
            brings = form.chassis_number != opened.form.chassis_number
            by_chassis = shelves.vehicles.by_chassis(form.chassis_number) if brings else []
            return same_car_among(shelves.vehicles, by_chassis, opened, form)


def new_vehicle(form: VehicleForm, now: dt.datetime, today: dt.date) -> Vehicle:
    """Return a car as a form tells it, not yet stored.

    Raises:
        InvalidInput: a field cannot be stored.
    """
    return Vehicle(created_at=now, updated_at=now, **values_of_form(form, today))


def same_car_among(
    cars: Cars, by_chassis: Iterable[Vehicle], opened: OpenedVehicle, form: VehicleForm
) -> SameCar | None:
    """Return another car of those with the 車台番号 that a form brings, or else one with its 登録番号."""
    plate = read_plate(form, []) if plate_parts(form) != plate_parts(opened.form) else None
    by_plate = cars.by_plate(plate) if plate is not None else []
    found = [(car, False) for car in by_chassis] + [(car, True) for car in by_plate]
    others = (
        SameCar(car.id, car.registration_number.display(), car.chassis_number, is_plate)
        for car, is_plate in found
        if car.id != opened.vehicle_id
    )
    return next(others, None)


def _hand_down_class(vehicle: Vehicle, shelves: Shelves) -> None:
    """Let the car's filing that is 依頼前 follow its 車両種別, which has no field of its own there."""
    filing = open_filing_of(shelves, vehicle.id)
    if filing is not None and filing.sending is Sending.DRAFT and filing.vehicle_class is not vehicle.vehicle_class:
        filing.vehicle_class = vehicle.vehicle_class


def plate_parts(holder: RegistrationNumber | VehicleForm) -> tuple[str, ...]:
    """Return the four parts of a 登録番号, whether they can be one or not."""
    return holder.area, holder.class_number, holder.kana, holder.serial
