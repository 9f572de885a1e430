"""What the program does not send again by itself any more, and what the clerk says of it: 申請, 自賠責 and 保適証."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.kinds import FILING, KINDS, POLICY, cut
from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.resolve import NOT_OPEN, TOO_EARLY, Candidate
from onestop.services.delivery.table import SEND_AGAIN_WITHIN
from onestop.services.filing.channel import UNDER_WAY
from onestop_sandbox import REAL, Kind, Trouble
from support import insurance
from support.desks import Interposed, a_desk, a_sandbox

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from faults.kinds import Sent
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
TAKEN = {"申請": "vehicle_has_open_filing", "自賠責": "period_overlaps", "保適証": "vehicle_has_open_certificate"}


def lose(room: DeskRoom, kind: Sent, *, acted: bool = False) -> None:
    """Store number 1, send it and lose the request, or its answer."""
    kind.save(room)
    room.sandbox.troubles.add(Trouble(Kind.CUT, kind.operation, after=acted))
    with pytest.raises(errors.NoAnswer):
        kind.service(room).issue(1)


def requests(room: DeskRoom, kind: Sent) -> int:
    return sum(times for operation, times in room.sandbox.requests.items() if operation.endswith(kind.operation))


# --- what is not sent again by itself


@kinds
def test_nothing_is_sent_again_by_itself_after_a_working_day(room: DeskRoom, clock: FixedClock, kind: Sent) -> None:
    lose(room, kind)
    clock.moment += SEND_AGAIN_WITHIN
    settled = kind.service(room).settle()
    assert (settled.waiting, type(settled.reason)) == (1, errors.Undecided)
    assert "時間がたった" in str(settled.reason)
    with pytest.raises(errors.Undecided):
        kind.service(room).settle_one(1)
    assert (kind.times(room), requests(room, kind)) == (0, 1)
    assert kind.service(room).resolution.give_back(1).sending is Sending.DRAFT


@kinds
def test_it_is_sent_again_by_itself_before(room: DeskRoom, clock: FixedClock, kind: Sent) -> None:
    lose(room, kind)
    clock.moment += SEND_AGAIN_WITHIN
    clock.advance(seconds=-1)
    assert kind.service(room).settle().filed == 1


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_sent_again_once_the_car_has_another(room: DeskRoom, clock: FixedClock, name: str) -> None:
    """A colleague has filed the car elsewhere; when his is finished, ours must not follow by itself."""
    kind = KINDS[name]
    lose(room, kind)
    clock.advance(minutes=5)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, kind.operation, status=409, code=TAKEN[name]))
    assert type(kind.service(room).settle().reason) is errors.Refused
    assert kind.stored(room).auto_resend_blocked_at == clock.now()
    clock.advance(minutes=5)
    settled = kind.service(room).settle()
    assert (settled.waiting, type(settled.reason)) == (1, errors.Undecided)
    assert "すでにある" in str(settled.reason)
    assert (kind.times(room), requests(room, kind)) == (0, 2)
    assert kind.service(room).resolution.give_back(1).sending is Sending.DRAFT
    assert kind.stored(room).auto_resend_blocked_at is None


def test_a_colleagues_filing_that_is_finished_does_not_let_ours_go(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    with (
        a_desk(tmp_path / "ours", clock=clock, sandbox=sandbox) as ours,
        a_desk(tmp_path / "theirs", clock=clock, sandbox=sandbox) as theirs,
    ):
        theirs.drafts(1)
        lose(ours, FILING)
        number = theirs.a_draft()
        theirs.desk.filings.delivery.issue(number)
        clock.advance(minutes=5)
        assert ours.desk.filings.delivery.settle().waiting == 1
        clock.advance(days=10)
        assert theirs.desk.filings.delivery.progress.refresh(number).is_finished
        assert ours.desk.filings.delivery.settle().waiting == 1
        assert sum(sandbox.filings.values()) == 1


@pytest.mark.parametrize("name", KINDS)
def test_one_that_was_there_all_along_is_found_after_all(room: DeskRoom, clock: FixedClock, name: str) -> None:
    """The list of the service was late: it said there is one of this car, and that was ours."""
    kind = KINDS[name]
    lose(room, kind)
    clock.advance(minutes=5)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, kind.operation, status=409, code=TAKEN[name], after=True))
    kind.service(room).settle()
    assert kind.stored(room).sending is Sending.UNKNOWN
    assert kind.service(room).settle().filed == 1
    assert (kind.times(room), kind.stored(room).auto_resend_blocked_at) == (1, None)


# --- that it is this one


@kinds
def test_the_clerk_says_which_one_it_is(room: DeskRoom, clock: FixedClock, kind: Sent) -> None:
    room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    lose(room, kind, acted=True)
    (candidate,) = kind.service(room).resolution.candidates(1)
    assert candidate.taken_at in (clock.now(), None)
    assert candidate.status in ("受付前", "発行済", "作成済")
    kind.service(room).resolution.adopt(1, candidate.number)
    assert (kind.stored(room).sending, kind.times(room)) == (Sending.FILED, 1)
    with pytest.raises(errors.NotAllowed, match=NOT_OPEN):
        kind.service(room).resolution.adopt(1, candidate.number)
    with pytest.raises(errors.NotAllowed, match=NOT_OPEN):
        kind.service(room).resolution.give_back(1)


@kinds
def test_a_number_that_the_service_does_not_know_is_not_taken(room: DeskRoom, kind: Sent) -> None:
    lose(room, kind)
    with pytest.raises((errors.NotFound, errors.NotAllowed)):
        kind.service(room).resolution.adopt(1, "9999999999")
    assert kind.stored(room).sending is Sending.UNKNOWN


def test_what_cannot_be_a_filings_number_is_not_asked_about(room: DeskRoom) -> None:
    lose(room, FILING)
    asked = sum(room.sandbox.requests.values())
    with pytest.raises(errors.InvalidInput):
        room.desk.filings.delivery.resolution.adopt(1, "12345")
    assert sum(room.sandbox.requests.values()) == asked


def test_the_filing_of_another_number_is_not_taken(room: DeskRoom) -> None:
    lose(room, FILING)
    other = room.desk.filings.delivery.issue(room.a_draft(chassis_number="OTHER-1")).filing_id or ""
    with pytest.raises(errors.NotAllowed, match="管理番号2のもの"):
        room.desk.filings.delivery.resolution.adopt(1, other)


def test_the_policy_of_another_car_is_not_taken(room: DeskRoom) -> None:
    lose(room, POLICY)
    other = insurance.a_policy(room, chassis_number="OTHER-1", plate="土浦300さ4321")
    number = room.desk.insurance.delivery.issue(other).certificate_number or ""
    with pytest.raises(errors.NotAllowed, match="別の車両"):
        room.desk.insurance.delivery.resolution.adopt(1, number)


def test_a_filing_that_is_known_here_is_not_taken_twice(room: DeskRoom, clock: FixedClock) -> None:
    room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    lose(room, FILING, acted=True)
    clock.advance(minutes=5)
    (candidate,) = room.desk.filings.delivery.resolution.candidates(1)
    second = room.a_draft(chassis_number="OTHER-1")
    with room.database.write() as shelves:
        filing = shelves.filings.get(second)
        filing.sending, filing.filing_id = Sending.FILED, candidate.number
    with pytest.raises(errors.NotAllowed, match="別の管理番号"):
        room.desk.filings.delivery.resolution.adopt(1, candidate.number)
    assert room.desk.filings.delivery.resolution.candidates(1) == ()


@kinds
def test_while_the_service_cannot_be_asked_nothing_is_decided(room: DeskRoom, clock: FixedClock, kind: Sent) -> None:
    lose(room, kind)
    clock.advance(hours=9)
    room.sandbox.troubles.add(Trouble(Kind.CLOSED, times=None))
    with pytest.raises(errors.ServiceClosed):
        kind.service(room).resolution.candidates(1)
    with pytest.raises(errors.ServiceClosed):
        kind.service(room).resolution.adopt(1, "1000000011")
    with pytest.raises(errors.ServiceClosed):
        kind.service(room).resolution.give_back(1)
    assert kind.stored(room).sending is Sending.UNKNOWN


# --- that there is none


@kinds
def test_what_may_still_arrive_is_not_given_back(room: DeskRoom, clock: FixedClock, kind: Sent) -> None:
    lose(room, kind)
    clock.advance(seconds=179)
    with pytest.raises(errors.NotAllowed, match=TOO_EARLY):
        kind.service(room).resolution.give_back(1)
    clock.advance(seconds=1)
    given_back = kind.service(room).resolution.give_back(1)
    assert (given_back.sending, given_back.request_key, given_back.payload, given_back.refusal) == (
        Sending.DRAFT,
        None,
        None,
        None,
    )
    kind.service(room).issue(1)
    assert kind.times(room) == 1


@kinds
def test_the_clerk_is_not_believed_against_the_key(room: DeskRoom, clock: FixedClock, kind: Sent) -> None:
    lose(room, kind, acted=True)
    clock.advance(minutes=5)
    assert kind.service(room).resolution.give_back(1).sending is Sending.FILED
    assert kind.times(room) == 1


@kinds
def test_what_was_sent_to_another_server_can_be_given_back_and_nothing_else(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, kind: Sent
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        lose(room, kind)
    clock.advance(minutes=5)
    with a_sandbox(clock, pace=REAL) as other:
        way = Interposed(other)
        with a_desk(tmp_path, clock=clock, sandbox=other, url="https://staging.example", http=way) as room:
            assert kind.service(room).resolution.candidates(1) == ()
            with pytest.raises(errors.NotAllowed, match="別の接続先"):
                kind.service(room).resolution.adopt(1, "1000000011")
            assert kind.service(room).resolution.give_back(1).sending is Sending.DRAFT
            assert way.asked == []


def test_nothing_is_decided_while_it_is_being_sent(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        FILING.save(room)

        def press(_request: httpx.Request) -> None:
            with pytest.raises(errors.NotAllowed, match=UNDER_WAY):
                room.desk.filings.delivery.resolution.give_back(1)
            with pytest.raises(errors.NotAllowed, match=UNDER_WAY):
                room.desk.filings.delivery.resolution.adopt(1, "1000000011")

        way.before = press
        assert room.desk.filings.delivery.issue(1).sending is Sending.FILED


def test_a_waiting_certificate_that_is_given_back_waits_no_more(room: DeskRoom, clock: FixedClock) -> None:
    kind = KINDS["保適証"]
    kind.save(room)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, kind.operation, status=409, code="127", retry_after=60))
    with pytest.raises(errors.Refused):
        room.desk.conformity.delivery.issue(1)
    clock.advance(minutes=2)
    room.sandbox.troubles.add(cut(kind))
    (tended,) = room.desk.conformity.tend()
    assert type(tended.error) is errors.NoAnswer
    clock.advance(hours=9)
    assert room.desk.conformity.tend() == ()  # nobody asks every quarter of a minute for ever
    room.desk.conformity.delivery.resolution.give_back(1)
    clock.advance(hours=1)
    assert room.desk.conformity.tend() == ()
    assert kind.times(room) == 0


def test_a_candidate_shows_what_the_service_says(room: DeskRoom, clock: FixedClock) -> None:
    room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    lose(room, FILING, acted=True)
    assert room.desk.filings.delivery.resolution.candidates(1) == (Candidate("1000000011", clock.now(), "受付前"),)
