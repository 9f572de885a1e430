"""All work off the GUI thread: one object, one queued signal, one thread pool."""

from __future__ import annotations

import itertools
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QObject, Qt, QThreadPool, QTimerEvent, Signal, Slot

from onestop.errors import OneStopError, ProgramFault
from onestop.screens.ports import Begin

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from onestop.screens.ports import Ticket

Result = TypeVar("Result")

WORKERS = 8
"""Four requests at a time for F7, and room for the store, the keychain and files meanwhile."""
HEAD_START = 25
"""Milliseconds that the window gets for painting before heavy work begins. Two threads of one core share its speed: the
numbers of a million filings made the painting of the first page take twice as long, as did the sending of many."""


@dataclass(frozen=True, slots=True)
class _Callbacks:
    """What runs on the GUI thread when work has ended, and whose they are."""

    done: Callable[[Any], None]
    """Takes what its own work returns."""
    failed: Callable[[OneStopError], None]
    owner: WindowBackground | None


@dataclass(frozen=True, slots=True)
class _Ticket:
    """Stands for work or a timer that was started; `drop` forgets its callbacks."""

    drop: Callable[[], None]


class QtBackground(QObject):
    """Implements ports.Background; lives as long as the application, on the GUI thread.

    A worker holds the work alone, no QObject and nothing of a window. Callbacks wait here under the number of their
    ticket, so that dropping a ticket frees at once what they hold.
    """

    _ended = Signal(object, object, object)  # ticket number, result, error

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(WORKERS)
        self._numbers = itertools.count(1)
        self._callbacks: dict[int, _Callbacks] = {}
        self._under_way: set[int] = set()
        self._timers: dict[int, tuple[Callable[[], None], WindowBackground | None]] = {}
        self._heavy_pool = QThreadPool(self)
        self._heavy_pool.setMaxThreadCount(1)  # two at once would take the memory of both
        self._to_begin: dict[int, tuple[QThreadPool, Callable[[], None]]] = {}
        """Work that has not begun yet, by the timer of its head start."""
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def for_window(self) -> WindowBackground:
        """Return the way to this one that a window has; closing it drops that window's callbacks, never its work."""
        return WindowBackground(self)

    # --- ports.Background; with an `owner`, callbacks that go when it closes

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[OneStopError], None],
        *,
        begin: Begin = Begin.AT_ONCE,
        owner: WindowBackground | None = None,
    ) -> Ticket:
        """Run `work` on a worker, where painting comes first after a head start; the callbacks run on this thread."""
        number = next(self._numbers)
        self._callbacks[number] = _Callbacks(done, failed, owner)
        self._under_way.add(number)
        ended = self._ended

        def job() -> None:
            # what begins behind others only reads, and nobody may wait for it any more
            if begin is Begin.BEHIND and number not in self._callbacks:
                ended.emit(number, None, None)
                return
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 - judged on the GUI thread: told to the screen, or a crash
                ended.emit(number, None, error)
            else:
                ended.emit(number, result, None)

        pool = self._heavy_pool if begin is Begin.BEHIND else self._pool
        if begin is Begin.AT_ONCE:
            pool.start(job)
        else:
            self._to_begin[self.startTimer(HEAD_START)] = (pool, job)
        return _Ticket(partial(self._forget, number))

    def hand_over(self, callback: Callable[[], None], *, owner: WindowBackground | None = None) -> None:
        """From any thread: run `callback` on the GUI thread soon."""
        number = next(self._numbers)
        self._callbacks[number] = _Callbacks(lambda _result: callback(), lambda _error: None, owner)
        self._ended.emit(number, None, None)

    def after(
        self, milliseconds: int, callback: Callable[[], None], *, owner: WindowBackground | None = None
    ) -> Ticket:
        """Run `callback` on the GUI thread once, after a while, unless dropped."""
        timer = self.startTimer(milliseconds)
        self._timers[timer] = (callback, owner)
        return _Ticket(partial(self._stop, timer))

    # --- dropping

    def _forget(self, number: int) -> None:
        """Forget the callbacks of work, which goes on to its end."""
        self._callbacks.pop(number, None)

    def _stop(self, timer: int) -> None:
        """Stop a timer, if it still runs."""
        if self._timers.pop(timer, None) is not None:
            self.killTimer(timer)

    def forget_owner(self, owner: WindowBackground) -> None:
        """Forget everything that would call back this owner."""
        for number in [number for number, each in [*self._callbacks.items()] if each.owner is owner]:
            self._forget(number)
        for timer in [timer for timer, (_, whose) in self._timers.items() if whose is owner]:
            self._stop(timer)

    # --- the end of the day

    @property
    def busy(self) -> bool:
        """Whether work is under way or its result not yet delivered; timers do not count."""
        return bool(self._under_way)

    def wait_until_idle(self, seconds: float) -> bool:
        """Let work end and deliver its results, without a nested event loop; False if time ran out."""
        deadline = QDeadlineTimer(int(seconds * 1000))
        while True:
            for timer in [*self._to_begin]:
                self._begin(timer)
            for pool in (self._pool, self._heavy_pool):
                pool.waitForDone(deadline.remainingTime())
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
            if not self._under_way or deadline.hasExpired():
                return not self._under_way

    # --- arrivals, on the GUI thread

    @Slot(object, object, object)
    def _deliver(self, number: int, result: object, error: BaseException | None) -> None:
        self._under_way.discard(number)
        callbacks = self._callbacks.pop(number, None)
        if error is not None and not isinstance(error, OneStopError):
            _tell_bug(error, callbacks)
            return
        if callbacks is None:
            return
        around = nullcontext if callbacks.owner is None else callbacks.owner.around
        if error is not None:
            with around():
                callbacks.failed(error)
            return
        try:
            with around():
                callbacks.done(result)
        except Exception as bug:  # noqa: BLE001 - told as bugs are; the window must not wait for ever
            _tell_bug(bug, callbacks)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Run what was to run after a while."""
        timer = event.timerId()
        if timer in self._to_begin:
            self._begin(timer)
            return
        callback, _ = self._timers[timer]
        self._stop(timer)
        callback()

    def _begin(self, timer: int) -> None:
        self.killTimer(timer)
        pool, job = self._to_begin.pop(timer)
        pool.start(job)


class WindowBackground:
    """The background of one window: what it owns ends with it. Implements ports.Background."""

    def __init__(self, background: QtBackground) -> None:
        self._background = background
        self._closed = False
        self.around: Callable[[], AbstractContextManager[None]] = nullcontext
        """Goes around what hears of an end of work, so that the window shows once what came of it."""

    def for_window(self) -> WindowBackground:
        """Return the background of a window that this window opens before itself."""
        return self._background.for_window()

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[OneStopError], None],
        *,
        begin: Begin = Begin.AT_ONCE,
    ) -> Ticket:
        """Run work; after `close` it still runs, and nobody hears of it."""
        return self._dropped_if_closed(self._background.run(work, done, failed, begin=begin, owner=self))

    def hand_over(self, callback: Callable[[], None]) -> None:
        """From any thread: run `callback` on the GUI thread soon, unless the window is closed by then."""
        if not self._closed:
            self._background.hand_over(lambda: None if self._closed else callback(), owner=self)

    def after(self, milliseconds: int, callback: Callable[[], None]) -> Ticket:
        """Start a timer; the window's closing stops it."""
        return self._dropped_if_closed(self._background.after(milliseconds, callback, owner=self))

    def _dropped_if_closed(self, ticket: Ticket) -> Ticket:
        if self._closed:
            ticket.drop()
        return ticket

    def close(self) -> None:
        """Drop all callbacks and timers of this window, never its work."""
        self._closed = True
        self.around = nullcontext
        self._background.forget_owner(self)


def _tell_bug(bug: BaseException, callbacks: _Callbacks | None) -> None:
    """Tell whoever hears of bugs, and let the window that waits go on."""
    sys.excepthook(type(bug), bug, bug.__traceback__)
    if callbacks is not None:
        callbacks.failed(ProgramFault())
