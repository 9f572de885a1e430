"""The whole program where a key is missing, wrong, or not written down yet: each way leads on, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from onestop.app import data_key as module
from onestop.app.start import Start
from onestop.errors import KeychainUnavailable, KeyTrouble, KeyUnkept, StoreError
from onestop.screens.desk import recovery_words as words
from onestop.screens.desk.recovery_screen import RecoveryScreen
from onestop.screens.places import SettingsPlace
from onestop.store.key_check import read_key_check
from onestop.store.keychain import ApiSecrets
from onestop.store.settings_file import save_settings
from onestop.store.sqlite.engine import is_encrypted
from onestop.ui.question import QuestionDialog
from support.keychains import a_keychain
from support.opening import REAL
from support.program import a_program, click, strip, until
from support.recovering import a_recovery

if TYPE_CHECKING:
    from conftest import Listener
    from onestop.app.program import Program
    from onestop.paths import DataFolder


@pytest.fixture
def real(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """Return the folder of a real desk on a machine without a keychain."""

    def none(_folder_id: str) -> None:
        raise KeychainUnavailable

    monkeypatch.setattr(module, "open_keychain", none)
    monkeypatch.setattr("onestop.app.opening.open_keychain", none)
    save_settings(folder.settings, REAL)
    return folder


def question() -> str:
    until(lambda: _question() is not None)
    found = _question()
    assert found is not None
    return found.text.text()


def _question() -> QuestionDialog | None:
    found = QApplication.activeModalWidget()
    return found if isinstance(found, QuestionDialog) else None


def recovery_screen(program: Program) -> RecoveryScreen:
    until(lambda: "recovery" in program.windows._open)
    screen = program.windows._open["recovery"].screen_shown
    assert isinstance(screen, RecoveryScreen)
    return screen


def type_in(program: Program, written: str) -> None:
    screen = recovery_screen(program)
    screen.edit("recovery_key", written)
    screen.check()


def is_open(program: Program) -> bool:
    return program.desk_access.open_now() is not None


def test_without_a_keychain_a_desk_is_encrypted_once_its_key_was_typed_in(
    qapp: QApplication, real: DataFolder, loud_lines: Listener
) -> None:
    loud_lines.expect("no keychain")
    start = Start(real)
    with a_program(qapp, start) as program:
        assert question() == words.UNKEPT
        click(words.ENCRYPT)
        screen = recovery_screen(program)
        screen.close()
        assert question() == words.UNKEPT
        click(words.ENCRYPT)
        type_in(program, " ".join(recovery_screen(program)._recovery.lines))
        until(lambda: is_open(program))
        assert is_encrypted(real.database)
        until(lambda: not program.background.busy)
    key = start.at_start.key
    assert key is not None
    with a_program(qapp, Start(real)) as program:
        assert question() == words.WANTED[KeyTrouble.NO_KEYCHAIN]
        click(words.ENTER)
        type_in(program, key.written)
        until(lambda: is_open(program))
        until(lambda: not program.background.busy)


def test_who_will_not_encrypt_opens_legible_data_this_time(
    qapp: QApplication, real: DataFolder, loud_lines: Listener
) -> None:
    loud_lines.expect("no keychain")
    with a_program(qapp, Start(real)) as program:
        question()
        click(words.STAY_PLAIN)
        until(lambda: is_open(program))
        until(lambda: not program.background.busy)
        assert not is_encrypted(real.database)
        assert not real.key_check.exists()


def test_a_desk_with_a_keychain_shows_its_recovery_key_until_it_was_typed_in(
    qapp: QApplication, folder: DataFolder
) -> None:
    save_settings(folder.settings, REAL)
    keychain, _ = a_keychain(ApiSecrets("k", "p"))
    with a_program(qapp, Start(folder, secrets=keychain)) as program:
        recovery_screen(program).close()
        assert words.LATER in strip(program)
        until(lambda: not program.background.busy)
    with a_program(qapp, Start(folder, secrets=keychain)) as program:
        key = keychain.data_key()
        assert key is not None
        type_in(program, key.written)
        until(lambda: "recovery" not in program.windows._open)
        assert words.KEPT in strip(program)
        until(lambda: not program.background.busy)
    check = read_key_check(folder)
    assert check is not None
    assert check.tried
    with a_program(qapp, Start(folder, secrets=keychain)) as program:
        until(lambda: is_open(program) and not program.background.busy)
        assert "recovery" not in program.windows._open
        program.windows.show(SettingsPlace())
        settings = program.windows._open["settings"].screen_shown
        until(lambda: settings.busy is None)
        settings.recovery_key()
        assert question() == words.SHOW_QUESTION
        click(words.SHOW)
        assert recovery_screen(program).shown_key.split() == key.written.split("-")
        until(lambda: not program.background.busy)


def test_what_comes_after_the_windows_were_closed_asks_nobody(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        keys = program._rescue
        until(lambda: is_open(program) and not program.background.busy)
        program.windows.dismiss_all()
        keys._ask(KeyUnkept())
        keys._note("nobody reads this")
        keys.have_written_down(a_recovery())
        assert keys.question(StoreError()) is None
        assert program.windows._open == {}
