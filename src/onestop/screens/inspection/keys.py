"""The function keys of the windows around one inspection: a part of function_keys.py, which hands them on."""

from __future__ import annotations

from onestop.model.right import Right
from onestop.screens.exporting import open_folder_key
from onestop.screens.function_key import FunctionKey
from onestop.screens.inspection.checklist_screen import ChecklistScreen
from onestop.screens.inspection.compare_screen import CompareScreen
from onestop.screens.inspection.history_screen import HistoryScreen
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.inspection.relay_screen import RelayScreen

MAIN: tuple[FunctionKey[MainScreen], ...] = (
    FunctionKey("F1", "ヘルプ", MainScreen.help),
    FunctionKey("F3", "設定", MainScreen.settings),
    FunctionKey("F5", "車両修正", MainScreen.edit_vehicle, MainScreen.can_use_car),
    FunctionKey("F6", "照合", MainScreen.compare, MainScreen.can_use_car),
    FunctionKey("F7", "申請書一覧", MainScreen.filing_list),
    FunctionKey("F8", "PDF", MainScreen.estimate_pdf, MainScreen.can_estimate),
    FunctionKey("F9", "見積書", MainScreen.estimate, MainScreen.can_estimate),
    FunctionKey("F12", "閉じる", MainScreen.close),
)
"""ワンストップサービス. F8 and F9 are 見積書 for the customer.

Its numbered buttons belong to the panels; a digit presses the focused panel's.
"""

MAIN_BUTTONS: tuple[FunctionKey[MainScreen], ...] = (
    FunctionKey("Alt+Q", "確認票", MainScreen.open_checklist, MainScreen.can_issue),
    FunctionKey("Alt+R", "車検の履歴", MainScreen.history, MainScreen.can_use_car),
    FunctionKey("Alt+S", "照会", MainScreen.lookup),
    open_folder_key(),
    FunctionKey("Alt+L", "再印刷", MainScreen.reprint, MainScreen.can_reprint),
)
"""The buttons beside 次にすること."""

MAIN_DAYS: tuple[FunctionKey[MainScreen], ...] = (
    FunctionKey("Alt+T", "期日", MainScreen.tell_days, MainScreen.can_tell_days),
)
"""Says in words what 期日の図 shows."""

MAIN_ENTER: tuple[FunctionKey[MainScreen], ...] = (
    FunctionKey("Enter", "次にすること", MainScreen.do_next, MainScreen.can_use_car),
)
"""It opens what the sentence of 次にすること names, and never sends."""

INSURANCE_PANEL: tuple[FunctionKey[MainScreen], ...] = (
    FunctionKey("1", "証明書発行", MainScreen.issue_insurance, MainScreen.can_issue),
)
"""e-JIBAI."""

CONFORMITY_PANEL: tuple[FunctionKey[MainScreen], ...] = (
    FunctionKey("1", "適合証・証明証発行", MainScreen.issue_conformity, MainScreen.can_issue),
    FunctionKey("2", "指定整備元帳", MainScreen.ledger),
    FunctionKey("3", "交付実績報告書", MainScreen.report),
    FunctionKey("4", "ワンストップサービス連動", MainScreen.link, MainScreen.can_link, needs=Right.PREPARE),
)
"""保適[AIRAS]."""

FILING_PANEL: tuple[FunctionKey[MainScreen], ...] = (
    FunctionKey("1", "申請書発行", MainScreen.issue_filing, MainScreen.can_issue),
    FunctionKey("2", "申請書一覧", MainScreen.filing_list),
)
"""申請[AINAS]."""

RELAY: tuple[FunctionKey[RelayScreen], ...] = (
    FunctionKey("F1", "ヘルプ", RelayScreen.help),
    FunctionKey("F3", "設定", RelayScreen.settings),
    FunctionKey("F5", "発行", RelayScreen.send, RelayScreen.can_send, sends=True, needs=Right.SEND),
    FunctionKey("F6", "照合", RelayScreen.compare),
    FunctionKey("F7", "確認", RelayScreen.look_again, RelayScreen.can_work),
    FunctionKey("F12", "閉じる", RelayScreen.close),
)
"""連動発行. F5 sends what stands in the three panels, one after the other, and stops at what a person has to decide.

F7 looks at all three anew; F12 stops the sending first.
"""

