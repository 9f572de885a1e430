"""自賠責証明書発行 at a real sandbox: one policy, whoever presses F5 and however often."""

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
from onestop.services.insurance.channel import ALREADY_ISSUED, UNDER_WAY
from onestop.services.insurance.form import form_of_certificate
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


def test_an_issued_one_carries_what_e_jibai_said(room: DeskRoom, clock: FixedClock) -> None:
    number = a_policy(room)
    returned = room.desk.insurance.delivery.issue(number)
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
        room.desk.insurance.delivery.issue(number)
    assert seen == [(Sending.SENDING, True)]


def test_what_cannot_exist_is_not_sent(room: DeskRoom) -> None:
    number = a_policy(room, insurer="", months="38", policyholder_name="")
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.insurance.delivery.issue(number)
    assert [problem.field for problem in caught.value.problems] == ["insurer", "months", "policyholder_name"]
    assert certificate(room, number).sending is Sending.DRAFT
    assert room.sandbox.requests == {}


def test_what_only_the_contract_refuses_is_not_sent_either(room: DeskRoom) -> None:
    number = a_policy(room)
    too_large = 10_000_000_000
    with room.database.write() as shelves:
        shelves.insurance.get(number).control_number = too_large
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.insurance.delivery.issue(too_large)
    assert [problem.field for problem in caught.value.problems] == ["control_number"]
    assert certificate(room, too_large).sending is Sending.DRAFT


def test_f5_twice_is_one_policy(room: DeskRoom) -> None:
    number = an_issued_policy(room)
    with pytest.raises(errors.NotAllowed, match=ALREADY_ISSUED):
        room.desk.insurance.delivery.issue(number)
    assert times_issued(room, number) == 1


def test_f5_in_eight_windows_at_once_is_one_policy(room: DeskRoom) -> None:
    number = a_policy(room)

    def press(_window: int) -> str:
        try:
            return room.desk.insurance.delivery.issue(number).certificate_number or ""
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
        room.desk.insurance.delivery.issue(second)
    held = certificate(room, second)
    assert caught.value.code == "period_overlaps"
    assert (held.sending, held.request_key, held.payload) == (Sending.DRAFT, None, None)
    assert held.refusal is not None
    assert "期間と重なっています" in held.refusal
    again = dataclasses.replace(form, start_date="R10.12.21")
    room.desk.insurance.save(again, car, second, held.version)
    assert room.desk.insurance.delivery.issue(second).start_date == dt.date(2028, 12, 21)
    assert certificate(room, second).refusal is None


def test_a_period_that_overlaps_one_issued_here_is_not_even_sent(room: DeskRoom) -> None:
    first = an_issued_policy(room)
    car = certificate(room, first).vehicle_id
    form = a_form(room, car, start_date="R9.12.21", insurer=INSURER)
    second = room.desk.insurance.save(form, car, None, None).control_number
    with pytest.raises(errors.InvalidInput) as caught:
        room.desk.insurance.delivery.issue(second)
    assert caught.value.problems[0].field == "start_date"
    assert "e-JIBAIは受け付けません" in caught.value.problems[0].message
    assert times_issued(room, second) == 0


def test_a_premium_that_is_not_on_sale_is_refused(room: DeskRoom) -> None:
    number = a_policy(room, months="26")
    with pytest.raises(errors.Refused) as caught:
        room.desk.insurance.delivery.issue(number)
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
        room.desk.insurance.delivery.issue(number)
    held = certificate(room, number)
    assert (held.sending, held.request_key) == (Sending.DRAFT, None)
    assert times_issued(room, number) == 0
    room.desk.insurance.delivery.issue(number)
    assert times_issued(room, number) == 1


def test_an_insurer_of_no_list_is_asked_about_until_it_was_issued_with(room: DeskRoom) -> None:
    number = a_policy(room, insurer="見本相互損害保険")
    held = certificate(room, number)

    def asked() -> bool:
        form = form_of_certificate(certificate(room, number))
        return "I18" in {each.rule_id for each in room.desk.insurance.assess(form, held.vehicle_id).findings}

    assert asked()
    room.desk.insurance.delivery.issue(number)
    assert not asked()
