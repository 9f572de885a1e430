"""Answers that are another's, of all three services: nothing is believed, and the key is asked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop_sandbox import Kind, Trouble
from support.conformity import a_form, an_issued_one, insure, prepare_shop
from support.desks import Interposed, a_desk
from support.filing import lose_the_answer
from support.insurance import a_policy, an_issued_policy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

NOT_OURS = {"control_number": 77}
CANCELLED = {"control_number": 77, "status": "取消"}
INVENTED: dict[str, dict[str, object]] = {
    "filing_id": {"filing_id": "9999999999"},
    "certificate_number": {"certificate_number": "X999"},
}


@dataclass
class Liar:
    """Changes what some operations answer."""

    changes: dict[str, object] = field(default_factory=dict)
    told_of: Callable[[httpx.Request], bool] = lambda _request: True

    def __call__(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if not self.changes or not self.told_of(request) or not response.is_success:
            return response
        answer = json.loads(response.read() or b"{}")
        for listed in ("filings", "policies", "certificates"):
            for each in answer.get(listed, ()):
                each.update(self.changes)
        if "control_number" in answer:
            answer |= self.changes
        return httpx.Response(response.status_code, json=answer)


def by_number(request: httpx.Request) -> bool:
    return "idempotency_key" not in request.url.params


@dataclass
class Lied:
    """A desk to which a service lies."""

    room: DeskRoom
    way: Interposed
    liar: Liar

    def lie(self, told_of: Callable[[httpx.Request], bool], **changes: object) -> None:
        self.liar.changes, self.liar.told_of = changes, told_of


@pytest.fixture
def lied(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> Iterator[Lied]:
    way, liar = Interposed(sandbox), Liar()
    way.after = liar
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        prepare_shop(room)
        yield Lied(room, way, liar)


@dataclass(frozen=True)
class Service:
    """How one of the three services is asked about one record."""

    name: str
    thing: str
    number: str
    issued: Callable[[DeskRoom, FixedClock], int]
    look: Callable[[DeskRoom, int], Any]
    stored: Callable[[DeskRoom, int], Any]


def a_filed_one(room: DeskRoom, _clock: FixedClock) -> int:
    return room.desk.filings.delivery.issue(room.a_draft()).control_number


def an_insured_one(room: DeskRoom, _clock: FixedClock) -> int:
    return an_issued_policy(room)


SERVICES = (
    Service(
        "AINAS",
        "filing",
        "filing_id",
        a_filed_one,
        lambda room, number: room.desk.filings.delivery.progress.refresh(number),
        lambda room, number: room.filing(number),
    ),
    Service(
        "e-JIBAI",
        "policy",
        "certificate_number",
        an_insured_one,
        lambda room, number: room.desk.insurance.refresh(number),
        lambda room, number: room.desk.insurance.open(None, number).certificate,
    ),
    Service(
        "AIRAS",
        "certificate",
        "certificate_number",
        an_issued_one,
        lambda room, number: room.desk.conformity.refresh(number),
        lambda room, number: room.desk.conformity_book.open(None, number).certificate,
    ),
)
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


@each_service
def test_an_answer_with_our_number_and_another_control_number_changes_nothing(
    service: Service, lied: Lied, clock: FixedClock
) -> None:
    number = service.issued(lied.room, clock)
    before = service.stored(lied.room, number)
    lied.lie(lambda _request: True, **CANCELLED)
    with pytest.raises(errors.AnswerOfAnother) as caught:
        service.look(lied.room, number)
    assert caught.value.thing == service.thing
    after = service.stored(lied.room, number)
    assert (after.version, after.status, after.sending) == (before.version, before.status, Sending.FILED)


@each_service
def test_where_the_number_names_anothers_the_key_is_asked(service: Service, lied: Lied, clock: FixedClock) -> None:
    number = service.issued(lied.room, clock)
    lied.lie(by_number, **CANCELLED)
    told = service.look(lied.room, number)
    assert told.control_number == number
    assert told.status not in (None, "取消")


@each_service
def test_an_invented_number_is_found_out_by_the_key(service: Service, lied: Lied, clock: FixedClock) -> None:
    lied.lie(lambda request: request.method == "POST", **INVENTED[service.number])
    number = service.issued(lied.room, clock)
    assert getattr(service.stored(lied.room, number), service.number) in ("9999999999", "X999")
    lied.lie(lambda _request: False)
    told = service.look(lied.room, number)
    assert getattr(told, service.number) not in ("9999999999", "X999")
    assert getattr(service.stored(lied.room, number), service.number) == getattr(told, service.number)


@each_service
def test_a_number_of_another_record_here_is_not_taken_from_the_key_either(
    service: Service, lied: Lied, clock: FixedClock
) -> None:
    number = service.issued(lied.room, clock)
    taken = getattr(service.stored(lied.room, number), service.number)
    lied.lie(lambda request: request.method == "POST", **INVENTED[service.number])
    second = _second(service, lied.room, clock)
    lied.lie(lambda request: "idempotency_key" in request.url.params, **{service.number: taken})
    with pytest.raises(errors.AnswerOfAnother):
        service.look(lied.room, second)
    assert getattr(service.stored(lied.room, second), service.number) != taken


def _second(service: Service, room: DeskRoom, clock: FixedClock) -> int:
    if service.name == "AINAS":
        return room.desk.filings.delivery.issue(room.a_draft(plate="水戸500か1", chassis_number="RF1-1")).control_number
    if service.name == "e-JIBAI":
        number = a_policy(room, plate="水戸500か1", chassis_number="RF1-1")
        room.desk.insurance.delivery.issue(number)
        return number
    car = room.a_car(plate="水戸500か1", chassis_number="RF1-1")
    insure(room, car, chassis_number="RF1-1")
    clock.advance(hours=1)
    saved = room.desk.conformity_book.save(a_form(room, car), car, None, None)
    return room.desk.conformity.delivery.issue(saved.control_number).control_number


@each_service
def test_what_nobody_can_be_asked_about_by_the_key_stays_as_it_was(
    service: Service, lied: Lied, clock: FixedClock
) -> None:
    number = service.issued(lied.room, clock)
    lied.lie(by_number, **NOT_OURS)
    operation = {"AINAS": "findFilings", "e-JIBAI": "findPolicies", "AIRAS": "findCertificates"}[service.name]
    lied.room.sandbox.troubles.add(Trouble(Kind.CUT, operation))
    with pytest.raises(errors.AnswerOfAnother):
        service.look(lied.room, number)


def test_many_of_which_one_is_anothers_and_one_is_unknown(lied: Lied) -> None:
    mine, anothers = (lied.room.desk.filings.delivery.issue(number).control_number for number in lied.room.drafts(2))
    filing_id = lied.room.filing(anothers).filing_id
    lied.liar.told_of = by_number

    def lie(request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if not request.url.path.endswith("/progress"):
            return response
        answer = json.loads(response.read())
        for each in answer["filings"]:
            if each["filing_id"] == filing_id:
                each.update(CANCELLED)
        return httpx.Response(200, json=answer)

    lied.way.after = lie
    lied.room.sandbox.troubles.add(Trouble(Kind.CUT, "findFilings"))
    refreshed = lied.room.desk.filings.many.refresh([mine, anothers])
    assert (refreshed.asked, refreshed.updated, refreshed.failed) == (2, 1, 1)
    assert isinstance(refreshed.reason, errors.AnswerOfAnother)
    assert lied.room.filing(anothers).status == "受付前"
    refreshed = lied.room.desk.filings.many.refresh([mine, anothers])  # and now the key can be asked
    assert (refreshed.updated, refreshed.failed, refreshed.reason) == (2, 0, None)
    assert lied.room.filing(anothers).status == "受付前"


def test_many_of_which_airas_knows_one_by_its_key_alone(lied: Lied, clock: FixedClock) -> None:
    lied.lie(lambda request: request.method == "POST", certificate_number="X999")
    number = an_issued_one(lied.room, clock)
    lied.lie(lambda _request: False)
    refreshed = lied.room.desk.conformity.many.refresh([number])
    assert (refreshed.updated, refreshed.forgotten, refreshed.failed) == (1, 0, 0)
    assert SERVICES[2].stored(lied.room, number).certificate_number != "X999"


@pytest.mark.parametrize("service", [SERVICES[0], SERVICES[2]], ids=lambda service: service.name)
def test_one_of_many_that_comes_with_the_number_of_another_here_keeps_no_other_back(
    service: Service, lied: Lied, clock: FixedClock
) -> None:
    first = service.issued(lied.room, clock)
    taken = getattr(service.stored(lied.room, first), service.number)
    lied.lie(lambda request: request.method == "POST", **INVENTED[service.number])
    second = _second(service, lied.room, clock)
    lied.lie(lambda request: "idempotency_key" in request.url.params, **{service.number: taken})
    desk = lied.room.desk
    look = desk.filings.many.refresh if service.name == "AINAS" else desk.conformity.many.refresh
    refreshed = look([second, first])
    assert (refreshed.asked, refreshed.updated, refreshed.failed) == (2, 1, 1)
    assert isinstance(refreshed.reason, errors.AnswerOfAnother)
    assert getattr(service.stored(lied.room, second), service.number) != taken


def test_a_number_that_was_never_sent_from_here_has_no_key_to_ask_by(lied: Lied) -> None:
    number = lied.room.desk.filings.delivery.issue(lied.room.a_draft()).control_number
    with lied.room.database.write() as shelves:
        shelves.filings.get(number).request_key = None
    lied.lie(by_number, **NOT_OURS)
    with pytest.raises(errors.AnswerOfAnother):
        lied.room.desk.filings.delivery.progress.refresh(number)


def test_an_answer_of_another_to_f5_leaves_it_open_and_the_key_settles_it(lied: Lied) -> None:
    number = lied.room.a_draft()
    lied.lie(lambda request: request.method == "POST", **NOT_OURS)
    with pytest.raises(errors.AnswerOfAnother):
        lied.room.desk.filings.delivery.issue(number)
    assert lied.room.filing(number).sending is Sending.UNKNOWN
    lied.lie(lambda _request: False)
    assert lied.room.desk.filings.delivery.settle().filed == 1
    assert lied.room.filing(number).filing_id is not None


def test_a_service_that_has_anothers_under_an_earlier_key_is_not_taken_to_keep_keys(
    lied: Lied, clock: FixedClock
) -> None:
    first = lied.room.desk.filings.delivery.issue(lied.room.a_draft()).control_number
    key = lied.room.filing(first).request_key
    number = lied.room.a_draft(plate="水戸500か1", chassis_number="RF1-1")
    lose_the_answer(lied.room, number, acted=False)
    clock.advance(minutes=4)
    lied.lie(lambda request: request.url.params.get("idempotency_key") == key, **NOT_OURS)
    lied.room.desk.filings.delivery.settle()
    asked = [each for each in lied.way.asked if each == "GET /ainas/v1/filings"]
    assert len(asked) == 3  # by its own key, by the earlier one, and by number
    assert lied.room.filing(number).sending is Sending.FILED
