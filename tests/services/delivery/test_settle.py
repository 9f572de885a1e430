"""Settling filings whose answer was lost: found by the key, or sent again when no answer can be on its way."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING
from uuid import UUID

import httpx
import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.settle import Settled
from onestop.services.filing.channel import STILL_UNKNOWN
from onestop_sandbox import REAL, Kind, Trouble
from support.deciding import settle_with_a_clerk
from support.desks import Interposed, a_desk, a_sandbox
from support.filing import lose_the_answer

if TYPE_CHECKING:
    from pathlib import Path

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom


def test_what_became_of_two_kinds_is_added_up() -> None:
    reason = errors.NoAnswer()
    total = Settled(filed=1, waiting=2, reason=reason).plus(Settled(filed=1, drafts=3, reason=errors.NotReached()))
    assert total == Settled(filed=2, drafts=3, waiting=2, reason=reason)
    assert total.asked == 7


def test_not_found_waits_until_no_answer_can_be_on_its_way(room: DeskRoom, clock: FixedClock) -> None:
    number = room.a_draft()
    lose_the_answer(room, number, acted=False)
    clock.advance(seconds=179)
    assert room.desk.filings.delivery.settle() == Settled(waiting=1)
    assert room.desk.filings.delivery.settle_one(number).sending is Sending.UNKNOWN
    assert room.sandbox.requests["ainas.submitFiling"] == 1
    clock.advance(seconds=1)
    assert room.desk.filings.delivery.settle_one(number).sending is Sending.FILED
    assert room.sandbox.requests["ainas.submitFiling"] == 2


@pytest.mark.parametrize("keys", [True, False], ids=["with keys", "without keys"])
def test_a_server_that_acts_late_is_waited_for(
    room: DeskRoom,
    clock: FixedClock,
    keys: bool,  # noqa: FBT001 - a row
) -> None:
    if not keys:
        room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    number = room.a_draft()
    room.sandbox.troubles.add(Trouble(Kind.LATE, "submitFiling", seconds=170))
    with pytest.raises(errors.NoAnswer):
        room.desk.filings.delivery.issue(number)
    clock.advance(seconds=160)
    assert room.desk.filings.delivery.settle() == Settled(waiting=1)
    clock.advance(seconds=30)
    settle_with_a_clerk(room.desk.filings.delivery, number, keys=keys)
    assert room.filing(number).sending is Sending.FILED
    assert room.times_filed(number) == 1


def test_a_server_with_keys_files_once_even_when_it_acts_later_than_anybody_waits(
    room: DeskRoom, clock: FixedClock
) -> None:
    number = room.a_draft()
    room.sandbox.troubles.add(Trouble(Kind.LATE, "submitFiling", seconds=600))
    with pytest.raises(errors.NoAnswer):
        room.desk.filings.delivery.issue(number)
    clock.advance(seconds=200)
    assert room.desk.filings.delivery.settle() == Settled(filed=1)
    clock.advance(seconds=500)
    assert room.times_filed(number) == 1


def test_the_answer_to_the_second_request_may_be_lost_as_well(room: DeskRoom, clock: FixedClock) -> None:
    number = room.a_draft()
    lose_the_answer(room, number, acted=False)
    clock.advance(minutes=5)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling"))
    settled = room.desk.filings.delivery.settle()
    assert (settled.waiting, type(settled.reason)) == (1, errors.NoAnswer)
    clock.advance(minutes=1)
    assert room.desk.filings.delivery.settle() == Settled(waiting=1)  # counted from the second request
    clock.advance(minutes=5)
    assert room.desk.filings.delivery.settle() == Settled(filed=1)
    assert room.times_filed(number) == 1


@pytest.mark.parametrize(
    ("trouble", "state", "reason"),
    [
        (Trouble(Kind.REFUSE, "submitFiling", status=422), Sending.DRAFT, type(None)),
        (Trouble(Kind.REFUSE, "submitFiling", status=403), Sending.DRAFT, type(None)),
        (Trouble(Kind.REFUSE, "submitFiling", status=409), Sending.UNKNOWN, errors.Refused),
        (
            Trouble(Kind.REFUSE, "submitFiling", status=409, code="idempotency_key_reused"),
            Sending.UNKNOWN,
            errors.Refused,
        ),
        (Trouble(Kind.REFUSE, "submitFiling", status=401), Sending.UNKNOWN, errors.CredentialsRefused),
        (Trouble(Kind.REFUSE, "submitFiling", status=429, retry_after=9), Sending.UNKNOWN, errors.Overloaded),
        (Trouble(Kind.CLOSED, "submitFiling"), Sending.UNKNOWN, errors.ServiceClosed),
        (Trouble(Kind.REFUSE, "submitFiling", status=500), Sending.UNKNOWN, errors.NoAnswer),
        (Trouble(Kind.CUT, "findFilings"), Sending.UNKNOWN, errors.NoAnswer),
        (Trouble(Kind.REFUSE, "findFilings", status=403), Sending.UNKNOWN, errors.Refused),
        (Trouble(Kind.REFUSE, "findFilings", status=401), Sending.UNKNOWN, errors.CredentialsRefused),
        (Trouble(Kind.HTML, "findFilings", status=200), Sending.UNKNOWN, errors.ContractBroken),
    ],
    ids=lambda value: f"{value.operation} {value.kind} {value.status}" if isinstance(value, Trouble) else "",
)
def test_what_settling_hears(
    room: DeskRoom, clock: FixedClock, trouble: Trouble, state: Sending, reason: type[object]
) -> None:
    number = room.a_draft()
    lose_the_answer(room, number, acted=False)
    clock.advance(minutes=5)
    room.sandbox.troubles.add(trouble)
    settled = room.desk.filings.delivery.settle()
    assert type(settled.reason) is reason
    assert (settled.drafts, settled.waiting) == ((1, 0) if state is Sending.DRAFT else (0, 1))
    filing = room.filing(number)
    assert filing.sending is state
    assert (filing.refusal is not None) == (state is Sending.DRAFT)
    assert room.times_filed(number) == 0


def test_settle_one_tells_why_it_could_not_be_settled(room: DeskRoom) -> None:
    number = room.a_draft()
    lose_the_answer(room, number, acted=True)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "findFilings"))
    with pytest.raises(errors.NoAnswer):
        room.desk.filings.delivery.settle_one(number)
    assert room.desk.filings.delivery.settle_one(number).sending is Sending.FILED
    assert room.desk.filings.delivery.settle_one(number).sending is Sending.FILED  # nothing left to ask


def test_a_draft_needs_no_settling(room: DeskRoom) -> None:
    number = room.a_draft()
    assert room.desk.filings.delivery.settle_one(number).sending is Sending.DRAFT
    assert room.desk.filings.delivery.settle() == Settled()
    assert room.sandbox.requests == {}


def test_after_a_trouble_that_all_would_meet_nobody_is_asked_any_more(room: DeskRoom) -> None:
    numbers = room.drafts(4)
    for number in numbers:
        lose_the_answer(room, number, acted=True)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "findFilings", status=401, times=None))
    settled = room.desk.filings.delivery.settle()
    assert (settled.waiting, type(settled.reason)) == (4, errors.CredentialsRefused)
    assert room.sandbox.requests["ainas.findFilings"] == 1


def test_a_trouble_with_one_does_not_keep_the_others_from_being_settled(room: DeskRoom) -> None:
    numbers = room.drafts(3)
    for number in numbers:
        lose_the_answer(room, number, acted=True)
    room.sandbox.troubles.add(Trouble(Kind.HTML, "findFilings", status=500))
    settled = room.desk.filings.delivery.settle()
    assert (settled.filed, settled.waiting, type(settled.reason)) == (2, 1, errors.NoAnswer)


def test_what_stands_under_the_key_for_another_filing_is_not_ours(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.a_draft()
        lose_the_answer(room, number, acted=True)
        way.after = _with_another_number
        settled = room.desk.filings.delivery.settle()
        assert (settled.waiting, type(settled.reason)) == (1, errors.AnswerOfAnother)
        assert room.filing(number).filing_id is None


@pytest.mark.parametrize("acted", [True, False], ids=["taken", "not taken"])
def test_a_server_that_cannot_find_by_keys_may_say_so_by_404(
    tmp_path: Path,
    clock: FixedClock,
    acted: bool,  # noqa: FBT001 - a row
) -> None:
    with a_sandbox(clock, pace=REAL) as sandbox:
        way = Interposed(sandbox)
        with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
            before, number = room.drafts(2)
            room.desk.filings.delivery.issue(before)  # by whose key, too, nothing is found
            lose_the_answer(room, number, acted=acted)
            way.after = _not_found_by_key
            clock.advance(minutes=5)
            if acted:
                settled = room.desk.filings.delivery.settle()
                assert (settled.waiting, type(settled.reason)) == (1, errors.Undecided)
                (candidate,) = room.desk.filings.delivery.resolution.candidates(number)
                room.desk.filings.delivery.resolution.adopt(number, candidate.number)
            else:
                assert room.desk.filings.delivery.settle() == Settled(filed=1)
            assert (room.filing(number).sending, room.times_filed(number)) == (Sending.FILED, 1)


def _not_found_by_key(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    if "idempotency_key" not in request.url.params:
        return response
    return httpx.Response(404, json={"status": 404, "code": "not_found", "title": "Not found", "request_id": "1"})


def _with_another_number(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
    document = json.loads(response.read())
    for filing in document["filings"]:
        filing["control_number"] += 1
    return httpx.Response(response.status_code, json=document)


@pytest.mark.parametrize("keys", [True, False], ids=["with keys", "without keys"])
def test_two_candidates_are_left_for_a_person(
    tmp_path: Path,
    clock: FixedClock,
    keys: bool,  # noqa: FBT001 - a row
) -> None:
    with a_sandbox(clock, pace=REAL) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
        number = room.a_draft()
        lose_the_answer(room, number, acted=True)
        filing = room.filing(number)
        room.ainas.issue(UUID(filing.request_key or ""), filing.payload or "")  # the wire repeats it, the server obeys
        if keys:
            sandbox.troubles.clear()
        clock.advance(minutes=5)
        settled = room.desk.filings.delivery.settle()
        assert (settled.waiting, type(settled.reason)) == (1, errors.Undecided)
        assert "2件" in str(settled.reason)
        assert room.times_filed(number) == 2  # and not 3
        with pytest.raises(errors.NotAllowed, match=STILL_UNKNOWN):
            room.desk.filings.delivery.issue(number)
        newest, oldest = room.desk.filings.delivery.resolution.candidates(number)
        assert room.desk.filings.delivery.resolution.adopt(number, oldest.number).filing_id == "1000000011"
        assert (newest.number, newest.status) == ("1000000012", "受付前")
        assert room.filing(number).sending is Sending.FILED


def _first_is_of_another_car(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
    document = json.loads(response.read())
    for filing in document.get("filings", [])[:1]:
        filing["chassis_number"] = "OTHER-1"
    return httpx.Response(response.status_code, json=document)


def test_one_that_may_be_ours_beside_one_of_another_car_is_left_for_a_person(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
        number = room.a_draft()
        lose_the_answer(room, number, acted=True)
        filing = room.filing(number)
        room.ainas.issue(UUID(filing.request_key or ""), filing.payload or "")
        clock.advance(minutes=5)
        way.after = _first_is_of_another_car
        settled = room.desk.filings.delivery.settle()
        assert (settled.waiting, type(settled.reason)) == (1, errors.Undecided)
        assert room.filing(number).sending is Sending.UNKNOWN


def test_without_keys_an_older_filing_with_the_same_number_is_not_ours(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    """A database that was restored from a backup gives numbers again."""
    with a_desk(tmp_path / "before", clock=clock, sandbox=sandbox) as room:
        room.desk.filings.delivery.issue(room.a_draft(chassis_number="OLD-0001"))
    clock.advance(days=1)
    sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    with a_desk(tmp_path / "now", clock=clock, sandbox=sandbox) as room:
        number = room.a_draft(chassis_number="NEW-0001")
        lose_the_answer(room, number, acted=False)
        clock.advance(minutes=5)
        settled = room.desk.filings.delivery.settle()
        assert (settled.waiting, type(settled.reason)) == (1, errors.Undecided)
        assert room.desk.filings.delivery.resolution.give_back(number).sending is Sending.DRAFT
        assert room.desk.filings.delivery.issue(number).filing_id == "1000000012"


def test_without_keys_a_filing_that_is_known_here_is_not_taken_twice(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        first = room.a_draft()
        second = room.a_draft(chassis_number="NEW-0001")
        lose_the_answer(room, second, acted=False)
        _take_over(room, first, second)
        assert room.desk.filings.delivery.settle() == Settled(waiting=1)


def _take_over(room: DeskRoom, first: int, second: int) -> None:
    """Let AINAS have a filing under the number of the second, whose 申請ID is the first's here."""
    body = json.loads(room.filing(second).payload or "") | {"chassis_number": "OTHER-1"}
    told = room.ainas.issue(UUID(int=1), json.dumps(body))
    with room.database.write() as shelves:
        filing = shelves.filings.get(first)
        filing.sending, filing.filing_id, filing.status = Sending.FILED, told.filing_id, told.status


def test_a_filing_id_that_is_another_filings_here_is_not_believed(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        first, second = room.drafts(2)
        known = room.desk.filings.delivery.issue(first).filing_id

        def again(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
            document = json.loads(response.read()) | {"filing_id": known}
            return httpx.Response(response.status_code, json=document)

        way.after = again
        with pytest.raises(errors.ContractBroken):
            room.desk.filings.delivery.issue(second)
        way.after = lambda _request, response: response
        assert (room.filing(second).sending, room.filing(second).filing_id) == (Sending.UNKNOWN, None)
        assert room.desk.filings.delivery.settle() == Settled(filed=1)
        assert room.filing(second).filing_id != known


def test_a_clock_that_was_set_back_only_makes_it_wait(room: DeskRoom, clock: FixedClock) -> None:
    number = room.a_draft()
    lose_the_answer(room, number, acted=False)
    clock.moment -= dt.timedelta(days=1)
    assert room.desk.filings.delivery.settle() == Settled(waiting=1)
    clock.advance(days=1, minutes=4)
    assert room.desk.filings.delivery.settle() == Settled(filed=1)
    assert room.times_filed(number) == 1
