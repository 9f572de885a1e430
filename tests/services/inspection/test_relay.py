"""連動発行: all three papers of a car by one review and one F5, and everything at which it stops."""

from __future__ import annotations

import dataclasses
import threading
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.model.findings import Severity
from onestop.model.sending_state import Sending
from onestop.services.inspection.relay import BLOCKED, CHANGED_MEANWHILE, UNDER_WAY
from onestop.services.inspection.relay_plan import Step
from onestop.services.saving import UNSETTLED
from onestop_sandbox import Kind, Trouble
from support import conformity, insurance
from support.checklist import answer
from support.conformity import prepare_shop
from support.desks import READY_SETTINGS, a_desk

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.inspection.current import CurrentInspection
    from onestop.services.inspection.relay import Relayed
    from onestop.services.inspection.relay_plan import Plan
    from support.clock import FixedClock
    from support.desks import DeskRoom

pytestmark = pytest.mark.usefixtures("shop")


def a_known_car(room: DeskRoom, **changes: object) -> int:
    """Store a car of a shop that chose its insurer before."""
    insurance.a_policy(room, plate="土浦300さ9999", chassis_number="ZN6-999999")
    car = room.a_car(**changes)
    answer(room, car)
    return car


def plan_of(room: DeskRoom, car: int) -> Plan:
    return room.desk.relay.planning.plan(car)


def go(room: DeskRoom, plan: Plan, stop: threading.Event | None = None) -> Relayed:
    return room.desk.relay.go(plan, lambda _plan: None, stop or threading.Event())


def current(room: DeskRoom, car: int) -> CurrentInspection:
    return room.desk.inspections.current(car)


def weighty(plan: Plan) -> list[tuple[Step, str, str]]:
    """Return the errors and warnings of a plan, by rule and field."""
    heavy = (Severity.ERROR, Severity.WARNING)
    return [
        (step, each.rule_id, each.field)
        for step, planned in plan.steps
        for each in planned.findings
        if each.severity in heavy
    ]


def messages(plan: Plan, step: Step) -> str:
    return " ".join(each.message for each in dict(plan.steps)[step].findings if each.severity is Severity.ERROR)


# --- what would be sent


def test_the_plan_says_what_will_be_sent_and_what_it_will_cost_and_stores_nothing(room: DeskRoom) -> None:
    car = a_known_car(room)
    plan = plan_of(room, car)
    assert plan.insurance.form.insurer == insurance.INSURER
    assert plan.conformity.form.application_kind == "OSS申請"
    assert plan.conformity.form.new_insurer == insurance.INSURER
    assert plan.premium is not None
    assert plan.total == (plan.premium.amount or 0) + sum(each.estimate.amount or 0 for each in plan.fees)
    assert weighty(plan) == [
        (Step.CONFORMITY, "A13", "odometer_km"),
        (Step.CONFORMITY, "D03", "old_insurance_number"),
    ]
    assert not plan.blocked
    held = current(room, car)
    assert (held.insurance, held.conformity, held.filing) == (None, None, None)


def test_an_insurer_that_nobody_chose_yet_stands_in_the_way(room: DeskRoom) -> None:
    plan = plan_of(room, room.a_car())
    assert plan.insurance.blocked
    assert "保険会社" in messages(plan, Step.INSURANCE)
    with pytest.raises(errors.NotAllowed, match=BLOCKED[:10]):
        go(room, plan)


