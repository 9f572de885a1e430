"""The way through every window by keys, without anything being sent."""

from __future__ import annotations

from typing import Final, NamedTuple

from glass.keys import key_of


class Step(NamedTuple):
    """Keys, and the beginning of the title of the window that they lead to."""

    keys: tuple[str, ...]
    title: str


CLOSE: Final = ("F12",)
MAIN_WINDOWS: Final = (
    Step(("1", "1", "1", "1"), "照会"),
    Step((key_of("LOOKUP", "ワンストップサービス"),), "ワンストップサービス"),
    Step((key_of("MAIN", "車両修正"),), "車両"),
    Step(CLOSE, "ワンストップサービス"),
    Step(("Alt+a", "1"), "AINAS申請"),
    Step(CLOSE, "ワンストップサービス"),
    Step((key_of("MAIN", "申請書一覧"),), "AINAS一覧"),
)
"""The way of each day."""
OTHER_WINDOWS: Final = (
    Step((key_of("FILING_LIST", "設定"),), "設定"),
    Step((key_of("SETTINGS", "料金表"),), "料金表"),
    Step(CLOSE, "設定"),
    Step(CLOSE, "AINAS一覧"),
    Step((key_of("FILING_LIST", "納付一覧"),), "納付一覧"),
    Step((key_of("PAYMENTS", "納付消込"),), "納付消込"),
    Step(CLOSE, "納付一覧"),
    Step(CLOSE, "AINAS一覧"),
    Step(("F1",), "ヘルプ"),
    Step(CLOSE, "AINAS一覧"),
    Step((key_of("FILING_LIST", "検索"), key_of("FILING_LIST", "一括申請")), "一括申請"),
    Step(CLOSE, "AINAS一覧"),
    Step(CLOSE, "ワンストップサービス"),
    Step((key_of("MAIN", "車両修正"),), "車両"),
    Step((key_of("VEHICLE", "値の出所"),), "値の出所"),
    Step(CLOSE, "車両"),
    Step(CLOSE, "ワンストップサービス"),
    Step((key_of("MAIN", "見積書"),), "印刷プレビュー 見積書"),
    Step(CLOSE, "ワンストップサービス"),
    Step((key_of("MAIN", "照合"),), "照合"),
    Step((key_of("COMPARE", "印刷"),), "印刷プレビュー"),
    Step(CLOSE, "照合"),
    Step(CLOSE, "ワンストップサービス"),
    Step((key_of("MAIN", "確認票"),), "確認票"),
    Step(CLOSE, "ワンストップサービス"),
    Step((key_of("MAIN", "車検の履歴"),), "車検の履歴"),
    Step(CLOSE, "ワンストップサービス"),
    Step(("Alt+j", "1"), "自賠責証明書発行"),
    Step(CLOSE, "ワンストップサービス"),
    Step(("Alt+h", "1"), "適合証・証明証発行"),
    Step(CLOSE, "ワンストップサービス"),
    Step(("4",), "連動発行"),
    Step(CLOSE, "ワンストップサービス"),
    Step(("2",), "指定整備元帳"),
    Step((key_of("LEDGER", "紙の適合証"),), "紙の適合証の追加"),
    Step(CLOSE, "指定整備元帳"),
    Step(CLOSE, "ワンストップサービス"),
    Step(("3",), "交付実績報告書"),
    Step(CLOSE, "ワンストップサービス"),
    Step((key_of("MAIN", "照会"),), "照会"),
    Step((key_of("LOOKUP", "QR読取"),), "QR読取"),
    Step(CLOSE, "照会"),
    Step((key_of("LOOKUP", "取込"),), "車検証"),
    Step(("Esc",), "照会"),
)
"""Everything else that opens without anything being sent."""
ARRIVED: Final = (
    Step((key_of("LOOKUP", "届いた車検証"),), "車検証の取込"),
    Step(CLOSE, "取り込んでいない車両"),
    Step(("Tab", "Enter"), "照会"),  # あとで取り込む
)
"""What opens while files of the 車検証閲覧アプリ wait in the watched folder."""
