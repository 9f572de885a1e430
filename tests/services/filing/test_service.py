"""申請書発行 and 申請書一覧: opening, saving, deleting, 取消 and listing."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.lists import FilingCondition, FilingQuery
from onestop.model.sending_state import Sending
from onestop.services.filing.service import CALL_THE_AGENT, CHANGED_ELSEWHERE, NOT_A_DRAFT, STILL_UNKNOWN
from onestop.store.record_failures import GONE
from onestop_sandbox import PRACTICE, Kind, Trouble
from support.desks import a_desk, a_sandbox

if TYPE_CHECKING:
    from pathlib import Path

    from support.clock import FixedClock
    from support.desks import DeskRoom


def saved(room: DeskRoom, car: int | None = None) -> tuple[int, int]:
    """Save a new filing of a car; return its 管理番号 and its version."""
    vehicle_id = car or room.a_car()
    room.certify(vehicle_id)
    opened = room.desk.filings.open(vehicle_id, None)
    filing = room.desk.filings.save(opened.form, opened.vehicle_id, None, None)
    return filing.control_number, filing.version


# --- opening and saving


def test_a_new_filing_is_prefilled_and_numbered_on_the_first_save(room: DeskRoom) -> None:
    car = room.a_car()
    opened = room.desk.filings.open(car, None)
    assert (opened.filing, opened.vehicle_id, opened.form.user_name) == (None, car, "見本太郎")
    number, _ = saved(room, car)
    filing = room.filing(number)
    assert (filing.control_number, filing.sending, filing.filing_id, filing.fees) == (1, Sending.DRAFT, None, [])
    assert room.desk.filings.open(car, None).filing is not None  # the car's open filing, not a second one


def test_a_saved_filing_is_opened_by_its_number_and_changed(room: DeskRoom, clock: FixedClock) -> None:
    number, version = saved(room)
    opened = room.desk.filings.open(None, number)
    clock.advance(minutes=1)
    form = dataclasses.replace(opened.form, user_name="見本花子")
    changed = room.desk.filings.save(form, opened.vehicle_id, number, version)
    assert changed.version > version
    assert (room.filing(number).user_name, room.filing(number).updated_at) == ("見本花子", clock.now())
    again = dataclasses.replace(form, user_name="見本次郎")
    assert room.desk.filings.save(again, opened.vehicle_id, number, changed.version).user_name == "見本次郎"


def test_what_another_window_changed_is_not_overwritten(room: DeskRoom) -> None:
    number, version = saved(room)
    form = room.desk.filings.open(None, number).form
    room.desk.filings.save(dataclasses.replace(form, user_name="一番"), 1, number, version)
    with pytest.raises(errors.NotAllowed, match=CHANGED_ELSEWHERE):
        room.desk.filings.save(dataclasses.replace(form, user_name="二番"), 1, number, version)
    assert room.filing(number).user_name == "一番"


def test_what_cannot_be_stored_changes_nothing(room: DeskRoom) -> None:
    number, version = saved(room)
    form = room.desk.filings.open(None, number).form
    with pytest.raises(errors.InvalidInput):
        room.desk.filings.save(dataclasses.replace(form, user_name="新", serial="x"), 1, number, version)
    assert room.filing(number).user_name == "見本太郎"
    with pytest.raises(errors.InvalidInput):
        room.desk.filings.save(dataclasses.replace(form, serial="x"), room.a_car(), None, None)
    assert len(room.desk.filings.ids(FilingQuery())) == 1


def test_a_car_has_one_open_filing(room: DeskRoom) -> None:
    car = room.a_car()
    form = room.desk.filings.open(car, None).form
    saved(room, car)
    with pytest.raises(errors.NotAllowed, match=r"終わっていない申請\(管理番号1\)"):
        room.desk.filings.save(form, car, None, None)


def test_an_issued_filing_is_neither_saved_nor_deleted(room: DeskRoom) -> None:
    number, _ = saved(room)
    issued = room.desk.filings.delivery.issue(number)
    form = room.desk.filings.open(None, number).form
    with pytest.raises(errors.NotAllowed, match=NOT_A_DRAFT):
        room.desk.filings.save(form, 1, number, issued.version)
    with pytest.raises(errors.NotAllowed, match=NOT_A_DRAFT):
        room.desk.filings.delete(number)


def test_what_is_gone_is_told(room: DeskRoom) -> None:
    number, _ = saved(room)
    room.desk.filings.delete(number)
    for vehicle_id, control_number in ((None, number), (99, None), (None, None)):
        with pytest.raises(errors.NotAllowed, match=GONE):
            room.desk.filings.open(vehicle_id, control_number)
    assert saved(room, 1)[0] == number + 1  # a 管理番号 is never given twice


# --- 取消


def test_a_filing_before_its_review_is_withdrawn_and_the_car_is_free(room: DeskRoom) -> None:
    number, _ = saved(room)
    room.desk.filings.delivery.issue(number)
    filing = room.desk.filings.withdraw(number)
    assert (filing.status, filing.is_closed, filing.is_finished) == ("取消", True, False)
    assert saved(room, filing.vehicle_id)[0] == number + 1


def test_a_withdrawal_that_cannot_be_looked_at_again_still_counts(room: DeskRoom) -> None:
    number, _ = saved(room)
    room.desk.filings.delivery.issue(number)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "getFiling"))
    assert room.desk.filings.withdraw(number).status == "取消"
    assert (room.filing(number).status, room.filing(number).is_closed) == ("取消", True)


def test_a_withdrawal_whose_answer_was_lost_is_found_when_tried_again(room: DeskRoom) -> None:
    number, _ = saved(room)
    room.desk.filings.delivery.issue(number)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "withdrawFiling", after=True))
    with pytest.raises(errors.NoAnswer):
        room.desk.filings.withdraw(number)
    assert room.filing(number).status == "受付前"
    assert room.desk.filings.withdraw(number).status == "取消"


def test_a_review_that_has_begun_is_not_interrupted(tmp_path: Path, clock: FixedClock) -> None:
    with a_sandbox(clock, pace=PRACTICE) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        number, _ = saved(room)
        room.desk.filings.delivery.issue(number)
        clock.advance(seconds=15)
        with pytest.raises(errors.Refused) as caught:  # AINAS knows better than this machine
            room.desk.filings.withdraw(number)
        assert caught.value.code == "not_withdrawable"
        assert room.filing(number).status == "受付済"
        with pytest.raises(errors.NotAllowed, match=CALL_THE_AGENT):
            room.desk.filings.withdraw(number)


def test_what_is_not_surely_filed_is_not_withdrawn(room: DeskRoom) -> None:
    number, _ = saved(room)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling"))
    with pytest.raises(errors.NoAnswer):
        room.desk.filings.delivery.issue(number)
    with pytest.raises(errors.NotAllowed, match=STILL_UNKNOWN):
        room.desk.filings.withdraw(number)


# --- the list


def test_the_list_is_read_by_number(room: DeskRoom) -> None:
    numbers = room.drafts(3)
    room.desk.filings.delivery.issue(numbers[1])
    service = room.desk.filings
    assert list(service.ids(FilingQuery(FilingCondition.NOT_ISSUED))) == [numbers[0], numbers[2]]
    first = service.first_rows(FilingQuery(descending=True), 2)
    assert [row.control_number for row in first] == [numbers[2], numbers[1]]
    assert [row.control_number for row in service.rows([numbers[2], 99, numbers[0]])] == [numbers[2], numbers[0]]
    assert service.drafts_among([numbers[2], numbers[1], numbers[0]]) == (numbers[2], numbers[0])
