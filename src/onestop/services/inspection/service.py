"""What a clerk can want of inspections: how this one stands, all of a car's, and ending one that nobody else ends."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.clock import JST
from onestop.services.inspection.belonging import end_inspection
from onestop.services.inspection.current import (
    CurrentInspection,
    InspectionRecords,
    note_days,
    read_current,
    records_of,
)

if TYPE_CHECKING:
    from onestop.clock import Clock
    from onestop.model.ending import Ending
    from onestop.model.inspection import Inspection
    from onestop.model.sending import Sendable
    from onestop.model.vehicle import Vehicle
    from onestop.store.database import Database

USED_JUST_NOW: Final = dt.timedelta(minutes=1)
"""A window that reads its car again need not note that each time."""
NONE_OPEN: Final = "この車両に、終わっていない車検はありません。"
UNSETTLED: Final = "受け付けられたかどうかを確認中のものがあります。先にそれを確かめてから終了してください。"
NO_REASON: Final = "理由を入力してください。"
NOT_BY_HAND: Final = (
    "サービスの返事か新しい車検証で終わった車検のため、取り消せません。"
    "満了日を打ち間違えて終わったときは、その日のうちに車両修正で満了日を元に戻すと、車検も元に戻ります。"
)
TOO_LATE: Final = "終了の取り消しは、終了したその日だけできます。"
FOLLOWED: Final = "次の車検がもう始まっているため、終了を取り消せません。"
LONGEST_REASON: Final = 200
TOO_LONG: Final = f"理由は{LONGEST_REASON}字までです。"


class InspectionService:
    """Looks at 今回の車検, ends it by a clerk's word, and takes that back."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def current(self, vehicle_id: int) -> CurrentInspection:
        """Return what the main window shows of a car.

        Raises:
            NotAllowed: the car is gone.
        """
        with self._database.read() as shelves:
            current = read_current(shelves, shelves.vehicles.get(vehicle_id), self._clock.today())
        self._note_use(current.vehicle)
        return current

    def history(self, vehicle_id: int) -> tuple[InspectionRecords, ...]:
        """Return all inspections of a car with their records, the newest first."""
        with self._database.read() as shelves:
            return records_of(shelves, vehicle_id)

    def end(self, vehicle_id: int, ending: Ending, reason: str) -> None:
        """End 今回の車検 by the clerk's word, whatever state its records are in.

        Raises:
            InvalidInput: no reason is given, or one that is too long; nothing was changed.
            NotAllowed: none is open, or of one of its records nobody knows whether it was taken.
        """
        told = reason.strip()
        if not told:
            raise errors.InvalidInput(errors.Problem("reason", NO_REASON))
        if len(told) > LONGEST_REASON:
            raise errors.InvalidInput(errors.Problem("reason", TOO_LONG))
        with self._database.write() as shelves:
            mine = shelves.inspections.open_for_vehicle(vehicle_id)
            if mine is None:
                raise errors.NotAllowed(NONE_OPEN)
            records = next(each for each in records_of(shelves, vehicle_id) if each.inspection is mine)
            sent: tuple[Sendable, ...] = (*records.insurances, *records.conformities, *records.filings)
            if any(each.sending.is_unsettled for each in sent):
                raise errors.NotAllowed(UNSETTLED)
            end_inspection(shelves, mine, ending, self._clock.now())
            mine.ended_by_hand, mine.reason = True, told

    def reopen(self, vehicle_id: int) -> None:
        """Take back that a clerk ended the last inspection; the same day, and while none was begun after it.

        Raises:
            NotAllowed: it cannot be taken back (any more).
        """
        with self._database.write() as shelves:
            last = shelves.inspections.newest_for_vehicle(vehicle_id)
            why_not = why_not_reopened(last, self._clock.today())
            if last is None or why_not:
                raise errors.NotAllowed(why_not)
            last.reopen()
            note_days(shelves, vehicle_id, self._clock.today())

    def _note_use(self, vehicle: Vehicle) -> None:
        """Let an empty 照会 show this car first."""
        now = self._clock.now()
        if now - vehicle.used_at < USED_JUST_NOW:
            return
        with suppress(errors.StoreError), self._database.write() as shelves:  # a full disk must not hide the car
            shelves.vehicles.opened(vehicle.id, now)


def why_not_reopened(newest: Inspection | None, today: dt.date) -> str:
    """Return why the ending of a car's newest inspection cannot be taken back; "" where it can."""
    if newest is None or newest.ended_at is None:
        return NONE_OPEN if newest is None else FOLLOWED
    if not newest.ended_by_hand:
        return NOT_BY_HAND
    return "" if newest.ended_at.astimezone(JST).date() == today else TOO_LATE
