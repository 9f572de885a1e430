"""自賠責 as they are typed: proposed, looked at, saved and deleted, and those written down from elsewhere."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.certificate_words import Origin
from onestop.model.sending_state import Sending
from onestop.services.insurance.channel import ALREADY_ISSUED
from onestop.services.insurance.service import CHANGED_ELSEWHERE, HAS_ONE, NOT_A_DRAFT, NUMBER_KNOWN
from support.insurance import INSURER, a_form, a_policy, an_issued_policy, certificate, elsewhere
from support.sandbox import SandboxClient

if TYPE_CHECKING:
    from support.clock import FixedClock
    from support.desks import DeskRoom


# --- opening and saving


def test_a_new_one_is_proposed_with_the_insurer_used_last_and_the_names_to_choose_from(room: DeskRoom) -> None:
    car, other = room.a_car(), room.a_car(plate="水戸500か1", chassis_number="RF1-1")
    first = room.desk.insurance.open(car)
    assert (first.certificate, first.form.insurer, first.vehicle_id) == (None, "", car)
    assert (first.form.start_date, first.form.months) == ("R8.12.21", "24")
    assert "自家用乗用" in first.rate_classes
    room.desk.insurance.save(dataclasses.replace(first.form, insurer="見本共済"), car, None, None)
    second = room.desk.insurance.open(other)
    assert second.form.insurer == "見本共済"
    assert second.insurers[-1] == "見本共済"
    assert len(second.insurers) == len(first.insurers) + 1


def test_a_car_is_opened_with_what_is_under_way_and_a_number_with_its_own(room: DeskRoom) -> None:
    number = a_policy(room, months="25")
    car = certificate(room, number).vehicle_id
    assert room.desk.insurance.open(car).form.months == "25"
    opened = room.desk.insurance.open(None, number)
    assert opened.certificate is not None
    assert (opened.certificate.control_number, opened.vehicle_id) == (number, car)
    with pytest.raises(errors.NotAllowed):
        room.desk.insurance.open(99)


def test_saving_keeps_one_draft_and_refuses_what_changed_meanwhile(room: DeskRoom) -> None:
    number = a_policy(room)
    held = certificate(room, number)
    form = room.desk.insurance.open(None, number).form
    with pytest.raises(errors.NotAllowed, match=HAS_ONE):
        room.desk.insurance.save(form, held.vehicle_id, None, None)
    room.desk.insurance.save(dataclasses.replace(form, months="25"), held.vehicle_id, number, held.version)
    with pytest.raises(errors.NotAllowed, match=CHANGED_ELSEWHERE):
        room.desk.insurance.save(form, held.vehicle_id, number, held.version)
    assert certificate(room, number).months == 25
    with pytest.raises(errors.InvalidInput):
        room.desk.insurance.save(dataclasses.replace(form, months="二"), held.vehicle_id, number, held.version + 1)


def test_an_issued_one_is_changed_by_nobody(room: DeskRoom) -> None:
    number = an_issued_policy(room)
    held = certificate(room, number)
    form = room.desk.insurance.open(None, number).form
    for way in (room.desk.insurance.save, room.desk.insurance.enter_by_hand):
        with pytest.raises(errors.NotAllowed, match=NOT_A_DRAFT):
            way(form, held.vehicle_id, number, held.version)
    assert certificate(room, number).version == held.version


def test_what_is_typed_is_looked_at(room: DeskRoom) -> None:
    car = room.a_car()
    form = a_form(room, car, months="12", report_to_registry=False, insurer=INSURER)
    seen = room.desk.insurance.assess(form, car)
    assert seen.end_date == dt.date(2027, 12, 21)
    assert seen.estimate is not None
    assert seen.estimate.amount == 12250
    assert [each.rule_id for each in seen.findings] == ["I12", "I09"]
    with pytest.raises(errors.InvalidInput):
        room.desk.insurance.assess(dataclasses.replace(form, start_date="いつか"), car)


def test_a_draft_is_deleted_and_an_issued_one_is_not(room: DeskRoom) -> None:
    number = a_policy(room)
    room.desk.insurance.delete(number)
    with pytest.raises(errors.NotAllowed):
        certificate(room, number)
    kept = a_policy(room, plate="水戸500か1", chassis_number="RF1-1")
    room.desk.insurance.delivery.issue(kept)
    with pytest.raises(errors.NotAllowed, match=NOT_A_DRAFT):
        room.desk.insurance.delete(kept)


# --- those of elsewhere


def test_a_paper_certificate_is_written_down_and_can_be_changed_and_deleted(room: DeskRoom) -> None:
    car = room.a_car()
    form = elsewhere(room, car)
    held = room.desk.insurance.enter_by_hand(form, car, None, None)
    assert (held.sending, held.origin, held.certificate_number, held.is_by_hand) == (
        Sending.FILED,
        Origin.PAPER,
        "X123456",
        True,
    )
    number, version = held.control_number, certificate(room, held.control_number).version
    better = dataclasses.replace(form, premium="18,560")
    assert room.desk.insurance.enter_by_hand(better, car, number, version).premium == 18560
    with pytest.raises(errors.NotAllowed, match=ALREADY_ISSUED):
        room.desk.insurance.delivery.issue(number)
    room.desk.insurance.delete(number)
    assert room.desk.insurance.open(car).certificate is None
    assert room.sandbox.requests == {}


def test_what_is_missing_on_it_is_named(room: DeskRoom) -> None:
    car = room.a_car()
    form = elsewhere(room, car, insurer="", certificate_number="", end_date="")
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.insurance.enter_by_hand(dataclasses.replace(form, months=""), car, None, None)
    assert [problem.field for problem in caught.value.problems] == ["insurer", "certificate_number", "end_date"]
    assert room.desk.insurance.open(car).certificate is None


def test_the_same_number_is_not_written_down_twice(room: DeskRoom) -> None:
    car = room.a_car()
    room.desk.insurance.enter_by_hand(elsewhere(room, car), car, None, None)
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.insurance.enter_by_hand(elsewhere(room, car), car, None, None)
    assert [problem.message for problem in caught.value.problems] == [NUMBER_KNOWN]


def test_an_electronic_one_of_elsewhere_is_confirmed_by_its_chassis_number(room: DeskRoom, clock: FixedClock) -> None:
    answer = SandboxClient(room.sandbox).insure(chassis_number="ZN6-012345", start_date="2026-12-20", months=25)
    car = room.a_car()
    form = elsewhere(room, car, origin="未確認", certificate_number=answer.json()["certificate_number"])
    held = room.desk.insurance.enter_by_hand(form, car, None, None)
    clock.advance(hours=2)
    told = room.desk.insurance.refresh(held.control_number)
    assert (told.origin, told.status, told.months) == (Origin.ELECTRONIC, "発行済", 25)
    assert told.registry_reported_at is not None
    assert told.is_by_hand


def test_one_that_e_jibai_does_not_show_stays_as_it_was_typed(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    held = room.desk.insurance.enter_by_hand(elsewhere(room, car, origin="未確認"), car, None, None)
    told = room.desk.insurance.refresh(held.control_number)
    assert (told.origin, told.status, told.checked_at) == (Origin.UNCONFIRMED, None, clock.now())
