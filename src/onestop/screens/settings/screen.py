"""設定: the connection, its secrets, this shop's codes, and what is still needed before the first filing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import CredentialsRefused, NoAnswer, Problem
from onestop.screens.desk import recovery_words
from onestop.screens.editor import Editor
from onestop.screens.form_problems import without
from onestop.screens.function_key import YES, Can, no
from onestop.screens.leaving import before_switching, sending_first
from onestop.screens.places import OperatorsPlace, RatesPlace, RecoveryPlace
from onestop.screens.ports import Choice, Others, Tone
from onestop.screens.required_fields import SETTINGS
from onestop.screens.screen import Screen
from onestop.screens.settings import words
from onestop.screens.settings.first_use import first_use_lines
from onestop.screens.settings.taking_out import take_out
from onestop.services.settings.form import SPEEDS, SettingsForm, SettingsState

if TYPE_CHECKING:
    from onestop.errors import OneStopError
    from onestop.gateway.ainas import Account
    from onestop.screens.ports import Ticket
    from onestop.screens.screen import Surroundings
    from onestop.services.recovery import Recovery

PRACTICE: Final = "practice"
NEW_PASSWORDS: Final = ("new_password", "new_password_again")
CONNECTIONS: Final = ((PRACTICE, "練習"), ("real", "本番"))
SPEED_CHOICES: Final = tuple((speed, speed) for speed in SPEEDS)
"""スキャナの速度, in bits a second."""
SHORTEST_PASSWORD: Final = 8
"""Contract ainas.yaml, resetPassword."""
KEY_SHOWN: Final = 10_000
"""Milliseconds for which the stored APIキー is shown."""
NOT_READ: Final = SettingsState(
    SettingsForm(), has_api_key=False, has_api_password=False, reset_pending=False, in_keychain=True, missing=()
)
"""What stands there until the stored settings are read."""


class SettingsScreen(Screen):
    """What is typed here goes out only by F9; of stored secrets the key alone comes back, for ten seconds."""

    help_page = "settings"
    editor: Editor[SettingsForm]

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__(surroundings)
        self.editor = Editor(self, SettingsForm())
        self.state = NOT_READ
        self.resetting = False
        """Whether the part for a new password stands open."""
        self.new_password = ""
        self.new_password_again = ""
        self.shown_key = ""
        """The stored APIキー, for the few seconds that it is shown."""
        self._key_wanted = False
        self._hiding: Ticket | None = None

    # --- loading

    def is_required(self, field: str) -> bool:
        """Whether a field has to be filled in."""
        return field in SETTINGS

    def started(self) -> None:
        """Load what is stored."""
        self.work("読み込み中", self._stored_state, self._loaded)

    def _stored_state(self) -> SettingsState:
        return self.desk().settings.state()

    def _loaded(self, state: SettingsState) -> None:
        self._take(state)
        self.view.refresh()
        self.view.focus_field("api_key")

    def _take(self, state: SettingsState) -> None:
        self.state = state
        self.editor.take(state.form)

    def _reread(self, state: SettingsState) -> None:
        """Take what is stored now, and leave what is being typed."""
        self.state, self.editor.base = state, state.form
        self.view.refresh()

    # --- what stands on the glass

    @property
    def connection(self) -> str:
        """接続先 as it is chosen, or as it was given at the start."""
        practises = self.state.practising if self.connection_is_given else self.editor.form.practice
        return PRACTICE if practises else "real"

    @property
    def services_url(self) -> str:
        """接続先URL as it is typed, or as it was given at the start; practice has none."""
        if not self.connection_is_given:
            return self.editor.form.services_url
        return "" if self.state.practising else self.state.connection.address

    @property
    def connection_is_given(self) -> bool:
        """Whether 接続先 was given at the start, so that nothing typed here could change it."""
        return self.state.connection.given_at_start

    @property
    def connection_line(self) -> str:
        """What is said of a 接続先 that was given at the start."""
        if not self.connection_is_given:
            return ""
        stored = dict(CONNECTIONS)[PRACTICE if self.editor.form.practice else "real"]
        return words.GIVEN_AT_START.format(stored=stored)

    @property
    def database_url(self) -> str:
        """接続先データベース as it is typed, or as it was given at the start."""
        return self.state.connection.database_url or self.editor.form.database_url

    @property
    def database_is_given(self) -> bool:
        """Whether 接続先データベース was given at the start, so that nothing typed here could change it."""
        return bool(self.state.connection.database_url)

    @property
    def database_line(self) -> str:
        """Where the data is, and who backs it up."""
        return words.ON_SERVER if self.database_url.strip() else words.ON_THIS_MACHINE

    @property
    def keychain_line(self) -> str:
        """Where secrets are kept; for a few seconds the APIキー itself."""
        if self.shown_key:
            return f"APIキー: {self.shown_key}({KEY_SHOWN // 1000}秒で消えます)"
        kept = words.IN_KEYCHAIN if self.state.in_keychain else words.IN_MEMORY
        return f"{words.PRACTISING}\n{kept}" if self.state.practising else kept

    @property
    def reset_line(self) -> str:
        """How 再設定 stands."""
        if self.state.reset_pending:
            return words.PENDING
        return f"{words.ANY_WILL_DO}\n{words.RESET_STEPS}" if self.state.practising else words.RESET_STEPS

    @property
    def needed_lines(self) -> tuple[str, ...]:
        """必要情報, each with a sign for what is there."""
        return () if self.state is NOT_READ else first_use_lines(self.state.missing)

    # --- typing

    def edit(self, name: str, value: object) -> None:
        """Take what the clerk typed into one field."""
        if name in NEW_PASSWORDS:
            self.editor.problems = without(name, self.editor.problems)
            self.typed_in(name)
            setattr(self, name, str(value))
            self.view.refresh()
        elif self.state is not NOT_READ:
            self.editor.edit(*(("practice", value == PRACTICE) if name == "connection" else (name, value)))

    # --- F9 保存

    def can_save(self) -> Can:
        """Whether the settings are here and nothing is under way."""
        if self.state is NOT_READ and not self.busy:
            return no("設定が読み込まれていません。")
        return self.can_work()

    def save(self) -> None:
        """F9 保存; another 接続先 closes the other windows, so it waits for what is being sent, and asks."""
        others = self.navigator.others(self) if self._switches else Others()
        if others.sending:
            self.say(sending_first(others), Tone.WARNING)
        elif others.unsaved:
            self.view.ask(before_switching(others, self._save, self.view.refresh))
        else:
            self._save()

    @property
    def _switches(self) -> bool:
        return _connection_of(self.state.form) != _connection_of(self.editor.form)

    def _save(self) -> None:
        form = self.editor.form

        def job() -> SettingsState:
            settings = self.desk().settings
            settings.save(form)
            return settings.state()

        self.work("保存中", job, self._saved)

    def _saved(self, state: SettingsState) -> None:
        old = _connection_of(self.state.form)
        self._take(state)
        self.say("保存しました。")
        if old == _connection_of(state.form):
            self.navigator.changed()
        else:
            self.navigator.reopen()

    # --- 接続確認

    def can_check(self) -> Can:
        """Whether what is stored is what stands here, and is enough to ask."""
        working = self.can_work()
        if not working:
            return working
        if self.changed:
            return no(words.SAVE_FIRST)
        has_secrets = self.state.has_api_key and self.state.has_api_password
        return YES if self.state.practising or has_secrets else no(words.NO_SECRETS)

    def can_show_key(self) -> Can:
        """Whether a key is stored, and nothing is under way."""
        return self.can_work() and (YES if self.state.has_api_key else no(words.NO_KEY))

    def show_key(self) -> None:
        """APIキーの表示, for ten seconds."""

        def job() -> str:
            return self.desk().settings.api_key()

        self._key_wanted = True
        self.work("APIキーを読み込み中", job, self._key_read)

    def _key_read(self, key: str) -> None:
        if self._key_wanted:  # the window was not left meanwhile
            self.shown_key = key
            self._hiding = self.background.after(KEY_SHOWN, self.hide_key)

    def hide_key(self) -> None:
        """Take it off the glass: its seconds are over, or the window is left."""
        self._key_wanted = False
        if self._hiding is not None:
            self._hiding.drop()
            self._hiding, self.shown_key = None, ""
            self.view.refresh()

    def check(self) -> None:
        """接続確認: whose credentials these are; clears up a 再設定 whose end is unknown."""

        def job() -> tuple[Account, SettingsState]:
            settings = self.desk().settings
            return settings.access.check_connection(), settings.state()

        self.work("接続を確認中", job, self._checked)

    def _checked(self, answer: tuple[Account, SettingsState]) -> None:
        account, state = answer
        self._take(state)
        connected = f"{words.IN_PRACTICE if self.state.practising else ''}接続できました: {account.organization}"
        if account.password_is_initial:
            self.say(f"{connected}。{words.INITIAL}", Tone.WARNING)
        else:
            self.say(connected)

    def rates(self) -> None:
        """料金表: the dated tables, and what this shop adds to them."""
        self.navigator.show(RatesPlace())

    def recovery_key(self) -> None:
        """復元キー: show it, after a question."""

        def job() -> Recovery | None:
            return self.desk().recovery.shown()

        self.work("読み込み中", job, self._ask_to_show)

    def _ask_to_show(self, recovery: Recovery | None) -> None:
        if recovery is None:
            self.say(recovery_words.NOT_ENCRYPTED)
        else:
            place = RecoveryPlace(recovery, lambda: self.say(recovery_words.KEPT), self.view.refresh)
            show = Choice(recovery_words.SHOW, lambda: self.navigator.show(place))
            self.ask(recovery_words.TITLE, recovery_words.SHOW_QUESTION, show)

    def take_out(self) -> None:
        """データの書き出し: everything, into a folder that the clerk names."""
        take_out(self)

    def operators(self) -> None:
        """操作者: who may sign in, and what each may do."""
        self.navigator.show(OperatorsPlace())

    # --- AINAS連携APIパスワード再設定

    def open_reset(self) -> None:
        """Open the part for a new password."""
        self.resetting = True
        self.view.refresh()
        self.view.focus_field("new_password")

    def close_reset(self) -> None:
        """Close it and forget what was typed."""
        self.resetting = False
        self.new_password = self.new_password_again = ""
        self.editor.problems = ()
        self.view.refresh()
        self.view.focus_field("api_key")

    def can_reset(self) -> Can:
        """Whether the part is open and nothing is under way."""
        return self.can_work() if self.resetting else no("再設定は始まっていません。")

    def reset(self) -> None:
        """Change the password, if both were typed alike and are long enough."""
        self.editor.problems = problems = self._password_problems()
        if problems:
            self.say(problems[0].message, Tone.ERROR, problems[0].field)
            return
        password = self.new_password

        def job() -> SettingsState:
            settings = self.desk().settings
            settings.access.reset_password(password)
            return settings.state()

        self.work("APIパスワードを再設定中", job, self._reset_done)

    def _password_problems(self) -> tuple[Problem, ...]:
        if len(self.new_password) < SHORTEST_PASSWORD:
            text = f"新しいパスワードは{SHORTEST_PASSWORD}文字以上にしてください。"
            return (Problem("new_password", text),)
        if self.new_password != self.new_password_again:
            return (Problem("new_password_again", "2回の入力が同じではありません。もう一度入力してください。"),)
        return ()

    def _reset_done(self, state: SettingsState) -> None:
        self._take(state)
        self.close_reset()
        self.say(words.RESET_DONE)

    # --- F12, troubles

    def close(self) -> None:
        """F12 閉じる; asks only when something is not saved."""
        self.editor.leave("設定の変更が保存されていません。", self.view.dismiss)

    def failed(self, error: OneStopError) -> None:
        """Tell a trouble in the words of 設定, and look how the secrets stand after it."""
        super().failed(error)
        if isinstance(error, CredentialsRefused):
            self.say(words.WRONG_SECRETS, Tone.ERROR)
        elif isinstance(error, NoAnswer) and self.resetting:
            self.close_reset()
            self.say(words.RESET_UNKNOWN, Tone.WARNING)
            self.background.run(self._stored_state, self._reread, super().failed)
        elif isinstance(error, NoAnswer):
            self.say(words.NOT_ANSWERED, Tone.ERROR)


def _connection_of(form: SettingsForm) -> tuple[bool, str, str]:
    return form.practice, form.services_url, form.database_url
