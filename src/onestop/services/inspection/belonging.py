"""When an inspection begins and ends: by the first thing saved for a car, by what the services say, by its 車検証.

All of it within a transaction that writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from onestop import errors
from onestop.clock import JST
from onestop.model.certificate_words import ApplicationKind
from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
from onestop.model.ending import Ending
from onestop.model.filing import Filing
from onestop.model.inspection import Inspection
from onestop.model.inspection_days import window_start
from onestop.model.words import conformity_status_word, status_word

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from onestop.model.sending import Sendable
    from onestop.model.vehicle import Vehicle
    from onestop.store.database import Shelves

SendableT = TypeVar("SendableT", bound="Sendable")

AWAITS_CERTIFICATE: Final = (
    "車検は終わっています。次の車検は、照会の F11 取込 で新しい車検証を取り込むか、車両修正で満了日を直してからです。"
)
ENDED: Final = "前回の車検のものです。今回の分は ワンストップサービス から始めます(これは F2 で削除できます)。"


def inspection_under_way(shelves: Shelves, vehicle: Vehicle, now: dt.datetime) -> Inspection:
    """Return 今回の車検 of a car; it begins now if none is open.

    Raises:
        NotAllowed: the last one is finished and its new 車検証 is not here.
    """
    newest = shelves.inspections.newest_for_vehicle(vehicle.id)
    if newest is not None and newest.is_open:
        return newest
    _refuse_too_early(newest, vehicle)
    begun = Inspection(created_at=now, updated_at=now, vehicle_id=vehicle.id, renews=vehicle.expiry_date, opened_at=now)
    return shelves.inspections.add(begun)


def refuse_too_early(shelves: Shelves, vehicle: Vehicle) -> None:
    """Keep anything from being made for a car between two inspections.

    Raises:
        NotAllowed: the last one is finished and its new 車検証 is not here.
    """
    _refuse_too_early(shelves.inspections.newest_for_vehicle(vehicle.id), vehicle)


def _refuse_too_early(newest: Inspection | None, vehicle: Vehicle) -> None:
    if newest is not None and newest.awaits_certificate_of(vehicle.expiry_date):
        raise errors.NotAllowed(AWAITS_CERTIFICATE)


def join_inspection(shelves: Shelves, record: Sendable, now: dt.datetime) -> Inspection:
    """Let a record that is saved or issued now belong to 今回の車検.

    Raises:
        NotAllowed: it belongs to one that has ended, or none may begin.
    """
    if record.inspection_id is not None:
        mine = shelves.inspections.get(record.inspection_id)
        if not mine.is_open:
            raise errors.NotAllowed(ENDED)
        return mine
    mine = inspection_under_way(shelves, shelves.vehicles.get(record.vehicle_id), now)
    record.inspection_id = mine.id
    return mine


def of_inspection_under_way(shelves: Shelves, vehicle_id: int, records: Iterable[SendableT]) -> tuple[SendableT, ...]:
    """Choose the records of 今回の車検 among those of its car; nothing while none is open."""
    mine = shelves.inspections.open_for_vehicle(vehicle_id)
    return tuple(each for each in records if mine is not None and each.inspection_id == mine.id)


def belongs_to_ended(shelves: Shelves, record: Sendable) -> bool:
    """Tell whether a record belongs to an inspection that has ended."""
    return record.inspection_id is not None and not shelves.inspections.get(record.inspection_id).is_open


def is_of_before(policy: InsuranceCertificate, expiry_date: dt.date | None, today: dt.date) -> bool:
    """Tell whether a policy from elsewhere is that of the present 有効期間: it began before the window opened."""
    renewed = expiry_date or today
    return policy.start_date is not None and policy.start_date < window_start(renewed, today)


def end_when_done(shelves: Shelves, record: Sendable, now: dt.datetime) -> None:
    """End the inspection of a record of which its service says that the procedure is finished."""
    ending = _ending_told(record)
    if ending is None or record.inspection_id is None:
        return
    told = record.status_updated_at if isinstance(record, Filing | ConformityCertificate) else None
    end_inspection(shelves, shelves.inspections.get(record.inspection_id), ending, min(told or now, now))


def _ending_told(record: Sendable) -> Ending | None:
    if isinstance(record, Filing):
        return Ending.FINISHED if status_word(record.status).done else None
    if isinstance(record, ConformityCertificate):
        at_counter = record.application_kind == ApplicationKind.COUNTER
        return Ending.COUNTER if at_counter and conformity_status_word(record.status).done else None
    return None


def end_inspection(shelves: Shelves, inspection: Inspection, ending: Ending, at: dt.datetime) -> None:
    """End an inspection; nothing of it is sent by itself any more, or listed by its last day."""
    inspection.end(ending, at)
    shelves.inspections.note_last_application_date(inspection.id, None)
    for certificate in shelves.conformity.all_for_vehicle(inspection.vehicle_id):
        if certificate.inspection_id == inspection.id:
            certificate.next_try_at = certificate.waiting_since = None


def is_renewed(inspection: Inspection, expiry_date: dt.date | None, issued_on: dt.date | None) -> bool | None:
    """Tell whether a 満了日 is that of a new 車検証, which ends the open inspection; None: only a person can say.

    `issued_on` is the 交付年月日 that was typed or imported with it, if one was.
    """
    known = inspection.renews
    if expiry_date is None or (known is not None and expiry_date <= known):
        return False
    if issued_on is None:
        return False if known is None else None
    return issued_on >= inspection.opened_at.astimezone(JST).date()


def follow_certificate(shelves: Shelves, vehicle: Vehicle, now: dt.datetime, *, renewed: bool) -> None:
    """Let 今回の車検 follow the car's 満了日: a corrected one is what it renews, a new 車検証 ends it.

    A 満了日 that is put back the same day was a slip: the inspection that it ended goes on.
    """
    mine = shelves.inspections.open_for_vehicle(vehicle.id)
    if mine is None:
        last = shelves.inspections.newest_for_vehicle(vehicle.id)
        if last is not None and _ended_by_slip(last, vehicle, now):
            last.reopen()
    elif renewed:
        end_inspection(shelves, mine, Ending.RENEWED, now)
    else:
        mine.renews = vehicle.expiry_date


def _ended_by_slip(last: Inspection, vehicle: Vehicle, now: dt.datetime) -> bool:
    """Tell whether the newest inspection ended today by a 満了日 that is not the car's any more."""
    if last.ending is not Ending.RENEWED or last.ended_at is None or last.renews != vehicle.expiry_date:
        return False
    return last.ended_at.astimezone(JST).date() == now.astimezone(JST).date()
