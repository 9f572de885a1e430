"""The function keys of 操作者 and 操作者の切替: a part of function_keys.py, which hands them on."""

from __future__ import annotations

from onestop.screens.function_key import FunctionKey
from onestop.screens.operators.screen import OperatorsScreen
from onestop.screens.operators.sign_in_screen import SignInScreen

OPERATORS: tuple[FunctionKey[OperatorsScreen], ...] = (
    FunctionKey("F1", "ヘルプ", OperatorsScreen.help),
    FunctionKey("F4", "新規", OperatorsScreen.begin, OperatorsScreen.can_work),
    FunctionKey("F5", "修正", OperatorsScreen.open, OperatorsScreen.can_open),
    FunctionKey("F10", "保存", OperatorsScreen.save, OperatorsScreen.can_save),
    FunctionKey("F12", "閉じる", OperatorsScreen.close),
)
"""操作者. Enter on a row is F5."""

OPERATORS_BUTTONS: tuple[FunctionKey[OperatorsScreen], ...] = (
    FunctionKey("Alt+H", "変更の履歴", OperatorsScreen.show_changes, OperatorsScreen.can_work),
)
"""The button beside the minutes: what was changed that is about no car."""

SIGN_IN: tuple[FunctionKey[SignInScreen], ...] = (
    FunctionKey("F1", "ヘルプ", SignInScreen.help),
    FunctionKey("F5", "始める", SignInScreen.begin, SignInScreen.can_begin),
    FunctionKey("F12", "閉じる", SignInScreen.close),
)
"""操作者の切替. Enter behind the 暗証番号 is F5."""
