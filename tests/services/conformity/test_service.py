"""適合証・証明証発行 at a real sandbox: issued once, whenever the answer is lost, and how it stands at AIRAS."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.certificate_words import ApplicationKind, Origin
from onestop.model.ending import Ending
from onestop.model.sending_state import Sending
from onestop.services.conformity.channel import ALREADY_ISSUED, STILL_UNKNOWN
from onestop.services.conformity.outcomes import is_waiting
from onestop.services.delivery.refresh_many import Refreshed
from onestop_sandbox import Kind, Trouble
from support.builders import a_conformity_certificate
from support.conformity import a_draft, a_form, an_issued_one, certificate, prepare_shop, times_issued
from support.deciding import settle_with_a_clerk
from support.desks import Interposed, a_desk
from support.inspections import of_now

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

COUNTER = ApplicationKind.COUNTER.value

pytestmark = pytest.mark.usefixtures("shop")


# --- issuing once


def test_it_is_issued_once_and_says_what_airas_said(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    issued = room.desk.conformity.delivery.issue(number)
    assert (issued.sending, issued.status, issued.report_status) == (Sending.FILED, "作成済", "未報告")
    assert (issued.insurance_match, issued.certificate_number) == ("電子", "2000000001")
    assert issued.valid_until is not None
    assert issued.valid_until.isoformat() == "2026-12-08"
    with pytest.raises(errors.NotAllowed, match=ALREADY_ISSUED):
        room.desk.conformity.delivery.issue(number)
    assert times_issued(room, number) == 1


def test_f5_twice_at_once_issues_once(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    start = threading.Barrier(4)

    def press() -> str:
        start.wait()
        try:
            return room.desk.conformity.delivery.issue(number).certificate_number or ""
        except errors.NotAllowed:
            return "no"

    with ThreadPoolExecutor(4) as pool:
        results = [future.result() for future in [pool.submit(press) for _ in range(4)]]
    assert sorted(results) == ["2000000001", "no", "no", "no"]
    assert times_issued(room, number) == 1


def test_what_airas_would_refuse_is_never_sent(room: DeskRoom) -> None:
    number = a_draft(room, workshop_code="", inspector_code="")
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.conformity.delivery.issue(number)
    assert [each.field for each in caught.value.problems] == ["workshop_code", "inspector_code"]
    assert certificate(room, number).sending is Sending.DRAFT
    assert room.sandbox.requests["airas.issueCertificate"] == 0


def test_what_the_checks_pass_and_the_contract_does_not_is_named_as_on_the_glass(room: DeskRoom) -> None:
    number = a_draft(room)
    with room.database.write() as shelves:
        shelves.conformity.get(number).odometer_km = -1
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.conformity.delivery.issue(number)
    assert [each.field for each in caught.value.problems] == ["odometer_km"]


def test_a_refusal_is_kept_until_the_next_try(room: DeskRoom, clock: FixedClock) -> None:
    first = an_issued_one(room, clock)
    car = certificate(room, first).vehicle_id
    room.desk.inspections.end(car, Ending.STOPPED, "お客様の都合")
    policy = certificate(room, first).new_insurance_number
    form = a_form(room, car, new_insurance_number=policy, new_insurer="見本損害保険")
    second = room.desk.conformity_book.save(form, car, None, None).control_number
    with pytest.raises(errors.Refused) as caught:
        room.desk.conformity.delivery.issue(second)
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
        room.desk.conformity.delivery.issue(number)
    assert certificate(room, number).sending is Sending.UNKNOWN
    with pytest.raises(errors.NotAllowed, match=STILL_UNKNOWN):
        room.desk.conformity.delivery.issue(number)
    settle_with_a_clerk(room.desk.conformity.delivery, number, keys=keys)
    assert certificate(room, number).certificate_number == "2000000001"
    assert times_issued(room, number) == 1


def test_a_lost_request_is_sent_again_with_its_key_by_f7(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate"))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.delivery.issue(number)
    assert room.desk.conformity.refresh(number).sending is Sending.UNKNOWN
    clock.advance(minutes=4)
    assert room.desk.conformity.refresh(number).status == "作成済"
    assert times_issued(room, number) == 1


def test_an_open_certificate_may_be_ours_while_a_lost_answer_is_settled(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate"))
    with pytest.raises(errors.NoAnswer):
        room.desk.conformity.delivery.issue(number)
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
        room.desk.conformity.delivery.issue(number)
    with room.database.write() as shelves:
        other = shelves.conformity.add(
            of_now(shelves, a_conformity_certificate(vehicle_id=car, certificate_number=None, status=None))
        ).control_number
    with pytest.raises(errors.NotAllowed, match="確認中の保適証"):
        room.desk.conformity.delivery.issue(other)


def test_a_number_that_another_has_is_not_taken(room: DeskRoom, clock: FixedClock) -> None:
    number = a_draft(room)
    with room.database.write() as shelves:
        car = certificate(room, number).vehicle_id
        shelves.conformity.add(
            of_now(shelves, a_conformity_certificate(vehicle_id=car, certificate_number="2000000001"))
        )
    clock.advance(hours=1)
    with pytest.raises(errors.ContractBroken):
        room.desk.conformity.delivery.issue(number)
    assert certificate(room, number).sending is Sending.UNKNOWN


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


def test_what_airas_says_counts_though_the_clock_was_ahead_when_it_was_asked_last(
    room: DeskRoom, clock: FixedClock
) -> None:
    number = an_issued_one(room, clock)
    clock.advance(days=1)
    room.desk.conformity.refresh(number)
    clock.advance(days=-1)
    room.desk.conformity.pull_back(number, "走行距離の誤り")
    clock.advance(minutes=31)
    assert room.desk.conformity.refresh(number).status == "作成中"
    assert certificate(room, number).checked_at == clock.now()


def test_many_are_asked_in_batches_of_200(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock, application_kind=COUNTER)
    car = certificate(room, number).vehicle_id
    with room.database.write() as shelves:
        for each in range(300):
            shelves.conformity.add(
                of_now(
                    shelves,
                    a_conformity_certificate(
                        vehicle_id=car, certificate_number=f"9{each:09}", status="作成済", sending=Sending.FILED
                    ),
                )
            )
        shelves.conformity.add(
            of_now(
                shelves,
                a_conformity_certificate(
                    vehicle_id=car, certificate_number="P1", origin=Origin.PAPER, sending=Sending.FILED
                ),
            )
        )
    clock.advance(minutes=31)
    told: list[Refreshed] = []
    refreshed = room.desk.conformity.many.refresh([*range(1, 303), number], told.append)
    assert refreshed == Refreshed(asked=301, updated=1, forgotten=300, wanted=301)
    assert [each.asked for each in told] == [200, 301]
    assert certificate(room, number).status == "報告済"


def test_many_can_be_stopped_and_fail_gently(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_one(room, clock)
    stop = threading.Event()
    stop.set()
    assert room.desk.conformity.many.refresh([number], stop=stop) == Refreshed(wanted=1)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.getProgress", status=401))
    failed = room.desk.conformity.many.refresh([number])
    assert (failed.failed, type(failed.reason)) == (1, errors.CredentialsRefused)
    assert certificate(room, number).status == "作成済"
