"""Tests of the door to background work."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from onestop.errors import NotReached, OneStopError, ProgramFault
from onestop.screens.ports import Begin

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot

    from onestop.ui.background import QtBackground


def nothing(_result: object) -> None:
    """Take a result and do nothing."""


def fail(error: OneStopError) -> None:
    raise error


def test_work_runs_elsewhere_and_its_result_arrives_here(qtbot: QtBot, background: QtBackground) -> None:
    arrived: list[tuple[int, int]] = []
    background.run(threading.get_ident, lambda worker: arrived.append((worker, threading.get_ident())), fail)
    qtbot.waitUntil(lambda: bool(arrived))
    worker, here = arrived[0]
    assert here == threading.get_ident()
    assert worker != here
    assert not background.busy


@pytest.mark.parametrize("begin", [Begin.PAINTED, Begin.BEHIND])
def test_heavy_work_begins_when_the_window_has_been_painted(
    qtbot: QtBot, background: QtBackground, begin: Begin
) -> None:
    order: list[str] = []

    class Window(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            order.append("painted")

    window = Window()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: "painted" in order)
    order.clear()
    window.update()
    background.run(lambda: order.append("worked"), nothing, fail, begin=begin)
    assert background.busy
    qtbot.waitUntil(lambda: not background.busy)
    assert order == ["painted", "worked"]


def test_heavy_work_is_done_one_after_another(qtbot: QtBot, background: QtBackground) -> None:
    order: list[str] = []
    gate = threading.Event()

    def first() -> None:
        order.append("first begins")
        gate.wait(10)
        order.append("first ends")

    background.run(first, nothing, fail, begin=Begin.BEHIND)
    background.run(lambda: order.append("second"), nothing, fail, begin=Begin.BEHIND)
    qtbot.waitUntil(lambda: bool(order) and not background._to_begin)
    gate.set()
    assert background.wait_until_idle(10)
    assert order == ["first begins", "first ends", "second"]


def test_heavy_work_that_nobody_waits_for_is_not_begun(background: QtBackground) -> None:
    done: list[str] = []
    background.run(lambda: done.append("dropped"), nothing, fail, begin=Begin.BEHIND).drop()
    background.run(lambda: done.append("wanted"), nothing, fail, begin=Begin.BEHIND)
    background.run(lambda: done.append("sent"), nothing, fail, begin=Begin.PAINTED).drop()  # it is not only read
    assert background.wait_until_idle(10)
    assert sorted(done) == ["sent", "wanted"]


def test_the_end_of_the_day_waits_for_heavy_work_that_has_not_begun(background: QtBackground) -> None:
    heard: list[int] = []
    background.run(lambda: 1, heard.append, fail, begin=Begin.BEHIND)
    assert background.wait_until_idle(10)
    assert heard == [1]


def test_a_trouble_of_the_world_goes_to_failed(qtbot: QtBot, background: QtBackground) -> None:
    troubles: list[OneStopError] = []

    def work() -> None:
        raise NotReached

    background.run(work, nothing, troubles.append)
    qtbot.waitUntil(lambda: bool(troubles))
    assert isinstance(troubles[0], NotReached)


@pytest.mark.parametrize("dropped", [False, True])
def test_a_bug_goes_to_the_crash_hook_even_when_nobody_waits(
    background: QtBackground, monkeypatch: pytest.MonkeyPatch, *, dropped: bool
) -> None:
    bugs: list[tuple[object, int]] = []
    monkeypatch.setattr("sys.excepthook", lambda *bug: bugs.append((bug[0], threading.get_ident())))
    told: list[OneStopError] = []
    ticket = background.run(lambda: 1 // 0, nothing, told.append)
    if dropped:
        ticket.drop()
    assert background.wait_until_idle(10)
    assert bugs == [(ZeroDivisionError, threading.get_ident())]
    assert [type(each) for each in told] == ([] if dropped else [ProgramFault])


def test_a_bug_of_who_takes_the_result_leaves_nobody_waiting(
    background: QtBackground, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *bug: bugs.append(bug[0]))
    told: list[OneStopError] = []
    background.run(lambda: 0, lambda zero: nothing(1 // zero), told.append)
    assert background.wait_until_idle(10)
    assert (bugs, [type(each) for each in told]) == ([ZeroDivisionError], [ProgramFault])


def test_a_dropped_ticket_frees_its_callbacks_at_once_and_the_work_goes_on(background: QtBackground) -> None:
    class Window:
        def take(self, _result: object) -> None:
            raise AssertionError

    gate, ended = threading.Event(), threading.Event()

    def work() -> None:
        gate.wait(10)
        ended.set()

    window = Window()
    ticket = background.run(work, window.take, fail)
    seen = weakref.ref(window)
    ticket.drop()
    ticket.drop()
    del window
    gc.collect()
    assert seen() is None
    assert background.busy
    gate.set()
    assert background.wait_until_idle(10)
    assert ended.is_set()


def test_hand_over_works_from_any_thread(qtbot: QtBot, background: QtBackground) -> None:
    ran: list[int] = []
    background.run(lambda: background.hand_over(lambda: ran.append(threading.get_ident())), nothing, fail)
    qtbot.waitUntil(lambda: bool(ran))
    assert ran == [threading.get_ident()]


def test_timers_run_once_and_can_be_dropped(qtbot: QtBot, background: QtBackground) -> None:
    ran: list[str] = []
    dropped = background.after(0, lambda: ran.append("dropped"))
    dropped.drop()
    dropped.drop()
    background.after(0, lambda: ran.append("first"))
    background.after(1, lambda: ran.append("last"))
    qtbot.waitUntil(lambda: "last" in ran)
    assert ran == ["first", "last"]


def test_closing_a_window_background_drops_callbacks_and_timers_and_never_work(background: QtBackground) -> None:
    heard: list[object] = []
    done: list[str] = []
    own, other = background.for_window(), background.for_window()
    own.run(lambda: done.append("mine"), heard.append, fail)
    own.run(lambda: done.append("behind"), heard.append, fail, begin=Begin.BEHIND)  # it only reads
    other.run(lambda: done.append("other"), lambda _: heard.append("other"), fail)
    own.hand_over(lambda: heard.append("handed over"))
    own.after(0, lambda: heard.append("timer"))
    own.close()
    own.run(lambda: done.append("late"), heard.append, fail)
    own.run(lambda: done.append("late behind"), heard.append, fail, begin=Begin.BEHIND)
    own.hand_over(lambda: heard.append("late"))
    own.after(0, lambda: heard.append("late"))
    assert background.wait_until_idle(10)
    assert sorted(done) == ["late", "mine", "other"]
    assert heard == ["other"]


def test_a_window_background_that_is_open_hears_everything(qtbot: QtBot, background: QtBackground) -> None:
    heard: list[object] = []
    own = background.for_window()
    own.run(lambda: 1, heard.append, fail)
    own.hand_over(lambda: heard.append(2))
    own.after(0, lambda: heard.append(3))
    qtbot.waitUntil(lambda: {*heard} == {1, 2, 3})


def test_waiting_ends_when_time_runs_out(background: QtBackground) -> None:
    gate = threading.Event()
    background.run(lambda: gate.wait(10), nothing, fail)
    assert not background.wait_until_idle(0.01)
    gate.set()
    assert background.wait_until_idle(10)


def test_waiting_includes_the_work_that_results_start(background: QtBackground) -> None:
    ended: list[int] = []

    def go_on(one: int) -> None:
        background.run(lambda: one + 1, ended.append, fail)

    background.run(lambda: 1, go_on, fail)
    assert background.wait_until_idle(10)
    assert ended == [2]
