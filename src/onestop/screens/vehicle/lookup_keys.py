"""照会's function keys, apart from function_keys.py: the first window is painted before other screens are imported."""

from __future__ import annotations

from onestop.screens.exporting import open_folder_key
from onestop.screens.function_key import FunctionKey
from onestop.screens.vehicle.lookup_screen import LookupScreen

LOOKUP: tuple[FunctionKey[LookupScreen], ...] = (
    FunctionKey("F1", "ヘルプ", LookupScreen.help),
    FunctionKey("F3", "設定", LookupScreen.settings),
    FunctionKey("F4", "新規", LookupScreen.new_car),
    FunctionKey("F5", "修正", LookupScreen.edit_car, LookupScreen.can_use_car),
    FunctionKey("F7", "申請書一覧", LookupScreen.filings),
    FunctionKey("F8", "PDF", LookupScreen.estimate_pdf, LookupScreen.can_estimate),
    FunctionKey("F9", "見積書", LookupScreen.estimate, LookupScreen.can_estimate),
    FunctionKey("F11", "取込", LookupScreen.import_car),
    FunctionKey("F12", "終了", LookupScreen.close),
)
"""照会. F8 and F9 are 見積書 of the chosen car."""

LOOKUP_BUTTONS: tuple[FunctionKey[LookupScreen], ...] = (
    FunctionKey("Alt+C", "クリア", LookupScreen.clear),
    FunctionKey("Alt+X", "QR読取", LookupScreen.scan),
    FunctionKey("Alt+W", "ワンストップサービス", LookupScreen.open_car, LookupScreen.can_use_car),
    FunctionKey("Alt+N", "届いた車検証", LookupScreen.open_arrived, LookupScreen.can_open_arrived),
    open_folder_key(),
)
"""The buttons beside the search. Enter is ワンストップサービス, in the search and on a row."""

LOOKUP_DAYS: tuple[FunctionKey[LookupScreen], ...] = (FunctionKey("Alt+D", "満了日の予定", LookupScreen.tell_days),)
"""Leads to the bars, and says in words what they show. Enter on a bar lists its cars."""
