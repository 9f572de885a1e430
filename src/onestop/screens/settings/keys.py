"""The function keys of 設定 and of what opens from it: a part of function_keys.py, which hands them on."""

from __future__ import annotations

from onestop.model.right import Right
from onestop.screens.desk.recovery_screen import RecoveryScreen
from onestop.screens.desk.server_door_screen import ServerDoorScreen
from onestop.screens.exporting import open_folder_key
from onestop.screens.function_key import FunctionKey
from onestop.screens.rates.screen import RatesScreen
from onestop.screens.settings.screen import SettingsScreen

RECOVERY: tuple[FunctionKey[RecoveryScreen], ...] = (
    FunctionKey("F1", "ヘルプ", RecoveryScreen.help),
    FunctionKey("F7", "確認", RecoveryScreen.check, RecoveryScreen.can_check),
    FunctionKey("F9", "印刷", RecoveryScreen.print, RecoveryScreen.can_print),
    FunctionKey("F12", "閉じる", RecoveryScreen.close),
)
"""復元キー."""

SERVER_DOOR: tuple[FunctionKey[ServerDoorScreen], ...] = (
    FunctionKey("F1", "ヘルプ", ServerDoorScreen.help),
    FunctionKey("F7", "確認", ServerDoorScreen.check, ServerDoorScreen.can_work),
    FunctionKey("F12", "閉じる", ServerDoorScreen.close),
)
"""接続先データベース where the desk is not open."""

SETTINGS: tuple[FunctionKey[SettingsScreen], ...] = (
    FunctionKey("F1", "ヘルプ", SettingsScreen.help),
    FunctionKey("F9", "保存", SettingsScreen.save, SettingsScreen.can_save, also="F10", needs=Right.ADMINISTER),
    FunctionKey("F12", "閉じる", SettingsScreen.close),
)
"""設定. F9 is the manual's; a hand that comes from anywhere else presses F10."""

SETTINGS_BUTTONS: tuple[FunctionKey[SettingsScreen], ...] = (
    FunctionKey("Alt+C", "接続確認", SettingsScreen.check, SettingsScreen.can_check),
    FunctionKey("Alt+R", "AINAS連携APIパスワード再設定", SettingsScreen.open_reset, SettingsScreen.can_check),
    FunctionKey("Alt+V", "キー表示", SettingsScreen.show_key, SettingsScreen.can_show_key, needs=Right.ADMINISTER),
    FunctionKey("Alt+T", "料金表", SettingsScreen.rates),
    FunctionKey("Alt+Y", "復元キー", SettingsScreen.recovery_key, SettingsScreen.can_work, needs=Right.ADMINISTER),
    FunctionKey("Alt+U", "操作者", SettingsScreen.operators, needs=Right.ADMINISTER),
    FunctionKey("Alt+E", "書き出し", SettingsScreen.take_out, SettingsScreen.can_work, needs=Right.ADMINISTER),
)
"""The buttons in 連携情報."""

RATES: tuple[FunctionKey[RatesScreen], ...] = (
    FunctionKey("F1", "ヘルプ", RatesScreen.help),
    FunctionKey("F2", "削除", RatesScreen.delete, RatesScreen.can_delete, needs=Right.ADMINISTER),
    FunctionKey("F4", "新規", RatesScreen.begin, RatesScreen.can_begin),
    FunctionKey("F10", "保存", RatesScreen.save, RatesScreen.can_save, needs=Right.ADMINISTER),
    FunctionKey("F11", "取込", RatesScreen.take_in, RatesScreen.can_restore, needs=Right.ADMINISTER),
    FunctionKey("F12", "閉じる", RatesScreen.close),
)
"""料金表. F4 begins a row like the chosen one, F10 adds it; F11 reads a CSV file."""

RATES_BUTTONS: tuple[FunctionKey[RatesScreen], ...] = (
    FunctionKey("Alt+R", "出荷時に戻す", RatesScreen.restore, RatesScreen.can_restore, needs=Right.ADMINISTER),
    open_folder_key(),
    FunctionKey("Alt+B", "CSV", RatesScreen.csv, RatesScreen.can_restore),
)
"""The buttons above the list."""

RESET_BUTTONS: tuple[FunctionKey[SettingsScreen], ...] = (
    FunctionKey(
        "Alt+J", "再設定する", SettingsScreen.reset, SettingsScreen.can_reset, sends=True, needs=Right.ADMINISTER
    ),
    FunctionKey("Alt+Z", "キャンセル", SettingsScreen.close_reset, SettingsScreen.can_reset),
)
"""The buttons under a new password."""
