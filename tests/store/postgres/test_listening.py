"""What other desks change on a server is heard, and so is that the server is gone and back."""

from __future__ import annotations

import dataclasses
from contextlib import closing as closing_line
from threading import Event, Timer
from typing import TYPE_CHECKING

import pytest
from psycopg import OperationalError

from onestop.model.change import Author
from onestop.store.database import Database
from onestop.store.pauses import LONGEST_PAUSE, pause
from onestop.store.postgres import listening
from onestop.store.postgres.backing import Server
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.listening import Heard, Listening
from onestop.store.postgres.server_clock import ServerClock
from onestop.store.postgres.telling import TOLD, Told, read_told
from onestop.store.schema import METADATA
from support.builders import a_filing, a_vehicle
from support.clock import FixedClock
from support.listening import PATIENCE, Swallowing, an_ear
from support.postgres import a_server_database, a_server_that_dies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import ExitStack

SILENT = {
    "bank_line",
    "bank_line_again",
    "change",
    "inspector",
    "operator",
    "payment_event",
    "row_sum",
    "save_mark",
    "settled_file",
    "typing_draft",
}
"""What no open window shows, or what windows ask for themselves."""


@pytest.fixture
def door() -> Iterator[Door]:
    with a_server_database() as door:
        yield door


def a_desk_at(door: Door, closing: ExitStack) -> Database:
    """Open the database as another desk does."""
    clock = ServerClock(FixedClock())
    database = Database(Server(door, clock), clock)
    closing.callback(database.close)
    return database


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    from contextlib import ExitStack  # noqa: PLC0415 - a type elsewhere here

    with ExitStack() as stack:
        yield stack


def test_what_another_desk_changes_is_heard_by_its_numbers(door: Door, closing: ExitStack) -> None:
    other = Door(door.place)
    with an_ear(door) as ear:
        ear.until_begins()
        with a_desk_at(other, closing).write() as shelves:
            car = a_vehicle()
            shelves.vehicles.add(car)
            filing = a_filing(vehicle_id=car.id)
            shelves.filings.add(filing)
        told = ear.next()
    assert told.is_there
    assert Told(other.mark, car.id) in told.changes
    assert Told(other.mark, car.id, filing.control_number) in told.changes


def test_who_types_at_another_desk_is_heard_and_that_it_is_over(door: Door, closing: ExitStack) -> None:
    other = Door(door.place)
    desk = a_desk_at(other, closing)
    with an_ear(door) as ear:
        ear.until_begins()
        with desk.write() as shelves:
            shelves.editing.hold("theirs", 7, Author("田中", "端末2"), FixedClock().now())
        assert ear.next().changes == (Told(other.mark, 7, typed=True),)
        with desk.write() as shelves:
            shelves.editing.let_go("theirs")
        assert ear.next().changes == (Told(other.mark, 7, typed=True),)


def test_a_burst_is_heard_once_and_a_deletion_too(door: Door, closing: ExitStack) -> None:
    desk = a_desk_at(Door(door.place), closing)
    with desk.write() as shelves:
        cars = [shelves.vehicles.add(a_vehicle(chassis_number=f"ABC-{number}")) for number in range(30)]
    with an_ear(door) as ear:
        ear.until_begins()
        with Door(door.place).connect() as driver:
            driver.execute("DELETE FROM vehicle")
        told = ear.next()
        assert {each.vehicle_id for each in told.changes} == {car.id for car in cars}
        assert ear.is_silent


def test_that_a_service_was_asked_and_had_no_news_is_told_to_nobody(door: Door, closing: ExitStack) -> None:
    desk = a_desk_at(Door(door.place), closing)
    with desk.write() as shelves:
        car = shelves.vehicles.add(a_vehicle()).id
        number, other = (shelves.filings.add(a_filing(vehicle_id=car)).control_number for _ in range(2))
    with an_ear(door) as ear:
        ear.until_begins()
        with desk.write() as shelves:
            asked = shelves.filings.get(number)
            asked.answers, asked.checked_at = 1, FixedClock().now()
        with desk.write() as shelves:
            shelves.filings.get(other).status = "受付済"
        assert {each.control_number for each in ear.next().changes} == {other}
    with desk.read() as shelves:
        assert [shelves.filings.get(each).version for each in (number, other)] == [1, 2]


def test_that_a_desk_is_busy_with_a_record_is_told(door: Door, closing: ExitStack) -> None:
    desk, now = a_desk_at(Door(door.place), closing), FixedClock().now()
    with desk.write() as shelves:
        car = shelves.vehicles.add(a_vehicle()).id
        number = shelves.filings.add(a_filing(vehicle_id=car)).control_number
    with an_ear(door) as ear:
        ear.until_begins()
        with desk.write() as shelves:
            held = shelves.filings.get(number)
            held.lease_run, held.lease_terminal, held.lease_until, held.fence = "r", "端末2", now, 1
        assert {each.control_number for each in ear.next().changes} == {number}


