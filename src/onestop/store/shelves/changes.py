"""The shelf of 変更の履歴; it is written by `store/history.py` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from onestop.model.change import Author, Change
from onestop.model.checklist import FleetConsent
from onestop.model.inspection import Inspection
from onestop.model.operator import Operator
from onestop.model.vehicle import Vehicle
from onestop.store.history import note
from onestop.store.shelves.shelf import Shelf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable


NamedT = TypeVar("NamedT", Vehicle, Inspection, Operator, FleetConsent)


class ChangeShelf(Shelf):
    """Every change of every record, by car."""

    def of_vehicle(self, vehicle_id: int) -> tuple[Change, ...]:
        """Return what was changed of a car and its records, the newest first."""
        mine = select(Change).where(Change.vehicle_id == vehicle_id).order_by(Change.id.desc())
        return tuple(self._session.scalars(mine))

    def last_of(self, vehicle_id: int, record: str, key: int) -> Change | None:
        """Return the newest change of one record of a car, by whose index it is found."""
        mine = select(Change).where(Change.vehicle_id == vehicle_id, Change.record == record, Change.key == str(key))
        return self._session.scalar(mine.order_by(Change.id.desc()).limit(1))

    def of_no_car(self) -> tuple[Change, ...]:
        """Return what was changed that is about no car: operators, settings, rates, the bank's book."""
        return tuple(
            self._session.scalars(select(Change).where(Change.vehicle_id.is_(None)).order_by(Change.id.desc()))
        )

    def named(self, kind: type[NamedT], ids: Iterable[int]) -> dict[int, NamedT]:
        """Return those records of a kind that are still here, by the ids that the history has of them."""
        wanted = [*ids]
        if not wanted:
            return {}
        return {each.id: each for each in self._session.scalars(select(kind).where(kind.id.in_(wanted)))}

    def note(
        self,
        author: Author,
        at: dt.datetime,
        record: str,
        changes: Iterable[tuple[str, str | None, str | None]],
        vehicle_id: int | None = None,
    ) -> None:
        """Note changes that no flush sees (history.py): each field with its old and its new value, and of which car."""
        signed = {"at": at, "operator": author.operator, "terminal": author.terminal}
        told = signed | {"vehicle_id": vehicle_id, "record": record, "key": ""}
        note(self._session, [{**told, "field": field, "old": old, "new": new} for field, old, new in changes])
