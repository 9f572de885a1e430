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


class FarDesk:
    """A desk whose server is elsewhere."""

    def __init__(self, folder: Path, clock: FixedClock, sandbox: Sandbox) -> None:
        self._folder, self.clock, self._sandbox = folder, clock, sandbox
        self.way = Way(sandbox)
        self.room: DeskRoom

    @contextmanager
    def at(self, door: Door) -> Iterator[DeskRoom]:
        """Open it on a server's database."""

        def shared(_file: Path, own: Clock) -> Database:
            return Database(Server(door, ServerClock(own)), own)

        way, sandbox = self.way, self._sandbox
        with a_desk(self._folder, clock=self.clock, sandbox=sandbox, http=way, shared=shared) as self.room:
            yield self.room

    def issue(self, *numbers: int) -> None:
        """Press F5 for each."""
        for number in numbers:
            self.room.desk.filings.delivery.issue(number)

    def settle_later(self) -> Settled:
        """Settle what is open once its lease has lapsed."""
        self.clock.advance(**LAPSED)
        return self.room.desk.filings.delivery.settle()

    def filed_once(self, *numbers: int) -> bool:
        """Whether each is filed, here and there, once."""
        room = self.room
        return all(room.filing(each).sending is Sending.FILED and room.times_filed(each) == 1 for each in numbers)


@pytest.fixture
def far(tmp_path: Path, clock: FixedClock, sandbox: Sandbox) -> FarDesk:
    return FarDesk(tmp_path, clock, sandbox)


def test_the_server_is_torn_down_and_started_anew_in_the_middle(far: FarDesk) -> None:
    with a_server_database() as door, far.at(door) as room:
        numbers = room.drafts(2)
        far.way.meanwhile(server().restart)
        far.issue(*numbers)
        assert far.filed_once(*numbers)


def test_its_standby_takes_over_in_the_middle(far: FarDesk) -> None:
    with a_pair() as pair, far.at(Door(parse_place(pair.url))) as room:
        numbers = room.drafts(3)
        far.issue(numbers[0])
        far.way.meanwhile(pair.fail_over)
        far.issue(*numbers[1:])
        assert far.filed_once(*numbers)


def test_an_intent_is_with_the_standby_as_well_before_anything_is_sent(far: FarDesk) -> None:
    with a_pair() as pair, far.at(Door(parse_place(pair.url))) as room:
        number = room.a_draft()
        far.way.meanwhile(pair.first.stop)
        with pytest.raises(errors.NotWrittenDown):
            far.issue(number)
        pair.promote()
        assert room.filing(number).sending is Sending.SENDING
        assert far.settle_later() == Settled(filed=1)
        assert far.filed_once(number)


def test_a_full_disk_at_the_server(far: FarDesk) -> None:
    with a_database_on_a_small_disk() as (door, disk), far.at(door) as room:
        numbers = room.drafts(DRAFTS)
        disk.fill()
        with pytest.raises((errors.ServerFull, errors.NotWrittenDown)) as caught:
            far.issue(*numbers)
        assert isinstance(getattr(caught.value, "trouble", caught.value), errors.ServerFull)
        disk.free()
        far.settle_later()
        far.issue(*room.desk.filings.drafts_among(numbers))
        assert far.filed_once(*numbers)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connecting.OPTIONS, "statement_timeout", 1000)


@contextmanager
def somebody_at(door: Door) -> Iterator[Callable[[], object]]:
    """Give what holds the filings against everybody who writes, until the end of the block."""
    with closing(door.connect()) as other:
        yield lambda: other.execute("LOCK TABLE filing IN SHARE MODE")


@pytest.mark.usefixtures("impatient")
def test_an_intent_that_takes_too_long_is_not_sent(far: FarDesk) -> None:
    with a_server_database() as door, far.at(door) as room:
        number = room.a_draft()
        with somebody_at(door) as hold:
            hold()
            with pytest.raises(errors.ServerBusy):
                far.issue(number)
        assert far.way.asked == []
        assert room.filing(number).sending is Sending.DRAFT
        far.issue(number)
        assert far.filed_once(number)


@pytest.mark.usefixtures("impatient")
def test_an_outcome_that_takes_too_long_is_asked_for_later(far: FarDesk) -> None:
    with a_server_database() as door, far.at(door) as room:
        number = room.a_draft()
        with somebody_at(door) as hold:
            far.way.meanwhile(hold)
            with pytest.raises(errors.NotWrittenDown) as caught:
                far.issue(number)
        assert isinstance(caught.value.trouble, errors.ServerBusy)
        assert far.settle_later() == Settled(filed=1)
        assert far.filed_once(number)
