"""The tour's steps about a shop's people and data: where the data lie, who signs in, and who changed what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from onestop.tour.hands import Hands

BOSS: Final = ("所長", "2468")
CLERK: Final = ("田中", "1357")
"""Invented names, each with its 暗証番号."""
TERMINAL: Final = "端末1"


def see_data(hands: Hands) -> None:
    """設定: 接続先データベース, and the 復元キー that what is not encrypted has none of, as the window says."""
    hands.step("24e. 設定: 接続先データベースは空欄(このパソコンの中)。復元キー (Alt+Y)")
    hands.window("AINAS一覧")
    hands.press("F12", to="ワンストップサービス")
    hands.press("Alt+s", to="照会")
    hands.press("F3", to="設定")
    hands.go_to("database_url")
    hands.shows("空欄にすると、このパソコンの中のデータベースを使います")
    hands.press("Alt+y")
    hands.shows("このデータは暗号化されていないため、復元キーはありません。")
    hands.picture("settings_data")


def employ(hands: Hands) -> None:
    """操作者: the first one may administer, and signs in to register the next one."""
    hands.step("24f. 設定: 操作者 (Alt+U) に、管理の人と発行の人を F4 と F10 で登録")
    hands.press("Alt+u", to="操作者")
    hands.shows("変更する操作者がありません")
    _register(hands, BOSS)
    _sign_in(hands, BOSS)
    hands.window("設定")
    hands.press("Alt+u", to="操作者")
    hands.shows(BOSS[0], "管理")
    _register(hands, CLERK, "発行")
    hands.shows("保存しました。", CLERK[0], "発行")
    hands.picture("operators")
    hands.press("F12", to="設定")
    hands.press("F12", to="照会")


def change_operator(hands: Hands) -> None:
    """操作者の切替, by name and 暗証番号."""
    hands.step("24g. 照会: 操作者の切替 (Ctrl+F12) で、田中に代わります")
    hands.press("Ctrl+F12", to="操作者の切替")
    hands.choose_in("operator", CLERK[0])
    hands.picture("sign_in")
    _sign_in(hands, CLERK)
    hands.window("照会")
    hands.shows(CLERK[0])


def see_changes(hands: Hands) -> None:
    """変更の履歴 of a car: who changed which field, at which 端末, from what to what."""
    hands.step("24h. 車両: 1項目を直して F10 保存、変更の履歴 (Alt+H)")
    hands.fill("search_text", "2608")
    hands.shows("1件")
    hands.press("F5", to="車両")
    hands.fill("fuel", "軽油")
    hands.press("F10", to="照会")
    hands.press("F5", to="車両")
    hands.press("Alt+h", to="変更の履歴")
    hands.shows(CLERK[0], TERMINAL, "燃料", "軽油")
    hands.picture("changes")
    hands.press("F12", to="車両")
    hands.press("F12", to="照会")
    hands.press("Enter", to="ワンストップサービス")
    hands.press("F7", to="AINAS一覧")


def _register(hands: Hands, person: tuple[str, str], right: str = "") -> None:
    name, pin = person
    hands.press("F4")
    hands.shows("新しい操作者")
    hands.fill("name", name)
    if right:
        hands.choose_in("right", right)
    hands.fill("pin", pin)
    hands.fill("pin_again", pin)
    hands.press("F10")


def _sign_in(hands: Hands, person: tuple[str, str]) -> None:
    hands.window("操作者の切替")
    hands.shows(person[0])
    hands.fill("pin", person[1])
    hands.press("F5")
