"""自賠責証明書発行 at a real sandbox after F5: answers that were lost, F7 確認, and F2 取消."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.ask import subject_of
from onestop.services.delivery.settle import Settled
from onestop.services.insurance.channel import STILL_UNKNOWN
from onestop.services.insurance.payload import OTHER_UNKNOWN, may_be
from onestop.services.insurance.service import NOT_HERE, STARTED
from onestop_sandbox import Kind, Trouble
from support.insurance import INSURER, a_form, a_policy, an_issued_policy, certificate, times_issued
from support.sandbox import SandboxClient

if TYPE_CHECKING:
    from support.clock import FixedClock
    from support.desks import DeskRoom

OTHER = {"plate": "水戸500か1", "chassis_number": "RF1-1"}


def lose_the_answer(room: DeskRoom, *, acted: bool, kind: Kind = Kind.CUT) -> int:
    number = a_policy(room)
    room.sandbox.troubles.add(Trouble(kind, "issuePolicy", after=acted))
    with pytest.raises(errors.NoAnswer):
        room.desk.insurance.delivery.issue(number)
    return number


# --- answers that are lost


@pytest.mark.parametrize("kind", [Kind.CUT, Kind.HTML])
def test_a_lost_answer_after_acting_is_found(room: DeskRoom, kind: Kind) -> None:
    number = lose_the_answer(room, acted=True, kind=kind)
    assert certificate(room, number).sending is Sending.UNKNOWN
    with pytest.raises(errors.NotAllowed, match=STILL_UNKNOWN):
        room.desk.insurance.delivery.issue(number)
    assert room.desk.insurance.delivery.settle() == Settled(filed=1)
    assert certificate(room, number).certificate_number
    assert times_issued(room, number) == 1


def test_a_lost_answer_before_acting_is_sent_again_after_the_quiet_time(room: DeskRoom, clock: FixedClock) -> None:
    number = lose_the_answer(room, acted=False)
    before = certificate(room, number)
    assert room.desk.insurance.delivery.settle() == Settled(waiting=1)
    clock.advance(minutes=5)
    assert room.desk.insurance.delivery.settle_one(number).sending is Sending.FILED
    after = certificate(room, number)
    assert (after.request_key, after.payload) == (before.request_key, before.payload)
    assert times_issued(room, number) == 1


def test_a_service_that_keeps_no_keys_is_asked_by_the_chassis_number(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    number = lose_the_answer(room, acted=True)
    assert room.desk.insurance.delivery.settle() == Settled(filed=1)
    assert times_issued(room, number) == 1


def test_another_policy_of_the_car_is_not_taken_for_the_lost_one(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    SandboxClient(room.sandbox).insure(
        control_number=1, chassis_number="ZN6-012345", start_date="2024-12-21", months=24
    )
    lose_the_answer(room, acted=False)
    assert room.desk.insurance.delivery.settle() == Settled(waiting=1)


def test_while_one_is_unknown_no_other_of_the_car_is_sent(room: DeskRoom) -> None:
    number = a_policy(room)
    car = certificate(room, number).vehicle_id
    with room.database.write() as shelves:
        shelves.insurance.get(number).sending = Sending.FILED
        shelves.insurance.get(number).certificate_number = "A1"
    form = a_form(room, car, insurer=INSURER)
    other = room.desk.insurance.save(form, car, None, None).control_number
    with room.database.write() as shelves:
        shelves.insurance.get(number).sending = Sending.UNKNOWN
    with pytest.raises(errors.NotAllowed, match=OTHER_UNKNOWN):
        room.desk.insurance.delivery.issue(other)
    assert room.sandbox.requests == {}


def test_the_number_of_another_certificate_is_not_believed(room: DeskRoom) -> None:
    first = an_issued_policy(room)
    number = a_policy(room, plate="水戸500か1", chassis_number="RF1-1")
    room.sandbox.troubles.add(Trouble(Kind.CUT, "issuePolicy", after=True))
    with pytest.raises(errors.NoAnswer):
        room.desk.insurance.delivery.issue(number)
    with room.database.write() as shelves:  # as if e-JIBAI had given the first one's number
        asked: dict[str, str | int] = {"control_number": number, "chassis_number": "RF1-1"}
        mine = SandboxClient(room.sandbox).get("/ejibai/v1/policies", params=asked).json()
        shelves.insurance.get(first).certificate_number = mine["policies"][0]["certificate_number"]
    settled = room.desk.insurance.delivery.settle()
    assert (settled.waiting, type(settled.reason)) == (1, errors.AnswerOfAnother)
    assert certificate(room, number).certificate_number is None


# --- F7 and F2


def test_the_registry_has_it_after_a_while_and_never_without_its_tick(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_policy(room)
    silent = a_policy(room, plate="水戸500か1", chassis_number="RF1-1", report_to_registry=False)
    room.desk.insurance.delivery.issue(silent)
    clock.advance(hours=2)
    assert room.desk.insurance.refresh(number).registry_reported_at is not None
    assert room.desk.insurance.refresh(silent).registry_reported_at is None
    assert certificate(room, number).checked_at == clock.now()


def test_a_draft_has_nothing_to_ask_about(room: DeskRoom) -> None:
    number = a_policy(room)
    assert room.desk.insurance.refresh(number).sending is Sending.DRAFT
    with pytest.raises(errors.NotAllowed, match=NOT_HERE):
        room.desk.insurance.cancel(number)


def test_it_is_taken_back_until_the_noon_it_begins(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_policy(room)
    clock.moment = dt.datetime(2026, 12, 21, 2, 59, tzinfo=dt.UTC)
    assert room.desk.insurance.cancel(number).is_cancelled
    again = a_form(room, certificate(room, number).vehicle_id, insurer=INSURER, start_date="R8.12.22", months="25")
    second = room.desk.insurance.save(again, certificate(room, number).vehicle_id, None, None).control_number
    room.desk.insurance.delivery.issue(second)
    clock.moment = dt.datetime(2026, 12, 22, 3, 0, tzinfo=dt.UTC)
    with pytest.raises(errors.NotAllowed, match=STARTED):
        room.desk.insurance.cancel(second)


def test_a_cancellation_whose_answer_was_lost_is_asked_about_at_once(room: DeskRoom) -> None:
    number = an_issued_policy(room)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "cancelPolicy", after=True))
    assert room.desk.insurance.cancel(number).is_cancelled
    assert room.desk.insurance.tend() == ()


@pytest.mark.parametrize("acted", [True, False])
def test_a_cancellation_that_cannot_be_asked_about_is_asked_about_later(room: DeskRoom, acted: bool) -> None:  # noqa: FBT001 - a row
    number = an_issued_policy(room)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "cancelPolicy", after=acted))
    room.sandbox.troubles.add(Trouble(Kind.CUT, "getPolicy"))
    room.sandbox.troubles.add(Trouble(Kind.CUT, "getPolicy"))
    with pytest.raises(errors.NoAnswer):
        room.desk.insurance.cancel(number)
    assert not certificate(room, number).is_cancelled
    assert room.desk.insurance.tend() == ()
    news = room.desk.insurance.tend()
    assert [each.control_number for each in news] == ([number] if acted else [])
    assert certificate(room, number).is_cancelled is acted
    assert room.desk.insurance.tend() == ()


def test_one_that_did_not_take_place_stays_no_answer(room: DeskRoom) -> None:
    number = an_issued_policy(room)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "cancelPolicy"))
    with pytest.raises(errors.NoAnswer):
        room.desk.insurance.cancel(number)
    assert certificate(room, number).status == "発行済"
    assert room.desk.insurance.cancel(number).is_cancelled


def test_the_program_asks_until_the_registry_has_it(room: DeskRoom, clock: FixedClock) -> None:
    number, without = an_issued_policy(room), an_issued_policy(room, **OTHER, report_to_registry=False)
    asked = len(room.sandbox.requests)
    assert room.desk.insurance.tend() == ()
    assert len(room.sandbox.requests) == asked
    clock.advance(minutes=4)
    assert room.desk.insurance.tend() == ()
    assert len(room.sandbox.requests) == asked + 1
    assert room.desk.insurance.tend() == ()
    clock.advance(minutes=56)
    assert [each.control_number for each in room.desk.insurance.tend()] == [number]
    assert certificate(room, number).registry_reported_at is not None
    assert certificate(room, without).registry_reported_at is None
    asked = len(room.sandbox.requests)
    clock.advance(minutes=4)
    assert room.desk.insurance.tend() == ()
    assert len(room.sandbox.requests) == asked


def test_after_two_hours_nobody_asks_by_himself(room: DeskRoom, clock: FixedClock) -> None:
    an_issued_policy(room)
    asked = len(room.sandbox.requests)
    clock.advance(hours=3)
    assert room.desk.insurance.tend() == ()
    assert len(room.sandbox.requests) == asked


def test_one_that_is_gone_is_not_asked_about_again(room: DeskRoom) -> None:
    number = an_issued_policy(room)
    for trouble in (Trouble(Kind.CUT, "cancelPolicy"), Trouble(Kind.CUT, "getPolicy")):
        room.sandbox.troubles.add(trouble)
    with pytest.raises(errors.NoAnswer):
        room.desk.insurance.cancel(number)
    with room.database.write() as shelves:
        shelves.insurance.delete(number)
    assert room.desk.insurance.tend() == room.desk.insurance.tend() == ()


def test_a_policy_under_another_number_is_another(room: DeskRoom) -> None:
    number = an_issued_policy(room)
    held = certificate(room, number)
    policy = room.desk.insurance._ejibai.fetch(subject_of(held))
    assert may_be(policy, held)
    held.control_number += 1
    assert not may_be(policy, held)


def test_a_second_cancellation_finds_the_first(room: DeskRoom) -> None:
    number = an_issued_policy(room)
    for trouble in (Trouble(Kind.CUT, "cancelPolicy", after=True), Trouble(Kind.CUT, "getPolicy")):
        room.sandbox.troubles.add(trouble)
    with pytest.raises(errors.NoAnswer):
        room.desk.insurance.cancel(number)
    assert room.desk.insurance.cancel(number).is_cancelled


def test_a_cancellation_that_is_refused_stays_refused(room: DeskRoom) -> None:
    number = an_issued_policy(room)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "cancelPolicy", status=409))
    with pytest.raises(errors.Refused):
        room.desk.insurance.cancel(number)
    assert not certificate(room, number).is_cancelled


def test_a_cancellation_is_known_even_if_nothing_can_be_asked_after_it(room: DeskRoom) -> None:
    number = an_issued_policy(room)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "getPolicy"))
    assert room.desk.insurance.cancel(number).is_cancelled
    assert certificate(room, number).is_cancelled


def test_an_unknown_one_is_not_cancelled(room: DeskRoom) -> None:
    number = lose_the_answer(room, acted=True)
    with pytest.raises(errors.NotAllowed, match=STILL_UNKNOWN):
        room.desk.insurance.cancel(number)
