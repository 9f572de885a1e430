"""Key lists in Markdown, drawn from the tables of function_keys.py: for the help, the README and the printed card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onestop.screens.key_meanings import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onestop.screens.function_key import FunctionKey

CARD: Final = (
    ("LOOKUP", "照会"),
    ("LOOKUP_BUTTONS", "照会のボタン"),
    ("LOOKUP_DAYS", "照会の満了日の予定"),
    ("VEHICLE", "車両 新規・修正"),
    ("VEHICLE_BUTTONS", "車両 新規・修正のボタン"),
    ("SOURCES", "値の出所"),
    ("SOURCES_BUTTONS", "値の出所のボタン"),
    ("CHANGES", "変更の履歴"),
    ("CHANGES_BUTTONS", "変更の履歴のボタン"),
    ("IMPORT", "取込"),
    ("IMPORT_BUTTONS", "取込のボタン"),
    ("SCAN", "QR読取"),
    ("SCAN_BUTTONS", "QR読取のボタン"),
    ("MAIN", "ワンストップサービス"),
    ("MAIN_BUTTONS", "ワンストップサービスのボタン"),
    ("MAIN_DAYS", "ワンストップサービスの期日の図"),
    ("MAIN_ENTER", "ワンストップサービスの Enter"),
    ("INSURANCE_PANEL", "ワンストップサービス e-JIBAI"),
    ("CONFORMITY_PANEL", "ワンストップサービス 保適[AIRAS]"),
    ("FILING_PANEL", "ワンストップサービス 申請[AINAS]"),
    ("RELAY", "連動発行"),
    ("RELAY_BUTTONS", "連動発行のボタン"),
    ("RELAY_INSURANCE", "連動発行 e-JIBAI"),
    ("RELAY_CONFORMITY", "連動発行 保適[AIRAS]"),
    ("RELAY_FILING", "連動発行 申請[AINAS]"),
    ("CHECKLIST", "確認票"),
    ("CHECKLIST_BUTTONS", "確認票のボタン"),
    ("HISTORY", "車検の履歴"),
    ("HISTORY_BUTTONS", "車検の履歴のボタン"),
    ("COMPARE", "照合"),
    ("COMPARE_BUTTONS", "照合のボタン"),
    ("INSURANCE", "自賠責証明書発行"),
    ("INSURANCE_BUTTONS", "自賠責証明書発行のボタン"),
    ("CONFORMITY", "適合証・証明証発行"),
    ("CONFORMITY_BUTTONS", "適合証・証明証発行のボタン"),
    ("LEDGER", "指定整備元帳"),
    ("LEDGER_BUTTONS", "指定整備元帳のボタン"),
    ("PAPER", "紙の適合証 追加・修正"),
    ("WORK_SUMMARY", "点検・整備・検査の概要"),
    ("REPORT", "交付実績報告書"),
    ("REPORT_BUTTONS", "交付実績報告書のボタン"),
    ("REPORT_YEAR", "交付実績報告書の月ごとの件数"),
    ("ISSUE", "申請書発行"),
    ("ISSUE_BUTTONS", "申請書発行のボタン"),
    ("FILING_LIST", "申請書一覧"),
    ("FILING_LIST_BUTTONS", "申請書一覧のボタン"),
    ("PAYMENTS", "納付一覧"),
    ("PAYMENTS_BUTTONS", "納付一覧のボタン"),
    ("RECONCILING", "納付消込"),
    ("RECONCILING_BUTTONS", "納付消込のボタン"),
    ("BATCH", "一括申請"),
    ("BATCH_BUTTONS", "一括申請のボタン"),
    ("PREVIEW", "印刷プレビュー"),
    ("PREVIEW_BUTTONS", "印刷プレビューのボタン"),
    ("SETTINGS", "設定"),
    ("SETTINGS_BUTTONS", "設定のボタン"),
    ("RESET_BUTTONS", "設定 パスワード再設定のボタン"),
    ("RECOVERY", "復元キー"),
    ("SERVER_DOOR", "接続先データベース"),
    ("OPERATORS", "操作者"),
    ("OPERATORS_BUTTONS", "操作者のボタン"),
    ("SIGN_IN", "操作者の切替"),
    ("RATES", "料金表"),
    ("RATES_BUTTONS", "料金表のボタン"),
    ("HELP", "ヘルプ"),
    ("HELP_BUTTONS", "ヘルプのボタン"),
)
"""Every table by its name in function_keys.py, with the heading that it has on the card."""


def key_table(keys: Sequence[FunctionKey[Any]]) -> str:
    """Return one table as Markdown: the key and what it does."""
    rows = (f"| **{row.key}**{f'({row.also})' if row.also else ''} | {row.label} |" for row in keys)
    return "\n".join(("| キー | はたらき |", "|:--|:--|", *rows))


def meanings_table() -> str:
    """Return what each function key means in every window, as Markdown."""
    rows = (f"| **{each.key}** | {each.name} |" for each in MEANINGS)
    return "\n".join(("| キー | どの画面でも |", "|:--|:--|", *rows))


def key_tables() -> Mapping[str, Sequence[FunctionKey[Any]]]:
    """Return every table by its name."""
    from onestop.screens import function_keys  # noqa: PLC0415 - it names every screen, those that draw it too

    return {name: getattr(function_keys, name) for name, _ in CARD}


def key_card() -> str:
    """Return all keys of all windows as Markdown: the printed card, and the README's list."""
    tables = key_tables()
    windows = (f"### {title}\n\n{key_table(tables[name])}" for name, title in CARD)
    return "\n\n".join((f"### どの画面でも\n\n{meanings_table()}", *windows)) + "\n"
