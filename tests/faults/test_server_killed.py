"""The server of a shared database is killed in the middle of a 一括申請: nothing is lost, nothing is double."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.filing.batch import RowState
from onestop.services.filing.form import FilingForm
from onestop.store.database import Database
from onestop.store.postgres.backing import Server
from onestop.store.postgres.server_clock import ServerClock
from support.clock import FixedClock
from support.databases import a_database
from support.desks import Interposed, a_desk, a_sandbox
from support.postgres import a_server_that_dies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx

    from onestop.clock import Clock
    from onestop.store.postgres.connecting import Door
    from onestop_sandbox import Sandbox
    from support.desks import DeskRoom
    from support.postgres import TestServer

ROWS = 12
KILLED_AT = 5
"""The request during which the server is killed."""


@pytest.fixture
def mortal() -> Iterator[tuple[TestServer, Door]]:
    with a_server_that_dies() as both:
        yield both


def shared(door: Door) -> Callable[[Path, Clock], Database]:
    """Open the database on the server; its clock stays the test's, as nobody hears the server's."""

    def opening(_file: Path, clock: Clock) -> Database:
        return Database(Server(door, ServerClock(clock)), clock)

    return opening


class Killing(Interposed):
    """Kills the server once, before AINAS has a filing or after it."""

    def __init__(self, sandbox: Sandbox, mortal: TestServer, *, acted: bool) -> None:
        super().__init__(sandbox)
        self._mortal = mortal
        self._count = 0
        self._lock = threading.Lock()
        if acted:
            self.after = self._killed_after
        else:
            self.before = self._look

    def _killed_after(self, request: httpx.Request, response: httpx.Response) -> httpx.Response:
        self._look(request)
        return response

    def _look(self, request: httpx.Request) -> None:
        with self._lock:
            self._count += request.method == "POST"
            if self._count == KILLED_AT:
                self._count += 1
                self._mortal.stop()


@pytest.mark.parametrize("acted", [False, True], ids=["before AINAS acted", "after AINAS acted"])
def test_a_server_killed_in_the_middle_loses_and_doubles_nothing(
    tmp_path: Path, mortal: tuple[TestServer, Door], *, acted: bool
) -> None:
    server, door = mortal
    clock = FixedClock()
    with a_sandbox(clock) as sandbox:
        way = Killing(sandbox, server, acted=acted)
        with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way, shared=shared(door)) as room:
            numbers = room.drafts(ROWS)
            results = room.desk.batch.issue_many(numbers, lambda _result: None, threading.Event())
            assert RowState.NOT_SENT in {each.state for each in results}  # the rest was left
            assert any(isinstance(each.error, errors.StoreError | errors.NotWrittenDown) for each in results)
            sent = sandbox_book(room, numbers)
            with pytest.raises(errors.ServerGone):
                room.desk.filings.delivery.issue(numbers[-1])
            assert sandbox_book(room, numbers) == sent  # without its intent on the server nothing is sent
            server.start()
            clock.advance(minutes=30)  # what was being sent may be asked for, and its lease is over
            settle(room)
            for number in numbers:
                if room.filing(number).sending is Sending.DRAFT:
                    room.desk.filings.delivery.issue(number)
            assert [room.filing(number).sending for number in numbers] == [Sending.FILED] * ROWS
            assert sandbox_book(room, numbers) == [1] * ROWS


def settle(room: DeskRoom) -> None:
    room.desk.filings.delivery.settle()


def sandbox_book(room: DeskRoom, numbers: list[int]) -> list[int]:
    """Return how often AINAS has each filing."""
    return [room.times_filed(number) for number in numbers]


def test_what_is_typed_while_the_server_is_gone_is_kept_here_and_comes_back(
    tmp_path: Path, mortal: tuple[TestServer, Door]
) -> None:
    from onestop.services.draft_saving import TypingService  # noqa: PLC0415
    from onestop.services.kept_here import KeptHere  # noqa: PLC0415

    server, door = mortal
    clock = FixedClock()
    with a_database(tmp_path / "here") as here:
        kept = KeptHere(here.path, lambda: here)
        database = shared(door)(tmp_path, clock)
        typing = TypingService(database, clock, kept)
        typing.keep("filing/1", FilingForm(user_name="一"))
        server.stop()
        typing.keep("filing/1", FilingForm(user_name="二"))
        typing.keep("filing/2", FilingForm(user_name="三"))
        with pytest.raises(errors.ServerGone):
            TypingService(database, clock).keep("filing/3", FilingForm())
        server.start()
        assert typing.found("filing/1", FilingForm()) == FilingForm(user_name="二")
        typing.keep("filing/1", FilingForm(user_name="四"))
        assert kept.get("filing/1") is None
        assert typing.found("filing/1", FilingForm()) == FilingForm(user_name="四")
        typing.forget("filing/2")
        assert typing.found("filing/2", FilingForm()) is None
        database.close()
