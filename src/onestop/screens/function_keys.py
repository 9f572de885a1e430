"""Every function key of every window, one table each: what a product owner reads, and what the help is drawn from.

What a key means is the same in every window (key_meanings.py); what one window alone has is a button with Alt.
`sends=True` stands at every key that makes a service do something, or spends paper.
"""

from __future__ import annotations

from onestop.model.right import Right
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.exporting import open_folder_key
from onestop.screens.filing.batch_screen import BatchScreen
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.filing.list_screen import FilingListScreen
from onestop.screens.function_key import FunctionKey
from onestop.screens.help.screen import HelpScreen
from onestop.screens.inspection.keys import (
    CHECKLIST,
    CHECKLIST_BUTTONS,
    COMPARE,
    COMPARE_BUTTONS,
    CONFORMITY_PANEL,
    FILING_PANEL,
    HISTORY,
    HISTORY_BUTTONS,
    INSURANCE_PANEL,
    MAIN,
    MAIN_BUTTONS,
    MAIN_DAYS,
    MAIN_ENTER,
    RELAY,
    RELAY_BUTTONS,
    RELAY_CONFORMITY,
    RELAY_FILING,
    RELAY_INSURANCE,
)
from onestop.screens.inspection.work_summary_screen import WorkSummaryScreen
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.screens.ledger.ledger_screen import LedgerScreen
from onestop.screens.ledger.paper_screen import PaperScreen
from onestop.screens.ledger.report_screen import ReportScreen
from onestop.screens.operators.screen import OperatorsScreen
from onestop.screens.operators.sign_in_screen import SignInScreen
from onestop.screens.payment.keys import PAYMENTS, PAYMENTS_BUTTONS, RECONCILING, RECONCILING_BUTTONS
from onestop.screens.preview_screen import PreviewScreen
from onestop.screens.settings.keys import (
    RATES,
    RATES_BUTTONS,
    RECOVERY,
    RESET_BUTTONS,
    SERVER_DOOR,
    SETTINGS,
    SETTINGS_BUTTONS,
)
from onestop.screens.vehicle.changes_screen import ChangesScreen
from onestop.screens.vehicle.import_screen import ImportScreen
from onestop.screens.vehicle.lookup_keys import LOOKUP, LOOKUP_BUTTONS, LOOKUP_DAYS
from onestop.screens.vehicle.scan_screen import ScanScreen
from onestop.screens.vehicle.screen import VehicleScreen
from onestop.screens.vehicle.sources_screen import SourcesScreen

__all__ = [
    "CHECKLIST",
    "CHECKLIST_BUTTONS",
    "COMPARE",
    "COMPARE_BUTTONS",
    "CONFORMITY_PANEL",
    "FILING_PANEL",
    "HISTORY",
    "HISTORY_BUTTONS",
    "INSURANCE_PANEL",
    "LOOKUP",
    "LOOKUP_BUTTONS",
    "LOOKUP_DAYS",
    "MAIN",
    "MAIN_BUTTONS",
    "MAIN_DAYS",
    "MAIN_ENTER",
    "PAYMENTS",
    "PAYMENTS_BUTTONS",
    "RATES",
    "RATES_BUTTONS",
    "RECONCILING",
    "RECONCILING_BUTTONS",
    "RECOVERY",
    "RELAY",
    "RELAY_BUTTONS",
    "RELAY_CONFORMITY",
    "RELAY_FILING",
    "RELAY_INSURANCE",
    "RESET_BUTTONS",
    "SERVER_DOOR",
    "SETTINGS",
    "SETTINGS_BUTTONS",
]
"""Tables that stand elsewhere and are handed on; those below need no word for it."""

VEHICLE: tuple[FunctionKey[VehicleScreen], ...] = (
    FunctionKey("F1", "ヘルプ", VehicleScreen.help),
    FunctionKey("F10", "保存", VehicleScreen.save, VehicleScreen.can_work, needs=Right.PREPARE),
    FunctionKey("F12", "閉じる", VehicleScreen.close),
)
"""車両 新規/修正."""

