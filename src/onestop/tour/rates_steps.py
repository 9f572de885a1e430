"""The tour's step in 料金表: a row added and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop.tour.hands import Hands

FROM: str = "+400"
"""A day that is always to come."""


def see_rates(hands: Hands) -> None:
    """料金表 from 設定: a fee that holds from a future day, beside what holds now, and what ships again."""
    hands.step("4b. 設定: 料金表 (Alt+T) に、これからの日の行を F4 と F10 で追加し、その日と比べる")
    hands.press("Alt+t", to="料金表")
    hands.shows("普通自動車 指定整備 OSS", "転記1件のみ")
    hands.press("F4")
    hands.fill("first_day", FROM)
    hands.fill("amounts", "1500 / 450 /")
    hands.fill("source", "官報")
    hands.press("F10")
    hands.shows("追加しました", "1,500 / 450 / 1,950", "追加した行")
    hands.fill("other_day", FROM)
    hands.shows("同じ")
    hands.picture("rates")
    hands.step("4c. 料金表: 出荷時に戻す (Alt+R)")
    hands.press("Alt+r", to="出荷時に戻す")
    hands.choose("戻す")
    hands.window("料金表")
    hands.shows("出荷時の表に戻しました")
    hands.press("F12", to="設定")
