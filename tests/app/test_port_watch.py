"""The port that 設定 names is listened at from then on, until another is named or the program ends."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from onestop.app import port_watch
from onestop.app.start import Start
from onestop.errors import StoreError
from onestop.screens.scanner_standing import AWAY, NO_PORT, THERE
from onestop.store.settings_file import Settings, save_settings
from onestop.ui.windows.scan import ScanWindow
from support.codes import CODE_2
from support.program import a_program, until

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from onestop.paths import DataFolder

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

import tty


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(port_watch, "LOOK_EVERY", 20)


def name_port(folder: DataFolder, port: str) -> None:
    save_settings(folder.settings, Settings(practice=True, scanner_port=port))


def test_what_comes_at_the_port_is_shown(qapp: QApplication, folder: DataFolder, tmp_path: Path) -> None:
    end, port = os.openpty()
    tty.setraw(port)
    with a_program(qapp, Start(folder, practice=True)) as program:
        until(lambda: program.desk_access.open_now() is not None and not program.background.busy)
        name_port(folder, str(tmp_path / "none"))
        watch = next(each for each in program._scanning._listeners if isinstance(each, port_watch.PortWatch))
        until(lambda: watch._line.port == str(tmp_path / "none"))
        name_port(folder, os.ttyname(port))
        until(lambda: watch._line.port == os.ttyname(port))

        def shown() -> bool:
            os.write(end, CODE_2.encode("cp932") + b"\r")
            return isinstance(program.windows.last(), ScanWindow)

        until(shown)
        window = program.windows.last()
        assert isinstance(window, ScanWindow)
        until(lambda: window.port.text() == THERE.format(port=os.ttyname(port)))
        name_port(folder, str(tmp_path / "none"))
        until(lambda: window.port.text() == AWAY.format(port=tmp_path / "none"))
        watch._stood(watch._stop, there=False)  # it is told once
        name_port(folder, "")
        until(lambda: window.port.text() == NO_PORT)
        watch._not_read(StoreError("read"))
        program.windows.dismiss_all()
        watch._sent(b"late")
        watch.stop()
    assert watch._thread is None
    os.close(end)
    os.close(port)
