"""The tour's step in 納付一覧 and 納付消込: what the finished filing cost is found in a bank's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.clock import SystemClock
from onestop.model.wareki import format_western

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.tour.hands import Hands

PAID: Final = "26,450"
"""What the sandbox asks of a 普通自動車: 1,450 + 400 + 24,600."""


def find_payment(hands: Hands) -> None:
    """納付一覧 and 納付消込: the three amounts are one line of the bank's book."""
    hands.step("15c. 申請書一覧: 納付一覧 (Alt+P)")
    hands.window("ワンストップサービス")
    hands.press("F7", to="AINAS一覧")
    hands.press("Alt+p", to="納付一覧")
    hands.shows("1000000011", "検査登録手数料", "自動車重量税", f"¥{PAID}")
    hands.picture("payments")
    hands.step("15d. 納付消込 (Alt+K): F11 で銀行の明細を読み、候補を確かめて F10 消込")
    hands.press("Alt+k", to="納付消込")
    hands.press("F11")
    hands.choose_file(_bank_file(hands))
    hands.window("納付消込")
    hands.shows("出金 1件を取り込みました", "候補 1通り")
    hands.press("Alt+n")
    hands.shows("差 ¥0")
    hands.picture("reconciling")
    hands.press("F10")
    hands.shows("消し込みました(3件", "✓ 消込済 3件")
    hands.press("F12", to="納付一覧")
    hands.shows("消込済")
    hands.press("F12", to="AINAS一覧")
    hands.press("F12")


def _bank_file(hands: Hands) -> Path:
    """Write what a bank would show of today: one line, in which it merged the three amounts."""
    day = format_western(SystemClock().today())
    path = hands.new_file("bank.csv")
    path.write_bytes(f'日付,摘要,お支払金額,お預り金額\n{day},国土交通省,"{PAID}",\n'.encode("cp932"))
    return path