VEHICLE_BUTTONS: tuple[FunctionKey[VehicleScreen], ...] = (
    FunctionKey("Alt+D", "同じ型の値", VehicleScreen.take_like, VehicleScreen.can_take_like),
    FunctionKey("Alt+M", "前の車の値", VehicleScreen.take_previous, VehicleScreen.can_take_previous),
    FunctionKey("Alt+I", "値の出所", VehicleScreen.show_sources, VehicleScreen.can_show_sources),
    FunctionKey("Alt+H", "変更の履歴", VehicleScreen.show_changes, VehicleScreen.can_show_changes),
)
"""The buttons below 使用者: what another car lends; below 車検証: from what each value was read, and who changed it.

Alt+M fills the field that has the focus.
"""

SOURCES: tuple[FunctionKey[SourcesScreen], ...] = (
    FunctionKey("F1", "ヘルプ", SourcesScreen.help),
    FunctionKey("F12", "閉じる", SourcesScreen.close),
)
"""値の出所."""

SOURCES_BUTTONS: tuple[FunctionKey[SourcesScreen], ...] = (
    FunctionKey("Alt+G", "元のファイルを保存", SourcesScreen.keep_document, SourcesScreen.can_keep_document),
)
"""The button below the list. Enter on a row is 元のファイルを保存, too."""

CHANGES: tuple[FunctionKey[ChangesScreen], ...] = (
    FunctionKey("F1", "ヘルプ", ChangesScreen.help),
    FunctionKey("F7", "検索", ChangesScreen.search, ChangesScreen.can_work),
    FunctionKey("F11", "Excel", ChangesScreen.excel, ChangesScreen.can_export),
    FunctionKey("F12", "閉じる", ChangesScreen.close),
)
"""変更の履歴."""

CHANGES_BUTTONS: tuple[FunctionKey[ChangesScreen], ...] = (
    FunctionKey("Alt+C", "クリア", ChangesScreen.clear),
    open_folder_key(),
    FunctionKey("Alt+B", "CSV", ChangesScreen.csv, ChangesScreen.can_export),
)
"""The buttons above the list."""

IMPORT: tuple[FunctionKey[ImportScreen], ...] = (
    FunctionKey("F1", "ヘルプ", ImportScreen.help),
    FunctionKey("F10", "保存", ImportScreen.save, ImportScreen.can_save, needs=Right.PREPARE),
    FunctionKey("F11", "別のファイル", ImportScreen.other_file, ImportScreen.can_work),
    FunctionKey("F12", "閉じる", ImportScreen.close),
)
"""取込."""

IMPORT_BUTTONS: tuple[FunctionKey[ImportScreen], ...] = (
    FunctionKey("Alt+A", "まとめて登録", ImportScreen.take_all, ImportScreen.can_take_all),
    FunctionKey("Alt+N", "見送る", ImportScreen.skip, ImportScreen.can_skip),
    FunctionKey("Alt+M", "すべて見送る", ImportScreen.skip_all, ImportScreen.can_skip_all),
    FunctionKey("Alt+W", "ワンストップサービス", ImportScreen.open_car, ImportScreen.can_open_car),
)
"""The buttons beside the count; Alt+W opens the car in 照会, too, and Alt+N the files that have arrived."""

SCAN: tuple[FunctionKey[ScanScreen], ...] = (
    FunctionKey("F1", "ヘルプ", ScanScreen.help),
    FunctionKey("F3", "設定", ScanScreen.settings),
    FunctionKey("F5", "車両へ進む", ScanScreen.go_on, ScanScreen.can_go_on),
    FunctionKey("F11", "画像・PDF", ScanScreen.choose_picture, ScanScreen.can_work),
    FunctionKey("F12", "閉じる", ScanScreen.close),
)
"""QR読取. Enter is F5."""

SCAN_BUTTONS: tuple[FunctionKey[ScanScreen], ...] = (
    FunctionKey("Alt+C", "クリア", ScanScreen.clear, ScanScreen.can_clear),
)
"""The button beside the count: begin with another car."""

