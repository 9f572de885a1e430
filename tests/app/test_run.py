"""One run of the program: the first frame, what is typed into it, the end, and what goes wrong at the beginning."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from shiboken6 import isValid

from onestop.app.run import Run, run
from onestop.app.start import Start
from onestop.paths import DataFolder
from support.program import until
from support.qt import press, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Listener
    from onestop.app.program import Program

SECRET = "カーネット太郎"


@pytest.fixture
def start(tmp_path: Path) -> Start:
    return Start(DataFolder(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _as_it_was(qapp: QApplication) -> Iterator[None]:
    was, hooks = qapp.quitOnLastWindowClosed(), (sys.excepthook, threading.excepthook)
    qapp.setQuitOnLastWindowClosed(False)
    yield
    sys.excepthook, threading.excepthook = hooks
    qapp.setQuitOnLastWindowClosed(was)


def rows(program: Program) -> int:
    return int(program.windows.first().screen_shown.found.count)


def begun(a_run: Run) -> Program:
    until(lambda: a_run.program is not None)
    assert a_run.program is not None
    return a_run.program


def ended(a_run: Run) -> None:
    program = begun(a_run)
    until(lambda: not isValid(a_run.frame))
    program.end()
    assert a_run._log is not None
    a_run._log.end()


def test_what_is_typed_at_once_is_searched_for(qapp: QApplication, start: Start) -> None:
    a_run = Run(qapp, lambda: start)
    a_run.frame.show()
    write(a_run.frame.search, "1111")
    program = begun(a_run)
    until(lambda: rows(program) == 1)
    assert program.windows.first().windowTitle() == "照会"
    ended(a_run)


def test_a_key_pressed_at_once_opens_its_window(qapp: QApplication, start: Start) -> None:
    a_run = Run(qapp, lambda: start)
    a_run.frame.show()
    write(a_run.frame.search, "11")
    press(a_run.frame.search, Qt.Key.Key_F4)
    write(a_run.frame.search, "AB")
    program = begun(a_run)
    until(lambda: "vehicle/new" in program.windows._open)
    assert program.windows.first().screen_shown.search_text == "11"
    assert program.windows.last().focusWidget() is not None
    ended(a_run)


def test_it_runs_until_it_is_closed_and_keeps_a_log(
    qapp: QApplication, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    qapp.setQuitOnLastWindowClosed(True)
    runs: list[Run] = []
    monkeypatch.setattr(Run, "exec", _remembered(runs, Run.exec))
    look = _every(5, lambda: _close_when_filled(runs))
    assert run(lambda: start) == 0
    look.stop()
    assert "started" in start.folder.log.read_text(encoding="utf-8")


def test_it_may_be_closed_at_once(qapp: QApplication, start: Start) -> None:
    qapp.setQuitOnLastWindowClosed(True)
    a_run = Run(qapp, lambda: start)
    QTimer.singleShot(0, a_run.frame.close)
    assert a_run.exec() == 0
    assert a_run.program is None
    assert not start.folder.root.exists()


def test_f12_and_its_answer_at_once_end_it_and_what_was_pressed_later_is_lost(qapp: QApplication, start: Start) -> None:
    qapp.setQuitOnLastWindowClosed(True)
    a_run = Run(qapp, lambda: start)
    a_run.frame.show()
    for key in (Qt.Key.Key_F12, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_F4):
        press(a_run.frame.search, key)
    limit = _every(20_000, lambda: qapp.exit(99))
    assert a_run.exec() == 0
    limit.stop()
    assert begun(a_run).windows._open == {}


@pytest.mark.parametrize("where", ["onestop.app.program.Program", "onestop.app.program.Program.begin"])
def test_what_fails_while_the_program_is_made_is_told_and_ends_the_run(
    qapp: QApplication, start: Start, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener, where: str
) -> None:
    def broken(*_arguments: object) -> Program:
        raise ImportError(SECRET)

    loud_lines.expect("bug: ImportError")
    monkeypatch.setattr(where, broken)
    told: list[str] = []
    look = _every(5, lambda: _close_box(told))
    a_run = Run(qapp, lambda: start)
    assert a_run.exec() == 1
    look.stop()
    a_run.frame.close()
    assert "プログラムを開始できませんでした" in told[0]
    assert str(start.folder.log) in told[0]
    written = start.folder.log.read_text(encoding="utf-8")
    assert "bug: ImportError" in written
    assert SECRET not in written + told[0]


def test_a_start_that_cannot_be_told_ends_the_run_and_is_raised_again(qapp: QApplication) -> None:
    def broken() -> Start:
        raise ImportError(SECRET)

    a_run = Run(qapp, broken)
    with pytest.raises(ImportError, match=SECRET):
        a_run.exec()
    a_run.frame.close()
    assert a_run.program is None


def test_work_that_never_ends_does_not_keep_the_process(
    qapp: QApplication, start: Start, monkeypatch: pytest.MonkeyPatch, loud_lines: object
) -> None:
    loud_lines.expect("still under way")  # type: ignore[attr-defined]  # the fixture of conftest
    left: list[int] = []
    monkeypatch.setattr("os._exit", left.append)
    monkeypatch.setattr("onestop.app.program.PATIENCE", 0.0)
    a_run, gate = Run(qapp, lambda: start), threading.Event()
    look = _every(5, lambda: _leave_it_busy(a_run, gate))
    assert a_run.exec() == 0
    look.stop()
    assert left == [0]
    program = begun(a_run)
    gate.set()
    assert program.background.wait_until_idle(10)


def _close_box(told: list[str]) -> None:
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        told.append(f"{box.text()}\n{box.informativeText()}")
        box.accept()


def _leave_it_busy(a_run: Run, gate: threading.Event) -> None:
    program = a_run.program
    if program is None or not rows(program) or program.background.busy:
        return
    program.background.run(lambda: gate.wait(30), lambda _none: None, lambda _error: None)
    program.app.exit(0)


def _every(milliseconds: int, callback: Callable[[], None]) -> QTimer:
    timer = QTimer()
    timer.setInterval(milliseconds)
    timer.timeout.connect(callback)
    timer.start()
    return timer


def _remembered(runs: list[Run], execute: Callable[[Run], int]) -> Callable[[Run], int]:
    def remembering(a_run: Run) -> int:
        runs.append(a_run)
        return execute(a_run)

    return remembering


def _close_when_filled(runs: list[Run]) -> None:
    """Close 照会, once."""
    program = runs[0].program if runs else None
    if program is not None and rows(program):
        runs.clear()
        program.windows.first().close()