def test_what_a_desk_changes_itself_it_is_not_told(door: Door, closing: ExitStack) -> None:
    with an_ear(door) as ear:
        ear.until_begins()
        with a_desk_at(door, closing).write() as shelves:
            own = shelves.vehicles.add(a_vehicle(chassis_number="OWN-1"))
        with a_desk_at(Door(door.place), closing).write() as shelves:
            others = shelves.vehicles.add(a_vehicle(chassis_number="OTHER-1"))
        assert {each.vehicle_id for each in ear.next().changes} == {others.id}
        assert own.id != others.id


def test_of_its_own_changes_alone_nothing_is_told(door: Door) -> None:
    heard: list[Heard] = []
    desk = Listening(door, ServerClock(FixedClock()))
    desk._tell = heard.append
    desk._pass_on([f"{door.mark} 1 0", "hello"])
    assert heard == []


def test_what_is_not_ours_is_not_read() -> None:
    assert read_told("a 1 0") == Told("a", 1)
    assert read_told("a 1 0 editing") == Told("a", 1, typed=True)
    assert read_told("a 1 0 something") is None
    assert read_told("a b 0 editing") is None
    assert read_told("hello") is None
    assert read_told("a b c") is None


def test_of_each_table_it_is_decided_whether_others_are_told() -> None:
    silent = METADATA.tables.keys() - TOLD.keys()
    assert TOLD.keys() <= METADATA.tables.keys()
    assert silent == SILENT


def test_pauses_grow_and_no_two_desks_wait_equally_long() -> None:
    assert 0.7 < pause(0) < 1.3
    assert 5.9 < pause(3) < 10.1
    assert pause(40) <= LONGEST_PAUSE * 1.25
    assert len({pause(3) for _ in range(9)}) > 1


def test_a_server_that_is_killed_is_told_at_once_and_that_it_is_back() -> None:
    with a_server_that_dies() as (mortal, door), an_ear(door) as ear:
        ear.until_begins()
        mortal.stop()
        ear.until_gone()
        mortal.start()
        ear.until_begins()


def test_whoever_gets_through_ends_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "pause", lambda _failed: 3600.0)
    with a_server_that_dies() as (mortal, door), an_ear(door) as ear:
        ear.until_begins()
        mortal.stop()
        ear.until_gone()
        mortal.start()
        door.connect().close()
        ear.until_begins()


def test_a_silent_server_is_asked_and_its_time_heard(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "BEAT", 0.01)
    with an_ear(door) as ear:
        ear.until_begins()
        before = ear.clock.now()
        while ear.clock.now() == before:  # the fixed clock stands still until the server is heard
            pass


def test_silence_alone_ends_no_line(door: Door) -> None:
    with closing_line(door.connect(autocommit=True)) as line:
        assert [*line.notifies(timeout=0.01, stop_after=1)] == []
        assert not line.closed
        assert line.execute("SELECT 1").fetchone() == (1,)


def test_a_network_that_swallows_everything_is_found_out(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "BEAT", 0.05)
    monkeypatch.setattr(listening, "ANSWER_WITHIN", 0.3)
    network = Swallowing(door.place)
    over_it = Door(dataclasses.replace(door.place, host="127.0.0.1", port=network.port))
    try:
        with an_ear(over_it) as ear:
            ear.until_begins()
            stuck = over_it.connect()
            network.swallow()
            ear.until_gone()
            with pytest.raises(Exception, match=r"."):  # whoever waits on another line hears of it, too
                stuck.execute("SELECT 1")
            stuck.close()
            network.let_through()
            ear.until_begins()
    finally:
        network.close()


def test_whoever_waits_on_a_line_that_is_cut_hears_of_it_where_the_system_wakes_nobody(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, which tells a reader nothing of a line that is shut down on this side."""
    monkeypatch.setattr("socket.socket.shutdown", lambda _line, _how: None)
    with an_ear(door) as ear, closing_line(door.connect(autocommit=True)) as line:
        ear.until_begins()
        cut_soon = Timer(0.05, door.cut)
        cut_soon.start()
        with pytest.raises(OperationalError, match="cut"):
            line.execute("SELECT pg_sleep(60)")
        cut_soon.join()
        assert line.closed
        ear.until_gone()


def test_ending_while_it_begins_is_heard(door: Door) -> None:
    quick = Listening(door, ServerClock(FixedClock()))
    begun = Event()

    def end_at_once(_heard: Heard) -> None:
        quick._over.set()
        begun.set()

    quick.begin(end_at_once)
    assert begun.wait(PATIENCE)
    quick.end()
    assert not quick._thread.is_alive()


def test_ending_before_it_began_waits_for_nothing(door: Door) -> None:
    never = Listening(door, ServerClock(FixedClock()))
    never.end()
    assert Heard(is_there=True).changes == ()
