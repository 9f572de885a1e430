"""The program's real windows in this process, driven by a benchmark: an event loop, paintings, and a heartbeat."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from onestop.app.program import Program
from onestop.app.start import Start
from onestop.store.keychain import ApiSecrets, MemorySecrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtCore import QTimerEvent
    from PySide6.QtWidgets import QWidget

    from onestop.paths import DataFolder

Window = TypeVar("Window", bound="QWidget")

NOWHERE: Final = "http://127.0.0.1:9"
"""An address of this machine where nobody answers."""
SECRETS: Final = ApiSecrets("READYKEY", "ready-password")
BEAT: Final = 2
"""Milliseconds between two beats."""


def application() -> QApplication:
    """Return the one application of this process."""
    app = QApplication.instance() or QApplication(["bench"])
    if not isinstance(app, QApplication):
        raise TypeError(app)
    return app


def until(condition: Callable[[], bool], seconds: float = 120) -> None:
    """Let the event loop run until the condition holds; it is looked at after every batch of events.

    Raises:
        TimeoutError: it never held.
    """
    alarm = QTimer()
    alarm.start(100)  # so that the loop wakes up now and then
    deadline = time.perf_counter() + seconds
    try:
        while not condition():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() > deadline:
                raise TimeoutError(condition)
    finally:
        alarm.stop()


class Paints(QObject):
    """Counts the paintings of a widget, as far as there was something to see."""

    def __init__(self, widget: QWidget, is_ready: Callable[[], bool]) -> None:
        super().__init__(widget)
        self.count = 0
        self._is_ready = is_ready
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count; the painting itself is over when the event loop comes back."""
        if event.type() == QEvent.Type.Paint and self._is_ready():
            self.count += 1
        return False


class Heartbeat(QObject):
    """Beats in the event loop; the longest time without a beat is the longest pause of the glass."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        """Seconds, without the time between two beats that is due."""
        self._last = time.perf_counter()
        self._timer = self.startTimer(BEAT, Qt.TimerType.PreciseTimer)

    def stop(self) -> None:
        """Beat no more; a pause that has not ended counts too."""
        self._beat()
        self.killTimer(self._timer)

    def timerEvent(self, _event: QTimerEvent) -> None:  # noqa: N802 - Qt's name
        """Beat."""
        self._beat()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last - BEAT / 1000)
        self._last = now


@contextmanager
def heartbeat() -> Iterator[Heartbeat]:
    """Listen to the event loop for the length of the block."""
    beats = Heartbeat()
    try:
        yield beats
    finally:
        beats.stop()


@contextmanager
def running(folder: DataFolder, url: str = NOWHERE, database_url: str = "") -> Iterator[Program]:
    """Run the program in this process until its desk is open, and end it after the block."""
    start = Start(folder, services_url=url, database_url=database_url, secrets=MemorySecrets(SECRETS))
    program = Program(application(), start)
    program.begin()
    program.freeze_when_open()
    try:
        until(lambda: bool(program.windows.first().screen_shown.count_text))
        until(lambda: not program.background.busy)
        yield program
    finally:
        program.end()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def window_of(kind: type[Window]) -> Window:
    """Return the open window of a class."""
    return next(each for each in application().topLevelWidgets() if isinstance(each, kind))


def settled(program: Program) -> None:
    """Wait until the program has nothing left to do."""
    until(lambda: not program.background.busy)