INSURANCE: tuple[FunctionKey[InsuranceScreen], ...] = (
    FunctionKey("F1", "ヘルプ", InsuranceScreen.help),
    FunctionKey(
        "F2", "取消・削除", InsuranceScreen.cancel, InsuranceScreen.can_cancel, InsuranceScreen.cancel_word, sends=True
    ),
    FunctionKey("F3", "設定", InsuranceScreen.settings),
    FunctionKey("F4", "新規", InsuranceScreen.begin, InsuranceScreen.can_begin),
    FunctionKey("F5", "発行", InsuranceScreen.issue, InsuranceScreen.can_issue, sends=True, needs=Right.SEND),
    FunctionKey("F7", "確認", InsuranceScreen.check, InsuranceScreen.can_check),
    FunctionKey("F8", "PDF", InsuranceScreen.pdf, InsuranceScreen.can_print),
    FunctionKey("F9", "印刷", InsuranceScreen.print, InsuranceScreen.can_print),
    FunctionKey("F10", "保存", InsuranceScreen.save, InsuranceScreen.can_change, needs=Right.PREPARE),
    FunctionKey("F12", "閉じる", InsuranceScreen.close),
)
"""自賠責証明書発行. F2 is 削除 while nothing was issued; F10 registers a certificate that was typed by hand."""

INSURANCE_BUTTONS: tuple[FunctionKey[InsuranceScreen], ...] = (
    open_folder_key(),
    FunctionKey("Alt+E", "手入力", InsuranceScreen.enter_by_hand, InsuranceScreen.can_enter_by_hand),
)
"""The buttons in 状態."""

CONFORMITY: tuple[FunctionKey[ConformityScreen], ...] = (
    FunctionKey("F1", "ヘルプ", ConformityScreen.help),
    FunctionKey("F2", "削除", ConformityScreen.delete, ConformityScreen.can_delete, sends=True),
    FunctionKey("F3", "設定", ConformityScreen.settings),
    FunctionKey("F4", "新規", ConformityScreen.begin, ConformityScreen.can_begin),
    FunctionKey(
        "F5",
        "発行・訂正",
        ConformityScreen.issue,
        ConformityScreen.can_change,
        ConformityScreen.issue_word,
        sends=True,
        needs=Right.SEND,
    ),
    FunctionKey("F7", "状態確認", ConformityScreen.check, ConformityScreen.can_check),
    FunctionKey("F8", "PDF", ConformityScreen.pdf, ConformityScreen.can_print),
    FunctionKey("F9", "印刷", ConformityScreen.print, ConformityScreen.can_print),
    FunctionKey("F10", "保存", ConformityScreen.save, ConformityScreen.can_change, needs=Right.PREPARE),
    FunctionKey("F12", "閉じる", ConformityScreen.close),
)
"""適合証・証明証発行. F5 issues a draft, and sends the 訂正 of one that is 作成中."""

CONFORMITY_BUTTONS: tuple[FunctionKey[ConformityScreen], ...] = (
    open_folder_key(),
    FunctionKey("Alt+Y", "標章印刷", ConformityScreen.print_mark, ConformityScreen.can_print_mark),
    FunctionKey("Alt+Q", "確認票", ConformityScreen.open_checklist, ConformityScreen.can_open_checklist),
    FunctionKey(
        "Alt+P", "引戻", ConformityScreen.pull_back, ConformityScreen.can_pull_back, sends=True, needs=Right.SEND
    ),
)
"""The buttons in AIRAS情報, and beside 引戻の理由."""

LEDGER: tuple[FunctionKey[LedgerScreen], ...] = (
    FunctionKey("F1", "ヘルプ", LedgerScreen.help),
    FunctionKey("F4", "紙の適合証", LedgerScreen.add_paper),
    FunctionKey("F5", "保適証を開く", LedgerScreen.open, LedgerScreen.can_open),
    FunctionKey("F7", "検索", LedgerScreen.search),
    FunctionKey("F8", "PDF", LedgerScreen.pdf, LedgerScreen.can_export),
    FunctionKey("F9", "印刷", LedgerScreen.print, LedgerScreen.can_export),
    FunctionKey("F11", "Excel", LedgerScreen.excel, LedgerScreen.can_export),
    FunctionKey("F12", "閉じる", LedgerScreen.close),
)
"""指定整備元帳. Enter on a row is F5; F8, F9, F11 and CSV write the rows that were found."""

