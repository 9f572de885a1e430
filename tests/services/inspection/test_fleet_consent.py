"""まとめての承諾書 in 確認票: one that holds for all cars of a user, until its last day or until it is revoked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.checklist import FOR_ALL, UNASKED, Item
from onestop.model.ending import Ending
from onestop.services.inspection import checklist_form
from onestop.services.inspection.checklist import NO_FLEET_CONSENT, REVOKED
from support.checklist import save

if TYPE_CHECKING:
    from support.clock import FixedClock
    from support.desks import DeskRoom


def test_a_consent_for_all_holds_for_the_other_cars_of_its_user(room: DeskRoom) -> None:
    first = room.a_car()
    second = room.a_car(plate="土浦300さ9", chassis_number="ZN6-999999")
    stranger = room.a_car(plate="土浦300さ8", chassis_number="ZN6-999998", owner_name="見本次郎")
    save(room, first, consent=FOR_ALL, consent_until="R9.11.20")
    opened = room.desk.checklists.open(second)
    assert (opened.form.consent, opened.form.consent_day, opened.form.consent_until) == (
        FOR_ALL,
        "R8.11.20",
        "R9.11.20",
    )
    assert room.desk.checklists.open(stranger).form.consent == UNASKED
    saved = save(room, second, opened.form, tax="確認済", parking="滞納なし", recall="対象なし")
    assert saved.checklist.unasked == ()


def test_a_consent_for_all_is_over_after_its_last_day(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    save(room, car, consent=FOR_ALL, consent_until="R8.11.25")
    clock.advance(days=2)
    assert room.desk.checklists.open(car).checklist.unasked == (Item.CONSENT,)


def test_a_revoked_consent_is_one_for_no_car(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    saved = save(room, car, consent=FOR_ALL)
    revoked = room.desk.checklists.revoke(saved, "見本次郎")
    assert revoked.checklist.unasked == (Item.CONSENT,)
    with closing(sqlite3.connect(room.database.path)) as raw:
        ((revoked_by, revoked_at),) = raw.execute("SELECT revoked_by, revoked_at FROM fleet_consent").fetchall()
    assert (revoked_by, revoked_at[:16]) == ("見本次郎", f"{clock.now():%Y-%m-%d %H:%M}")
    with pytest.raises(errors.NotAllowed, match=NO_FLEET_CONSENT):
        room.desk.checklists.revoke(revoked, "見本次郎")


def test_what_was_taken_back_stands_among_the_answers_of_this_inspection_alone(
    room: DeskRoom, clock: FixedClock
) -> None:
    car, other = room.a_car(), room.a_car(plate="土浦300さ2", chassis_number="ZN6-2", owner_name="見本三郎")
    saved = save(room, car, consent=FOR_ALL)
    save(room, other)
    clock.advance(minutes=5)
    room.desk.checklists.revoke(saved, "見本次郎")
    told = [(each.item, each.answer, each.more, each.by) for each in room.desk.checklists.open(car).said[:2]]
    assert told[0] == (Item.CONSENT, REVOKED, "2026/11/20の承諾書", "見本次郎")
    assert told[1][:2] == (Item.RECALL, "対象なし")
    assert REVOKED not in [each.answer for each in room.desk.checklists.open(other).said]
    room.desk.inspections.end(car, Ending.STOPPED, "中止")
    clock.advance(days=1)
    save(room, car)
    assert REVOKED not in [each.answer for each in room.desk.checklists.open(car).said]


def test_nobody_revokes_without_a_name(room: DeskRoom) -> None:
    saved = save(room, room.a_car(), consent=FOR_ALL)
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.checklists.revoke(saved, " ")
    assert [each.message for each in caught.value.problems] == [checklist_form.NO_NAME]


def test_a_second_consent_for_all_is_not_noted_while_one_holds(room: DeskRoom) -> None:
    car = room.a_car()
    first = save(room, car, consent=FOR_ALL)
    again = save(room, car, consent=FOR_ALL, consent_until="R9.11.20", tax="未納")
    assert again.checklist.fleet == first.checklist.fleet
