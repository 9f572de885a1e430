"""What is done to an issued 保適証 at a real sandbox: 引戻, 訂正 and 削除."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.certificate_words import ApplicationKind
from onestop.services.conformity.channel import STILL_UNKNOWN
from onestop.services.conformity.outcomes import is_waiting
from onestop.services.conformity.service import NOT_CORRECTABLE, NOT_DELETABLE, NOT_PULLABLE
from onestop_sandbox import Kind, Trouble
from support.conformity import a_correctable_one, a_draft, a_form, an_issued_one, certificate, change

if TYPE_CHECKING:
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

COUNTER = ApplicationKind.COUNTER.value

pytestmark = pytest.mark.usefixtures("shop")


# --- 引戻 and 訂正


def test_pulling_back_takes_its_time_and_the_program_looks_by_itself(
    room: DeskRoom, clock: FixedClock, sandbox: Sandbox
) -> None:
    number = an_issued_one(room, clock)
    pulled = room.desk.conformity.pull_back(number, "走行距離の誤り")
    assert (pulled.status, pulled.pullback_requested_at) == ("作成済", clock.now())
    assert "引戻を受け付けました" in (pulled.message or "")
    assert room.desk.conformity.tend() == ()
    clock.advance(minutes=20)
    asked = sandbox.requests["airas.getCertificate"]
    assert room.desk.conformity.tend() == ()  # it asked, and there is nothing new
    assert sandbox.requests["airas.getCertificate"] == asked + 1
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
    assert room.desk.conformity.delivery.issue(again).certificate_number == "2000000002"


def test_one_whose_answer_was_lost_is_not_deleted(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate", after=True))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.delivery.issue(number)
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
