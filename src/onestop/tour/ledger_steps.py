"""The tour's steps in 指定整備元帳 and 交付実績報告書: a 保適証 on paper, 書損, and the ledger as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop.tour.hands import Hands


def see_ledger(hands: Hands) -> None:
    """指定整備元帳: the electronic 保適証 stands in it."""
    hands.step("20. 保適[AIRAS]: 2 指定整備元帳")
    hands.press("F12", to="ワンストップサービス")
    hands.press("Alt+h", "2", to="指定整備元帳")
    hands.press("F7")
    hands.shows("土浦1あ1111", "2000000001", "OSS申請")


def add_paper(hands: Hands) -> None:
    """F4: a 保適証 on paper is typed in."""
    hands.step("21. 指定整備元帳: F4 で紙の適合証を追加")
    hands.press("F4", to="紙の適合証の追加")
    hands.fill("certificate_number", "P-000123")
    hands.fill("chassis_number", "ABC123")
    hands.fill("inspector", "00112345")
    hands.picture("paper")
    hands.press("F10")
    hands.shows("元帳に追加しました")
    hands.press("F12", to="指定整備元帳")
    hands.shows("P-000123", "うち紙 1")


def void_paper(hands: Hands) -> None:
    """F2 in its window: the number is 書損, and stays."""
    hands.step("22. 紙の適合証の修正: F2 で書損")
    hands.press("F7", "End", "Enter", to="紙の適合証の修正")
    hands.fill("reason", "印字ずれのため")
    hands.press("F2", to="書損")
    hands.choose("書損にする")
    hands.window("紙の適合証の修正")
    hands.shows("書損にしました")
    hands.picture("paper_voided")
    hands.press("F12", to="指定整備元帳")
    hands.shows("P-000123", "削除 1")


def save_ledger(hands: Hands) -> None:
    """F8: the ledger as a PDF file, which stays beside the pictures."""
    hands.step("23. 指定整備元帳: F8 でPDFに保存")
    path = hands.new_file("ledger.pdf")
    hands.press("F8")
    hands.choose_file(path)
    hands.window("指定整備元帳")
    hands.shows("保存しました: ledger.pdf")
    hands.picture("ledger")
    hands.press("F12")


def see_report(hands: Hands) -> None:
    """交付実績報告書: both are counted."""
    hands.step("24. 保適[AIRAS]: 3 交付実績報告書")
    hands.window("ワンストップサービス")
    hands.press("Alt+h", "3", to="交付実績報告書")
    hands.shows("普通自動車", "P-000123")
    hands.picture("report")
    hands.press("F12", to="ワンストップサービス")
    hands.press("F7", to="AINAS一覧")
