"""What each function key means, in every window: one key, one meaning. The one table that a product owner reads first.

What a window alone can do has no function key: it is a button with Alt, a digit in a panel, or Enter on a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Meaning:
    """One key: what it means, and the words that say so in one window or another."""

    key: str
    name: str
    words: tuple[str, ...]
    """Every label that the tables of function_keys.py may give the key."""


MEANINGS: Final = (
    Meaning("F1", "ヘルプを開く", ("ヘルプ", "ヘルプの目次")),
    Meaning(
        "F2", "削除・取消・終了", ("削除", "削除・取消", "取消・削除", "書損", "車検の終了", "消込の取消", "承諾の取消")
    ),
    Meaning("F3", "設定を開く", ("設定",)),
    Meaning("F4", "新しく始める", ("新規", "紙の適合証")),
    Meaning("F5", "発行する(一覧では、選んだものを開く)", ("発行", "発行・訂正")),
    Meaning("F6", "4つの書類を照合する", ("照合",)),
    Meaning(
        "F7", "探す・状態を確かめる", ("検索", "確認", "状態確認", "申請書一覧", "再集計", "次の違い", "次の未消込")
    ),
    Meaning("F8", "PDFで保存する", ("PDF",)),
    Meaning("F9", "印刷する", ("印刷", "見積書")),
    Meaning("F10", "保存する", ("保存", "消込")),
    Meaning("F11", "ファイルを読む・Excelで書き出す", ("取込", "別のファイル", "画像・PDF", "Excel")),
    Meaning("F12", "閉じる", ("閉じる", "終了")),
)

WITH_ALT: Final = {"Alt+L": "再印刷", "Alt+O": "フォルダーを開く", "Alt+Q": "確認票"}
"""Buttons that several windows have, each by the same letter."""

OPENS_CHOSEN: Final = ("修正", "車両修正", "申請書", "保適証を開く", "車両へ進む", "始める")
"""F5 where something is chosen, not filled in: the manual has 修正 at it in 申請書一覧, and 発行 in 申請書発行."""
