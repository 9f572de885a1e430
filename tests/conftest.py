"""What holds for every test: no display, no keychain, no home of a person, and silence as a result."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from itertools import compress, count
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # a test never sees the real keychain
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # nor the desktop session it could be asked from

if sys.platform == "win32":  # drawn offscreen, Qt finds no font of the system there and says so
    os.environ["QT_QPA_FONTDIR"] = os.path.join(os.path.dirname(__file__), "..", "resources", "fonts")  # noqa: PTH118, PTH120

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

from support.line_counts import begin_counting

COUNTS: Final = begin_counting()

# How fast a machine is says nothing about the program, and a test leaves nothing behind.
settings.register_profile("onestop", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("onestop")

HOME_VARIABLES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while tests are collected, for nearly all stays: a fifth of that time, in each worker."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Keep which lines were run; the process that shares out the tests over the others runs none."""
    if COUNTS is not None:
        COUNTS.save()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow tests, in whatever order: what is begun last keeps all but one worker idle."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session", autouse=True)
def _home_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in HOME_VARIABLES:
            patch.setenv(name, str(home))
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    from sqlalchemy import create_engine  # noqa: PLC0415 - only now the measuring of coverage has begun

    from support.statements import compiled_once  # noqa: PLC0415 - the same

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onestop.store.sqlite.transactions.create_engine", compiled_once(create_engine))
        yield


@pytest.fixture(scope="module", autouse=True)
def _garbage_of_others() -> None:
    """Let the garbage collector, and whoever asks it, look only at what this module's tests made.

    A look at everything that a worker has imported takes a tenth of a second, after every test of a window.
    """
    _set_aside()


def _set_aside() -> None:
    """Let nobody look any more at what there is now."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def data_root(tmp_path: Path) -> Path:
    """Return an empty folder that may serve as --data-dir."""
    root = tmp_path / "data"
    root.mkdir()
    return root


class Listener(logging.Handler):
    """Collects what is logged as WARNING or louder by this program and its libraries."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expect(self, part: str) -> None:
        """Allow, and demand, a loud line that contains this."""
        self._expected.append(part)

    def verdict(self) -> str | None:
        """Return what is wrong with the log: a line that is missing, or one nobody expected."""
        lines = [record.getMessage() for record in self.records]
        missing = [part for part in self._expected if not any(part in line for line in lines)]
        unexpected = [line for line in lines if not any(part in line for part in self._expected)]
        if missing:
            return f"these log lines were expected and never came: {missing}"
        return f"these log lines were not expected: {unexpected}" if unexpected else None


@pytest.fixture
def loud_lines() -> Listener:
    """For tests that make the program log a warning or an error: `loud_lines.expect("part of the line")`."""
    return Listener()


@pytest.fixture(autouse=True)
def _silent_log(loud_lines: Listener) -> Iterator[None]:
    root = logging.getLogger()
    root.addHandler(loud_lines)
    yield
    root.removeHandler(loud_lines)
    verdict = loud_lines.verdict()
    assert verdict is None, verdict


def _new_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    # a dummy thread is only the name Python gave to a thread of a Qt pool while it ran Python
    return [thread for thread in threading.enumerate() if thread not in before and thread.name[:5] != "Dummy"]


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for thread in _new_threads(before):
        thread.join(timeout=5)
    left = [thread.name for thread in _new_threads(before)]
    assert left == [], f"these threads were left over: {left}"


@pytest.fixture(autouse=True)
def _no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "qapp" in request.fixturenames and "PySide6.QtWidgets" in sys.modules:
        left = _left_over()
        if left:  # what only waits for the garbage collector is not left over
            gc.collect()
            left = _left_over()
        assert left == [], f"these were left over: {left}"
        if not next(_window_tests) % OFTEN:
            _set_aside()


OFTEN: Final = 16
"""Tests of windows after which they have left so much to the garbage collector that a look through it takes longer."""
_window_tests: Final = count(1)


def _left_over() -> list[str]:
    """Name the windows that still exist, the timers that still run and the pools that still work."""
    from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, QTimer  # noqa: PLC0415 - only where Qt is in use
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the same
    from shiboken6 import isValid  # noqa: PLC0415 - the same

    if QApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows = [f"{type(each).__name__} {each.windowTitle()}" for each in QApplication.topLevelWidgets()]
    kinds = frozenset((QTimer, QThreadPool))
    everything = gc.get_objects()  # they are many: not one line of Python is run for each
    found = compress(everything, map(kinds.__contains__, map(type, everything)))
    mine = [each for each in found if isValid(each)]
    timers = [f"timer of {each.parent()}" for each in mine if isinstance(each, QTimer) and each.isActive()]
    pools = [f"pool {each}" for each in mine if isinstance(each, QThreadPool) and each.activeThreadCount()]
    return windows + timers + pools


@pytest.fixture(autouse=True)
def _rates_as_they_ship() -> Iterator[None]:
    """Let no test leave rows in the dated tables for the next one."""
    yield
    book = sys.modules.get("onestop.model.rate_book")
    if book is not None and book._BOOK.rates.added:  # only a test that added some pays for it
        book.put_in_force(())
    words = sys.modules.get("onestop.model.word_book")
    if words is not None and words._BOOK.words.rows:
        words.put_words_in_force((), words._BOOK.words.today)


@pytest.fixture
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash each 暗証番号 in no time: what a try has to cost is proved where it is hashed (store/test_pins.py)."""
    from onestop.store import pins  # noqa: PLC0415 - only now the measuring of coverage has begun

    monkeypatch.setitem(pins.COST, "memory_cost", 8)
    monkeypatch.setitem(pins.COST, "iterations", 1)