LEDGER_BUTTONS: tuple[FunctionKey[LedgerScreen], ...] = (
    FunctionKey("Alt+C", "クリア", LedgerScreen.clear),
    open_folder_key(),
    FunctionKey("Alt+G", "概要", LedgerScreen.summarise, LedgerScreen.can_open),
    FunctionKey("Alt+B", "CSV", LedgerScreen.csv, LedgerScreen.can_export),
    FunctionKey("Alt+L", "再印刷", LedgerScreen.reprint, LedgerScreen.can_reprint),
)
"""The buttons in 検索条件, above the list, and beside the totals."""

PAPER: tuple[FunctionKey[PaperScreen], ...] = (
    FunctionKey("F1", "ヘルプ", PaperScreen.help),
    FunctionKey("F2", "書損", PaperScreen.void, PaperScreen.can_void, needs=Right.PREPARE),
    FunctionKey("F10", "保存", PaperScreen.save, PaperScreen.can_save, needs=Right.PREPARE),
    FunctionKey("F12", "閉じる", PaperScreen.close),
)
"""紙の適合証 追加/修正. F2 takes 書損 back, too."""

WORK_SUMMARY: tuple[FunctionKey[WorkSummaryScreen], ...] = (
    FunctionKey("F1", "ヘルプ", WorkSummaryScreen.help),
    FunctionKey("F10", "保存", WorkSummaryScreen.save, WorkSummaryScreen.can_save, needs=Right.PREPARE),
    FunctionKey("F12", "閉じる", WorkSummaryScreen.close),
)
"""点検・整備・検査の概要."""

REPORT: tuple[FunctionKey[ReportScreen], ...] = (
    FunctionKey("F1", "ヘルプ", ReportScreen.help),
    FunctionKey("F7", "再集計", ReportScreen.count),
    FunctionKey("F8", "PDF", ReportScreen.pdf, ReportScreen.can_export),
    FunctionKey("F9", "印刷", ReportScreen.print, ReportScreen.can_export),
    FunctionKey("F11", "Excel", ReportScreen.excel, ReportScreen.can_export),
    FunctionKey("F12", "閉じる", ReportScreen.close),
)
"""交付実績報告書."""

REPORT_BUTTONS: tuple[FunctionKey[ReportScreen], ...] = (open_folder_key(),)
"""The button beside the month."""

REPORT_YEAR: tuple[FunctionKey[ReportScreen], ...] = (FunctionKey("Alt+Y", "月ごとの件数", ReportScreen.tell_year),)
"""Leads to the bars, and says in words what they show."""

ISSUE: tuple[FunctionKey[IssueScreen], ...] = (
    FunctionKey("F1", "ヘルプ", IssueScreen.help),
    FunctionKey("F2", "削除・取消", IssueScreen.delete, IssueScreen.can_delete, IssueScreen.delete_word, sends=True),
    FunctionKey("F3", "設定", IssueScreen.settings),
    FunctionKey("F5", "発行", IssueScreen.issue, IssueScreen.can_change, sends=True, needs=Right.SEND),
    FunctionKey("F6", "照合", IssueScreen.compare, IssueScreen.can_compare),
    FunctionKey("F10", "保存", IssueScreen.save, IssueScreen.can_change, needs=Right.PREPARE),
    FunctionKey("F12", "閉じる", IssueScreen.close),
)
"""申請書発行. F2 is 取消 at AINAS while 受付前."""

ISSUE_BUTTONS: tuple[FunctionKey[IssueScreen], ...] = (
    FunctionKey("Alt+K", "申請確認", IssueScreen.check, IssueScreen.can_check),
    FunctionKey("Alt+Q", "確認票", IssueScreen.open_checklist, IssueScreen.can_compare),
)
"""The buttons in 依頼データ."""

