"""How long ago a request left: by the machine's seconds, by the service's clock, or as long as this program runs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.gateway.service_time import ServiceTime
from onestop.services.delivery.since_sent import SinceSent, forget_sending
from support.builders import a_filing
from support.clock import FixedClock

if TYPE_CHECKING:
    from onestop.model.filing import Filing

MINUTE = dt.timedelta(minutes=1)


class Desk:
    """One run of the program on a machine, and what it knows of the service's clock."""

    def __init__(self, clock: FixedClock, *, dated: bool) -> None:
        self.clock = clock
        self.service_time = ServiceTime(clock)
        if dated:
            self.service_time.hear(clock.real(), took=0)
        self.since = SinceSent(clock, self.service_time)


def sent(desk: Desk) -> Filing:
    filing = a_filing(vehicle_id=1)
    filing.control_number = 1
    desk.since.note(filing)
    filing.first_sent_at = filing.last_sent_at
    return filing


@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
@pytest.mark.parametrize("turned", [{"minutes": 5}, {"days": -1}, {"days": 365}, {}], ids=str)
def test_after_a_restart_the_machine_itself_counts(turned: dict[str, float], dated: bool) -> None:  # noqa: FBT001 - a row
    clock = FixedClock()
    filing = sent(Desk(clock, dated=dated))
    clock.turn(**turned)
    clock.advance(minutes=2)
    again = Desk(clock, dated=dated)
    assert again.since.at_least(filing) == 2 * MINUTE
    assert again.since.since_first(filing) == 2 * MINUTE


@pytest.mark.parametrize("turned", [{"minutes": 5}, {"days": -1}, {"days": 365}, {}], ids=str)
def test_after_another_start_of_the_machine_the_service_counts(turned: dict[str, float]) -> None:
    clock = FixedClock()
    filing = sent(Desk(clock, dated=True))
    clock.turn(**turned)
    clock.advance(minutes=2)
    clock.reboot("the second run")
    again = Desk(clock, dated=True)
    assert again.since.at_least(filing) == again.since.since_first(filing) == 2 * MINUTE
    assert again.since.by_the_service(filing) == (filing.sent_service_time, filing.sent_service_time)


@pytest.mark.parametrize("dated", [(True, False), (False, True), (False, False)], ids=str)
def test_where_nobody_counted_it_is_at_least_as_long_as_this_program_runs(dated: tuple[bool, bool]) -> None:
    clock = FixedClock()
    filing = sent(Desk(clock, dated=dated[0]))
    clock.advance(hours=1)
    clock.reboot("the second run")
    again = Desk(clock, dated=dated[1])
    assert again.since.at_least(filing) == dt.timedelta()
    clock.advance(minutes=2)
    assert again.since.at_least(filing) == 2 * MINUTE
    assert again.since.since_first(filing) == 62 * MINUTE  # by a clock that may have been set, but was not set back
    clock.turn(days=-1)
    assert again.since.since_first(filing) is None


def test_a_count_that_runs_backwards_is_none() -> None:
    clock = FixedClock()
    filing = sent(Desk(clock, dated=False))
    filing.sent_uptime = clock.uptime() + 100  # another run of the machine, with the same name
    again = Desk(clock, dated=False)
    clock.advance(minutes=1)
    assert again.since.at_least(filing) == MINUTE
    filing.sent_service_time = clock.real() + MINUTE
    again.service_time.hear(clock.real(), took=0)  # the service's clock was set back
    assert again.since.at_least(filing) == MINUTE


def test_what_a_machine_had_not_sent_when_it_fell_asleep_goes_out_when_it_wakes() -> None:
    clock = FixedClock()
    desk = Desk(clock, dated=True)
    filing = sent(desk)
    clock.sleep(hours=10)
    clock.advance(minutes=1)
    assert desk.since.at_least(filing) == MINUTE
    assert desk.since.since_first(filing) == dt.timedelta(hours=10, minutes=1)


def test_when_it_first_left_is_counted_from_the_last_sending() -> None:
    clock = FixedClock()
    clock.turn(days=365)
    desk = Desk(clock, dated=False)
    filing = sent(desk)
    clock.turn(days=-365)
    clock.advance(minutes=5)
    desk.since.note_again(filing)
    assert (filing.first_sent_at, filing.last_sent_at) == (clock.now() - 5 * MINUTE, clock.now())
    clock.advance(minutes=5)
    assert desk.since.since_first(filing) == 10 * MINUTE


def test_a_first_sending_that_nobody_can_date_stays_as_it_was_written() -> None:
    clock = FixedClock()
    filing = sent(Desk(clock, dated=False))
    first = filing.first_sent_at
    clock.reboot("the second run")
    clock.turn(days=-1)
    Desk(clock, dated=False).since.note_again(filing)
    assert (filing.first_sent_at, filing.last_sent_at) == (first, clock.now())


def test_by_the_service_it_left_when_the_service_would_have_said() -> None:
    clock = FixedClock()
    clock.turn(hours=1)
    desk = Desk(clock, dated=False)
    filing = sent(desk)
    left = clock.real()
    assert desk.since.by_the_service(filing) == (clock.now(), clock.now())  # an hour wrong, and nobody knows
    clock.advance(minutes=3)
    desk.service_time.hear(clock.real(), took=0)
    assert desk.since.by_the_service(filing) == (left, left)


def test_what_never_left_did_not_leave_at_any_time() -> None:
    desk = Desk(FixedClock(), dated=True)
    filing = sent(desk)
    forget_sending(filing)
    assert (filing.sent_boot, filing.sent_uptime, filing.sent_service_time) == (None, None, None)
    assert desk.since.since_first(filing) is None
    assert desk.since.by_the_service(filing) is None
