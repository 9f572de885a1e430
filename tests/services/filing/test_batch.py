"""一括申請: each row exactly as F5, 中止, waiting when asked to, and stopping at what all would meet."""

from __future__ import annotations

import threading
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2 as library

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.filing.batch import LONGEST_WAIT, TRIES, BatchResult, RowState
from onestop.store.sqlite import engine
from onestop_sandbox import Kind, Trouble
from support.desks import READY_SECRETS, Interposed, a_desk
from support.keychains import a_keychain

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    import httpx

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom


class Stop(threading.Event):
    """A 中止 whose waits take no time; it can be pressed by the wait itself."""

    def __init__(self, press_after: int | None = None) -> None:
        super().__init__()
        self.waited = 0.0
        self._press_after = press_after

    def wait(self, timeout: float | None = None) -> bool:
        self.waited += timeout or 0
        if self._press_after is not None and self.waited >= self._press_after:
            self.set()
        return self.is_set()


def run(room: DeskRoom, numbers: list[int], stop: threading.Event | None = None) -> tuple[BatchResult, ...]:
    return room.desk.batch.issue_many(numbers, lambda _result: None, stop or Stop())


def test_every_row_is_filed_and_told(room: DeskRoom) -> None:
    numbers = room.drafts(9)
    told: list[BatchResult] = []
    results = room.desk.batch.issue_many(numbers, told.append, threading.Event())
    assert [result.control_number for result in results] == numbers
    assert {result.state for result in results} == {RowState.FILED}
    assert {result.filing_id for result in results} == {room.filing(number).filing_id for number in numbers}
    assert sorted(told, key=lambda result: result.control_number) == list(results)
    assert [room.times_filed(number) for number in numbers] == [1] * 9


def test_nothing_to_send(room: DeskRoom) -> None:
    assert run(room, []) == ()


def test_f9_twice_files_once(room: DeskRoom) -> None:
    numbers = room.drafts(5)
    threads = [threading.Thread(target=run, args=(room, numbers)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [room.times_filed(number) for number in numbers] == [1] * 5
    again = run(room, numbers)
    assert {(result.state, type(result.error)) for result in again} == {(RowState.NOT_SENT, errors.NotAllowed)}


def test_a_row_that_is_refused_does_not_keep_the_others(room: DeskRoom) -> None:
    numbers = [*room.drafts(2), room.a_draft(chassis_number="BAD-0001", user_name="")]
    taken = room.a_draft(chassis_number="ZN6-100001")  # another car here with the number of the first at AINAS
    room.desk.filings.delivery.issue(numbers[0])
    results = run(room, [*numbers, taken])
    assert [result.state for result in results] == [
        RowState.NOT_SENT,
        RowState.FILED,
        RowState.REFUSED,
        RowState.REFUSED,
    ]
    assert [type(result.error) for result in results] == [
        errors.NotAllowed,
        type(None),
        errors.InvalidInput,
        errors.Refused,
    ]


def test_the_failed_ones_can_be_run_again(room: DeskRoom) -> None:
    numbers = room.drafts(4)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=422, times=2))
    failed = [result.control_number for result in run(room, numbers) if result.state is not RowState.FILED]
    assert len(failed) == 2
    assert {result.state for result in run(room, failed)} == {RowState.FILED}
    assert [room.times_filed(number) for number in numbers] == [1] * 4


def test_a_lost_answer_is_under_examination(room: DeskRoom) -> None:
    numbers = room.drafts(3)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling", after=True))
    results = run(room, numbers)
    assert sorted(result.state.value for result in results) == ["発行済", "発行済", "確認中"]
    room.desk.filings.delivery.settle()
    assert [room.times_filed(number) for number in numbers] == [1] * 3
    assert {room.filing(number).sending for number in numbers} == {Sending.FILED}


def test_stop_before_the_beginning_sends_nothing(room: DeskRoom) -> None:
    numbers = room.drafts(3)
    stop = threading.Event()
    stop.set()
    assert run(room, numbers, stop) == tuple(BatchResult(number, RowState.NOT_SENT) for number in numbers)
    assert room.sandbox.requests == {}


def test_stop_on_the_way_lets_what_is_under_way_end(room: DeskRoom) -> None:
    numbers = room.drafts(12)
    stop = threading.Event()
    results = room.desk.batch.issue_many(numbers, lambda _result: stop.set(), stop)
    filed = [result for result in results if result.state is RowState.FILED]
    assert 1 <= len(filed) <= 8
    assert len(filed) == sum(room.times_filed(number) for number in numbers)
    rest = {(result.state, result.error) for result in results if result not in filed}
    assert rest == {(RowState.NOT_SENT, None)}


def test_an_overloaded_service_is_waited_for_as_it_asked(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=429, retry_after=7))
    stop = Stop()
    (result,) = run(room, room.drafts(1), stop)
    assert (result.state, stop.waited) == (RowState.FILED, 7)


def test_stop_ends_the_waiting(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=429, retry_after=30))
    stop = Stop(press_after=2)
    (result,) = run(room, room.drafts(1), stop)
    assert (result.state, result.error, stop.waited) == (RowState.NOT_SENT, None, 2)


