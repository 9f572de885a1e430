"""A desk at a server goes by the server's time."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.store.postgres.opening import open_server
from onestop.store.postgres.server_clock import ServerClock
from support.builders import BUILT_AT
from support.clock import FixedClock
from support.postgres import a_server_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.store.postgres.connecting import Door


@pytest.fixture
def door() -> Iterator[Door]:
    with a_server_database() as way:
        yield way


def test_the_servers_time_is_heard_at_opening_and_with_each_write(door: Door) -> None:
    own = FixedClock(BUILT_AT)
    clock = ServerClock(own)
    assert (clock.now(), clock.today()) == (BUILT_AT, own.today())

    database = open_server(door, clock)
    with closing(door.connect()) as driver:
        now = driver.execute("SELECT clock_timestamp()").fetchall()[0][0]
    assert isinstance(now, dt.datetime)
    assert abs(clock.now() - now) < dt.timedelta(minutes=5)
    own.advance(days=40)
    with database.write():
        pass
    assert abs(clock.now() - now) < dt.timedelta(minutes=5)
    assert (clock.monotonic(), clock.uptime(), clock.boot) == (own.monotonic(), own.uptime(), own.boot)
    database.close()


def test_a_desk_whose_clock_is_set_goes_on_by_the_servers_time(door: Door) -> None:
    own = FixedClock()
    clock = ServerClock(own)
    with closing(open_server(door, clock)):
        before = clock.now()
        own.turn(hours=1)
        assert clock.now() == before
        own.advance(minutes=4)
        assert clock.now() == before + dt.timedelta(minutes=4)
