"""Cars that were fetched for many documents at once, found among them as on the shelf."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from onestop.model.plated import chassis_tail
from onestop.model.vehicle import plate_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop.model.plate import RegistrationNumber
    from onestop.model.vehicle import Vehicle


class GatheredCars:
    """The oldest first."""

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
