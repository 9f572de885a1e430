"""設定: 連携情報 and 基本情報 on the left, what is still needed on the right, or below it in large text."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt

from onestop.screens.filing.issue_input import code
from onestop.screens.filing.words import CERTIFICATE_UPDATES
from onestop.screens.function_keys import RESET_BUTTONS, SETTINGS, SETTINGS_BUTTONS
from onestop.screens.settings.screen import CONNECTIONS, SPEED_CHOICES, SettingsScreen
from onestop.ui.desk_window import DeskWindow
from onestop.ui.enters import is_enter
from onestop.ui.fields.choice_field import ChoiceField
from onestop.ui.fields.fields import EXPLAINED, CodeField, TextField, typed_in
from onestop.ui.fields.memo_field import MemoField
from onestop.ui.fields.secret_field import SecretField
from onestop.ui.labels import wrapping
from onestop.ui.layout import Columns, ScrolledPage, column, group, row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QGroupBox, QLayout, QWidget


class SettingsWindow(DeskWindow[SettingsScreen]):
    """What the shop told the program about itself."""

    def __init__(self, screen: SettingsScreen) -> None:
        super().__init__()
        self.connection = ChoiceField("connection", "接続先", CONNECTIONS, mnemonic="S")
        self.services_url = CodeField("services_url", "接続先URL(本番)", fold=code, hint="https://")
        self.database_url = CodeField("database_url", "接続先データベース", fold=code, hint="postgresql://")
        self.database_password = SecretField("database_password", "データベースのパスワード")
        self.api_key = SecretField("api_key", "APIキー", mnemonic="K")
        self.api_password = SecretField("api_password", "APIパスワード")
        self.requester_site_code = CodeField(
            "requester_site_code", "依頼人拠点コード", fold=code, limit=20, mnemonic="I"
        )
        self.agent_site_id = CodeField("agent_site_id", "代理人拠点ID", fold=code, limit=20, mnemonic="D")
        self.certificate_update = ChoiceField("certificate_update", "電子車検証更新区分(初期値)", CERTIFICATE_UPDATES)
        self.recording_contract_number = CodeField("recording_contract_number", "委託番号(初期値)", fold=code, limit=20)
        self.workshop_code = CodeField("workshop_code", "整備工場コード", fold=code, limit=8, hint="11-1234")
        self.workshop_name = TextField("workshop_name", "事業場の名称(印刷に使います)")
        self.oss_charge = CodeField("oss_charge", "OSS申請費用(円)", fold=code, limit=9)
        self.inspectors = MemoField("inspectors", "検査員(1行に1人: 番号 名前)", lines=2)
        self.second_backup_folder = TextField("second_backup_folder", "バックアップの2つ目の保存先")
        self.scanner_port = CodeField("scanner_port", "スキャナのポート", fold=code, limit=255, hint="COM3")
        self.scanner_speed = ChoiceField("scanner_speed", "スキャナの速度", SPEED_CHOICES)
        self.watched_folder = TextField("watched_folder", "取込の監視フォルダー")
        self.update_address = CodeField("update_address", "新しい版のお知らせのURL", fold=code, hint="https://")
        self.new_password = SecretField("new_password", "新しいAPIパスワード(8文字以上)")
        self.new_password_again = SecretField("new_password_again", "新しいAPIパスワード(もう一度)")
        check, open_reset, show_key, *ways = SETTINGS_BUTTONS
        self.check, self.open_reset = map(self.action_button, ("check", "open_reset"), (check, open_reset))
        names = ("rates", "recovery", "operators", "take_out")
        self.rates, self.recovery, self.operators, self.take_out = map(self.action_button, names, ways)
        self.listen_for(show_key)  # it stands beside its field: in large text is no room
        self.reset, self.close_reset = map(self.action_button, ("reset", "close_reset"), RESET_BUTTONS)
        self.keychain_line, self.reset_line = wrapping("keychain"), wrapping("reset_line")
        self.connection_line, self.port_line = wrapping("connection_line"), wrapping("port_line")
        self.database_line, self.needed = wrapping("database_line"), wrapping("needed")
        self._lay_out()
        self.fields = typed_in(self.body)
        self.bind(screen, SETTINGS, "設定", main_key="F9", edit=screen.edit)

    def fill(self, screen: SettingsScreen) -> None:
        """Show what is stored and typed; of stored secrets only that they are there."""
        for given in (self.connection, self.services_url):
            given.set_locked(screen.connection_is_given)
        self.database_url.set_locked(screen.database_is_given)
        shown = dataclasses.asdict(screen.editor.form) | {
            "connection": screen.connection,
            "services_url": screen.services_url,
            "database_url": screen.database_url,
            "new_password": screen.new_password,
            "new_password_again": screen.new_password_again,
        }
        for field in self.fields:
            field.show_value(shown[field.name])
            field.set_problem(screen.editor.problem(field.name))
        self.api_key.show_stored(stored=screen.state.has_api_key, more="10秒表示(Alt+V)")
        self.api_password.show_stored(stored=screen.state.has_api_password)
        self.database_password.show_stored(stored=screen.state.has_database_password)
        self.keychain_line.setText(screen.keychain_line)
        self.connection_line.setText(screen.connection_line)
        self.database_line.setText(screen.database_line)
        self.connection_line.setVisible(screen.connection_is_given)
        scanner = screen.surroundings.scanner
        self.port_line.setText(scanner.text)
        self.port_line.setVisible(bool(scanner.port))
        self.reset_line.setText(screen.reset_line)
        self.needed.setText("\n".join(screen.needed_lines))
        self.part.setVisible(screen.resetting)
        for part in (self.rates, self.recovery, self.operators, self.shared):
            part.setVisible(not screen.resetting)  # the part for a new password needs their room

    def changeEvent(self, event: QEvent) -> None:
        """Hide the APIキー from whoever comes by when another window takes the keys."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self._screen is not None:
            self._screen.hide_key()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter lead from the new password to its button, which is the end of that part."""
        forwards = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if is_enter(event) and forwards and self.new_password_again.input.hasFocus():
            self.reset.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    # --- layout

    def _lay_out(self) -> None:
        left = column(
            group("連携情報", self._linking(), EXPLAINED),
            group("基本情報", self._shop()),
            group("接続先・バックアップ・お知らせ", self._connecting()),
            None,
        )
        ways = row(self.rates, self.recovery, self.operators)
        needed = group("必要情報(初めて使う前に)", column(self.needed, ways))
        right = column(needed, self._database(), self._new_password(), None)
        self.body.hold(ScrolledPage(row((left, 3), (right, 2))))

    def _linking(self) -> QLayout:
        buttons = row(self.check, self.open_reset, None)
        return column(_equals(self.api_key, self.api_password), self.keychain_line, buttons)

    def _new_password(self) -> QGroupBox:
        verbs = row(None, self.reset, self.close_reset)
        inside = column(self.reset_line, self.new_password, self.new_password_again, verbs)
        self.part = group("AINAS連携APIパスワード再設定", inside)
        return self.part

    def _shop(self) -> QLayout:
        signing = _equals(self.workshop_name, self.inspectors, self.watched_folder)
        for low in (self.workshop_name, self.watched_folder):
            signing.setAlignment(low, Qt.AlignmentFlag.AlignTop)
        return column(
            _equals(self.requester_site_code, self.agent_site_id, self.workshop_code, self.oss_charge),
            row(
                (self.certificate_update, 4),
                (self.recording_contract_number, 3),
                (self.scanner_port, 3),
                (self.scanner_speed, 3),
            ),
            self.port_line,
            signing,
        )

    def _connecting(self) -> QLayout:
        places = (self.services_url, 3), (self.second_backup_folder, 3), (self.update_address, 3)
        return column(row((self.connection, 2), *places), self.connection_line)

    def _database(self) -> QGroupBox:
        address = _equals(self.database_url, self.database_password)
        inside = column(address, self.database_line, row(self.take_out, None))
        self.shared = group("データの保存先", inside)
        return self.shared


def _equals(*fields: QWidget) -> Columns:
    """Put fields side by side, each as wide as the others."""
    return row(*((field, 1) for field in fields))