RELAY_BUTTONS: tuple[FunctionKey[RelayScreen], ...] = (FunctionKey("Alt+Q", "確認票", RelayScreen.open_checklist),)
"""The button beside what F5 does."""

RELAY_INSURANCE: tuple[FunctionKey[RelayScreen], ...] = (
    FunctionKey("1", "自賠責証明書を開く", RelayScreen.open_insurance, RelayScreen.can_work),
)
"""e-JIBAI in 連動発行."""

RELAY_CONFORMITY: tuple[FunctionKey[RelayScreen], ...] = (
    FunctionKey("1", "保適証を開く", RelayScreen.open_conformity, RelayScreen.can_work),
)
"""保適[AIRAS] in 連動発行."""

RELAY_FILING: tuple[FunctionKey[RelayScreen], ...] = (
    FunctionKey("1", "申請書を開く", RelayScreen.open_filing, RelayScreen.can_work),
)
"""申請[AINAS] in 連動発行."""

CHECKLIST: tuple[FunctionKey[ChecklistScreen], ...] = (
    FunctionKey("F1", "ヘルプ", ChecklistScreen.help),
    FunctionKey("F2", "承諾の取消", ChecklistScreen.revoke, ChecklistScreen.can_revoke, needs=Right.PREPARE),
    FunctionKey("F8", "PDF", ChecklistScreen.pdf, ChecklistScreen.can_print),
    FunctionKey("F9", "印刷", ChecklistScreen.print, ChecklistScreen.can_print),
    FunctionKey("F10", "保存", ChecklistScreen.save, ChecklistScreen.can_save, needs=Right.PREPARE),
    FunctionKey("F12", "閉じる", ChecklistScreen.close),
)
"""確認票. Space turns an answer, Enter goes to the next one, from the last to F10; F2 is for まとめての承諾書."""

CHECKLIST_BUTTONS: tuple[FunctionKey[ChecklistScreen], ...] = (
    open_folder_key(),
    FunctionKey("Alt+P", "承諾書の印刷", ChecklistScreen.print_consent, ChecklistScreen.can_save),
)
"""The buttons beside the car."""

HISTORY: tuple[FunctionKey[HistoryScreen], ...] = (
    FunctionKey("F1", "ヘルプ", HistoryScreen.help),
    FunctionKey("F2", "車検の終了", HistoryScreen.end, HistoryScreen.can_end, needs=Right.PREPARE),
    FunctionKey("F5", "申請書", HistoryScreen.open_filing, HistoryScreen.can_open_filing),
    FunctionKey("F12", "閉じる", HistoryScreen.close),
)
"""車検の履歴. Enter on a row is F5."""

HISTORY_BUTTONS: tuple[FunctionKey[HistoryScreen], ...] = (
    FunctionKey("Alt+J", "自賠責", HistoryScreen.open_insurance, HistoryScreen.can_open_insurance),
    FunctionKey("Alt+H", "保適証", HistoryScreen.open_conformity, HistoryScreen.can_open_conformity),
    FunctionKey("Alt+T", "終了の取消", HistoryScreen.reopen, HistoryScreen.can_reopen, needs=Right.PREPARE),
    FunctionKey("Alt+L", "再印刷", HistoryScreen.reprint, HistoryScreen.can_reprint),
)
"""The buttons below the list: what the chosen row has, by the letters of ワンストップサービス' panels."""

COMPARE: tuple[FunctionKey[CompareScreen], ...] = (
    FunctionKey("F1", "ヘルプ", CompareScreen.help),
    FunctionKey("F5", "修正", CompareScreen.open, CompareScreen.can_open),
    FunctionKey("F7", "次の違い", CompareScreen.next, CompareScreen.can_next),
    FunctionKey("F8", "PDF", CompareScreen.pdf, CompareScreen.can_print),
    FunctionKey("F9", "印刷", CompareScreen.print, CompareScreen.can_print),
    FunctionKey("F12", "閉じる", CompareScreen.close),
)
"""照合. Enter on a cell is F5: it opens the paper of its column."""

COMPARE_BUTTONS: tuple[FunctionKey[CompareScreen], ...] = (open_folder_key(),)
"""The button beside the verdict."""
