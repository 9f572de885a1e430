"""The function keys of 納付一覧 and 納付消込: a part of function_keys.py, which hands them on."""

from __future__ import annotations

from onestop.screens.exporting import open_folder_key
from onestop.screens.function_key import FunctionKey
from onestop.screens.payment.list_screen import PaymentListScreen
from onestop.screens.payment.reconciling_screen import ReconcilingScreen

PAYMENTS: tuple[FunctionKey[PaymentListScreen], ...] = (
    FunctionKey("F1", "ヘルプ", PaymentListScreen.help),
    FunctionKey("F5", "申請書", PaymentListScreen.open, PaymentListScreen.can_open),
    FunctionKey("F7", "検索", PaymentListScreen.search),
    FunctionKey("F8", "PDF", PaymentListScreen.pdf, PaymentListScreen.can_export),
    FunctionKey("F9", "印刷", PaymentListScreen.print, PaymentListScreen.can_export),
    FunctionKey("F11", "Excel", PaymentListScreen.excel, PaymentListScreen.can_export),
    FunctionKey("F12", "閉じる", PaymentListScreen.close),
)
"""納付一覧. Enter on a row is F5; F8, F9, F11 and CSV write the rows that are shown."""

PAYMENTS_BUTTONS: tuple[FunctionKey[PaymentListScreen], ...] = (
    FunctionKey("Alt+K", "納付消込", PaymentListScreen.reconcile),
    open_folder_key(),
    FunctionKey("Alt+B", "CSV", PaymentListScreen.csv, PaymentListScreen.can_export),
)
"""The buttons beside the month."""

RECONCILING: tuple[FunctionKey[ReconcilingScreen], ...] = (
    FunctionKey("F1", "ヘルプ", ReconcilingScreen.help),
    FunctionKey("F2", "消込の取消", ReconcilingScreen.take_back, ReconcilingScreen.can_take_back),
    FunctionKey("F5", "申請書", ReconcilingScreen.open, ReconcilingScreen.can_open),
    FunctionKey("F7", "次の未消込", ReconcilingScreen.next_unmatched),
    FunctionKey("F10", "消込", ReconcilingScreen.match, ReconcilingScreen.can_match),
    FunctionKey("F11", "取込", ReconcilingScreen.import_file, ReconcilingScreen.can_work),
    FunctionKey("F12", "閉じる", ReconcilingScreen.close),
)
"""納付消込. Space ticks an amount; F10 stores the ticks of the chosen line once they add up to it."""

RECONCILING_BUTTONS: tuple[FunctionKey[ReconcilingScreen], ...] = (
    FunctionKey("Alt+N", "次の候補", ReconcilingScreen.take_way, ReconcilingScreen.can_take_way),
    FunctionKey("Alt+J", "除外・解除", ReconcilingScreen.leave_out, ReconcilingScreen.can_leave_out),
    FunctionKey("Alt+T", "月の締め", ReconcilingScreen.close_month, ReconcilingScreen.can_close_month),
    FunctionKey("Alt+R", "締めの取消", ReconcilingScreen.reopen, ReconcilingScreen.can_reopen),
)
"""The buttons above the amounts, and beside the month."""
