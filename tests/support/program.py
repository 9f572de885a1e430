"""The real program in this process: its windows, its background, its desk, driven without sleeping."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from onestop.app.program import Program
from onestop.screens.places import VehiclePlace
from onestop.screens.vehicle.screen import VehicleScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from onestop.app.start import Start
    from onestop.clock import Clock

PATIENCE_MS = 30_000


def until(condition: Callable[[], object]) -> None:
    """Let the program work until something is so; fails when it never is.

    It may be so for a moment only: between that moment and the end of the loop a timer may begin something new.
    """
    loop = QEventLoop()
    met = bool(condition())

    def again() -> None:
        nonlocal met
        met = met or bool(condition())
        if met:
            loop.quit()

    look = QTimer()
    look.setInterval(5)
    look.timeout.connect(again)
    limit = QTimer()
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    look.start()
    limit.start(PATIENCE_MS)
    if not met:
        loop.exec()
    look.stop()
    limit.stop()
    assert met, "it never came to be so"


@contextmanager
def a_program(app: QApplication, start: Start, clock: Clock | None = None) -> Iterator[Program]:
    """Begin the program, and end it properly."""
    was = app.quitOnLastWindowClosed()
    app.setQuitOnLastWindowClosed(False)
    program = Program(app, start, clock)
    program.begin()
    try:
        yield program
    finally:
        program.end()
        # now: else Python's garbage collector, on any thread, may come before Qt and delete timers of this one
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.setQuitOnLastWindowClosed(was)


def rows(program: Program) -> int:
    """Return how many cars the first window lists."""
    return int(program.windows.first().screen_shown.found.count)


def strip(program: Program) -> str:
    """Return what stands in the strip of the first window."""
    message = program.windows.first().screen_shown.message
    return "" if message is None else message.text


def an_open_car(program: Program) -> VehicleScreen:
    """Open the first car, and wait until it has been read."""
    program.windows.show(VehiclePlace(1))
    screen = program.windows._open["vehicle/1"].screen_shown
    until(lambda: screen.busy is None)
    assert isinstance(screen, VehicleScreen)
    return screen


def asked() -> QWidget:
    """Return the question that stands open now."""
    question = QApplication.activeModalWidget()
    assert question is not None
    return question


def click(label: str) -> None:
    """Press the button that begins with this on the open question."""
    next(each for each in asked().findChildren(QPushButton) if each.text().startswith(label)).click()
