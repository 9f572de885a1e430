"""設定: secrets that never come back, 接続確認, the two steps of 再設定, and the switch between 練習 and 本番."""

from __future__ import annotations

import dataclasses
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from onestop.errors import KeychainUnavailable
from onestop.screens.function_keys import RESET_BUTTONS, SETTINGS, SETTINGS_BUTTONS
from onestop.screens.places import HelpPlace
from onestop.screens.ports import Others, Tone
from onestop.screens.settings import words
from onestop.screens.settings.screen import KEY_SHOWN, SettingsScreen
from onestop.services.settings.form import Connection
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.settings_file import Settings
from onestop_sandbox.trouble import Kind, Trouble
from support.desks import IN_PROCESS, INITIAL_SECRETS, READY_SECRETS, DeskRoom, a_desk
from support.screens import Change, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW = "new-password-2"


@dataclass(frozen=True, slots=True)
class Here:
    """A stage with 設定 on it."""

    room: DeskRoom
    stage: Stage
    screen: SettingsScreen

    def press(self, key: str) -> str | None:
        rows = (*SETTINGS, *SETTINGS_BUTTONS, *RESET_BUTTONS)
        return self.stage.press(rows, key, self.screen)

    def type(self, **values: object) -> None:
        for name, value in values.items():
            self.screen.edit(name, value)

    @property
    def said(self) -> str:
        return self.screen.message.text if self.screen.message else ""


