"""What a screen reader hears on a real display: every window's stops by role and name, rows as sentences, the strip."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop.screens.function_keys import CONFORMITY_PANEL, FILING_PANEL, LOOKUP, LOOKUP_DAYS, MAIN_DAYS, VEHICLE
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.screens.vehicle.screen import VehicleScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop.screens.function_key import FunctionKey

PROGRAMS: Final = ("Xvfb", "openbox", "xdotool", "dbus-run-session", "/usr/libexec/at-spi-bus-launcher")
PYTHON: Final = "/usr/bin/python3"
ATSPI: Final = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
PATIENCE: Final = 240
POLITE, ASSERTIVE = 1, 2
"""How AT-SPI numbers what waits its turn, and what interrupts."""


def missing() -> list[str]:
    """Name what this machine lacks for listening."""
    lacking = [name for name in (PYTHON, *PROGRAMS) if shutil.which(name) is None]
    asked = [PYTHON, "-c", ATSPI]
    if PYTHON not in lacking and subprocess.run(asked, capture_output=True, check=False).returncode:  # noqa: S603
        lacking.append("python3-gi with gir1.2-atspi-2.0")
    return lacking


def key_of(keys: tuple[FunctionKey[Any], ...], action: Callable[[Any], None]) -> str:
    """Return the key of an action, as X calls it."""
    return next(row.key for row in keys if row.action is action).replace("Alt+", "alt+").lower().replace("f", "F", 1)


@contextmanager
def a_screen(env: dict[str, str]) -> Iterator[dict[str, str]]:
    """Put up a screen that draws in memory."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:  # noqa: S603 - named here
        os.close(writing)
        try:
            yield {**env, "DISPLAY": f":{os.read(reading, 20).decode().strip()}"}
        finally:
            os.close(reading)
            server.terminate()


def listened(steps: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """Take steps in the program and return what was heard."""
    env = {**os.environ, "HOME": str(folder), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "xcb"}
    env |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1"}
    env.pop("DBUS_SESSION_BUS_ADDRESS", None)
    desk = [sys.executable, "-P", "-m", "onestop", "--practice", "--data-dir", str(folder / "data")]
    listener = [PYTHON, str(Path(__file__).with_name("listener.py")), BARS, json.dumps(steps), *desk]
    with a_screen(env) as there:
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "start_new_session": True}
        with subprocess.Popen(["dbus-run-session", "--", *listener], env=there, **pipes) as process:  # noqa: S603, S607
            try:
                out, errors = process.communicate(timeout=PATIENCE)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0, errors.decode()[-2000:]
    result: dict[str, Any] = json.loads(out.decode().splitlines()[-1])
    return result


BARS: Final = "満了日の予定: これから60日の満了日"
STEPS: Final = (
    ((), "照会"),
    ((key_of(LOOKUP_DAYS, LookupScreen.tell_days), "Right"), "照会"),
    ((key_of(LOOKUP, LookupScreen.settings),), "設定"),
    (("F12", key_of(LOOKUP, LookupScreen.filings)), "AINAS一覧"),
    (("F12", key_of(LOOKUP, LookupScreen.new_car)), "車両"),
    ((key_of(VEHICLE, VehicleScreen.save),), "車両"),
    (("F12", "alt+s", "Return"), "ワンストップサービス"),
    ((key_of(MAIN_DAYS, MainScreen.tell_days),), "ワンストップサービス"),
    (("alt+j", "1"), "自賠責証明書発行"),
    (("F12", "alt+h", key_of(CONFORMITY_PANEL, MainScreen.issue_conformity)), "適合証・証明証発行"),
    (("F12", "alt+h", key_of(CONFORMITY_PANEL, MainScreen.ledger)), "指定整備元帳"),
    (("F12", "alt+h", key_of(CONFORMITY_PANEL, MainScreen.report)), "交付実績報告書"),
    (("F12", "alt+a", key_of(FILING_PANEL, MainScreen.issue_filing)), "AINAS申請"),
)


@pytest.mark.slow
def test_a_screen_reader_hears_every_window(tmp_path: Path) -> None:
    lacking = missing()
    if lacking:
        pytest.skip(f"nobody listened to the glass: {', '.join(lacking)} not found")
    heard = listened([{"keys": keys, "title": title} for keys, title in STEPS], tmp_path)
    for window in heard["windows"]:
        stops = [each for each in window["focusable"] if each[0] != "table cell"]
        assert stops, window["title"]
        assert [each for each in stops if not each[1] or each[0] in {"unknown", "invalid"}] == [], window["title"]
    names = [name for _role, name, _description in heard["windows"][1]["focusable"]]
    assert any(name.startswith("登録番号 ") and "、満了日 R" in name for name in names)
    assert any(name.startswith(BARS) for name in names)
    for words in ("お知らせ: 今日から60日のあいだに満了日が来る車両は", "お知らせ: 満了日の2か月前"):
        assert [how for said, how in heard["said"] if said.startswith(words)] == [POLITE]
    assert [how for said, how in heard["said"] if said.startswith("エラー: ")] == [ASSERTIVE]
