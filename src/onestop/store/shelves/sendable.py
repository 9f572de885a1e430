"""What the shelves of everything that is sent share: finding, unsettled ones, which are filed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sqlalchemy import or_, select, true
from sqlalchemy.orm import make_transient

from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
from onestop.model.filing import Filing
from onestop.model.sending_state import UNSETTLED_STATES, Sending
from onestop.store.compiled import driver_of
from onestop.store.prepared import Prepared
from onestop.store.records import Records
from onestop.store.shelves.shelf import NumberedShelf, by_key
from onestop.store.words import among, among_wanted, listed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

    from onestop.model.lease import SeenBy

    Kind = type[Filing | InsuranceCertificate | ConformityCertificate]

RecordT = TypeVar("RecordT", Filing, InsuranceCertificate, ConformityCertificate)


@cache
def _many(kind: type[RecordT]) -> Records[RecordT]:
    return Records(kind, lambda rows: rows.where(among_wanted(kind.control_number)))


@cache
def _of_cars(kind: type[RecordT]) -> Records[RecordT]:
    mine = among_wanted(kind.vehicle_id)
    return Records(kind, lambda rows: rows.where(mine).order_by(kind.control_number.desc()))


@cache
def _numbered(table: str, column: str, *, issued_here: bool) -> Prepared:
    more = " AND request_key IS NOT NULL" if issued_here else ""
    return Prepared(f"SELECT 1 FROM {table} WHERE {column} = :number{more} LIMIT 1", {})  # noqa: S608 - names of ours


class Filed(NamedTuple):
    """What is needed of a record that has its service's number, to ask how it stands."""

    control_number: int
    service_number: str
    chassis_number: str
    request_key: str | None
    sent_to: str | None
    sent_as: str | None
    answers: int
    """How many answers were written into it before this one is asked for."""

    def __repr__(self) -> str:
        """Name it without anybody's data."""
        return f"Filed({self.control_number})"


class KeySupportProbe(NamedTuple):
    """A filed record, by which a service can show whether it keeps keys."""

    control_number: int
    request_key: str
    sent_to: str | None
    sent_as: str | None


class SendableShelf(NumberedShelf[RecordT]):
    """Records of one kind that goes to a service, by their 管理番号."""

    number: str
    """The column in which the service's own number stands."""

    def get(self, record_id: int) -> RecordT:
        """Return the record with this 管理番号.

        Raises:
            Deleted: There is none (any more).
        """
        return self._whole([by_key(self._session, self.kind, record_id)])[0]

    def get_many(self, control_numbers: Iterable[int]) -> dict[int, RecordT]:
        """Return those that are here by their 管理番号, with one question for them all and one for what is loaded."""
        found = _many(self.kind).all(self._session, listed(control_numbers))
        return {record.control_number: record for record in self._whole(found)}

    def all_for_vehicle(self, vehicle_id: int) -> tuple[RecordT, ...]:
        """Return those of a car, the newest first."""
        return self.all_for_vehicles([vehicle_id])[vehicle_id]

    def all_for_vehicles(self, vehicle_ids: Iterable[int]) -> dict[int, tuple[RecordT, ...]]:
        """Return those of cars by the id of the car, the newest first, with one question for all cars."""
        cars = list(vehicle_ids)
        of: dict[int, list[RecordT]] = {vehicle_id: [] for vehicle_id in cars}
        for record in self._whole(_of_cars(self.kind).all(self._session, listed(cars))):
            of[record.vehicle_id].append(record)
        return {vehicle_id: tuple(records) for vehicle_id, records in of.items()}

    def delete(self, control_number: int) -> None:
        """Take a record away; only one that was never issued. Its 管理番号 is never given again.

        Raises:
            NotAllowed: There is none (any more).
        """
        self._session.delete(self.get(control_number))
        self._session.flush()

    def put_back(self, record: RecordT) -> RecordT:
        """Put a record back under its 管理番号 that was deleted since it came out of here."""
        make_transient(record)
        return self.add(record)

    # --- on the way to its service

    def drafts(self) -> tuple[int, ...]:
        """Return the 管理番号 of those that may be sent, the oldest first."""
        return self._numbers(self.kind.sending == Sending.DRAFT)

    def unsettled(self, seen: SeenBy | None = None) -> tuple[int, ...]:
        """Return the 管理番号 of those whose last request may or may not have arrived, the oldest first.

        With `seen` those are left out that another living desk is busy with.
        """
        return self._numbers(self.kind.sending.in_(UNSETTLED_STATES), self._free(seen))

    # --- what was sent

    def knows_number(self, number: str, *, issued_here: bool = False) -> bool:
        """Tell whether a record here already carries this number of the service's."""
        known = _numbered(self.kind.__tablename__, self.number, issued_here=issued_here)
        return known.run(driver_of(self._session), {"number": number}).fetchone() is not None

    def was_given(self, number: str) -> bool:
        """Tell whether the service gave this number to a record of here."""
        return self.knows_number(number)

    def last_filed(self, address: str, before: dt.datetime | None, noter: str | None = None) -> KeySupportProbe | None:
        """Return the newest that was sent to an address at that moment or before it, and filed; none before none.

        `noter`: only of those whose APIキー was noted under this name (services/delivery/destinations.py).
        """
        if before is None:
            return None
        mine = self.kind
        filed = (
            select(mine.control_number, mine.request_key, mine.sent_to, mine.sent_as)
            .where(
                mine.sending == Sending.FILED,
                mine.sent_to == address,
                mine.first_sent_at <= before,
                mine.request_key.is_not(None),
                true() if noter is None else mine.sent_as.startswith(f"{noter}:", autoescape=True),
            )
            .order_by(mine.control_number.desc())
            .limit(1)
        )
        found = self._session.execute(filed).first()
        return None if found is None else KeySupportProbe(found[0], found[1] or "", found[2], found[3])

    # --- for the shelves of each kind

    def _whole(self, records: list[RecordT]) -> list[RecordT]:
        """Return them with what belongs to each."""
        return records

    def _numbers(self, *conditions: ColumnElement[bool]) -> tuple[int, ...]:
        mine = select(self.kind.control_number).where(*conditions).order_by(self.kind.control_number)
        return tuple(self._session.scalars(mine))

    def _free(self, seen: SeenBy | None) -> ColumnElement[bool]:
        if seen is None or seen.run.alone:
            return true()
        mine = self.kind
        return or_(mine.lease_run.is_(None), mine.lease_run == seen.run.id, mine.lease_until <= seen.now)

    def _filed(self, control_numbers: Iterable[int], *conditions: ColumnElement[bool]) -> tuple[Filed, ...]:
        """Return those that are filed and have their service's number, each once, in the given order."""
        wanted = list(dict.fromkeys(control_numbers))
        mine = self.kind
        their_number: InstrumentedAttribute[str | None] = getattr(mine, self.number)
        filed = select(
            mine.control_number,
            their_number,
            mine.chassis_number,
            mine.request_key,
            mine.sent_to,
            mine.sent_as,
            mine.answers,
        ).where(
            among(mine.control_number, wanted),
            mine.sending == Sending.FILED,
            their_number.is_not(None),
            *conditions,
        )
        by_number = {row[0]: Filed._make(row) for row in self._session.execute(filed)}
        return tuple(by_number[number] for number in wanted if number in by_number)
