"""What a new filing takes over: the numbers that count now, whatever was filed before with others."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.screens.filing.shown import ShownFiling
from onestop.services.conformity.book import HAS_ONE
from onestop.services.conformity.service import OF_BEFORE
from onestop.services.filing.form import form_of_filing
from support.builders import a_conformity_certificate, a_filing, an_insurance_certificate
from support.conformity import a_form, prepare_shop
from support.inspections import of_now

if TYPE_CHECKING:
    from support.desks import DeskRoom

FILED: dict[str, Any] = {"sending": Sending.FILED}
COVERS = dt.date(2028, 12, 21)


def a_car(room: DeskRoom, *, policy: dict[str, Any] | None = None, made: dict[str, Any] | None = None) -> int:
    """Store a car with its 自賠責 and 保適証, changed, where it has them."""
    car = room.a_car()
    with room.database.write() as shelves:
        if policy is not None:
            held = an_insurance_certificate(vehicle_id=car, **{**FILED, "end_date": COVERS, **policy})
            shelves.insurance.add(of_now(shelves, held))
        if made is not None:
            certificate = a_conformity_certificate(vehicle_id=car, **{**FILED, "status": "作成済", **made})
            shelves.conformity.add(of_now(shelves, certificate))
    return car


def numbers_of_new(room: DeskRoom, car: int) -> tuple[str, str]:
    """Return the two numbers with which 新規 of a car is prefilled."""
    opened = room.desk.filings.open(car, None)
    assert opened.filing is None
    return opened.form.insurance_certificate_number, opened.form.conformity_certificate_number


@pytest.mark.parametrize("status", ["差戻", "取下", "取り下げ", "無効", "却下", "取消"])
def test_a_filing_that_was_sent_back_leads_to_one_with_the_present_numbers(room: DeskRoom, status: str) -> None:
    car = a_car(room, policy={"certificate_number": "NEW1"}, made={"certificate_number": "NEW2"})
    before = a_filing(vehicle_id=car, **FILED, filing_id="1000000011", status=status)
    with room.database.write() as shelves:
        shelves.filings.add(of_now(shelves, before))
    assert numbers_of_new(room, car) == ("NEW1", "NEW2")


@pytest.mark.parametrize("oss", ["取下げ", "取り下げ", "無効", "却下"])
def test_an_oss_status_that_ends_it_lets_another_one_be_made(room: DeskRoom, oss: str) -> None:
    car = a_car(room, policy={}, made={})
    before = a_filing(vehicle_id=car, **FILED, filing_id="1000000011", status="申請中", oss_status=oss)
    with room.database.write() as shelves:
        shelves.filings.add(of_now(shelves, before))
    opened = room.desk.filings.open(car, None)
    assert opened.filing is None
    assert room.desk.filings.save(opened.form, car, None, None).is_open


@pytest.mark.parametrize("status", ["削除", "却下", "申請完"])
def test_a_certificate_that_cannot_be_filed_with_gives_no_number(room: DeskRoom, status: str) -> None:
    assert numbers_of_new(room, a_car(room, policy={}, made={"status": status})) == ("A123456789", "")


def test_what_is_not_here_is_left_empty(room: DeskRoom) -> None:
    assert numbers_of_new(room, a_car(room)) == ("", "")


def test_both_numbers_are_needed_before_anything_is_sent(room: DeskRoom) -> None:
    number = room.a_draft(insurance_certificate_number="", conformity_certificate_number="")
    with pytest.raises(errors.InvalidInput) as refused:
        room.desk.filings.delivery.issue(number)
    assert [each.field for each in refused.value.problems] == [
        "insurance_certificate_number",
        "conformity_certificate_number",
    ]
    assert room.times_filed(number) == 0


def test_numbers_that_no_certificate_here_carries_are_warned_about(room: DeskRoom) -> None:
    strange = room.a_draft(insurance_certificate_number="X1", conformity_certificate_number="X2")
    (reviewed,) = room.desk.review.review_many([strange])
    assert [each.field for each in reviewed.findings if each.rule_id == "C16"] == [
        "insurance_certificate_number",
        "conformity_certificate_number",
    ]
    assert reviewed.issuable


# --- the 保適証 that is in the way, and the one that is a record


def test_one_whose_days_are_over_leaves_room_for_another(room: DeskRoom) -> None:
    prepare_shop(room)
    over = {"inspection_date": dt.date(2026, 11, 9), "valid_until": dt.date(2026, 11, 23)}
    car = a_car(room, policy={}, made={"status": "報告済", **over})
    assert room.desk.conformity_book.save(a_form(room, car), car, None, None).control_number == 2
    with pytest.raises(errors.NotAllowed, match=HAS_ONE):
        room.desk.conformity_book.save(a_form(room, car), car, None, None)


def test_the_record_of_an_inspection_that_ended_is_not_deleted(room: DeskRoom) -> None:
    car = a_car(room, policy={}, made={})
    room.desk.inspections.end(car, Ending.COUNTER, "窓口で済んだ")
    assert room.desk.conformity_book.open(car, 1).of_before
    with pytest.raises(errors.NotAllowed, match=OF_BEFORE):
        room.desk.conformity.delete(1)


def sent_back(room: DeskRoom, **changes: Any) -> int:  # noqa: ANN401 - any field of the filing
    """File for a car and let AINAS send it back; returns the car."""
    number = room.a_draft(**changes)
    with room.database.write() as shelves:
        filing = shelves.filings.get(number)
        filing.sending, filing.filing_id, filing.status = Sending.FILED, "1000000011", "差戻"
        filing.message = "住所が\n違います"
        return filing.vehicle_id


def test_a_filing_sent_back_and_filed_again_as_it_was_is_warned_of_in_the_agents_words(room: DeskRoom) -> None:
    car = sent_back(room)
    opened = room.desk.filings.open(car, None)
    assert opened.sent_back is not None
    before = room.filing(opened.sent_back.control_number)
    same = form_of_filing(before)
    assert [each.message for each in room.desk.review.findings(same, car) if each.rule_id == "C17"] == [
        "差し戻された申請から何も変わっていません。代理人から: 「住所が 違います」"
    ]
    other = dataclasses.replace(same, user_address2="2号室")
    assert "C17" not in {each.rule_id for each in room.desk.review.findings(other, car)}


def test_without_the_agents_words_the_agent_is_to_be_asked(room: DeskRoom) -> None:
    car = sent_back(room)
    with room.database.write() as shelves:
        (before,) = shelves.filings.all_for_vehicle(car)
        before.message = None
    (found,) = [each for each in room.desk.review.findings(form_of_filing(before), car) if each.rule_id == "C17"]
    assert found.message.endswith("代理人に理由を確かめてください。")


def test_what_was_sent_back_is_told_in_the_new_form_and_not_in_its_own(room: DeskRoom) -> None:
    car = sent_back(room)
    opened = room.desk.filings.open(car, None)
    shown = ShownFiling(None, sent_back=opened.sent_back)
    assert shown.agent_message == "住所が\n違います"
    told = shown.standing_message()
    assert told is not None
    assert "前の申請は差し戻されました" in told.text
    number = opened.sent_back.control_number if opened.sent_back else 0
    assert room.desk.filings.open(None, number).sent_back is None