def test_what_was_typed_before_and_cannot_be_read_stands_in_the_way(
    room: DeskRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    car = a_known_car(room)

    def unreadable(*_args: object) -> Any:  # noqa: ANN401 - it never returns
        raise errors.InvalidInput(errors.Problem("start_date", "日付ではありません。"))

    for service, name in (
        (room.desk.insurance, "assess"),
        (room.desk.conformity_book, "findings"),
        (room.desk.review, "findings"),
    ):
        monkeypatch.setattr(service, name, unreadable)
    plan = plan_of(room, car)
    assert [planned.blocked for _, planned in plan.steps] == [True, True, True]
    assert plan.total is None


def test_a_policy_on_paper_goes_to_the_counter_and_not_to_the_end(room: DeskRoom) -> None:
    car = room.a_car()
    room.desk.insurance.enter_by_hand(insurance.elsewhere(room, car), car, None, None)
    plan = plan_of(room, car)
    assert plan.insurance.number == "X123456"
    assert "OSS申請ではない" in messages(plan, Step.CONFORMITY)


def test_a_certificate_for_the_counter_stands_in_the_way(room: DeskRoom, clock: FixedClock) -> None:
    number = conformity.an_issued_one(room, clock, application_kind="窓口申請")
    plan = plan_of(room, conformity.certificate(room, number).vehicle_id)
    assert plan.conformity.number
    assert "窓口申請の保適証では申請できません" in messages(plan, Step.CONFORMITY)


def test_a_deleted_certificate_is_made_anew(room: DeskRoom, clock: FixedClock) -> None:
    number = conformity.an_issued_one(room, clock)
    room.desk.conformity.delete(number)
    plan = plan_of(room, conformity.certificate(room, number).vehicle_id)
    assert (plan.conformity.number, plan.conformity.control_number) == ("", None)


def test_what_is_issued_or_over_is_not_planned_again(room: DeskRoom, clock: FixedClock) -> None:
    car = a_known_car(room)
    clock_and_go(room, clock, car)
    with pytest.raises(errors.NotAllowed, match="すでに発行"):
        plan_of(room, car)
    filing = current(room, car).filing
    assert filing is not None
    clock.advance(days=3)
    room.desk.filings.delivery.progress.refresh(filing.control_number)
    with pytest.raises(errors.NotAllowed, match="車検は終わっています"):
        plan_of(room, car)


def clock_and_go(room: DeskRoom, clock: FixedClock, car: int) -> Relayed:
    """Let all three go, with the hour between."""
    relayed = go(room, plan_of(room, car))
    clock.advance(hours=1)
    room.desk.conformity.tend()
    return go(room, relayed.plan)


# --- sending


def test_one_go_issues_all_three_once_with_the_hour_of_the_registry_between(room: DeskRoom, clock: FixedClock) -> None:
    car = a_known_car(room)
    waiting = go(room, plan_of(room, car))
    assert (waiting.at, waiting.error, waiting.plan.conformity.waits) == (Step.CONFORMITY, None, True)
    held = current(room, car)
    assert held.policy is not None
    assert held.conformity is not None
    assert held.conformity.waiting_since is not None
    again = go(room, waiting.plan)
    assert (again.at, again.plan.conformity.waits) == (Step.CONFORMITY, True)
    clock.advance(hours=1)
    room.desk.conformity.tend()
    relayed = go(room, waiting.plan)
    assert (relayed.at, relayed.error) == (None, None)
    filing = current(room, car).filing
    assert filing is not None
    assert relayed.plan.filing.number == filing.filing_id
    assert filing.insurance_certificate_number == held.policy.certificate_number
    assert room.times_filed(filing.control_number) == 1
    assert insurance.times_issued(room, held.policy.control_number) == 1
    assert conformity.times_issued(room, held.conformity.control_number) == 1


@pytest.mark.parametrize(("sending", "waits"), [(Sending.SENDING, True), (Sending.UNKNOWN, False)])
def test_what_goes_out_by_itself_while_it_was_waited_for_is_left_alone(
    room: DeskRoom, sending: Sending, *, waits: bool
) -> None:
    car = a_known_car(room)
    waiting = go(room, plan_of(room, car))
    number = waiting.plan.conformity.control_number
    assert number is not None
    with room.database.write() as shelves:
        shelves.conformity.get(number).sending = sending
    again = go(room, waiting.plan)
    assert (again.at, again.plan.conformity.waits) == (Step.CONFORMITY, True)
    assert str(again.error) == ("None" if waits else UNSETTLED)


def test_a_go_handed_in_twice_sends_nothing_twice(room: DeskRoom, clock: FixedClock) -> None:
    car = a_known_car(room)
    plan = plan_of(room, car)
    go(room, plan)
    second = go(room, plan)
    assert second.at is Step.INSURANCE
    assert str(second.error) == CHANGED_MEANWHILE
    done = clock_and_go(room, clock, car)
    assert done.at is None
    third = go(room, done.plan)
    assert third.at is Step.FILING
    assert isinstance(third.error, errors.NotAllowed)
    assert sum(room.sandbox.filings.values()) == 1


def test_what_is_under_way_for_a_car_is_not_begun_again(room: DeskRoom) -> None:
    car = a_known_car(room)
    plan = plan_of(room, car)
    refused: list[str] = []

    def again(_plan: Plan) -> None:
        with pytest.raises(errors.NotAllowed) as caught:
            go(room, plan)
        refused.append(str(caught.value))

    room.desk.relay.go(plan, again, threading.Event())
    assert refused == [UNDER_WAY, UNDER_WAY]


def test_drafts_that_were_begun_are_sent_and_not_doubled(room: DeskRoom, clock: FixedClock) -> None:
    car = a_known_car(room)
    first = plan_of(room, car)
    room.desk.insurance.save(first.insurance.form, car, None, None)
    room.desk.conformity_book.save(first.conformity.form, car, None, None)
    room.desk.filings.save(first.filing.form, car, None, None)
    relayed = clock_and_go(room, clock, car)
    assert relayed.at is None
    with room.database.read() as shelves:
        kept = (shelves.insurance, shelves.conformity, shelves.filings)
        assert [len(shelf.all_for_vehicle(car)) for shelf in kept] == [1, 1, 1]


def test_a_draft_that_was_changed_meanwhile_is_not_sent(room: DeskRoom) -> None:
    car = a_known_car(room)
    first = plan_of(room, car)
    stored = room.desk.insurance.save(first.insurance.form, car, None, None)
    plan = plan_of(room, car)
    other = dataclasses.replace(first.insurance.form, months="25")
    room.desk.insurance.save(other, car, stored.control_number, stored.version)
    relayed = go(room, plan)
    assert relayed.at is Step.INSURANCE
    assert isinstance(relayed.error, errors.NotAllowed)
    assert current(room, car).policy is None


@pytest.mark.parametrize(
    ("operation", "at", "sendings"),
    [
        ("ejibai.issuePolicy", Step.INSURANCE, (Sending.UNKNOWN, None, None)),
        ("airas.issueCertificate", Step.CONFORMITY, (Sending.FILED, Sending.UNKNOWN, None)),
        ("ainas.submitFiling", Step.FILING, (Sending.FILED, Sending.FILED, Sending.UNKNOWN)),
    ],
)
def test_it_stops_where_an_answer_is_lost_and_each_keeps_its_own_intent(
    room: DeskRoom, clock: FixedClock, operation: str, at: Step, sendings: tuple[Sending | None, ...]
) -> None:
    car = a_known_car(room)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, operation, status=500))
    relayed = go(room, plan_of(room, car))
    if relayed.error is None:
        clock.advance(hours=1)
        room.desk.conformity.tend()
        relayed = go(room, relayed.plan)
    assert (relayed.at, type(relayed.error)) == (at, errors.NoAnswer)
    held = current(room, car)
    found = (held.insurance, held.conformity, held.filing)
    assert tuple(each.sending if each else None for each in found) == sendings


