"""The shelf of vehicles, and what 照会 understands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import String, bindparam, case, func, select, update

from onestop.model.chassis import chassis_key
from onestop.model.filing import Filing
from onestop.model.lists import VehicleRow
from onestop.model.text import fold_for_search
from onestop.model.vehicle import Vehicle
from onestop.store.failures import found
from onestop.store.prepared import Prepared
from onestop.store.vehicle_search import ways_to_find

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from onestop.model.plate import RegistrationNumber

_NEWEST: Final = (
    select(func.max(Filing.control_number)).where(Filing.vehicle_id == Vehicle.id).correlate(Vehicle).scalar_subquery()
)
_WANTED: Final = func.json_each(bindparam("wanted", type_=String)).table_valued("value")
_ROWS: Final = Prepared(
    select(
        Vehicle.id,
        Vehicle.area + Vehicle.class_number + Vehicle.kana + Vehicle.serial,
        Vehicle.vehicle_name,
        Vehicle.model_code,
        case((Vehicle.user_is_owner, Vehicle.owner_name), else_=Vehicle.user_name),
        Vehicle.chassis_number,
        Vehicle.expiry_date,
        Filing.control_number,
        Filing.sending,
        Filing.status,
        func.coalesce(Filing.is_finished, False),
    )
    .outerjoin(Filing, Filing.control_number == _NEWEST)
    .where(Vehicle.id.in_(select(_WANTED.c.value)))
)


class VehicleShelf:
    """All vehicles."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, vehicle: Vehicle) -> Vehicle:
        """Put a new vehicle here, or one back that was changed outside. Its id is known after this."""
        self._session.add(vehicle)
        self._session.flush()
        return vehicle

    def get(self, vehicle_id: int) -> Vehicle:
        """Return the vehicle with this id.

        Raises:
            NotAllowed: There is none.
        """
        return found(self._session.get(Vehicle, vehicle_id))

    def opened(self, vehicle_id: int, at: dt.datetime) -> None:
        """Note that the car was looked at, so that an empty 照会 shows it first; no change of the record."""
        self._session.execute(update(Vehicle).where(Vehicle.id == vehicle_id).values(used_at=at))

    def by_chassis(self, chassis_number: str) -> list[Vehicle]:
        """Return the cars with this whole 車台番号, however it is written (a 職権打刻 number comes again)."""
        tail = chassis_key(chassis_number)[::-1]
        return list(self._session.scalars(select(Vehicle).where(Vehicle.chassis_tail == tail).order_by(Vehicle.id)))

    def by_plate(self, plate: RegistrationNumber) -> list[Vehicle]:
        """Return the cars with this 登録番号 (it may have passed from one to another)."""
        key = fold_for_search(plate.display())
        return list(self._session.scalars(select(Vehicle).where(Vehicle.plate_key == key).order_by(Vehicle.id)))

    def count(self) -> int:
        """Return how many there are."""
        return self._session.scalar(select(func.count()).select_from(Vehicle)) or 0

    def search(self, text: str, limit: int = 200) -> tuple[VehicleRow, ...]:
        """Return what 照会 shows for a text: the likeliest first, each car once.

        Plates (whole, then parts), 一連指定番号, 車台番号 (後方一致), names and their readings (beginning, then
        anywhere); width, case, hyphens and かな/カナ make no difference. An empty text finds the cars used last.
        """
        ids: dict[int, None] = {}
        for way in ways_to_find(text):
            if ids and way.is_last_resort:
                break
            ids |= dict.fromkeys(number for (number,) in way.query.run(self._session, most=limit, **way.values))
            if len(ids) >= limit:
                break
        return self._rows(list(ids)[:limit])

    def _rows(self, ids: Sequence[int]) -> tuple[VehicleRow, ...]:
        rows = _ROWS.rows(self._session, wanted=json.dumps(ids))
        by_id = {row[0]: VehicleRow(*row) for row in rows}
        return tuple(by_id[vehicle_id] for vehicle_id in ids)
