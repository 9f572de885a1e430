"""適合証・証明証発行 at a real sandbox: once, the wait for 自賠責, 訂正, 引戻, 削除, and what AIRAS says of it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.certificate_words import ApplicationKind, Origin
from onestop.model.sending_state import Sending
from onestop.services.conformity import (
    ALREADY_ISSUED,
    NOT_CORRECTABLE,
    NOT_DELETABLE,
    NOT_PULLABLE,
    STILL_UNKNOWN,
    Tended,
    place_of,
)
from onestop.services.conformity_outcomes import is_wait, is_waiting
from onestop.services.once import Settled
from onestop.services.progress import Refreshed
from onestop_sandbox import Kind, Trouble
from support.builders import a_conformity_certificate
from support.conformity import a_draft, a_form, certificate, change, insure, prepare_shop, times_issued
from support.desks import Interposed, a_desk

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

COUNTER = ApplicationKind.COUNTER.value


@pytest.fixture(autouse=True)
def _shop(room: DeskRoom) -> None:
    prepare_shop(room)


def an_issued_one(room: DeskRoom, clock: FixedClock, **changes: object) -> int:
    """Issue a certificate after the registry has the 自賠責."""
    number = a_draft(room, **changes)
    clock.advance(hours=1)
    room.desk.conformity.issue(number)
    return number


def a_correctable_one(room: DeskRoom, clock: FixedClock, **changes: object) -> int:
    """Issue a certificate and pull it back until it is 作成中."""
    number = an_issued_one(room, clock, **changes)
    room.desk.conformity.pull_back(number, "走行距離の誤り")
    clock.advance(minutes=30)
    assert room.desk.conformity.refresh(number).status == "作成中"
    return number


# --- issuing once


def test_it_is_issued_once_and_says_what_airas_said(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    issued = room.desk.conformity.issue(number)
    assert (issued.sending, issued.status, issued.report_status) == (Sending.FILED, "作成済", "未報告")
    assert (issued.insurance_match, issued.certificate_number) == ("電子", "2000000001")
    assert issued.valid_until is not None
    assert issued.valid_until.isoformat() == "2026-12-08"
    with pytest.raises(errors.NotAllowed, match=ALREADY_ISSUED):
        room.desk.conformity.issue(number)
    assert times_issued(room, number) == 1


def test_f5_twice_at_once_issues_once(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    start = threading.Barrier(4)

    def press() -> str:
        start.wait()
        try:
            return room.desk.conformity.issue(number).certificate_number or ""
        except errors.NotAllowed:
            return "no"

    with ThreadPoolExecutor(4) as pool:
        results = [future.result() for future in [pool.submit(press) for _ in range(4)]]
    assert sorted(results) == ["2000000001", "no", "no", "no"]
    assert times_issued(room, number) == 1


def test_what_airas_would_refuse_is_never_sent(room: DeskRoom) -> None:
    number = a_draft(room, workshop_code="", inspector_code="")
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.conformity.issue(number)
    assert [each.field for each in caught.value.problems] == ["workshop_code", "inspector_code"]
    assert certificate(room, number).sending is Sending.DRAFT
    assert room.sandbox.requests["airas.issueCertificate"] == 0


def test_what_the_checks_pass_and_the_contract_does_not_is_named_as_on_the_glass(room: DeskRoom) -> None:
    number = a_draft(room)
    with room.database.write() as shelves:
        shelves.conformity.get(number).odometer_km = -1
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.conformity.issue(number)
    assert [each.field for each in caught.value.problems] == ["odometer_km"]


def test_a_refusal_is_kept_until_the_next_try(room: DeskRoom, clock: FixedClock) -> None:
    first = an_issued_one(room, clock)
    car = certificate(room, first).vehicle_id
    second = room.desk.conformity_book.save(a_form(room, car), car, None, None).control_number
    with pytest.raises(errors.Refused) as caught:
        room.desk.conformity.issue(second)
    assert caught.value.code == "vehicle_has_open_certificate"
    kept = certificate(room, second)
    assert kept.sending is Sending.DRAFT
    assert "2000000001" in (kept.refusal or "")
    assert not is_waiting(kept)


@pytest.mark.parametrize("keys", [True, False])
def test_a_lost_answer_is_settled_without_a_second_one(room: DeskRoom, clock: FixedClock, keys: bool) -> None:  # noqa: FBT001 - a row
    if not keys:
        room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    number = a_draft(room)
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate", after=True))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.issue(number)
    assert certificate(room, number).sending is Sending.UNKNOWN
    with pytest.raises(errors.NotAllowed, match=STILL_UNKNOWN):
        room.desk.conformity.issue(number)
    assert room.desk.conformity.settle() == Settled(filed=1)
    assert certificate(room, number).certificate_number == "2000000001"
    assert times_issued(room, number) == 1


def test_a_lost_request_is_sent_again_with_its_key_by_f7(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate"))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.issue(number)
    assert room.desk.conformity.refresh(number).sending is Sending.UNKNOWN
    clock.advance(minutes=4)
    assert room.desk.conformity.refresh(number).status == "作成済"
    assert times_issued(room, number) == 1


def test_an_open_certificate_may_be_ours_while_a_lost_answer_is_settled(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate"))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.issue(number)
    clock.advance(minutes=4)
    refusal = Trouble(Kind.REFUSE, "airas.issueCertificate", status=409, code="vehicle_has_open_certificate")
    room.sandbox.troubles.add(refusal)
    with pytest.raises(errors.Refused):
        room.desk.conformity.refresh(number)
    assert certificate(room, number).sending is Sending.UNKNOWN


def test_another_draft_waits_while_one_of_the_car_is_unknown(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    car = certificate(room, number).vehicle_id
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate"))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.issue(number)
    with room.database.write() as shelves:
        other = shelves.conformity.add(
            a_conformity_certificate(vehicle_id=car, certificate_number=None, status=None)
        ).control_number
    with pytest.raises(errors.NotAllowed, match="確認中の保適証"):
        room.desk.conformity.issue(other)


def test_a_number_that_another_has_is_not_taken(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    with room.database.write() as shelves:
        car = certificate(room, number).vehicle_id
        shelves.conformity.add(a_conformity_certificate(vehicle_id=car, certificate_number="2000000001"))
    clock.advance(hours=1)
    with pytest.raises(errors.ContractBroken):
        room.desk.conformity.issue(number)
    assert certificate(room, number).sending is Sending.UNKNOWN


# --- 127: a wait, not an error


def test_127_is_a_wait_until_the_electronic_data_arrive(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    with pytest.raises(errors.Refused) as caught:
        room.desk.conformity.issue(number)
    assert is_wait(caught.value)
    waiting = certificate(room, number)
    since = clock.now()
    assert is_waiting(waiting)
    assert (waiting.sending, waiting.refusal, waiting.waiting_since) == (Sending.DRAFT, None, since)
    assert waiting.next_try_at is not None
    assert (waiting.next_try_at - since).total_seconds() == 50 * 60
    clock.advance(minutes=49)
    assert room.desk.conformity.tend() == ()
    clock.advance(minutes=2)
    assert room.desk.conformity.tend() == (Tended(number, waiting.vehicle_id, "2000000001"),)
    issued = certificate(room, number)
    assert (issued.status, issued.waiting_since, issued.next_try_at) == ("作成済", None, None)
    assert room.desk.conformity.tend() == ()


def test_each_try_that_fails_says_when_the_next_one_is(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    insure(room, car, reported=False)
    form = a_form(room, car, application_kind="OSS申請")
    number = room.desk.conformity_book.save(form, car, None, None).control_number
    with pytest.raises(errors.Refused):
        room.desk.conformity.issue(number)
    since = clock.now()
    clock.advance(minutes=51)
    (tended,) = room.desk.conformity.tend()
    assert is_wait(tended.error)
    waiting = certificate(room, number)
    assert waiting.waiting_since == since
    assert waiting.next_try_at is not None
    assert waiting.next_try_at > clock.now()


def test_without_a_time_told_the_next_try_is_in_ten_minutes(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.issueCertificate", status=409, code="127"))
    with pytest.raises(errors.Refused):
        room.desk.conformity.issue(number)
    waiting = certificate(room, number)
    assert waiting.next_try_at is not None
    assert (waiting.next_try_at - clock.now()).total_seconds() == 600


def a_waiting_one(room: DeskRoom) -> int:
    number = a_draft(room)
    with pytest.raises(errors.Refused):
        room.desk.conformity.issue(number)
    return number


def test_nothing_is_sent_that_is_being_edited(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    room.desk.conformity.hold(number)
    assert room.desk.conformity.tend() == ()
    room.desk.conformity.release(number)
    room.desk.typing.keep(place_of(number), a_form(room, certificate(room, number).vehicle_id))
    assert room.desk.conformity.tend() == ()
    room.desk.typing.forget(place_of(number))
    assert len(room.desk.conformity.tend()) == 1


def test_other_words_than_those_of_f5_wait_for_f5(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    change(room, number, odometer_km="50000")
    clock.advance(minutes=51)
    assert room.desk.conformity.tend() == ()
    assert room.desk.conformity.issue(number).odometer_km == 50000


@pytest.mark.parametrize(
    ("trouble", "minutes"),
    [
        (Trouble(Kind.REFUSE, "airas.issueCertificate", status=401), 5),
        (Trouble(Kind.CLOSED, "airas", times=None, retry_after=3600), 60),
    ],
)
def test_a_trouble_puts_the_next_try_off(room: DeskRoom, clock: FixedClock, trouble: Trouble, minutes: int) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    room.sandbox.troubles.add(trouble)
    (tended,) = room.desk.conformity.tend()
    assert tended.error is not None
    waiting = certificate(room, number)
    assert waiting.next_try_at is not None
    assert (waiting.next_try_at - clock.now()).total_seconds() == minutes * 60
    assert is_waiting(waiting)


def test_a_real_refusal_ends_the_wait(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.issueCertificate", status=422, code="invalid"))
    room.desk.conformity.tend()
    refused = certificate(room, number)
    assert not is_waiting(refused)
    assert refused.refusal


def test_a_draft_that_cannot_be_sent_any_more_ends_the_wait(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    with room.database.write() as shelves:
        shelves.conformity.get(number).inspector_code = "x"
    clock.advance(minutes=51)
    (tended,) = room.desk.conformity.tend()
    assert isinstance(tended.error, errors.InvalidInput)
    assert "検査員コード" in (certificate(room, number).refusal or "")
    assert room.desk.conformity.tend() == ()


def test_one_that_may_not_be_sent_now_is_tried_later(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    car = certificate(room, number).vehicle_id
    with room.database.write() as shelves:
        shelves.conformity.add(
            a_conformity_certificate(vehicle_id=car, certificate_number=None, sending=Sending.UNKNOWN, request_key=None)
        )
    clock.advance(minutes=51)
    (tended,) = room.desk.conformity.tend()
    assert isinstance(tended.error, errors.NotAllowed)
    waiting = certificate(room, number)
    assert waiting.next_try_at is not None
    assert (waiting.next_try_at - clock.now()).total_seconds() == 5 * 60


def test_a_try_whose_answer_was_lost_is_settled_by_itself(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate", after=True))
    room.desk.conformity.tend()
    assert certificate(room, number).sending is Sending.UNKNOWN
    (tended,) = room.desk.conformity.tend()
    assert tended.certificate_number == "2000000001"
    assert times_issued(room, number) == 1


def test_a_try_that_is_still_unknown_is_nothing_new(room: DeskRoom, clock: FixedClock) -> None:
    number = a_waiting_one(room)
    clock.advance(minutes=51)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate"))
    room.desk.conformity.tend()
    assert room.desk.conformity.tend() == ()
    assert certificate(room, number).sending is Sending.UNKNOWN


def test_one_that_is_deleted_meanwhile_is_passed_over(tmp_path: Path, sandbox: Sandbox, clock: FixedClock) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path / "two", sandbox=sandbox, clock=clock, http=way) as room:
        prepare_shop(room)
        first, second = a_waiting_one(room), 2
        car = room.a_car(plate="土浦300さ9", chassis_number="ZN6-999999")
        insure(room, car, chassis_number="ZN6-999999")
        second = room.desk.conformity_book.save(a_form(room, car), car, None, None).control_number
        with pytest.raises(errors.Refused):
            room.desk.conformity.issue(second)
        clock.advance(minutes=51)

        def delete_second(request: httpx.Request) -> None:
            way.before = lambda _request: None
            del request
            room.desk.conformity.delete(second)

        way.before = delete_second
        assert [each.control_number for each in room.desk.conformity.tend()] == [first]


# --- 引戻 and 訂正


def test_pulling_back_takes_its_time_and_the_program_looks_by_itself(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock)
    pulled = room.desk.conformity.pull_back(number, "走行距離の誤り")
    assert (pulled.status, pulled.pullback_requested_at) == ("作成済", clock.now())
    assert "引戻を受け付けました" in (pulled.message or "")
    assert room.desk.conformity.tend() == ()
    clock.advance(minutes=20)
    (still,) = room.desk.conformity.tend()
    assert not still.editable
    clock.advance(minutes=6)
    (tended,) = room.desk.conformity.tend()
    assert tended.editable
    assert (certificate(room, number).status, certificate(room, number).pullback_requested_at) == ("作成中", None)
    clock.advance(minutes=6)
    assert room.desk.conformity.tend() == ()


def test_a_reason_is_needed(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock)
    with pytest.raises(errors.InvalidInput, match="reason"):
        room.desk.conformity.pull_back(number, " ")
    assert certificate(room, number).pullback_requested_at is None


def test_only_what_may_be_pulled_back_is(room: DeskRoom, clock: FixedClock) -> None:
    number = a_correctable_one(room, clock)
    with pytest.raises(errors.NotAllowed, match="引戻できません"):
        room.desk.conformity.pull_back(number, "理由")
    draft = room.desk.conformity_book.propose(room.a_car(plate="土浦300さ9", chassis_number="ZN6-9"))
    saved = room.desk.conformity_book.save(draft.form, draft.vehicle_id, None, None).control_number
    with pytest.raises(errors.NotAllowed) as caught:
        room.desk.conformity.pull_back(saved, "理由")
    assert str(caught.value) == NOT_PULLABLE


def test_a_counter_certificate_is_pulled_back_after_its_report_too(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock, application_kind=COUNTER)
    clock.advance(minutes=31)
    assert room.desk.conformity.refresh(number).status == "報告済"
    assert room.desk.conformity.pull_back(number, "理由").pullback_requested_at == clock.now()


def test_a_pullback_whose_answer_was_lost_is_looked_after(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.pullBackCertificate", after=True))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.pull_back(number, "理由")
    clock.advance(minutes=26)
    (tended,) = room.desk.conformity.tend()
    assert tended.editable


def test_a_correction_keeps_the_number_and_is_made_again(room: DeskRoom, clock: FixedClock) -> None:
    number = a_correctable_one(room, clock)
    change(room, number, odometer_km="45300", remarks="訂正")
    corrected = room.desk.conformity.correct(number)
    assert (corrected.status, corrected.odometer_km, corrected.remarks) == ("作成済", 45300, "訂正")
    assert corrected.certificate_number == "2000000001"
    with pytest.raises(errors.NotAllowed) as caught:
        room.desk.conformity.correct(number)
    assert str(caught.value) == NOT_CORRECTABLE


@pytest.mark.parametrize("after", [True, False])
def test_a_correction_whose_answer_was_lost(room: DeskRoom, clock: FixedClock, after: bool) -> None:  # noqa: FBT001 - a row
    number = a_correctable_one(room, clock)
    change(room, number, odometer_km="45300")
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.correctCertificate", after=after))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.correct(number)
    change(room, number, odometer_km="99999", old_insurance_number="B1", old_insurer="旧保険")
    if not after:
        assert room.desk.conformity.correct(number).odometer_km == 99999
        return
    with pytest.raises(errors.NotAllowed):
        room.desk.conformity.correct(number)
    stands = certificate(room, number)
    assert (stands.status, stands.odometer_km, stands.old_insurer) == ("作成済", 45300, "")


def test_a_refused_correction_leaves_what_airas_has_known(room: DeskRoom, clock: FixedClock) -> None:
    number = a_correctable_one(room, clock)
    before = certificate(room, number).payload
    change(room, number, odometer_km="45300")
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.correctCertificate", status=422, code="invalid"))
    with pytest.raises(errors.Refused):
        room.desk.conformity.correct(number)
    kept = certificate(room, number)
    assert (kept.payload, kept.odometer_km, kept.status) == (before, 45300, "作成中")
    assert kept.refusal


def test_a_correction_can_wait_for_the_insurance_too(room: DeskRoom, clock: FixedClock) -> None:
    number = a_correctable_one(room, clock, application_kind=COUNTER, inspection_date="R8.11.23")
    change(room, number, application_kind="OSS申請")
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.correctCertificate", status=409, code="127", retry_after=600))
    with pytest.raises(errors.Refused):
        room.desk.conformity.correct(number)
    assert is_waiting(certificate(room, number))
    clock.advance(minutes=11)
    (tended,) = room.desk.conformity.tend()
    assert tended.certificate_number == "2000000001"
    assert certificate(room, number).application_kind == "OSS申請"


@pytest.mark.parametrize(
    ("field", "value"),
    [("vehicle_category", "軽自動車"), ("chassis_number", "ZN6-999999"), ("issue_date", "R8.11.20")],
)
def test_three_fields_never_change_once_issued(room: DeskRoom, clock: FixedClock, field: str, value: str) -> None:
    number = a_correctable_one(room, clock)
    with pytest.raises(errors.InvalidInput) as caught:
        change(room, number, **{field: value})
    assert [each.field for each in caught.value.problems] == [field]
    assert "F2 削除" in caught.value.problems[0].message
    assert getattr(certificate(room, number), field) != value


# --- 削除


def test_a_draft_is_deleted_here(room: DeskRoom) -> None:
    number = a_draft(room)
    assert room.desk.conformity.delete(number) is None
    with pytest.raises(errors.NotAllowed):
        certificate(room, number)


def test_an_issued_one_is_deleted_at_airas_and_kept_here(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock)
    deleted = room.desk.conformity.delete(number)
    assert deleted is not None
    assert (deleted.status, deleted.certificate_number, deleted.is_closed) == ("削除", "2000000001", True)
    assert room.desk.conformity.refresh(number).status == "削除"
    with pytest.raises(errors.NotAllowed, match="削除できません"):
        room.desk.conformity.delete(number)
    car = deleted.vehicle_id
    again = room.desk.conformity_book.save(a_form(room, car), car, None, None).control_number
    assert room.desk.conformity.issue(again).certificate_number == "2000000002"


def test_one_whose_answer_was_lost_is_not_deleted(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate", after=True))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.issue(number)
    with pytest.raises(errors.NotAllowed, match=STILL_UNKNOWN):
        room.desk.conformity.delete(number)


def test_an_earlier_deletion_whose_answer_was_lost(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.deleteCertificate", after=True))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.delete(number)
    deleted = room.desk.conformity.delete(number)
    assert deleted is not None
    assert deleted.status == "削除"


def test_a_deletion_that_airas_refuses_changes_nothing_but_what_it_said(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock, application_kind=COUNTER)
    clock.advance(minutes=31)
    with pytest.raises(errors.Refused):
        room.desk.conformity.delete(number)
    assert certificate(room, number).status == "報告済"
    with pytest.raises(errors.NotAllowed) as caught:
        room.desk.conformity.delete(number)
    assert str(caught.value) == NOT_DELETABLE


# --- how it stands


def test_a_draft_has_nothing_to_ask(room: DeskRoom) -> None:
    number = a_draft(room)
    assert room.desk.conformity.refresh(number).status is None
    assert room.sandbox.requests["airas.getCertificate"] == 0


def test_an_unknown_word_is_kept_as_it_came(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock)
    room.sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS, "airas.getCertificate"))
    stands = room.desk.conformity.refresh(number)
    assert stands.status not in ("作成済", None, "")
    assert not stands.is_closed


def test_a_worse_word_is_believed_whatever_its_time(tmp_path: Path, sandbox: Sandbox, clock: FixedClock) -> None:
    """The office gives a certificate back: it stands again as of the day it was made."""
    with a_desk(tmp_path / "worse", sandbox=sandbox, clock=clock) as room:
        prepare_shop(room)
        number = an_issued_one(room, clock)
        with room.database.write() as shelves:
            stored = shelves.conformity.get(number)
            stored.status, stored.status_updated_at = "報告済", clock.now()
        clock.advance(minutes=5)
        assert room.desk.conformity.refresh(number).status == "作成済"


def test_an_answer_to_an_earlier_question_changes_nothing(tmp_path: Path, sandbox: Sandbox, clock: FixedClock) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path / "late", sandbox=sandbox, clock=clock, http=way) as room:
        prepare_shop(room)
        number = an_issued_one(room, clock)

        def overtake(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
            way.after = lambda _request, answer: answer
            clock.advance(seconds=5)
            room.desk.conformity.delete(number)
            return response

        way.after = overtake
        assert room.desk.conformity.refresh(number).status == "削除"


def test_many_are_asked_in_batches_of_200(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock, application_kind=COUNTER)
    car = certificate(room, number).vehicle_id
    with room.database.write() as shelves:
        for each in range(300):
            shelves.conformity.add(
                a_conformity_certificate(
                    vehicle_id=car, certificate_number=f"9{each:09}", status="作成済", sending=Sending.FILED
                )
            )
        shelves.conformity.add(
            a_conformity_certificate(
                vehicle_id=car, certificate_number="P1", origin=Origin.PAPER, sending=Sending.FILED
            )
        )
    clock.advance(minutes=31)
    told: list[Refreshed] = []
    refreshed = room.desk.conformity.refresh_many([*range(1, 303), number], told.append)
    assert refreshed == Refreshed(asked=301, updated=1, forgotten=300, wanted=301)
    assert [each.asked for each in told] == [200, 301]
    assert certificate(room, number).status == "報告済"


def test_many_can_be_stopped_and_fail_gently(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock)
    stop = threading.Event()
    stop.set()
    assert room.desk.conformity.refresh_many([number], stop=stop) == Refreshed(wanted=1)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.getProgress", status=401))
    failed = room.desk.conformity.refresh_many([number])
    assert (failed.failed, type(failed.reason)) == (1, errors.CredentialsRefused)
    assert certificate(room, number).status == "作成済"
