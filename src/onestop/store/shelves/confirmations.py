"""The shelf of what clerks confirmed for each car."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from onestop.model.confirmation import Confirmation
from onestop.store.compiled import driver_of, given, prepared, to_be_given
from onestop.store.shelves.shelf import Shelf
from onestop.store.words import among, insert

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from onestop.model.findings import Finding
    from onestop.store.prepared import Prepared

_OF_FINDING: Final = ("rule_id", "field", "message", "value")


class ConfirmationShelf(Shelf):
    """One confirmation for each warning of each car; the first day counts."""

    def put(self, vehicle_id: int, one: Finding, at: dt.datetime) -> bool:
        """Keep that a warning was confirmed for a car; False: it was before."""
        said = {name: getattr(one, name) for name in _OF_FINDING}
        values = given({"vehicle_id": vehicle_id, "confirmed_at": at, **said})
        return bool(_insert().run(driver_of(self._session), values).fetchall())

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


@cache
def _insert() -> Prepared:
    values = to_be_given(Confirmation, ("vehicle_id", "confirmed_at", *_OF_FINDING))
    return prepared(insert(Confirmation).values(values).on_conflict_do_nothing().returning(Confirmation.id))
