"""A server that is started anew, full, slow, or gives way to its standby in the middle of F5: none lost, none twice."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.settle import Settled
from onestop.store.database import Database
from onestop.store.postgres import connecting
from onestop.store.postgres.backing import Server
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.place import parse_place
from onestop.store.postgres.server_clock import ServerClock
from support.desks import Interposed, a_desk
from support.pairs import a_pair
from support.postgres import a_server_database, server
from support.shop import LAPSED
from support.small_disk import a_database_on_a_small_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import httpx

    from onestop.clock import Clock
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

DRAFTS = 60
"""So many that their intents need more room than a database's pages have left."""


class Way(Interposed):
    """Lets something happen to the server while the next request is under way, when the service has acted."""

    def meanwhile(self, act: Callable[[], object]) -> None:
        """Let it happen once."""

        def after(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
            self.after = lambda _request, response: response
            act()
            return response

        self.after = after


@contextmanager
def a_far_desk(folder: Path, clock: FixedClock, way: Way, door: Door, sandbox: Sandbox) -> Iterator[DeskRoom]:
    """Open a desk on a server's database."""

    def shared(_file: Path, own: Clock) -> Database:
        return Database(Server(door, ServerClock(own)), own)

    with a_desk(folder, clock=clock, sandbox=sandbox, http=way, shared=shared) as room:
        yield room


@pytest.fixture
def way(sandbox: Sandbox) -> Way:
    return Way(sandbox)


def filed_once(room: DeskRoom, *numbers: int) -> bool:
    """Whether each is filed, here and there, once."""
    return all(room.filing(each).sending is Sending.FILED and room.times_filed(each) == 1 for each in numbers)


def test_the_server_is_torn_down_and_started_anew_in_the_middle(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, way: Way
) -> None:
    with a_server_database() as door, a_far_desk(tmp_path, clock, way, door, sandbox) as room:
        numbers = room.drafts(2)
        way.meanwhile(server().restart)
        for number in numbers:
            room.desk.filings.delivery.issue(number)
        assert filed_once(room, *numbers)


def test_its_standby_takes_over_in_the_middle(tmp_path: Path, clock: FixedClock, sandbox: Sandbox, way: Way) -> None:
    with a_pair() as pair, a_far_desk(tmp_path, clock, way, Door(parse_place(pair.url)), sandbox) as room:
        numbers = room.drafts(3)
        issue = room.desk.filings.delivery.issue
        issue(numbers[0])
        way.meanwhile(pair.fail_over)
        issue(numbers[1])
        issue(numbers[2])
        assert filed_once(room, *numbers)


def test_a_desk_that_died_before_the_standby_took_over_is_settled_there(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, way: Way
) -> None:
    """The intent was answered, so the standby has it."""
    with a_pair() as pair, a_far_desk(tmp_path, clock, way, Door(parse_place(pair.url)), sandbox) as room:
        number = room.a_draft()
        way.meanwhile(pair.first.stop)
        with pytest.raises(errors.NotWrittenDown):
            room.desk.filings.delivery.issue(number)
        pair.fail_over(lost=True)
        clock.advance(**LAPSED)
        assert room.desk.filings.delivery.settle() == Settled(filed=1)
        assert filed_once(room, number)


def test_a_full_disk_at_the_server(tmp_path: Path, clock: FixedClock, sandbox: Sandbox, way: Way) -> None:
    with (
        a_database_on_a_small_disk() as (door, disk),
        a_far_desk(tmp_path, clock, way, door, sandbox) as room,
    ):
        numbers = room.drafts(DRAFTS)
        disk.fill()
        sent, said = 0, None
        while said is None:
            try:
                room.desk.filings.delivery.issue(numbers[sent])
                sent += 1
            except errors.ServerFull as full:
                said = full
            except errors.NotWrittenDown as full:
                assert isinstance(full.trouble, errors.ServerFull)
                said = full
        disk.free()
        clock.advance(**LAPSED)
        room.desk.filings.delivery.settle()
        for number in room.desk.filings.drafts_among(numbers):
            room.desk.filings.delivery.issue(number)
        assert filed_once(room, *numbers)


@pytest.mark.parametrize("acted", [False, True], ids=["before it is sent", "after the service acted"])
def test_a_statement_that_takes_too_long(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, way: Way, monkeypatch: pytest.MonkeyPatch, acted: bool
) -> None:
    monkeypatch.setitem(connecting.OPTIONS, "statement_timeout", 1000)
    with (
        a_server_database() as door,
        closing(door.connect()) as other,
        a_far_desk(tmp_path, clock, way, door, sandbox) as room,
    ):
        number = room.a_draft()

        def hold() -> None:
            other.execute("LOCK TABLE filing IN SHARE MODE")

        if acted:
            way.meanwhile(hold)
            with pytest.raises(errors.NotWrittenDown):
                room.desk.filings.delivery.issue(number)
        else:
            hold()
            with pytest.raises(errors.ServerBusy):
                room.desk.filings.delivery.issue(number)
            assert way.asked == []
        other.rollback()
        clock.advance(**LAPSED)
        assert room.desk.filings.delivery.settle() == Settled(filed=int(acted))
        if not acted:
            room.desk.filings.delivery.issue(number)
        assert filed_once(room, number)
