"""The shelf of vehicles."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.orm import aliased

from onestop.model.plated import chassis_tail
from onestop.model.vehicle import Vehicle, plate_key
from onestop.store.history import UNTOLD
from onestop.store.records import Records
from onestop.store.shelves.shelf import NumberedShelf
from onestop.store.words import among_wanted, listed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from onestop.model.plate import RegistrationNumber

_BY_CHASSIS: Final = Records(
    Vehicle, lambda rows: rows.where(Vehicle.chassis_tail == bindparam("tail")).order_by(Vehicle.id)
)
_BY_PLATE: Final = Records(Vehicle, lambda rows: rows.where(Vehicle.plate_key == bindparam("key")).order_by(Vehicle.id))
_WITH_CHASSIS: Final = Records(
    Vehicle, lambda rows: rows.where(among_wanted(Vehicle.chassis_tail)).order_by(Vehicle.id)
)
_WITH_PLATE: Final = Records(Vehicle, lambda rows: rows.where(among_wanted(Vehicle.plate_key)).order_by(Vehicle.id))
_OTHER: Final = aliased(Vehicle)
_SAME: Final = or_(_OTHER.chassis_tail == Vehicle.chassis_tail, _OTHER.plate_key == Vehicle.plate_key)
_DOUBLES: Final = (
    select(Vehicle.id, func.count())
    .join(_OTHER, and_(_SAME, _OTHER.id != Vehicle.id))
    .where(among_wanted(Vehicle.id))
    .group_by(Vehicle.id)
)
_MANY: Final = Records(Vehicle, lambda rows: rows.where(among_wanted(Vehicle.id)))


class GatheredCars:
    """Cars that were fetched for many documents at once, found among them as on the shelf: the oldest first."""

    def __init__(self, by_chassis: Iterable[Vehicle], by_plate: Iterable[Vehicle]) -> None:
        self._by_chassis: defaultdict[str, list[Vehicle]] = defaultdict(list)
        self._by_plate: defaultdict[str, list[Vehicle]] = defaultdict(list)
        for car in by_chassis:
            self._by_chassis[car.chassis_tail].append(car)
        for car in by_plate:
            self._by_plate[car.plate_key].append(car)

    def by_chassis(self, chassis_number: str) -> list[Vehicle]:
        """Return the cars with this whole 車台番号, however it is written."""
        return self._by_chassis.get(chassis_tail(chassis_number), [])

    def by_plate(self, plate: RegistrationNumber) -> list[Vehicle]:
        """Return the cars with this 登録番号."""
        return self._by_plate.get(plate_key(plate), [])


class VehicleShelf(NumberedShelf[Vehicle]):
    """All vehicles."""

    kind = Vehicle

    def add_all(self, vehicles: Sequence[Vehicle]) -> None:
        """Put many new vehicles here at once. Their ids are known after this."""
        self._session.add_all(vehicles)
        self._session.flush()

    def get_many(self, vehicle_ids: Iterable[int]) -> dict[int, Vehicle]:
        """Return those cars that are here by their id, with one question for all."""
        return {car.id: car for car in _MANY.all(self._session, listed(vehicle_ids))}

    def doubles(self, vehicle_ids: Iterable[int]) -> dict[int, int]:
        """Return for cars, by their id, how many other records have the same 車台番号 or 登録番号, if any has."""
        return {row[0]: row[1] for row in self._session.execute(_DOUBLES, listed(vehicle_ids))}

    def opened(self, vehicle_id: int, at: dt.datetime) -> None:
        """Note that the car was looked at, so that an empty 照会 shows it first; no change of the record."""
        looked_at = update(Vehicle).where(Vehicle.id == vehicle_id).values(used_at=at)
        self._session.execute(looked_at.execution_options(**{UNTOLD: "looking changes nothing"}))

    def by_chassis(self, chassis_number: str) -> list[Vehicle]:
        """Return the cars with this whole 車台番号, however it is written (a 職権打刻 number comes again)."""
        return _BY_CHASSIS.all(self._session, {"tail": chassis_tail(chassis_number)})

    def by_plate(self, plate: RegistrationNumber) -> list[Vehicle]:
        """Return the cars with this 登録番号 (it may have passed from one to another)."""
        return _BY_PLATE.all(self._session, {"key": plate_key(plate)})

    def gathered(self, chassis_numbers: Iterable[str], plates: Iterable[RegistrationNumber]) -> GatheredCars:
        """Return the cars with any of these 車台番号 or 登録番号, with one question for each of the two."""
        tails = {chassis_tail(number) for number in chassis_numbers}
        keys = {plate_key(plate) for plate in plates}
        by_chassis = _WITH_CHASSIS.all(self._session, listed(tails))
        by_plate = _WITH_PLATE.all(self._session, listed(keys))
        return GatheredCars(by_chassis, by_plate)

    def of_type(self, type_designation: str, classification_number: str) -> Vehicle | None:
        """Return the car used last of those with this 型式指定番号 and 類別区分番号."""
        pair = (Vehicle.type_designation == type_designation, Vehicle.classification_number == classification_number)
        return self._session.scalar(select(Vehicle).where(*pair).order_by(Vehicle.used_at.desc(), Vehicle.id).limit(1))

    def count(self) -> int:
        """Return how many there are."""
        return self._session.scalar(select(func.count()).select_from(Vehicle)) or 0
