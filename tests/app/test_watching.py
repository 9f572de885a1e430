"""The running program looks into the watched folder, and 照会 says what waits there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.app import watching
from onestop.app.start import Start
from onestop.paths import DataFolder
from onestop.screens.vehicle.arrived_files import GONE
from onestop.screens.vehicle.lookup_screen import LookupScreen
from support.program import a_program, until

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from onestop.app.program import Program


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_EVERY", 50)


def first(program: Program) -> LookupScreen:
    screen = program.windows.first().screen_shown
    assert isinstance(screen, LookupScreen)
    return screen


def names(program: Program) -> list[str]:
    return [path.name for path in first(program).arrived.paths]


def test_practice_has_files_that_wait_and_says_when_their_folder_goes(qapp: QApplication, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with a_program(qapp, Start(folder, practice=True)) as program:
        until(lambda: len(names(program)) == 2)
        assert {*names(program)} == {"shaken_kei.xml", "shaken_registered.csv"}
        folder.practice.arrives.rename(tmp_path / "away")
        until(lambda: first(program).arrived.text == GONE)
        (tmp_path / "away").rename(folder.practice.arrives)
        until(lambda: len(names(program)) == 2)
