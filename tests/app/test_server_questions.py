"""The whole program where its server is not there, or does not let it in: each way leads on, by keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onestop.app.start import Start
from onestop.errors import ServerBusy, ServerGone, ServerNotOpened, ServerPreparing, ServerRefused, StoreError
from onestop.screens.desk import server_words as words
from onestop.screens.desk.server_door_screen import ServerDoorScreen
from onestop.screens.desk.standing import NOT_OPEN
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.settings_file import load_settings, save_settings
from onestop.ui.question import QuestionDialog
from support.databases import url_of
from support.opening import REAL
from support.postgres import SWORN, a_server_database
from support.program import a_program, asked, click, strip, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from onestop.app.program import Program
    from onestop.paths import DataFolder

NOWHERE = "postgresql://desk@127.0.0.1:1/onestop"
SECRETS = ApiSecrets("key", "password")


@pytest.fixture
def sworn() -> Iterator[str]:
    """Return the address of a database that wants a password."""
    with a_server_database() as door:
        with door.connect(autocommit=True) as driver:
            for things in ("TABLES", "SEQUENCES"):
                driver.execute(f"GRANT ALL ON ALL {things} IN SCHEMA public TO {SWORN}")
        yield url_of(replace(door.place, user=SWORN))


def question(program: Program) -> str:
    until(lambda: _asks(program))
    dialog: QuestionDialog = asked()  # type: ignore[assignment]  # whatever stands open
    text = dialog.text.text().removesuffix(words.BY_ITSELF)
    assert text in strip(program)
    assert "今の操作" not in strip(program)
    return text


def _asks(program: Program) -> bool:
    return program.app.activeModalWidget() is not None


def door(program: Program) -> ServerDoorScreen:
    until(lambda: "server_door" in program.windows._open)
    screen = program.windows._open["server_door"].screen_shown
    assert isinstance(screen, ServerDoorScreen)
    return screen


def is_open(program: Program) -> bool:
    return program.desk_access.open_now() is not None


def test_without_a_keychain_the_password_is_asked_for_at_each_start(
    qapp: QApplication, folder: DataFolder, sworn: str
) -> None:
    save_settings(folder.settings, REAL.model_copy(update={"database_url": sworn}))
    secrets = MemorySecrets(SECRETS)
    with a_program(qapp, Start(folder, secrets=secrets)) as program:
        assert question(program) == words.AT_START[ServerRefused]
        click(words.TYPE_IT)
        screen = door(program)
        assert (screen.url, screen.is_given) == (sworn, False)
        screen.edit("database_password", "wrong")
        screen.check()
        until(lambda: screen.busy is None)
        assert screen.message is not None
        assert screen.message.text == words.AT_START[ServerRefused]
        screen.edit("database_password", SWORN)
        screen.check()
        until(lambda: is_open(program))
        until(lambda: not program.background.busy)
        assert "サーバー" not in strip(program)
    assert secrets.read().database_password == SWORN
    assert secrets.read().api_key == "key"


def test_a_server_that_is_not_there_is_tried_again_or_left_for_the_data_of_this_machine(
    qapp: QApplication, folder: DataFolder
) -> None:
    save_settings(folder.settings, REAL.model_copy(update={"database_url": NOWHERE}))
    with a_program(qapp, Start(folder, secrets=MemorySecrets(SECRETS))) as program:
        assert question(program) == words.AT_START[ServerGone]
        assert program.windows._standing == NOT_OPEN
        click(words.AGAIN)
        until(lambda: not _asks(program))
        assert question(program) == words.AT_START[ServerGone]
        click(words.CHANGE)
        door(program).close()
        assert question(program) == words.AT_START[ServerGone]
        click(words.CHANGE)
        screen = door(program)
        screen.edit("database_url", "")
        screen.check()
        until(lambda: is_open(program))
        assert program.windows._standing != NOT_OPEN
        until(lambda: not program.background.busy)
        assert program._rescue.question(StoreError()) is None
    assert load_settings(folder.settings).settings.database_url == ""
    assert folder.database.exists()


def test_what_keeps_the_desk_from_opening_now_is_asked_about_and_not_what_did_before(
    qapp: QApplication, folder: DataFolder
) -> None:
    save_settings(folder.settings, REAL.model_copy(update={"database_url": NOWHERE}))
    with a_program(qapp, Start(folder, secrets=MemorySecrets(SECRETS))) as program:
        assert question(program) == words.AT_START[ServerGone]
        for trouble in (ServerPreparing(), ServerPreparing(), ServerBusy()):
            program._not_opened(ServerNotOpened(trouble))
            shown = [each for each in program.windows.first().findChildren(QuestionDialog) if each.isVisible()]
            assert [each.text.text() for each in shown] == [words.AT_START[type(trouble)] + words.BY_ITSELF]


def test_an_address_that_was_given_at_the_start_stays_and_nobody_is_asked_once_the_windows_are_closed(
    qapp: QApplication, folder: DataFolder
) -> None:
    save_settings(folder.settings, REAL)
    start = Start(folder, database_url=NOWHERE, secrets=MemorySecrets(SECRETS))
    with a_program(qapp, start) as program:
        question(program)
        click(words.CHANGE)
        screen = door(program)
        assert screen.is_given
        screen.check()
        until(lambda: screen.busy is None)
        assert screen.message is not None
        assert screen.message.text == words.AT_START[ServerGone]
        program.windows.dismiss_all()
        program._rescue._ask(ServerNotOpened(ServerGone()))
        assert program.windows._open == {}
    assert load_settings(folder.settings).settings.database_url == ""
