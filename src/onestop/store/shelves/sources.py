"""The shelf of what the values of cars were read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, insert, select

from onestop.errors import NotAllowed
from onestop.model.limits import LINE
from onestop.model.provenance import MOST_DOCUMENTS, VehicleSource
from onestop.store.record_failures import GONE
from onestop.store.shelves.shelf import Shelf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from onestop.model.provenance import Provenance


_OF_VEHICLE: Final = (
    select(VehicleSource).where(VehicleSource.vehicle_id == bindparam("car")).order_by(VehicleSource.id)
)
_BEGUN: Final = insert(VehicleSource)


class SourceShelf(Shelf):
    """The sources of each car, the newest last."""

    def begin(self, told: Iterable[tuple[int, Provenance, Iterable[str]]], at: dt.datetime) -> None:
        """Note from what these fields of new cars come: they have no other source of them."""
        if rows := [_row(vehicle_id, source, fields, at) for vehicle_id, source, fields in told]:
            self._session.connection().execute(_BEGUN, rows)

    def put(self, vehicle_id: int, source: Provenance, fields: Iterable[str], at: dt.datetime) -> None:
        """Note that these fields of a car come from a source now; those that they came from before lose them.

        A document that was read before is not kept twice, and of many the oldest go.
        """
        taken = dict.fromkeys(fields)
        kept: list[VehicleSource] = []
        for older in self.of_vehicle(vehicle_id):
            older.lose(taken)
            if older.digest and older.digest == source.digest:
                taken |= dict.fromkeys(older.names)
                self._session.delete(older)
            elif older.digest:
                kept.append(older)
            elif not older.fields:
                self._session.delete(older)
        self._session.add(VehicleSource(**_row(vehicle_id, source, taken, at)))
        for oldest in kept[: -MOST_DOCUMENTS + 1] if source.digest else ():
            self._session.delete(oldest)

    def of_vehicle(self, vehicle_id: int) -> list[VehicleSource]:
        """Return the sources of a car without their content."""
        return list(self._session.scalars(_OF_VEHICLE, {"car": vehicle_id}))

    def content(self, source_id: int) -> bytes:
        """Return what was read, as it came.

        Raises:
            NotAllowed: The source is gone.
        """
        content = self._session.scalar(select(VehicleSource.content).where(VehicleSource.id == source_id))
        if content is None:
            raise NotAllowed(GONE)
        return content


def _row(vehicle_id: int, source: Provenance, fields: Iterable[str], at: dt.datetime) -> dict[str, Any]:
    return {
        "vehicle_id": vehicle_id,
        "kind": source.kind,
        "name": source.name[:LINE],
        "content": source.content,
        "digest": source.digest,
        "fields": " ".join(fields),
        "read_at": at,
    }
