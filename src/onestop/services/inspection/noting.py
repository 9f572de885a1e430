"""Keeps 検査年月日 and 最終の検査申請日 with the inspection, so that lists can be sorted by them.

Both follow from the car, its 自賠責 and its 保適証: whoever writes one of them notes them in the same transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.services.inspection.current import read_current
from onestop.services.vehicle.days import days_in

if TYPE_CHECKING:
    import datetime as dt

    from onestop.store.database import Shelves


def note_days(shelves: Shelves, vehicle_id: int, today: dt.date) -> None:
    """Note the days of 今回の車検 of a car, if one is open."""
    current = read_current(shelves, shelves.vehicles.get(vehicle_id), today)
    mine = current.inspection
    if mine is None:
        return
    last = days_in(current, today).last_application_date
    mine.inspection_date = current.conformity.inspection_date if current.conformity else None
    if mine.last_application_date != last:
        mine.last_application_date = last
        shelves.inspections.note_last_application_date(mine.id, last)
