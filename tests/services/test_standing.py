"""What the status line knows: where requests go, and what AINAS says of itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.app.practice import URL
from onestop.clock import JST
from onestop.services.hours import PlannedHours
from onestop.services.standing import DeskStanding
from onestop_sandbox import Kind, Trouble
from support.clock import RealClock
from support.desks import IN_PROCESS, READY_SECRETS, a_desk, a_sandbox
from support.keychains import a_keychain

if TYPE_CHECKING:
    from pathlib import Path

    from support.clock import FixedClock
    from support.desks import DeskRoom


def test_offline_asks_nobody_not_even_a_locked_keychain(tmp_path: Path) -> None:
    keychain, backend = a_keychain(READY_SECRETS)
    backend.locked = True
    with a_desk(tmp_path, secrets=keychain) as room:
        assert room.desk.standing.offline() == DeskStanding(
            practice=False,
            address=IN_PROCESS,
            terminal="1番窓口",
            in_keychain=True,
            ainas_hours=PlannedHours("8:00–22:00"),
            airas_hours=PlannedHours("8:00–20:00"),
        )
        assert room.sandbox.requests == {}


@pytest.mark.parametrize("practice", [True, False])
def test_practice_needs_no_keychain(tmp_path: Path, practice: bool) -> None:  # noqa: FBT001 - a row
    with a_desk(tmp_path, practice=practice) as room:
        standing = room.desk.standing.offline()
        assert (standing.practice, standing.in_keychain) == (practice, practice)


@pytest.mark.parametrize(("url", "shared"), [(IN_PROCESS, True), (URL, False)], ids=["of several desks", "its own"])
def test_practice_knows_whose_services_it_works_with(tmp_path: Path, url: str, shared: bool) -> None:  # noqa: FBT001 - a row
    with a_desk(tmp_path, practice=True, url=url) as room:
        assert room.desk.standing.offline().shared is shared


def test_an_open_service_tells_its_hours(tmp_path: Path, clock: FixedClock) -> None:
    with a_sandbox(clock, hours=True) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        standing = room.desk.standing.ask()
        assert (standing.reachable, standing.state) == (True, "open")
        assert (standing.opens_at, standing.closes_at) == ("08:00", "22:00")
        clock.advance(hours=14)
        standing = room.desk.standing.ask()
        assert standing.state == "closed"


def test_at_the_turn_of_the_year_both_are_closed_until_the_fourth(tmp_path: Path, clock: FixedClock) -> None:
    clock.moment = dt.datetime(2026, 12, 30, 10, 0, tzinfo=JST)
    opening = dt.datetime(2027, 1, 4, 8, 0, tzinfo=JST)
    with a_sandbox(clock, hours=True) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        standing = room.desk.standing.ask()
        assert standing.state == "closed"
        assert (standing.ainas_hours.opens_next, standing.airas_hours.opens_next) == (opening, opening)


def test_the_embedded_services_of_practice_never_close(tmp_path: Path, clock: FixedClock) -> None:
    clock.moment = dt.datetime(2026, 12, 30, 10, 0, tzinfo=JST)
    with a_desk(tmp_path, clock=clock, practice=True) as room:
        standing = room.desk.standing.ask()
        assert standing.state == "open"
        assert standing.ainas_hours == PlannedHours("8:00–22:00")
        assert standing.airas_hours == PlannedHours("8:00–20:00")


@pytest.mark.parametrize(
    ("turned", "ahead"),
    [({"seconds": 120}, {}), ({"seconds": 121}, {"seconds": 121}), ({"days": -1}, {"days": -1}), ({}, {})],
    ids=str,
)
def test_a_clock_that_is_wrong_is_told_once_ainas_has_said_what_time_it_is(
    tmp_path: Path, clock: FixedClock, turned: dict[str, float], ahead: dict[str, float]
) -> None:
    with a_sandbox(RealClock(clock)) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        clock.turn(**turned)
        assert room.desk.standing.offline().clock_ahead == dt.timedelta()
        assert room.desk.standing.ask().clock_ahead == dt.timedelta(**ahead)


def test_not_being_able_to_ask_is_an_answer_too(room: DeskRoom) -> None:
    room.sandbox.troubles.add(Trouble(Kind.CUT, "getService"))
    standing = room.desk.standing.ask()
    assert (standing.reachable, standing.state, standing.address) == (False, None, IN_PROCESS)
