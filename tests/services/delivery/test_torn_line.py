"""The line to the server breaks at a save and at each step of F5: nothing is lost or doubled, no answer is guessed."""

from __future__ import annotations

import dataclasses
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.settle import Settled
from onestop.services.vehicle.form import NEW_CAR, form_of_vehicle_record
from onestop.services.vehicle.service import OpenedVehicle
from onestop.store.database import Database
from onestop.store.postgres import connecting
from onestop.store.postgres.backing import Server
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.place import ServerPlace
from onestop.store.postgres.server_clock import ServerClock
from support.builders import a_vehicle
from support.desks import Interposed, a_desk
from support.line import Break, Line
from support.postgres import a_server_database
from support.shop import LAPSED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from onestop.clock import Clock
    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom
    from support.shop import Shop

CAR = form_of_vehicle_record(a_vehicle())
INTENT, OUTCOME = 1, 2
"""The commits of F5."""
at_each_step = pytest.mark.parametrize("arrives", [False, True], ids=["before the commit", "before its answer"])
in_each_way = pytest.mark.parametrize("silent", [False, True], ids=["cut", "swallowed"])


@dataclass(frozen=True, slots=True)
class FarDesk:
    """A desk whose server is behind a line."""

    room: DeskRoom
    line: Line
    way: Interposed
    clock: FixedClock

    def issue(self, number: int) -> Sending:
        """Press F5; returns how the filing stands."""
        return self.room.desk.filings.delivery.issue(number).sending

    def sent(self) -> int:
        """Return how often something was sent."""
        return sum(each.startswith("POST") for each in self.way.asked)

    def settle_later(self) -> Settled:
        """Mend the line, and settle what is open once its lease has lapsed."""
        self.line.mend()
        self.clock.advance(**LAPSED)
        return self.room.desk.filings.delivery.settle()


@pytest.fixture
def far(tmp_path: Path, clock: FixedClock, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[FarDesk]:
    monkeypatch.setattr(connecting, "ANSWER_SECONDS", 2.0)
    way = Interposed(sandbox)
    with a_server_database() as door, Line(door.place) as line:
        place = ServerPlace("127.0.0.1", line.port, door.place.database, door.place.user)

        def shared(_file: Path, own: Clock) -> Database:
            return Database(Server(Door(place), ServerClock(own)), own)

        with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way, shared=shared) as room:
            yield FarDesk(room, line, way, clock)


@in_each_way
def test_a_new_car_whose_save_was_not_answered_is_stored_once_by_the_next_f10(far: FarDesk, silent: bool) -> None:  # noqa: FBT001 - a row
    vehicles, new = far.room.desk.vehicles, OpenedVehicle(NEW_CAR)
    far.line.breaks(Break(arrives=True, silent=silent))
    with pytest.raises(errors.ServerGone):
        vehicles.save(new, CAR)
    assert vehicles.same_car(new, CAR) is None
    assert vehicles.same_car(new, dataclasses.replace(CAR, fuel="軽油")) is not None
    assert [vehicles.save(new, CAR)] == [each.vehicle_id for each in vehicles.search("")]


@in_each_way
def test_an_intent_that_the_server_never_heard_of_is_not_sent(far: FarDesk, silent: bool) -> None:  # noqa: FBT001 - a row
    number = far.room.a_draft()
    far.line.breaks(Break(INTENT, silent=silent))
    with pytest.raises(errors.ServerGone):
        far.issue(number)
    assert (far.room.filing(number).sending, far.sent()) == (Sending.DRAFT, 0)
    assert far.issue(number) is Sending.FILED
    assert far.room.times_filed(number) == 1


@in_each_way
def test_an_intent_whose_commit_was_not_answered_is_looked_for_and_sent_once(far: FarDesk, silent: bool) -> None:  # noqa: FBT001 - a row
    number = far.room.a_draft()
    far.line.breaks(Break(INTENT, arrives=True, silent=silent))
    assert far.issue(number) is Sending.FILED
    assert (far.room.times_filed(number), far.sent()) == (1, 1)


@at_each_step
def test_without_the_server_nothing_is_sent(far: FarDesk, arrives: bool) -> None:  # noqa: FBT001 - a row
    number = far.room.a_draft()
    far.line.breaks(Break(INTENT, arrives=arrives, stays=True))
    with pytest.raises(errors.ServerGone):
        far.issue(number)
    assert far.sent() == 0
    assert far.settle_later() == Settled(filed=int(arrives))
    if not arrives:
        far.issue(number)
    assert (far.room.filing(number).sending, far.room.times_filed(number)) == (Sending.FILED, 1)


@at_each_step
@in_each_way
def test_an_outcome_is_written_once_more(far: FarDesk, arrives: bool, silent: bool) -> None:  # noqa: FBT001 - a row
    number = far.room.a_draft()
    far.line.breaks(Break(OUTCOME, arrives=arrives, silent=silent))
    assert far.issue(number) is Sending.FILED
    filing = far.room.filing(number)
    assert (filing.sending, filing.answers) == (Sending.FILED, 1)
    assert (far.room.times_filed(number), far.sent()) == (1, 1)


@at_each_step
def test_an_outcome_that_cannot_be_written_is_asked_for_later(far: FarDesk, arrives: bool) -> None:  # noqa: FBT001 - a row
    number = far.room.a_draft()
    far.line.breaks(Break(OUTCOME, arrives=arrives, stays=True))
    with pytest.raises(errors.NotWrittenDown):
        far.issue(number)
    assert far.settle_later() == Settled(filed=int(not arrives))
    assert (far.room.filing(number).sending, far.room.times_filed(number), far.sent()) == (Sending.FILED, 1, 1)


@pytest.mark.parametrize("stays", [False, True], ids=["for a moment", "for long"])
def test_the_line_breaks_while_the_request_is_under_way(far: FarDesk, stays: bool) -> None:  # noqa: FBT001 - a row
    number = far.room.a_draft()

    def cut(_request: httpx.Request, response: httpx.Response) -> httpx.Response:
        far.line.cut(stays=stays)
        return response

    far.way.after = cut
    if stays:
        with pytest.raises(errors.NotWrittenDown):
            far.issue(number)
        far.way.after = lambda _request, response: response
        assert far.settle_later() == Settled(filed=1)
    else:
        far.issue(number)
    assert (far.room.filing(number).sending, far.room.times_filed(number), far.sent()) == (Sending.FILED, 1, 1)


def test_an_intent_that_another_desk_took_over_meanwhile_is_left_to_it(shop: Shop) -> None:
    one, two = shop.one.room, shop.two.room
    number, key = one.a_draft(), uuid.uuid4()
    one.desk.filings.delivery.sender._intend(number, key)
    shop.clock.advance(**LAPSED)
    with two.desk.filings.delivery.sender.holding(number), pytest.raises(errors.TakenOver):
        one.desk.filings.delivery.sender._intended(number, key, errors.ServerGone("08006"))
