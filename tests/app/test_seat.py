"""Who sits at the desk: the program asks at the start, and locks itself where nobody touches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from onestop.app import seat
from onestop.app.start import Start
from onestop.model.right import Right
from onestop.paths import DataFolder
from onestop.screens.operators.sign_in_screen import SignInScreen
from onestop.services.operators.service import OperatorForm
from onestop.ui.windows.sign_in import SignInWindow
from support.program import a_program, rows, until
from support.qt import press

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from onestop.app.program import Program

PIN = "2580"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def with_a_boss(qapp: QApplication, folder: DataFolder, minutes: int = 0) -> None:
    """Let the shop have one operator, in a start of its own."""
    with a_program(qapp, Start(folder, practice=True)) as program:
        until(lambda: rows(program))
        desk = program.desk_access.desk()
        boss = desk.operators.save(OperatorForm("所長", "しょちょう", Right.ADMINISTER.value, PIN, PIN), None)
        desk.operators.sign_in(boss.id, PIN)
        desk.settings.lock_after(minutes)


def asked(program: Program) -> SignInScreen | None:
    screen = program.windows.last().screen_shown
    return screen if isinstance(screen, SignInScreen) and not screen.busy else None


def sits(program: Program) -> str:
    """Return whom the first window names."""
    standing = program.windows.first().standing
    return standing.operator if standing else ""


def sign_in(program: Program) -> None:
    """Type the PIN and press Enter."""
    until(lambda: asked(program))
    window = program.windows.last()
    assert isinstance(window, SignInWindow)
    window.screen_shown.edit("pin", PIN)
    window.pin.input.setFocus()
    press(window.pin.input, Qt.Key.Key_Return)
    until(lambda: sits(program) == "所長")


def test_a_start_asks_who_is_there_and_shows_the_name_then(qapp: QApplication, folder: DataFolder) -> None:
    with_a_boss(qapp, folder)

    with a_program(qapp, Start(folder, practice=True)) as program:
        sign_in(program)
        until(lambda: rows(program))
        assert "操作者 所長" in program.windows.first().status.terminal.text()


def test_a_desk_that_nobody_touches_is_locked(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_boss(qapp, folder, minutes=2)
    monkeypatch.setattr(seat, "MINUTE", 40)

    with a_program(qapp, Start(folder, practice=True)) as program:
        sign_in(program)
        until(lambda: asked(program))
        screen = asked(program)
        assert screen is not None
        assert screen.message is not None
        assert screen.message.text == seat.LOCKED


def test_the_owner_of_the_folder_lets_everybody_in_again(qapp: QApplication, folder: DataFolder) -> None:
    with_a_boss(qapp, folder)

    with a_program(qapp, Start(folder, practice=True, releases_operators=True)) as program:
        until(lambda: rows(program))
        assert not program.desk_access.desk().operators.present().is_used
