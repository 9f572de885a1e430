"""The tour's steps with a scanner: a car that the program has never seen goes from its symbols to 手続完了."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Final

from onestop.clock import SystemClock
from onestop.paths import RESOURCES
from onestop.tour.main_steps import finish

if TYPE_CHECKING:
    from onestop.tour.hands import Hands

DAYS_LEFT: Final = 20
"""Until the 満了日 of the scanned car: its 車検 can be applied for."""


def fill_in(hands: Hands) -> None:
    """Answer all four in 確認票, and save; back to ワンストップサービス."""
    hands.shows("未確認: 承諾書")
    for _ in range(4):
        hands.press("Space", "Enter")
    hands.press("F10")
    hands.shows("保存しました。", "すべて確認済です。")
    hands.press("F12", to="ワンストップサービス")


def symbols(kind: str, today: dt.date) -> list[str]:
    """Return the symbols of one of the practice world's sheets, as printed today."""
    every: dict[str, list[str]] = json.loads((RESOURCES / "practice" / "codes.json").read_text(encoding="utf-8"))
    expiry = today + dt.timedelta(days=DAYS_LEFT)
    return [text.replace("{expiry}", f"{expiry:%y%m%d}") for text in every[kind]]


def scan_car(hands: Hands) -> None:
    """QR読取 from 照会, 車両 filled, 連動発行, and 手続完了."""
    hands.step("24b. 申請書一覧: どの画面でも、スキャナでコードを読むとQR読取が開きます")
    hands.window("AINAS一覧")
    first, *rest = symbols("kei", SystemClock().today())
    hands.scan(first)
    hands.window("QR読取")
    hands.shows("まだのコードを読み取ってください")
    hands.picture("qr_begun")
    for text in reversed(rest):
        hands.scan(text)
    hands.shows("そろいました", "KQ71S-100102")
    hands.picture("qr")
    hands.step("24c. QR読取: Enter で内容の入った車両 新規、F10 保存")
    hands.press("Enter", to="車両 新規")
    hands.shows("QRの内容を入れました", "練習　走太郎", "QRから")
    hands.picture("qr_vehicle")
    hands.press("F10", to="AINAS一覧")
    hands.press("F12", to="ワンストップサービス")
    hands.press("Alt+s", to="照会")
    hands.shows("水戸583の890")
    _file(hands)


def _file(hands: Hands) -> None:
    hands.step("24d. 照会: 保存した車両が選ばれています。Enter、連動発行、F5、手続完了まで")
    hands.press("Enter", to="ワンストップサービス")
    hands.shows("KQ71S-100102")
    hands.press("Enter", to="確認票")
    fill_in(hands)
    hands.press("Alt+h", "4", to="連動発行")
    hands.shows("見込 ¥")
    hands.press("F5")
    hands.shows("3つとも発行しました")
    hands.picture("qr_relay")
    hands.press("Alt+a", "1", to="AINAS申請")
    finish(hands, "Alt+k", "手続完了")
    hands.picture("qr_finished")
    hands.press("F12", to="連動発行")
    hands.press("F12", to="ワンストップサービス")
    hands.press("F7", to="AINAS一覧")