def test_while_an_answer_is_lost_the_next_plan_says_so(room: DeskRoom) -> None:
    car = a_known_car(room)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "ejibai.issuePolicy", status=500))
    go(room, plan_of(room, car))
    assert "確認中" in messages(plan_of(room, car), Step.INSURANCE)


def test_what_airas_refuses_stops_it_and_can_be_mended_and_sent_on(room: DeskRoom, clock: FixedClock) -> None:
    car = a_known_car(room)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.issueCertificate", status=422, code="E01"))
    relayed = go(room, plan_of(room, car))
    assert relayed.at is Step.CONFORMITY
    assert isinstance(relayed.error, errors.Refused)
    clock.advance(hours=1)
    done = go(room, plan_of(room, car))
    assert done.at is None


def test_a_warning_that_was_not_there_when_it_was_read_stops_it(room: DeskRoom) -> None:
    car = a_known_car(room)
    plan = plan_of(room, car)
    unread = dataclasses.replace(plan, conformity=dataclasses.replace(plan.conformity, findings=()))
    relayed = go(room, unread)
    assert relayed.at is Step.CONFORMITY
    assert "確かめたときになかった注意" in str(relayed.error)
    assert current(room, car).conformity is None


def test_a_wait_that_was_ended_by_hand_is_the_clerks(room: DeskRoom) -> None:
    car = a_known_car(room)
    waiting = go(room, plan_of(room, car))
    number = waiting.plan.conformity.control_number
    assert number is not None
    conformity.change(room, number, remarks="直しました")
    relayed = go(room, waiting.plan)
    assert relayed.at is Step.CONFORMITY
    assert isinstance(relayed.error, errors.NotAllowed)


def test_it_begins_no_step_after_the_clerk_or_the_desk_said_stop(room: DeskRoom) -> None:
    car = a_known_car(room)
    plan, stop = plan_of(room, car), threading.Event()
    stop.set()
    assert go(room, plan, stop).at is Step.INSURANCE
    room.desk.relay.end()
    assert go(room, plan).at is Step.INSURANCE
    assert current(room, car).insurance is None


def test_it_begins_no_step_after_the_session_may_have_ended_and_goes_on_with_f5(room: DeskRoom) -> None:
    car = a_known_car(room)
    stop = threading.Event()
    stopped = room.desk.relay.go(plan_of(room, car), lambda _plan: room.desk.relay.stop(), stop)
    assert stop.is_set()
    assert stopped.at is Step.CONFORMITY
    assert go(room, plan_of(room, car)).at is Step.CONFORMITY  # it waits: 127
    assert current(room, car).conformity is not None


def test_after_a_new_start_nothing_goes_on_by_itself_but_the_wait(
    tmp_path: Path, room: DeskRoom, clock: FixedClock
) -> None:
    car = a_known_car(room)
    go(room, plan_of(room, car))
    clock.advance(hours=1)
    room.database.close()
    with a_desk(tmp_path, clock=clock, sandbox=room.sandbox, settings=READY_SETTINGS) as again:
        prepare_shop(again)
        again.desk.conformity.tend()
        held = current(again, car)
        assert held.conformity is not None
        assert held.conformity.certificate_number
        assert held.filing is None
        done = go(again, plan_of(again, car))
        assert done.at is None
    assert sum(room.sandbox.filings.values()) == 1