FILING_LIST: tuple[FunctionKey[FilingListScreen], ...] = (
    FunctionKey("F1", "ヘルプ", FilingListScreen.help),
    FunctionKey("F3", "設定", FilingListScreen.settings),
    FunctionKey("F5", "修正", FilingListScreen.open, FilingListScreen.can_open),
    FunctionKey("F7", "検索", FilingListScreen.search),
    FunctionKey("F9", "一括申請", FilingListScreen.batch, FilingListScreen.can_batch),
    FunctionKey("F12", "閉じる", FilingListScreen.close),
)
"""申請書一覧. Enter on a row is F5, Space ticks it for 一括申請."""

FILING_LIST_BUTTONS: tuple[FunctionKey[FilingListScreen], ...] = (
    FunctionKey("Alt+C", "クリア", FilingListScreen.clear),
    FunctionKey("Alt+P", "納付一覧", FilingListScreen.payments),
    FunctionKey("Alt+L", "再印刷", FilingListScreen.reprint, FilingListScreen.can_reprint),
)
"""The buttons in 検索条件, and above the list."""

BATCH: tuple[FunctionKey[BatchScreen], ...] = (
    FunctionKey("F1", "ヘルプ", BatchScreen.help),
    FunctionKey("F3", "設定", BatchScreen.settings),
    FunctionKey(
        "F5", "発行", BatchScreen.send, BatchScreen.can_send, BatchScreen.send_word, sends=True, needs=Right.SEND
    ),
    FunctionKey("F6", "照合", BatchScreen.compare, BatchScreen.can_open),
    FunctionKey("F7", "確認", BatchScreen.settle, BatchScreen.can_settle),
    FunctionKey("F12", "閉じる", BatchScreen.close),
)
"""一括申請. Space ticks a row; F5 sends the ticked rows, also those that failed before; F12 stops the sending first.

F9, which opens this window from 申請書一覧, does nothing here: no key both opens and sends.
"""

BATCH_BUTTONS: tuple[FunctionKey[BatchScreen], ...] = (
    FunctionKey("Alt+A", "全選択", BatchScreen.tick_all, BatchScreen.can_work),
    FunctionKey("Alt+E", "修正", BatchScreen.open, BatchScreen.can_open),
    FunctionKey("Alt+Q", "確認票", BatchScreen.open_checklist, BatchScreen.can_open),
)
"""The buttons above the list. Enter on a row is 修正."""

PREVIEW: tuple[FunctionKey[PreviewScreen], ...] = (
    FunctionKey("F1", "ヘルプ", PreviewScreen.help),
    FunctionKey("F9", "印刷", PreviewScreen.print, PreviewScreen.can_print, sends=True),
    FunctionKey("F12", "閉じる", PreviewScreen.close),
)
"""印刷プレビュー. F9 opens it, too: whoever presses it twice spends no paper, and no official form."""

PREVIEW_BUTTONS: tuple[FunctionKey[PreviewScreen], ...] = (
    FunctionKey("Alt+T", "試し刷り", PreviewScreen.try_out, PreviewScreen.can_try, sends=True),
    FunctionKey("Ctrl++", "拡大", PreviewScreen.enlarge, PreviewScreen.can_enlarge, also="Ctrl+="),
    FunctionKey("Ctrl+-", "縮小", PreviewScreen.reduce, PreviewScreen.can_reduce),
    FunctionKey("Ctrl+0", "全体", PreviewScreen.show_whole),
)
"""The buttons above the pages."""

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

HELP: tuple[FunctionKey[HelpScreen], ...] = (
    FunctionKey("F1", "ヘルプの目次", HelpScreen.contents),
    FunctionKey("F7", "検索", HelpScreen.search),
    FunctionKey("F12", "閉じる", HelpScreen.close),
)
"""ヘルプ."""

HELP_BUTTONS: tuple[FunctionKey[HelpScreen], ...] = (
    FunctionKey("Alt+Left", "戻る", HelpScreen.back, HelpScreen.can_go_back),
)
"""The button beside the search."""
