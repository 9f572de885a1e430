"""自賠責証明書発行 at a real sandbox: one policy, whoever presses what and whenever the answer is lost."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.certificate_words import Origin
from onestop.model.sending_state import Sending
from onestop.services.insurance import (
    ALREADY_ISSUED,
    NOT_HERE,
    STARTED,
    STILL_UNKNOWN,
    UNDER_WAY,
)
from onestop.services.insurance_payload import OTHER_UNKNOWN, may_be
from onestop.services.settling import Settled
from onestop_sandbox import Kind, Trouble
from support.desks import Interposed, a_desk
from support.insurance import INSURER, a_form, a_policy, an_issued_policy, certificate, times_issued
from support.sandbox import SandboxClient

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom


OTHER = {"plate": "水戸500か1", "chassis_number": "RF1-1"}


def lose_the_answer(room: DeskRoom, *, acted: bool, kind: Kind = Kind.CUT) -> int:
    number = a_policy(room)
    room.sandbox.troubles.add(Trouble(kind, "issuePolicy", after=acted))
    with pytest.raises(errors.NoAnswer):
        room.desk.insurance.issue(number)
    return number


# --- F5


def test_an_issued_one_carries_what_e_jibai_said(room: DeskRoom, clock: FixedClock) -> None:
    number = a_policy(room)
    returned = room.desk.insurance.issue(number)
    held = certificate(room, number)
    assert (held.sending, held.status, held.premium, held.origin) == (
        Sending.FILED,
        "発行済",
        18560,
        Origin.ELECTRONIC,
    )
    assert held.certificate_number == returned.certificate_number
    assert (held.start_date, held.end_date, held.months) == (dt.date(2026, 12, 21), dt.date(2028, 12, 21), 24)
    assert held.registry_reported_at is None
    assert not held.is_by_hand
    assert held.first_sent_at == held.checked_at == clock.now()
    sent = json.loads(held.payload or "")
    assert (sent["insurer"], sent["report_to_registry"], sent["rate_class"]) == (INSURER, True, "自家用乗用")
    assert times_issued(room, number) == 1


def test_the_intent_is_written_down_before_anything_is_sent(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    seen: list[tuple[Sending, bool]] = []
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = a_policy(room)

        def look(request: httpx.Request) -> None:
            held = certificate(room, number)
            same = request.headers["idempotency-key"] == held.request_key
            seen.append((held.sending, same and (held.payload or "").encode() == request.content))

        way.before = look
        room.desk.insurance.issue(number)
    assert seen == [(Sending.SENDING, True)]


def test_what_cannot_exist_is_not_sent(room: DeskRoom) -> None:
    number = a_policy(room, insurer="", months="38", policyholder_name="")
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.insurance.issue(number)
    assert [problem.field for problem in caught.value.problems] == ["insurer", "months", "policyholder_name"]
    assert certificate(room, number).sending is Sending.DRAFT
    assert room.sandbox.requests == {}


def test_what_only_the_contract_refuses_is_not_sent_either(room: DeskRoom) -> None:
    number = a_policy(room)
    too_large = 10_000_000_000
    with room.database.write() as shelves:
        shelves.insurance.get(number).control_number = too_large
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.insurance.issue(too_large)
    assert [problem.field for problem in caught.value.problems] == ["control_number"]
    assert certificate(room, too_large).sending is Sending.DRAFT


def test_f5_twice_is_one_policy(room: DeskRoom) -> None:
    number = an_issued_policy(room)
    with pytest.raises(errors.NotAllowed, match=ALREADY_ISSUED):
        room.desk.insurance.issue(number)
    assert times_issued(room, number) == 1


def test_f5_in_eight_windows_at_once_is_one_policy(room: DeskRoom) -> None:
    number = a_policy(room)

    def press(_window: int) -> str:
        try:
            return room.desk.insurance.issue(number).certificate_number or ""
        except errors.NotAllowed as error:
            return str(error)

    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(press, range(8))]
    told = {answer for answer in answers if not answer.startswith("A")}
    assert told <= {ALREADY_ISSUED, UNDER_WAY}
    assert len(answers) - sum(answer in told for answer in answers) == 1
    assert times_issued(room, number) == 1


def test_a_period_that_overlaps_is_refused_and_can_be_corrected(room: DeskRoom) -> None:
    car = room.a_car()
    agent = SandboxClient(room.sandbox)  # another agent's: nothing of it is known here
    agent.insure(chassis_number="ZN6-012345", start_date="2026-12-21", months=24).raise_for_status()
    form = a_form(room, car, start_date="R9.12.21", insurer=INSURER)
    second = room.desk.insurance.save(form, car, None, None).control_number
    with pytest.raises(errors.Refused) as caught:
        room.desk.insurance.issue(second)
    held = certificate(room, second)
    assert caught.value.code == "period_overlaps"
    assert (held.sending, held.request_key, held.payload) == (Sending.DRAFT, None, None)
    assert held.refusal is not None
    assert "期間と重なっています" in held.refusal
    again = dataclasses.replace(form, start_date="R10.12.21")
    room.desk.insurance.save(again, car, second, held.version)
    assert room.desk.insurance.issue(second).start_date == dt.date(2028, 12, 21)
    assert certificate(room, second).refusal is None


def test_a_period_that_overlaps_one_issued_here_is_not_even_sent(room: DeskRoom) -> None:
    first = an_issued_policy(room)
    car = certificate(room, first).vehicle_id
    form = a_form(room, car, start_date="R9.12.21", insurer=INSURER)
    second = room.desk.insurance.save(form, car, None, None).control_number
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.insurance.issue(second)
    assert caught.value.problems[0].field == "start_date"
    assert "e-JIBAIは受け付けません" in caught.value.problems[0].message
    assert times_issued(room, second) == 0


def test_a_premium_that_is_not_on_sale_is_refused(room: DeskRoom) -> None:
    number = a_policy(room, months="26")
    with pytest.raises(errors.Refused) as caught:
        room.desk.insurance.issue(number)
    assert caught.value.code == "no_rate"
    assert {reason.field for reason in caught.value.reasons} == {"rate_class", "months"}
    assert certificate(room, number).sending is Sending.DRAFT


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble(Kind.REFUSE, "issuePolicy", status=422), errors.Refused),
        (Trouble(Kind.REFUSE, "issuePolicy", status=401), errors.CredentialsRefused),
        (Trouble(Kind.REFUSE, "issuePolicy", status=429), errors.Overloaded),
        (Trouble(Kind.REFUSE, "issuePolicy", status=503), errors.ServiceError),
    ],
)
def test_a_no_of_the_service_is_a_draft_again(
    room: DeskRoom, trouble: Trouble, error: type[errors.ServiceError]
) -> None:
    number = a_policy(room)
    room.sandbox.troubles.add(trouble)
    with pytest.raises(error):
        room.desk.insurance.issue(number)
    held = certificate(room, number)
    assert (held.sending, held.request_key) == (Sending.DRAFT, None)
    assert times_issued(room, number) == 0
    room.desk.insurance.issue(number)
    assert times_issued(room, number) == 1


# --- answers that are lost


@pytest.mark.parametrize("kind", [Kind.CUT, Kind.HTML])
def test_a_lost_answer_after_acting_is_found(room: DeskRoom, kind: Kind) -> None:
    number = lose_the_answer(room, acted=True, kind=kind)
    assert certificate(room, number).sending is Sending.UNKNOWN
    with pytest.raises(errors.NotAllowed, match=STILL_UNKNOWN):
        room.desk.insurance.issue(number)
    assert room.desk.insurance.settle() == Settled(filed=1)
    assert certificate(room, number).certificate_number
    assert times_issued(room, number) == 1


def test_a_lost_answer_before_acting_is_sent_again_after_the_quiet_time(room: DeskRoom, clock: FixedClock) -> None:
    number = lose_the_answer(room, acted=False)
    before = certificate(room, number)
    assert room.desk.insurance.settle() == Settled(waiting=1)
    clock.advance(minutes=5)
    assert room.desk.insurance.settle_one(number).sending is Sending.FILED
    after = certificate(room, number)
    assert (after.request_key, after.payload) == (before.request_key, before.payload)
    assert times_issued(room, number) == 1


def test_a_service_that_keeps_no_keys_is_asked_by_the_chassis_number(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    number = lose_the_answer(room, acted=True)
    assert room.desk.insurance.settle() == Settled(filed=1)
    assert times_issued(room, number) == 1


def test_another_policy_of_the_car_is_not_taken_for_the_lost_one(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    SandboxClient(room.sandbox).insure(
        control_number=1, chassis_number="ZN6-012345", start_date="2024-12-21", months=24
    )
    lose_the_answer(room, acted=False)
    assert room.desk.insurance.settle() == Settled(waiting=1)


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
        room.desk.insurance.issue(other)
    assert room.sandbox.requests == {}


def test_the_number_of_another_certificate_is_not_believed(room: DeskRoom) -> None:
    first = an_issued_policy(room)
    number = a_policy(room, plate="水戸500か1", chassis_number="RF1-1")
    room.sandbox.troubles.add(Trouble(Kind.CUT, "issuePolicy", after=True))
    with pytest.raises(errors.NoAnswer):
        room.desk.insurance.issue(number)
    with room.database.write() as shelves:  # as if e-JIBAI had given the first one's number
        asked: dict[str, str | int] = {"control_number": number, "chassis_number": "RF1-1"}
        mine = SandboxClient(room.sandbox).get("/ejibai/v1/policies", params=asked).json()
        shelves.insurance.get(first).certificate_number = mine["policies"][0]["certificate_number"]
    settled = room.desk.insurance.settle()
    assert (settled.waiting, type(settled.reason)) == (1, errors.ContractBroken)
    assert certificate(room, number).certificate_number is None


# --- F7 and F2


def test_the_registry_has_it_after_a_while_and_never_without_its_tick(room: DeskRoom, clock: FixedClock) -> None:
    number = an_issued_policy(room)
    silent = a_policy(room, plate="水戸500か1", chassis_number="RF1-1", report_to_registry=False)
    room.desk.insurance.issue(silent)
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
    room.desk.insurance.issue(second)
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
    policy = room.desk.insurance._ejibai.policy(held.certificate_number or "")
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
