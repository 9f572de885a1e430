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

from glass.display import x_name
from glass.keys import key_of
from glass.walk import CLOSE, MAIN_WINDOWS, OTHER_WINDOWS, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS: Final = ("Xvfb", "openbox", "xdotool", "dbus-run-session", "/usr/libexec/at-spi-bus-launcher")
PYTHON: Final = "/usr/bin/python3"
ATSPI: Final = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
PATIENCE: Final = 400
POLITE, ASSERTIVE = 1, 2
"""How AT-SPI numbers what waits its turn, and what interrupts."""


def missing() -> list[str]:
    """Name what this machine lacks for listening."""
    lacking = [name for name in (PYTHON, *PROGRAMS) if shutil.which(name) is None]
    asked = [PYTHON, "-c", ATSPI]
    if PYTHON not in lacking and subprocess.run(asked, capture_output=True, check=False).returncode:  # noqa: S603
        lacking.append("python3-gi with gir1.2-atspi-2.0")
    return lacking


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
NEW_CAR: Final = "車両 新規"
TELLING: Final = (
    Step((), "照会"),
    Step((key_of("LOOKUP_DAYS", "満了日の予定"), "Right"), "照会"),
    Step((key_of("LOOKUP", "新規"),), NEW_CAR),
    Step((key_of("VEHICLE", "保存"),), NEW_CAR),
    Step((*CLOSE, "Enter"), "照会"),
)
"""Before a car is chosen: bars, and a form in which everything is missing."""
DAYS: Final = Step((key_of("MAIN_DAYS", "期日"),), "ワンストップサービス")
STEPS: Final = (*TELLING, *MAIN_WINDOWS[:2], DAYS, *MAIN_WINDOWS[2:], *OTHER_WINDOWS)


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a screen reader heard on the way through every window."""
    lacking = missing()
    if lacking:
        pytest.skip(f"nobody listened to the glass: {', '.join(lacking)} not found")
    steps = [{"keys": [*map(x_name, keys)], "title": title} for keys, title in STEPS]
    return listened(steps, tmp_path_factory.mktemp("heard"))


def in_window(heard: dict[str, Any], title: str, nth: int = 0) -> list[list[str]]:
    """Return role, name and description of all that takes the focus in a window, the nth time that it was looked at."""
    found: list[list[list[str]]] = [each["focusable"] for each in heard["windows"] if each["title"] == title]
    return found[nth]


@pytest.mark.glance
@pytest.mark.slow
def test_every_stop_of_every_window_has_a_name_and_a_role(heard: dict[str, Any]) -> None:
    assert {each["title"] for each in heard["windows"]} == {step.title for step in STEPS}
    for window in heard["windows"]:
        stops = [each for each in window["focusable"] if each[0] not in {"table cell", "list item"}]  # an empty choice
        if window["title"].startswith("印刷プレビュー"):  # a part of Qt's own preview has no name that can be given
            stops = [each for each in stops if each[0] != "filler"]
        assert stops, window["title"]
        assert [each for each in stops if not each[1] or each[0] in {"unknown", "invalid"}] == [], window["title"]


@pytest.mark.glance
@pytest.mark.slow
@pytest.mark.parametrize(
    ("title", "begins", "holds"),
    [
        ("照会", "登録番号 ", "、満了日 "),
        ("AINAS一覧", "管理番号 ", "、申請ステータス "),
        ("一括申請", "管理番号 ", "、車台番号 "),
        ("交付実績報告書", "自動車区分 ", "、計 "),
    ],
)
def test_a_row_of_a_table_is_heard_whole(heard: dict[str, Any], title: str, begins: str, holds: str) -> None:
    names = [name for _role, name, _description in in_window(heard, title)]
    assert any(name.startswith(begins) and holds in name for name in names), names


@pytest.mark.glance
@pytest.mark.slow
def test_each_part_of_a_plate_says_what_is_wrong_with_it_and_that_it_is_required(heard: dict[str, Any]) -> None:
    told = {name: description for _role, name, description in in_window(heard, NEW_CAR, 1)}
    parts = {name: text for name, text in told.items() if name.startswith("登録番号 ")}
    assert len(parts) == 4
    assert all(name.endswith("(必須)") for name in parts)
    assert len({*parts.values()}) > 1
    assert parts["登録番号 地名(必須)"].startswith("地名は")
    assert parts["登録番号 一連指定番号(必須)"].startswith("一連指定番号は")


@pytest.mark.glance
@pytest.mark.slow
def test_what_is_drawn_and_what_the_strip_says_is_heard(heard: dict[str, Any]) -> None:
    assert any(name.startswith(BARS) for _role, name, _description in in_window(heard, "照会", 1))
    for words in ("お知らせ: 今日から60日のあいだに満了日が来る車両は", "お知らせ: 満了日の2か月前"):
        assert [how for said, how in heard["said"] if said.startswith(words)] == [POLITE]
    assert ASSERTIVE in [how for said, how in heard["said"] if said.startswith("エラー: ")]
