"""Tests of what happens after a bug."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from onestop.services.bugs import account, place
from onestop.ui.crash import CrashDialog, CrashReporter
from support.qt import hold, press, wait_active

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (
            "C:\\Users\\山田太郎\\onestop\\.venv\\Lib\\site-packages\\onestop\\services\\delivery\\send.py",
            "onestop/services/delivery/send.py",
        ),
        ("/home/山田/.venv/lib/python3.11/site-packages/httpx/_client.py", "httpx/_client.py"),
        ("/home/山田/src/onestop/src/onestop/app/run.py", "onestop/app/run.py"),
        ("C:\\Users\\山田\\Python311\\Lib\\json\\decoder.py", "json/decoder.py"),
        ("/home/山田/.local/python/lib/python3.11/json/decoder.py", "json/decoder.py"),
        ("/home/山田/one.py", "one.py"),
        ("<string>", "<string>"),
    ],
)
def test_a_place_is_told_without_the_name_of_the_user(file: str, told: str) -> None:
    assert place(file) == told


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


def test_the_key_that_met_the_bug_does_not_close_the_window_unread(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = CrashDialog("KeyError", tmp_path / "onestop.log")
    dialog.open()
    wait_active(qtbot, dialog)
    hold(dialog.focusWidget(), Qt.Key.Key_Return, "\r")
    assert dialog.isVisible()
    press(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialogs())


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
