"""The shelf of inspections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from onestop.model.filing import Filing
from onestop.model.inspection import Inspection
from onestop.store.history import UNTOLD
from onestop.store.shelves.shelf import NumberedShelf

if TYPE_CHECKING:
    import datetime as dt


class InspectionShelf(NumberedShelf[Inspection]):
    """All inspections of all cars."""

    kind = Inspection

    def all_for_vehicle(self, vehicle_id: int) -> tuple[Inspection, ...]:
        """Return the inspections of a car, the newest first."""
        query = select(Inspection).where(Inspection.vehicle_id == vehicle_id)
        return tuple(self._session.scalars(query.order_by(Inspection.id.desc())))

    def newest_for_vehicle(self, vehicle_id: int) -> Inspection | None:
        """Return the inspection of a car that was begun last, open or ended."""
        query = select(Inspection).where(Inspection.vehicle_id == vehicle_id)
        return self._session.scalars(query.order_by(Inspection.id.desc()).limit(1)).first()

    def open_for_vehicle(self, vehicle_id: int) -> Inspection | None:
        """Return 今回の車検 of a car; None: none is open."""
        newest = self.newest_for_vehicle(vehicle_id)
        return newest if newest is not None and newest.is_open else None

    def note_last_application_date(self, inspection_id: int, day: dt.date | None) -> None:
        """Let the filings of an inspection be sorted by its 最終の検査申請日; no change of their records."""
        mine = update(Filing).where(Filing.inspection_id == inspection_id)
        sorted_by = mine.values(last_application_date=day)
        self._session.execute(sorted_by.execution_options(**{UNTOLD: "it follows from what is told"}))
