"""How what came of many desks' work is counted: what moves on, is slow or lies in dead hands is not lost."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from faults.many_desks import a_database_url
from faults.shop_floor import ShopFloor
from onestop.clock import JST
from onestop.model.lease import DeskRun
from onestop.services.delivery.leases import Leases
from onestop_sandbox import Kind, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.desks import DeskRoom

pytestmark = pytest.mark.slow

SOON_OVER = dt.timedelta(seconds=2)


class OfficeClock:
    """The clock of an office at work: `step` passes between two looks at it."""

    def __init__(self) -> None:
        self.step = dt.timedelta()
        self._moment = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)

    def now(self) -> dt.datetime:
        self._moment += self.step
        return self._moment


@pytest.fixture
def office() -> OfficeClock:
    return OfficeClock()


@pytest.fixture
def floor(tmp_path: Path, office: OfficeClock) -> Iterator[ShopFloor]:
    with a_database_url() as url, ShopFloor(tmp_path, url, processes=0, seed=1, clock=office) as opened:
        opened.sandbox.troubles.clear()
        yield opened


@pytest.fixture
def room(floor: ShopFloor) -> Iterator[DeskRoom]:
    with floor.a_desk("D1") as opened:
        yield opened


def test_a_filing_that_moves_on_while_it_is_counted_is_not_lost(
    floor: ShopFloor, office: OfficeClock, room: DeskRoom
) -> None:
    room.desk.filings.delivery.issue(room.a_draft())
    office.step = dt.timedelta(minutes=7)
    count = floor.count()
    assert (count.filed, count.lost, floor.differences) == (1, 0, [])


def test_what_a_dead_desk_was_taking_back_is_counted_when_its_lease_has_lapsed(
    floor: ShopFloor, room: DeskRoom
) -> None:
    filing = room.desk.filings.delivery.issue(room.a_draft())
    dead = Leases(DeskRun("dead", "D2", alone=False), room.desk.filings.delivery.sender.clock, SOON_OVER)
    with room.database.write() as shelves:
        dead.take(shelves.filings.get(filing.control_number))
    room.ainas.withdraw(filing.filing_id or "")
    count = floor.count()
    assert (count.lost, room.filing(filing.control_number).status) == (0, "取消")


def test_a_filing_that_the_service_has_and_the_shop_has_not_is_lost(floor: ShopFloor, room: DeskRoom) -> None:
    filing = room.desk.filings.delivery.issue(room.a_draft())
    with room.database.write() as shelves:
        shelves.filings.delete(filing.control_number)
    assert floor.count().lost == 1


def test_ainas_is_asked_until_it_has_answered_about_all(floor: ShopFloor, room: DeskRoom) -> None:
    filing = room.desk.filings.delivery.issue(room.a_draft())
    room.ainas.withdraw(filing.filing_id or "")
    floor.sandbox.troubles.add(Trouble(Kind.CUT, "getProgress", times=2))
    floor.ask_about_all()
    assert room.filing(filing.control_number).status == "取消"
