"""The shelf of inspections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from onestop.model.filing import Filing
from onestop.model.inspection import Inspection
from onestop.store.history import UNTOLD
from onestop.store.shelves.by_key import by_key

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.orm import Session


class InspectionShelf:
    """All inspections of all cars."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inspection: Inspection) -> Inspection:
        """Put a new inspection here. Its id is known after this.

        Raises:
            NotAllowed: The car has an open one.
        """
        self._session.add(inspection)
        self._session.flush()
        return inspection

    def get(self, inspection_id: int) -> Inspection:
        """Return the inspection with this id.

        Raises:
            NotAllowed: There is none.
        """
        return by_key(self._session, Inspection, inspection_id)

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
