"""The machine's clock is wrong, set, or set back: nothing waits longer for it, and nothing is sent earlier."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.delivery.settle import CLOCK_WAS_SET, Settled
from onestop_sandbox import REAL, Kind, Trouble
from support.clock import FixedClock, RealClock
from support.conformity import a_draft, an_issued_one, certificate, prepare_shop
from support.desks import Interposed, a_desk, a_sandbox
from support.filing import lose_the_answer, undated
from support.insurance import an_issued_policy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop_sandbox import Sandbox
    from support.desks import DeskRoom

JUMPS = ({"minutes": 5}, {"hours": -9}, {"days": 1}, {"days": 365}, {"days": -365})
WORLDS = tuple(product((True, False), repeat=2))
"""Whether AINAS dates its answers, and whether it is the same run of the machine."""


def be_wrong(clock: FixedClock, **span: float) -> None:
    """Show the day of the tests' papers when it is another one."""
    face = clock.moment
    clock.turn(**span)
    clock.advance(seconds=(face - clock.moment).total_seconds())


@pytest.fixture
def sandbox(clock: FixedClock) -> Iterator[Sandbox]:
    with a_sandbox(RealClock(clock), pace=REAL) as services:
        yield services


@pytest.mark.parametrize("restarted", [False, True], ids=["running on", "restarted"])
@pytest.mark.parametrize("ahead", JUMPS, ids=str)
def test_a_filing_is_not_open_as_long_as_the_clock_was_ahead(
    tmp_path: Path,
    clock: FixedClock,
    sandbox: Sandbox,
    ahead: dict[str, float],
    restarted: bool,  # noqa: FBT001 - a row
) -> None:
    be_wrong(clock, **ahead)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        number = room.a_draft()
        lose_the_answer(room, number, acted=False)
        clock.turn(**{unit: -by for unit, by in ahead.items()})
        clock.advance(seconds=179)
        assert room.desk.filings.delivery.settle() == Settled(waiting=1)
        clock.advance(seconds=1)
        if not restarted:
            assert room.desk.filings.delivery.settle() == Settled(filed=1)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        assert room.desk.filings.delivery.settle() == Settled(filed=int(restarted))
        assert room.times_filed(number) == 1


@pytest.mark.parametrize("world", WORLDS, ids=["dated", "dated, rebooted", "undated", "undated, rebooted"])
@pytest.mark.parametrize("turned", JUMPS, ids=str)
def test_a_server_that_is_still_busy_is_waited_for_though_the_clock_was_set_before_the_restart(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, turned: dict[str, float], world: tuple[bool, bool]
) -> None:
    dated, same_run = world
    sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    way = Interposed(sandbox)
    way.after = (lambda _request, response: response) if dated else undated
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        room.desk.standing.ask()
        number = room.a_draft()
        sandbox.troubles.add(Trouble(Kind.LATE, "submitFiling", seconds=100))
        with pytest.raises(errors.NoAnswer):
            room.desk.filings.delivery.issue(number)
    clock.turn(**turned)
    clock.advance(seconds=30)
    if not same_run:
        clock.reboot("the second run")
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        assert room.desk.filings.delivery.settle() == Settled(waiting=1)
        with pytest.raises(errors.NotAllowed, match="数分たってから"):
            room.desk.filings.delivery.resolution.give_back(number)
        clock.advance(seconds=180)
        settled = room.desk.filings.delivery.settle()
        assert (settled.filed, type(settled.reason)) in {(1, type(None)), (0, errors.Undecided)}
        assert room.times_filed(number) == 1


def test_a_sending_that_nobody_can_date_is_the_clerks_to_judge(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox
) -> None:
    way = Interposed(sandbox)
    way.after = undated
    be_wrong(clock, days=365)
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        number = room.a_draft()
        lose_the_answer(room, number, acted=False)
    clock.turn(days=-365)
    clock.reboot("the second run")
    with a_desk(tmp_path, clock=clock, sandbox=sandbox, http=way) as room:
        clock.advance(minutes=3)
        settled = room.desk.filings.delivery.settle()
        assert CLOCK_WAS_SET.format(service="AINAS") in str(settled.reason)
        assert room.desk.filings.delivery.resolution.give_back(number).sending is Sending.DRAFT
        assert room.times_filed(number) == 0


@pytest.mark.parametrize("restarted", [False, True], ids=["running on", "restarted"])
@pytest.mark.parametrize("ahead", [{"minutes": 55}, {"days": 1}, {"days": 365}], ids=str)
def test_a_wait_for_the_next_try_is_no_longer_for_a_clock_that_was_ahead(
    tmp_path: Path,
    clock: FixedClock,
    sandbox: Sandbox,
    ahead: dict[str, float],
    restarted: bool,  # noqa: FBT001 - a row
) -> None:
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        prepare_shop(room)
        number = a_draft(room)
        clock.turn(**ahead)
        with pytest.raises(errors.Refused):
            room.desk.conformity.delivery.issue(number)
        clock.turn(**{unit: -by for unit, by in ahead.items()})
        if not restarted:
            assert room.desk.conformity.tend() == ()
    with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
        assert room.desk.conformity.tend() == ()
        waiting = certificate(room, number)
        assert waiting.waiting_since == waiting.tried_at == clock.now()
        assert waiting.next_try_at is not None
        assert (waiting.next_try_at - clock.now()).total_seconds() == 50 * 60
        clock.advance(minutes=51)
        (tended,) = room.desk.conformity.tend()
        assert tended.certificate_number is not None


def test_a_pullback_holds_no_longer_for_a_clock_that_was_ahead(room: DeskRoom, clock: FixedClock) -> None:
    prepare_shop(room)
    number = an_issued_one(room, clock)
    clock.turn(days=30)
    room.desk.conformity.pull_back(number, "走行距離の誤り")
    clock.turn(days=-30)
    assert room.desk.conformity.tend() == ()
    held = certificate(room, number)
    assert (held.pullback_requested_at, held.tried_at) == (clock.now(), None)
    clock.advance(minutes=30)
    (tended,) = room.desk.conformity.tend()
    assert tended.editable


def test_the_registry_is_asked_about_though_the_clock_was_ahead(room: DeskRoom, clock: FixedClock) -> None:
    clock.turn(days=30)
    number = an_issued_policy(room)
    clock.turn(days=-30)
    assert room.desk.insurance.tend() == ()
    clock.advance(hours=1)
    assert [each.control_number for each in room.desk.insurance.tend()] == [number]
    with room.database.read() as shelves:
        held = shelves.insurance.get(number)
    assert held.first_sent_at is not None
    assert held.first_sent_at <= clock.now()
