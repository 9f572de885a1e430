"""Tests of what happens after a bug."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPushButton

from onestop.ui.crash import CrashDialog, CrashReporter, account

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from conftest import Listener
    from onestop.ui.background import QtBackground

SECRET = "カーネット太郎 999000"


def a_bug() -> BaseException:
    nothing: dict[str, str] = {}
    try:
        nothing[SECRET]
    except KeyError as error:
        return error
    raise AssertionError


def dialogs() -> list[CrashDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, CrashDialog)]


def test_the_account_names_type_and_lines_and_no_data() -> None:
    bug = a_bug()
    told = account(type(bug), bug.__traceback__)
    assert told.startswith("KeyError\n")
    assert told.endswith("a_bug")
    assert "太郎" not in told


def test_a_bug_is_logged_and_shown_once(qtbot: QtBot, tmp_path: Path, loud_lines: Listener) -> None:
    loud_lines.expect("bug: KeyError")
    reporter = CrashReporter(tmp_path / "onestop.log", lambda callback: callback())
    bug = a_bug()
    reporter.report(type(bug), bug, bug.__traceback__)
    reporter.report(type(bug), bug, bug.__traceback__)
    assert reporter.count == 2
    assert len(dialogs()) == 1
    dialog = dialogs()[0]
    assert "KeyError" in dialog.account.toPlainText()
    assert SECRET not in dialog.account.toPlainText()
    close = dialog.findChild(QPushButton)
    assert close is not None
    close.click()
    qtbot.waitUntil(lambda: not dialogs())
    reporter.report(type(bug), bug, bug.__traceback__)
    assert len(dialogs()) == 1
    dialogs()[0].accept()
    assert all(SECRET not in record.getMessage() for record in loud_lines.records)


def test_bugs_of_any_thread_arrive(
    qtbot: QtBot, background: QtBackground, tmp_path: Path, loud_lines: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    loud_lines.expect("bug: ZeroDivisionError")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    reporter = CrashReporter(tmp_path / "onestop.log", background.hand_over)
    reporter.install()
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    background.run(lambda: 1 // 0, lambda _result: None, lambda _error: None)
    qtbot.waitUntil(lambda: reporter.count == 2 and bool(dialogs()))
    dialogs()[0].accept()
