"""A bug of ours between the intent and the outcome: told as bugs are, and the record is settled on the spot."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.settle import Settled
from onestop.services.filing.batch import RowState
from onestop_sandbox import Kind, Trouble
from support.desks import Interposed, a_desk
from support.filing import lose_the_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> list[type[BaseException]]:
    heard: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: heard.append(kind))
    return heard


@pytest.fixture
def way(sandbox: Sandbox) -> Interposed:
    return Interposed(sandbox)


@pytest.fixture
def desk_room(tmp_path: Path, clock: FixedClock, sandbox: Sandbox, way: Interposed) -> Iterator[DeskRoom]:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        yield room


def stumble_over(method: str) -> Callable[[httpx.Request, httpx.Response], httpx.Response]:
    """Let the way back have a bug that shows with one kind of request."""

    def stumble(request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if request.method == method:
            raise ZeroDivisionError
        return response

    return stumble


def test_a_bug_with_the_answer_is_told_and_the_key_says_that_it_is_filed(
    desk_room: DeskRoom, way: Interposed, bugs: list[type[BaseException]]
) -> None:
    number = desk_room.a_draft()
    way.after = stumble_over("POST")
    filing = desk_room.desk.filings.delivery.issue(number)
    assert (filing.sending, filing.filing_id is not None) == (Sending.FILED, True)
    assert bugs == [ZeroDivisionError]
    assert desk_room.times_filed(number) == 1


def test_a_bug_that_meets_the_key_too_leaves_it_unknown_at_once(
    desk_room: DeskRoom, way: Interposed, bugs: list[type[BaseException]]
) -> None:
    number = desk_room.a_draft()

    def stumble(_request: httpx.Request, _response: httpx.Response) -> httpx.Response:
        raise ZeroDivisionError

    way.after = stumble
    with pytest.raises(errors.ProgramFault):
        desk_room.desk.filings.delivery.issue(number)
    assert desk_room.filing(number).sending is Sending.UNKNOWN
    assert bugs == [ZeroDivisionError, ZeroDivisionError]
    way.after = lambda _request, response: response
    assert desk_room.desk.filings.delivery.settle() == Settled(filed=1)
    assert desk_room.times_filed(number) == 1


@pytest.mark.parametrize("clumsy", ["write_progress", "end_when_done"])
def test_a_bug_while_the_outcome_is_written_leaves_it_unknown(
    desk_room: DeskRoom, bugs: list[type[BaseException]], monkeypatch: pytest.MonkeyPatch, clumsy: str
) -> None:
    def stumble(*_: object) -> None:
        raise OverflowError

    place = "onestop.services.filing.channel" if clumsy == "write_progress" else "onestop.services.delivery.send"
    number = desk_room.a_draft()
    with monkeypatch.context() as patch:
        patch.setattr(f"{place}.{clumsy}", stumble)
        with pytest.raises(errors.ProgramFault):
            desk_room.desk.filings.delivery.issue(number)
    assert (desk_room.filing(number).sending, desk_room.filing(number).filing_id) == (Sending.UNKNOWN, None)
    assert bugs == [OverflowError, OverflowError]  # the answer, and what the key named
    assert desk_room.desk.filings.delivery.settle_one(number).sending is Sending.FILED
    assert desk_room.times_filed(number) == 1


def test_a_bug_with_one_record_leaves_the_others_to_be_settled(
    desk_room: DeskRoom, way: Interposed, bugs: list[type[BaseException]]
) -> None:
    first, second = desk_room.drafts(2)
    lose_the_answer(desk_room, first, acted=True)
    lose_the_answer(desk_room, second, acted=True)
    key = desk_room.filing(first).request_key

    def stumble(request: httpx.Request, response: httpx.Response) -> httpx.Response:
        if request.url.params.get("idempotency_key") == key:
            raise ZeroDivisionError
        return response

    way.after = stumble
    settled = desk_room.desk.filings.delivery.settle()
    assert (settled.filed, settled.waiting, type(settled.reason)) == (1, 1, errors.ProgramFault)
    assert bugs == [ZeroDivisionError]


def test_a_full_disk_after_sending_is_no_bug(desk_room: DeskRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise errors.StoreError

    number = desk_room.a_draft()
    with monkeypatch.context() as patch:
        patch.setattr("onestop.services.delivery.send.end_when_done", full)
        with pytest.raises(errors.NotWrittenDown):
            desk_room.desk.filings.delivery.issue(number)
    assert desk_room.filing(number).sending is Sending.SENDING
    lose_another = Trouble(Kind.CUT, "submitFiling")
    desk_room.sandbox.troubles.add(lose_another)
    with monkeypatch.context() as patch:
        patch.setattr("onestop.services.delivery.send.end_when_done", full)
        with pytest.raises(errors.StoreError):
            desk_room.desk.filings.delivery.settle()
    assert desk_room.desk.filings.delivery.settle() == Settled(filed=1)


def test_a_bug_before_anything_is_sent_costs_one_row_of_many(
    desk_room: DeskRoom, bugs: list[type[BaseException]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    (number,) = desk_room.drafts(1)
    with monkeypatch.context() as patch:
        patch.setattr("onestop.services.delivery.send.note_destination", stumble)
        (result,) = desk_room.desk.batch.issue_many([number], lambda _result: None, threading.Event())
    assert (result.state, type(result.error)) == (RowState.UNKNOWN, errors.ProgramFault)
    assert bugs == [ZeroDivisionError]
    assert desk_room.filing(number).sending is Sending.DRAFT
