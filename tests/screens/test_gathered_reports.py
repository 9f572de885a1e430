"""Tests of reports that reach the GUI thread in lots."""

from __future__ import annotations

from onestop.screens.gathered_reports import GatheredReports
from onestop.screens.work_progress import WorkProgress
from support.clock import FixedClock
from support.screens import InlineBackground


class Desk:
    """Lots of numbers, with everything around them."""

    def __init__(self) -> None:
        self.background = InlineBackground()
        self.clock = FixedClock()
        self.heard: list[tuple[int, ...]] = []
        self.reports: GatheredReports[int] = GatheredReports(self.background, self.clock, self.heard.append)


def test_the_first_report_comes_at_once_and_the_next_ones_together() -> None:
    desk = Desk()
    for number in range(4):
        desk.reports.add(number)
    assert desk.heard == [(0,)]
    assert len(desk.background.timers) == 1
    desk.background.pass_time(100)
    assert desk.heard == [(0,), (1, 2, 3)]


def test_a_report_after_a_while_comes_at_once() -> None:
    desk = Desk()
    desk.reports.add(1)
    desk.clock.advance(seconds=0.2)
    desk.reports.add(2)
    assert desk.heard == [(1,), (2,)]
    assert desk.background.timers == []


def test_the_timer_waits_for_what_is_left_of_the_period() -> None:
    desk = Desk()
    desk.reports.add(1)
    desk.clock.advance(seconds=0.06)
    desk.reports.add(2)
    desk.background.pass_time(39)
    assert desk.heard == [(1,)]
    desk.background.pass_time(2)
    assert desk.heard == [(1,), (2,)]


def test_flushing_hands_over_the_rest_and_leaves_no_timer() -> None:
    desk = Desk()
    desk.reports.add(1)
    desk.reports.add(2)
    desk.reports.flush()
    desk.reports.flush()
    desk.background.pass_time(1000)
    assert desk.heard == [(1,), (2,)]


def test_time_left_is_reckoned_from_the_time_taken() -> None:
    assert WorkProgress.since(10.0, 12.0, 50, 200) == (50, 200, 6.0)
    assert WorkProgress.since(10.0, 12.0, 0, 200) == (0, 200, None)
