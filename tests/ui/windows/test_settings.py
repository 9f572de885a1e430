"""Tests of 設定 on the glass, by keys alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit

from onestop.screens.settings.screen import SettingsScreen
from onestop.screens.settings.words import RESET_DONE
from onestop.services.settings.form import Connection
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.ui.windows.settings import SettingsWindow
from support.desks import IN_PROCESS, INITIAL_SECRETS, DeskRoom, a_desk
from support.qt import PRACTICE, cut, grow, page_of, press, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from onestop.ui.fields.fields import Field
    from onestop.ui.theme import Theme
    from support.screens import Stage

Key = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path, secrets=MemorySecrets(INITIAL_SECRETS)) as made:
        yield made


@pytest.fixture
def window(on_glass: Callable[[QWidget], None], at_desk: Stage, theme: Theme) -> SettingsWindow:
    made = SettingsWindow(SettingsScreen(at_desk.surroundings))
    made.furnish(theme, PRACTICE)
    on_glass(made)
    return made


def focused(window: SettingsWindow) -> str:
    return window.focusWidget().objectName()


def is_seen(field: Field) -> bool:
    return field.visibleRegion().boundingRect() == field.rect()


def said(window: SettingsWindow) -> str:
    return "" if window.strip.message is None else window.strip.message.text


def test_secrets_are_masked_and_never_shown_again(window: SettingsWindow) -> None:
    assert window.windowTitle() == "設定"
    assert focused(window) == "api_key"
    for field in (window.api_key, window.api_password, window.new_password, window.new_password_again):
        assert field.input.echoMode() is QLineEdit.EchoMode.Password
        assert field.input.text() == ""
    assert window.api_key.input.placeholderText() == "設定済み(変えるときだけ入力)"
    assert window.requester_site_code.value() == "0812345"


def test_every_input_has_its_label(window: SettingsWindow) -> None:
    assert {field.name: field.label for field in window.fields} == {
        "api_key": "APIキー",
        "api_password": "APIパスワード",
        "new_password": "新しいAPIパスワード(8文字以上)",
        "new_password_again": "新しいAPIパスワード(もう一度)",
        "requester_site_code": "依頼人拠点コード",
        "agent_site_id": "代理人拠点ID",
        "oss_charge": "OSS申請費用(円)",
        "certificate_update": "電子車検証更新区分(初期値)",
        "recording_contract_number": "委託番号(初期値)",
        "workshop_code": "整備工場コード",
        "workshop_name": "事業場の名称(印刷に使います)",
        "inspectors": "検査員(1行に1人: 番号 名前)",
        "connection": "接続先",
        "services_url": "接続先URL(本番)",
        "database_url": "接続先データベース",
        "database_password": "データベースのパスワード",
        "update_address": "新しい版のお知らせのURL",
        "second_backup_folder": "バックアップの2つ目の保存先",
        "watched_folder": "取込の監視フォルダー",
        "scanner_port": "スキャナのポート",
        "scanner_speed": "スキャナの速度",
    }
    assert window.needed.text().startswith("✓ APIキー・API初期パスワード [発行: AINAS(利用登録通知書)]")
    assert "起動のたびに入力が必要" in window.keychain_line.text()


def test_enter_leads_to_f9_which_saves(window: SettingsWindow, room: DeskRoom) -> None:
    write(window.focusWidget(), "OTHERKEY")
    way = [focused(window)]
    while way[-1] != "key_F9":
        press(window.focusWidget(), Key.Key_Return)
        way.append(focused(window))
    assert way == [
        "api_key",
        "api_password",
        "requester_site_code",
        "agent_site_id",
        "workshop_code",
        "oss_charge",
        "certificate_update",
        "recording_contract_number",
        "scanner_port",
        "scanner_speed",
        "workshop_name",
        "inspectors",
        "watched_folder",
        "connection",
        "services_url",
        "second_backup_folder",
        "update_address",
        "database_url",
        "database_password",
        "key_F9",
    ]
    press(window.focusWidget(), Key.Key_Return)
    assert said(window) == "保存しました。"
    assert room.secrets.read().api_key == "OTHERKEY"
    assert window.api_key.input.text() == ""


def test_the_password_is_reset_by_keys_alone(window: SettingsWindow, room: DeskRoom) -> None:
    assert not window.part.isVisible()
    press(window, Key.Key_R, ALT)
    assert window.part.isVisible()
    assert focused(window) == "new_password"
    write(window.focusWidget(), "new-password-2")
    press(window.focusWidget(), Key.Key_Return)
    write(window.focusWidget(), "new-password-2")
    press(window.focusWidget(), Key.Key_Return)
    assert focused(window) == "reset"
    press(window.focusWidget(), Key.Key_Return)
    assert window.part.isVisible(), "Enter sends nothing"
    press(window.focusWidget(), Key.Key_J, ALT)
    assert said(window) == RESET_DONE
    assert not window.part.isVisible()
    assert room.secrets.read() == ApiSecrets("TESTKEY", "new-password-2")
    press(window, Key.Key_C, ALT)
    assert said(window).startswith("接続できました: ")


def test_shift_enter_goes_back_in_the_part_too(window: SettingsWindow) -> None:
    press(window, Key.Key_R, ALT)
    press(window.focusWidget(), Key.Key_Return)
    press(window.focusWidget(), Key.Key_Return, SHIFT)
    assert focused(window) == "new_password"
    press(window, Key.Key_Z, ALT)
    assert not window.part.isVisible()


def test_a_wrong_repetition_is_framed(window: SettingsWindow) -> None:
    press(window, Key.Key_R, ALT)
    write(window.focusWidget(), "new-password-2")
    press(window, Key.Key_J, ALT)
    assert focused(window) == "new_password_again"
    assert window.new_password_again.problem == said(window)


def test_the_connection_is_switched_by_its_choice(window: SettingsWindow, at_desk: Stage) -> None:
    press(window, Key.Key_S, ALT)
    press(window.focusWidget(), Key.Key_1)
    press(window.focusWidget(), Key.Key_F9)
    assert at_desk.navigator.went == ["reopen"]


def test_a_connection_given_at_the_start_is_shown_and_cannot_be_typed_over(
    window: SettingsWindow, room: DeskRoom
) -> None:
    assert (window.connection_line.isVisible(), window.services_url.locked) == (False, False)
    room.desk.settings._connection = Connection(IN_PROCESS, given_at_start=True)
    press(window, Key.Key_F9)
    assert window.services_url.value() == IN_PROCESS
    assert window.connection_line.isVisible()
    for field in (window.connection, window.services_url):
        assert field.locked
    write(window.services_url.input, "x")
    assert window.services_url.value() == IN_PROCESS


@pytest.mark.parametrize("percent", [100, 150, 175, 200])
def test_everything_fits(window: SettingsWindow, room: DeskRoom, theme: Theme, qtbot: QtBot, percent: int) -> None:
    room.desk.settings._connection = Connection(IN_PROCESS, given_at_start=True)
    press(window, Key.Key_F9)
    press(window, Key.Key_R, ALT)
    grow(theme, percent)
    qtbot.waitUntil(lambda: cut(window) == [])
    shown = [field for field in window.fields if field.isVisible()]
    qtbot.waitUntil(lambda: all(field.height() >= field.minimumSizeHint().height() for field in shown))
    assert window.size() == QSize(1280, 720)
    assert (page_of(window).verticalScrollBar().maximum() == 0) == (percent <= 150)


def test_what_a_letter_opens_or_reaches_comes_into_sight(window: SettingsWindow, theme: Theme, qtbot: QtBot) -> None:
    grow(theme, 200)
    for letter, wanted in (
        (Key.Key_R, window.new_password),
        (Key.Key_K, window.api_key),
        (Key.Key_S, window.connection),
    ):
        press(window, letter, ALT)
        qtbot.waitUntil(partial(is_seen, wanted))
        assert wanted.isAncestorOf(window.focusWidget())