class Opened:
    """Opens desks and closes them at the end of the test."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack

    def __call__(self, secrets: ApiSecrets | None = None, *, given_at_start: bool = False, **options: object) -> Here:
        held = MemorySecrets(secrets) if secrets is not None else None
        room = self._stack.enter_context(a_desk(self._folder, secrets=held, **options))  # type: ignore[arg-type]
        room.desk.settings._connection = Connection(IN_PROCESS, given_at_start)
        stage = Stage(desk=lambda: room.desk)
        return Here(room, stage, stage.open(SettingsScreen(stage.surroundings)))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    with ExitStack() as stack:
        yield Opened(tmp_path, stack)


def test_it_shows_what_is_stored_but_never_a_secret(opened: Opened) -> None:
    here = opened()
    assert here.screen.editor.form.requester_site_code == "0812345"
    assert here.screen.editor.form.agent_site_id == "D0000123"
    assert here.screen.editor.form.api_key == here.screen.editor.form.api_password == ""
    assert here.screen.state.has_api_key
    assert here.screen.state.has_api_password
    assert here.screen.connection == "real"
    assert here.screen.keychain_line == words.IN_MEMORY
    assert here.screen.reset_line == words.RESET_STEPS
    assert here.stage.view.focused == ["api_key"]
    assert "ready-password" not in repr(vars(here.screen))


def test_on_the_first_start_the_list_says_what_is_missing(opened: Opened) -> None:
    here = opened(ApiSecrets(), settings=None)
    assert not here.screen.state.has_api_key
    assert [line[0] for line in here.screen.needed_lines] == ["□", "□", "□", "・"]
    assert here.screen.connection == "practice"
    here.type(api_key="TESTKEY", api_password="999000", requester_site_code="0812345", agent_site_id="D0000123")
    assert here.press("F9") is None
    assert [line[0] for line in here.screen.needed_lines] == ["✓", "✓", "✓", "・"]


def test_saving_stores_the_secrets_and_clears_their_fields(opened: Opened) -> None:
    here = opened()
    here.type(api_key="OTHERKEY", api_password="other-password", recording_contract_number="K-1")
    changed_before = here.screen.changed
    assert here.press("F9") is None
    assert here.said == "保存しました。"
    assert here.screen.editor.form.api_key == here.screen.editor.form.api_password == ""
    assert (changed_before, here.screen.changed) == (True, False)
    assert here.room.secrets.read() == ApiSecrets("OTHERKEY", "other-password")
    assert here.room.desk.settings.state().form.recording_contract_number == "K-1"
    assert here.stage.navigator.changes == [Change()]
    assert here.stage.navigator.went == []


@pytest.mark.parametrize(
    "change", [{"connection": "practice"}, {"services_url": "https://other.example"}], ids=["practice", "address"]
)
def test_another_connection_opens_the_desk_again(opened: Opened, change: dict[str, str]) -> None:
    here = opened()
    here.type(**change)
    here.press("F9")
    assert here.stage.navigator.went == ["reopen"]


def test_the_connection_is_not_changed_while_something_is_sent(opened: Opened) -> None:
    here = opened()
    here.stage.navigator.standing_open = Others(unsaved=("車両",), sending=("一括申請", "申請書発行"))
    here.type(services_url="https://other.example")
    here.press("F9")
    assert "一括申請・申請書発行" in here.said
    assert here.screen.changed
    assert here.stage.navigator.went == []
    assert here.room.desk.settings.state().form.services_url == "https://services.example"


def test_the_connection_is_not_changed_under_unsaved_windows_unasked(opened: Opened) -> None:
    here = opened()
    here.stage.navigator.standing_open = Others(unsaved=("車両", "申請書発行"))
    here.type(services_url="https://other.example")
    here.press("F9")
    assert "車両・申請書発行" in here.stage.view.asked.text
    here.stage.view.answer("戻る")
    assert here.stage.navigator.went == []
    here.press("F9")
    here.stage.view.answer("閉じて切り替える")
    assert here.stage.navigator.went == ["reopen"]
    assert here.room.desk.settings.state().form.services_url == "https://other.example"


def test_anything_else_is_saved_whatever_the_other_windows_do(opened: Opened) -> None:
    here = opened()
    here.stage.navigator.standing_open = Others(unsaved=("車両",), sending=("一括申請",))
    here.type(agent_site_id="D9")
    here.press("F9")
    assert here.said == "保存しました。"


def test_an_address_that_cannot_be_used_is_blamed_and_nothing_is_stored(opened: Opened) -> None:
    here = opened()
    here.type(services_url="http://example.com", api_key="OTHERKEY")
    here.press("F9")
    assert here.stage.view.focused[-1] == "services_url"
    assert "https://" in (here.screen.editor.problem("services_url") or "")
    assert here.screen.editor.problem("api_key") is None
    assert here.room.secrets.read().api_key == "READYKEY"
    here.type(services_url="https://example.com")
    assert here.screen.editor.problem("services_url") is None
    assert here.said == ""


def test_the_connection_is_checked_and_says_whose_it_is(opened: Opened) -> None:
    here = opened()
    assert here.press("Alt+C") is None
    assert here.said.startswith("接続できました: ")
    assert here.screen.message is not None
    assert here.screen.message.tone is Tone.INFO


def test_an_initial_password_is_told_with_the_way_out(opened: Opened) -> None:
    here = opened(INITIAL_SECRETS)
    here.press("Alt+C")
    assert here.said.endswith(words.INITIAL)
    assert here.screen.message is not None
    assert here.screen.message.tone is Tone.WARNING


def test_what_is_not_saved_or_not_there_cannot_be_checked(opened: Opened) -> None:
    here = opened(ApiSecrets("READYKEY"))
    assert here.press("Alt+C") == f"[Alt+C 接続確認] は使えません: {words.NO_SECRETS}"
    here.type(api_password="ready-password")
    assert here.press("Alt+C") == f"[Alt+C 接続確認] は使えません: {words.SAVE_FIRST}"
    here.press("F9")
    assert here.press("Alt+C") is None


def test_while_it_works_no_key_works(opened: Opened) -> None:
    here = opened()
    here.stage.background.held = True
    here.press("Alt+C")
    for key in ("F9", "Alt+C", "Alt+R"):
        assert "終わるまでお待ちください" in (here.press(key) or "")
    here.stage.background.work_all()
    assert here.press("F9") is None


def test_wrong_secrets_are_told_in_the_words_of_this_window(opened: Opened) -> None:
    here = opened(ApiSecrets("READYKEY", "wrong-password"))
    here.press("Alt+C")
    assert here.said == words.WRONG_SECRETS


def test_a_lost_answer_to_the_check_is_told(opened: Opened) -> None:
    here = opened()
    here.room.sandbox.troubles.add(Trouble(Kind.HTML, "getAccount", status=200))
    here.press("Alt+C")
    assert here.said == words.NOT_ANSWERED


def test_the_password_is_reset_after_it_was_typed_twice(opened: Opened) -> None:
    here = opened(INITIAL_SECRETS)
    assert here.press("Alt+J") == "[Alt+J 再設定する] は使えません: 再設定は始まっていません。"
    assert here.press("Alt+R") is None
    assert here.stage.view.focused[-1] == "new_password"
    here.type(new_password=NEW, new_password_again=NEW)
    assert not here.screen.changed
    assert here.press("Alt+J") is None
    assert here.said == words.RESET_DONE
    assert not here.screen.resetting
    assert here.screen.new_password == here.screen.new_password_again == ""
    assert here.room.secrets.read() == ApiSecrets("TESTKEY", NEW)
    here.press("Alt+C")
    assert here.said.startswith("接続できました: ")
    assert words.INITIAL not in here.said


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ("short", "short", "new_password"),
        (NEW, NEW + "x", "new_password_again"),
        ("日本語のパスワード", "日本語のパスワード", "new_password"),
    ],
)
def test_a_password_that_cannot_be_is_blamed_and_nothing_is_sent(
    opened: Opened, first: str, second: str, field: str
) -> None:
    here = opened(INITIAL_SECRETS)
    here.press("Alt+R")
    here.type(new_password=first, new_password_again=second)
    here.press("Alt+J")
    assert here.screen.editor.problem(field) == here.said
    assert here.stage.view.focused[-1] == field
    assert here.screen.resetting
    assert here.room.secrets.read() == INITIAL_SECRETS
    assert here.room.sandbox.requests["ainas.resetPassword"] == 0


def test_the_part_can_be_left(opened: Opened) -> None:
    here = opened()
    here.press("Alt+R")
    here.type(new_password=NEW)
    assert here.press("Alt+Z") is None
    assert not here.screen.resetting
    assert here.screen.new_password == ""


def test_a_reset_whose_answer_is_lost_is_cleared_up_by_the_check(opened: Opened) -> None:
    here = opened(INITIAL_SECRETS)
    here.room.sandbox.troubles.add(
        Trouble(Kind.HTML, "resetPassword", status=200, after=True),
        Trouble(Kind.HTML, "getAccount", status=200),
    )
    here.press("Alt+R")
    here.type(new_password=NEW, new_password_again=NEW)
    here.press("Alt+J")
    assert here.said == words.RESET_UNKNOWN
    assert here.screen.reset_line == words.PENDING
    assert here.room.secrets.read() == ApiSecrets("TESTKEY", "999000", NEW)
    here.press("Alt+C")
    assert here.said.startswith("接続できました: ")
    assert here.room.secrets.read() == ApiSecrets("TESTKEY", NEW)
    assert here.screen.reset_line == words.RESET_STEPS


def test_a_refused_reset_leaves_the_old_password_and_the_part_open(opened: Opened) -> None:
    here = opened(INITIAL_SECRETS)
    here.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "resetPassword", status=503))
    here.press("Alt+R")
    here.type(new_password=NEW, new_password_again=NEW)
    here.press("Alt+J")
    assert here.screen.resetting
    assert here.screen.message is not None
    assert here.screen.message.tone is Tone.ERROR
    assert here.room.secrets.read() == INITIAL_SECRETS


def test_closing_asks_only_when_something_is_not_saved(opened: Opened) -> None:
    here = opened()
    here.type(agent_site_id="D9")
    here.press("F12")
    here.stage.view.answer("戻る")
    dismissed_by_staying = here.stage.view.dismissed
    here.press("F12")
    here.stage.view.answer("破棄して閉じる")
    assert (dismissed_by_staying, here.stage.view.dismissed) == (False, True)
    assert here.room.desk.settings.state().form.agent_site_id == "D0000123"


def test_an_unchanged_window_just_closes_and_f1_helps(opened: Opened) -> None:
    here = opened()
    here.press("F1")
    assert here.stage.navigator.went == [HelpPlace("settings")]
    here.press("F12")
    assert here.stage.view.dismissed


def test_a_desk_that_cannot_open_is_told_and_nothing_can_be_saved(tmp_path: Path) -> None:
    def no_desk() -> object:
        raise KeychainUnavailable("locked")

    stage = Stage(desk=no_desk)  # type: ignore[arg-type]
    screen = stage.open(SettingsScreen(stage.surroundings))
    assert screen.message is not None
    assert stage.press(SETTINGS, "F9", screen) == "[F9 保存] は使えません: 設定が読み込まれていません。"
    screen.edit("api_key", "X")
    assert screen.editor.form.api_key == ""
    assert screen.keychain_line == words.IN_KEYCHAIN
    assert screen.needed_lines == ()
    assert not list(tmp_path.iterdir())


def test_what_is_stored_stands_there_unless_the_start_said_otherwise(opened: Opened) -> None:
    screen = opened().screen
    assert (screen.connection, screen.services_url) == ("real", "https://services.example")
    assert (screen.connection_is_given, screen.connection_line) == (False, "")


def test_an_address_given_at_the_start_is_shown_and_not_stored(opened: Opened) -> None:
    here = opened(settings=Settings(practice=True), given_at_start=True)
    assert (here.screen.connection, here.screen.services_url) == ("real", IN_PROCESS)
    assert here.screen.connection_is_given
    assert "起動時の指定" in here.screen.connection_line
    assert "「練習」" in here.screen.connection_line
    here.type(agent_site_id="D9")
    here.press("F9")
    assert here.room.desk.settings.state().form.practice
    assert here.room.desk.settings.state().form.services_url == ""
    assert here.stage.navigator.went == []


def test_it_is_said_where_the_data_is_and_who_backs_it_up(opened: Opened) -> None:
    here = opened()
    assert (here.screen.database_url, here.screen.database_is_given, here.screen.state.has_database_password) == (
        "",
        False,
        False,
    )
    assert here.screen.database_line == words.ON_THIS_MACHINE
    here.type(database_url="postgresql://desk@db.example/onestop")
    assert here.screen.database_line == words.ON_SERVER
    assert here.screen._switches

    given = Connection(IN_PROCESS, database_url="postgresql://given@db.example/onestop")
    here.screen.state = dataclasses.replace(here.screen.state, connection=given)
    assert (here.screen.database_url, here.screen.database_is_given) == (given.database_url, True)


def test_practice_given_at_the_start_is_shown_over_a_stored_address(opened: Opened) -> None:
    here = opened(given_at_start=True)
    here.screen.state = dataclasses.replace(here.screen.state, practising=True)
    assert (here.screen.connection, here.screen.services_url) == ("practice", "")
    assert "「本番」" in here.screen.connection_line


def test_practice_says_when_what_is_typed_is_used(opened: Opened) -> None:
    screen = opened().screen
    screen.state = dataclasses.replace(screen.state, practising=True)
    assert screen.keychain_line.startswith(words.PRACTISING)
    assert screen.reset_line == f"{words.ANY_WILL_DO}\n{words.RESET_STEPS}"
    assert screen.can_check()


# --- Alt+V APIキーの表示


def test_the_stored_key_is_shown_for_ten_seconds(opened: Opened) -> None:
    here = opened(READY_SECRETS)
    assert "READYKEY" not in here.screen.keychain_line
    assert here.press("Alt+V") is None
    assert here.screen.keychain_line == "APIキー: READYKEY(10秒で消えます)"
    here.stage.background.pass_time(KEY_SHOWN - 1)
    assert "READYKEY" in here.screen.keychain_line
    here.stage.background.pass_time(1)
    assert "READYKEY" not in here.screen.keychain_line


def test_the_key_is_hidden_at_once_when_the_window_is_left(opened: Opened) -> None:
    here = opened(READY_SECRETS)
    here.screen.hide_key()
    here.press("Alt+V")
    here.screen.hide_key()
    assert "READYKEY" not in here.screen.keychain_line
    assert here.said == ""


def test_a_key_that_arrives_after_the_window_was_left_is_not_shown(opened: Opened) -> None:
    here = opened(READY_SECRETS)
    here.stage.background.held = True
    here.press("Alt+V")
    here.screen.hide_key()
    here.stage.background.work_all()
    assert "READYKEY" not in here.screen.keychain_line


def test_without_a_stored_key_none_is_shown(opened: Opened) -> None:
    assert opened(ApiSecrets()).press("Alt+V") == f"[Alt+V キー表示] は使えません: {words.NO_KEY}"
