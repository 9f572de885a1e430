"""Two desks as a newcomer opens them: one command, one server, the same car on both; and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from PySide6.QtGui import QImage

from onestop.paths import RESOURCES

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

COMMAND = (sys.executable, "-P", str(Path(__file__).resolve().parents[1] / "several_desks.py"))
PATIENCE = 120


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return kept | {"PYTHONIOENCODING": "utf-8", "QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.slow
def test_the_same_car_moves_on_both_desks(tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    toured = subprocess.run(  # noqa: S603 - our own interpreter
        [*COMMAND, "--tour", out], check=False, capture_output=True, env=_environment(), timeout=300
    )
    said = toured.stdout.decode("utf-8")
    assert toured.returncode == 0, said + toured.stderr.decode("utf-8", "replace")
    assert "終わり: 同じ車両が2つの端末で同じように進みました" in said
    shown = {path.name for path in (RESOURCES / "help" / "pictures").glob("shop_*.png")}
    assert shown
    for name in shown:
        picture = QImage(str(out / name))
        assert (picture.width(), picture.height()) == (2560, 720), name
    assert QImage(str(out / "shop_changes.png")).width() == 1280


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there nobody can ask a program to end")
def test_a_shop_that_is_closed_leaves_no_desk_and_no_file(tmp_path: Path, qtbot: QtBot) -> None:
    with subprocess.Popen([*COMMAND, "--folder", tmp_path], env=_environment()) as shop:  # noqa: S603 - our own interpreter
        qtbot.waitUntil(lambda: len([*tmp_path.glob("*/端末*/practice")]) == 2, timeout=PATIENCE * 1000)
        all_of_it = psutil.Process(shop.pid).children(recursive=True)
        shop.send_signal(signal.SIGTERM)
        assert shop.wait(PATIENCE) == 128 + signal.SIGTERM
    assert len(all_of_it) >= 2
    assert psutil.wait_procs(all_of_it, PATIENCE)[1] == []
    assert [*tmp_path.iterdir()] == []