def test_a_service_that_stays_overloaded_is_left_alone(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=429, retry_after=1, times=None))
    results = run(room, room.drafts(20))
    assert {(result.state, type(result.error)) for result in results} == {(RowState.NOT_SENT, errors.Overloaded)}
    assert room.sandbox.requests["ainas.submitFiling"] <= 4 * TRIES


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (Trouble(Kind.REFUSE, "submitFiling", status=401, times=None), errors.CredentialsRefused),
        (Trouble(Kind.REFUSE, "submitFiling", status=429, times=None), errors.Overloaded),
        (Trouble(Kind.REFUSE, "submitFiling", status=429, times=None, retry_after=LONGEST_WAIT + 1), errors.Overloaded),
        (Trouble(Kind.CLOSED, "submitFiling", times=None, retry_after=5), errors.ServiceClosed),
    ],
    ids=["401", "429 without a word", "429 for too long", "closed"],
)
def test_what_all_would_meet_stops_the_rest(room: DeskRoom, trouble: Trouble, error: type[errors.OneStopError]) -> None:
    numbers = room.drafts(20)
    room.sandbox.troubles.add(trouble)
    stop = Stop()
    results = run(room, numbers, stop)
    assert {(result.state, type(result.error)) for result in results} == {(RowState.NOT_SENT, error)}
    assert room.sandbox.requests["ainas.submitFiling"] <= 4
    assert stop.waited == 0
    assert {room.filing(number).sending for number in numbers} == {Sending.DRAFT}


def test_a_bug_costs_one_row_and_is_told(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: bugs.append(kind))
    way = Interposed(sandbox)
    taken = threading.Lock()

    def break_once(_request: httpx.Request) -> None:
        if taken.acquire(blocking=False):
            raise ZeroDivisionError

    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        numbers = room.drafts(6)
        way.before = break_once
        told: list[BatchResult] = []
        results = room.desk.batch.issue_many(numbers, told.append, Stop())
        assert sorted(result.state.value for result in results) == ["発行済"] * 5 + ["確認中"]
        assert sorted(told, key=lambda result: result.control_number) == list(results)
        assert bugs == [ZeroDivisionError]


def test_the_end_of_the_desk_stops_every_batch(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> None:
    way = Interposed(sandbox)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        batch = room.desk.batch
        numbers = room.drafts(20)
        earlier, stop = threading.Event(), threading.Event()
        run(room, numbers[:1], earlier)
        way.before = lambda _request: batch.end()
        results = run(room, numbers[1:], stop)
        filed = [result.control_number for result in results if result.state is RowState.FILED]
        assert stop.is_set()
        assert not earlier.is_set()
        assert 1 <= len(filed) <= 4
        assert {result.state for result in results} == {RowState.FILED, RowState.NOT_SENT}
        rest = [number for number in numbers[1:] if number not in filed]
        assert {result.state for result in run(room, rest)} == {RowState.NOT_SENT}


def test_missing_settings_stop_everything(tmp_path: Path) -> None:
    with a_desk(tmp_path, settings=None) as room:
        results = run(room, room.drafts(6))
        assert {(result.state, type(result.error)) for result in results} == {(RowState.NOT_SENT, errors.NotConfigured)}


def test_a_locked_keychain_stops_everything(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    with a_desk(tmp_path, secrets=keychain) as room:
        numbers = room.drafts(6)
        backend.locked = True
        results = run(room, numbers)
        assert {(result.state, type(result.error)) for result in results} == {
            (RowState.NOT_SENT, errors.KeychainLocked)
        }
        backend.locked = False
        assert {result.state for result in run(room, numbers)} == {RowState.FILED}


def test_a_database_that_fails_stops_the_rest_and_leaves_nothing_double(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    way = Interposed(sandbox)
    with ExitStack() as stack:
        room = stack.enter_context(a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way))
        numbers = room.drafts(12)
        other = stack.enter_context(
            closing(library.connect(room.database.path, isolation_level=None, check_same_thread=False, timeout=0))
        )
        taken = threading.Lock()

        def lock_the_database(_request: httpx.Request) -> None:
            if taken.acquire(blocking=False):
                while not _begun(other):
                    pass

        way.before = lock_the_database
        results = run(room, numbers)
        assert {result.state for result in results} <= {RowState.UNKNOWN, RowState.NOT_SENT, RowState.FILED}
        assert RowState.UNKNOWN in {result.state for result in results}
        assert results[-1].state is RowState.NOT_SENT
        other.execute("ROLLBACK")
    monkeypatch.undo()
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        room.desk.filings.delivery.settle()
        run(room, [result.control_number for result in results if result.state is not RowState.FILED])
        assert [room.times_filed(number) for number in numbers] == [1] * 12


def _begun(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except library.OperationalError:  # another row is writing its intent
        return False
    return True


def test_what_was_changed_since_the_review_is_not_sent_and_the_others_are(room: DeskRoom) -> None:
    numbers = room.drafts(3)
    read = {each.control_number: each.version for each in room.desk.review.review_many(numbers)}
    with room.database.write() as shelves:
        shelves.filings.get(numbers[1]).user_name = "見本花子"
    results = room.desk.batch.issue_many(numbers, lambda _result: None, Stop(), read)
    assert [result.state for result in results] == [RowState.FILED, RowState.NOT_SENT, RowState.FILED]
    assert type(results[1].error) is errors.ChangedMeanwhile
    assert room.times_filed(numbers[1]) == 0


def test_what_came_back_overloaded_is_still_what_was_read(room: DeskRoom) -> None:
    (number,) = room.drafts(1)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=429, retry_after=7, times=2))
    read = {number: room.filing(number).version}
    (result,) = room.desk.batch.issue_many([number], lambda _result: None, Stop(), read)
    assert result.state is RowState.FILED
    assert room.times_filed(number) == 1
