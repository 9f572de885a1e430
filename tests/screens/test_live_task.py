"""Long work of a screen: what it reports, and that an overtaken one is not heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.errors import NotReached
from onestop.screens.live_task import LiveTask
from onestop.screens.screen import Screen
from support.screens import InlineBackground, Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from onestop.errors import OneStopError
    from onestop.screens.work_progress import WorkProgress


def _counted(items: tuple[int, ...], before: WorkProgress) -> tuple[int, int]:
    return before.done + len(items), 3


class Desk:
    """A screen with a task, and what was heard of it."""

    def __init__(self) -> None:
        self.stage = Stage(background=InlineBackground(held=True))
        self.screen = self.stage.open(Screen(self.stage.surroundings))
        self.live = LiveTask(self.screen, _counted)
        self.paces: list[WorkProgress | None] = []
        self.heard: list[str | OneStopError] = []
        self.stops: list[Event] = []
        self.stage.view.refreshed = lambda: self.paces.append(self.live.progress)

    def start(self, name: str, total: int = 0) -> None:
        def job(report: Callable[[int], None], stop: Event) -> str:
            self.stops.append(stop)
            for number in range(3):
                report(number)
            return name

        self.live.start(job, self.heard.append, self.heard.append, total)


def test_what_is_reported_is_counted_and_gone_at_the_end() -> None:
    desk = Desk()
    desk.start("one")
    desk.stage.background.work_all()
    assert desk.paces == [None, (1, 3, 0.0), (3, 3, 0.0)]
    assert (desk.heard, desk.live.progress, desk.live.stopped) == (["one"], None, False)


def test_a_total_that_is_known_stands_there_at_once() -> None:
    desk = Desk()
    desk.start("one", total=3)
    assert desk.paces == [(0, 3, None)]


def test_an_overtaken_one_is_told_to_stop_and_not_heard() -> None:
    desk = Desk()
    desk.start("one")
    desk.start("two")
    desk.stage.background.work_all()
    assert desk.heard == ["two"]
    assert [stop.is_set() for stop in desk.stops] == [True, False]
    assert desk.paces == [None, None, (1, 3, 0.0), (3, 3, 0.0)]


def test_one_that_was_given_up_is_not_heard() -> None:
    desk = Desk()
    desk.start("one", total=3)
    desk.live.give_up()
    desk.stage.background.work_all()
    assert (desk.heard, desk.live.progress) == ([], None)


def test_one_that_was_stopped_is_heard() -> None:
    desk = Desk()
    desk.start("one")
    desk.live.stop()
    desk.stage.background.work_all()
    assert (desk.heard, desk.live.stopped, desk.stops[0].is_set()) == (["one"], True, True)


@pytest.mark.parametrize("overtaken", [False, True])
def test_a_trouble_is_told_after_what_was_reported_unless_it_was_overtaken(*, overtaken: bool) -> None:
    desk = Desk()
    trouble = NotReached()

    def job(report: Callable[[int], None], _stop: Event) -> str:
        report(0)
        report(1)
        raise trouble

    desk.live.start(job, desk.heard.append, desk.heard.append)
    if overtaken:
        desk.live.give_up()
    desk.stage.background.work_all()
    desk.stage.background.pass_time(1000)
    assert desk.heard == ([] if overtaken else [trouble])
    assert desk.live.progress is None
