"""The shelf of what clerks confirmed for each car."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from onestop.model.confirmation import Confirmation
from onestop.store.shelves.shelf import Shelf
from onestop.store.words import among, insert

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from onestop.model.findings import Finding


class ConfirmationShelf(Shelf):
    """One confirmation for each warning of each car; the first day counts."""

    def put(self, vehicle_id: int, one: Finding, at: dt.datetime) -> bool:
        """Keep that a warning was confirmed for a car; False: it was before."""
        row = insert(Confirmation).values(
            vehicle_id=vehicle_id,
            rule_id=one.rule_id,
            field=one.field,
            message=one.message,
            value=one.value,
            confirmed_at=at,
        )
        kept = self._session.scalar(row.on_conflict_do_nothing().returning(Confirmation.id))
        return kept is not None

    def of_vehicle(self, vehicle_id: int) -> tuple[Confirmation, ...]:
        """Return what was confirmed for a car."""
        return self.of_vehicles([vehicle_id])[vehicle_id]

    def of_vehicles(self, vehicle_ids: Iterable[int]) -> dict[int, tuple[Confirmation, ...]]:
        """Return what was confirmed for cars by the id of the car, with one question for all cars."""
        wanted = [*vehicle_ids]
        query = select(Confirmation).where(among(Confirmation.vehicle_id, wanted)).order_by(Confirmation.id)
        of: dict[int, list[Confirmation]] = {vehicle_id: [] for vehicle_id in wanted}
        for each in self._session.scalars(query):
            of[each.vehicle_id].append(each)
        return {vehicle_id: tuple(confirmed) for vehicle_id, confirmed in of.items()}
