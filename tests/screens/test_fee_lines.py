"""The table 手数料・税種別: what AINAS returned, and our own 見込 until then."""

from __future__ import annotations

import datetime as dt

from onestop.model.filing import FilingFee
from onestop.model.money import Estimate
from onestop.screens.fee_lines import FeeLine, fee_lines, fee_rows
from onestop.services.review import EstimatedFee
from support.builders import a_filing

TABLE = dt.date(2026, 4, 1)
OURS = (
    EstimatedFee("検査登録手数料", Estimate(1450, TABLE)),
    EstimatedFee("自動車重量税", Estimate(None, note="対象外")),
)


def _fee(
    position: int, kind: str, amount: int | None, paid: str | None = None, due: dt.date | None = None
) -> FilingFee:
    return FilingFee(position=position, kind=kind, amount=amount, payment_status=paid, due_date=due)


def test_before_issue_our_own_figures_are_marked_with_their_tables_day() -> None:
    assert fee_lines(None, OURS) == (
        FeeLine(0, "検査登録手数料", "見込 ¥1,450", "2026/04/01の表", "–"),
        FeeLine(1, "自動車重量税", "–", "対象外", "–"),
    )
    assert fee_lines(a_filing(), OURS) == fee_lines(None, OURS)


def test_an_estimate_without_figure_and_note_is_a_dash() -> None:
    assert fee_lines(None, (EstimatedFee("手数料", Estimate(None)),)) == (FeeLine(0, "手数料", "–"),)


def test_what_ainas_returned_is_shown_as_it_came_in_any_kind() -> None:
    fees = [
        _fee(0, "検査登録手数料", 1600, "納付済", dt.date(2026, 12, 1)),
        _fee(1, "特別調整金", 120),
        _fee(2, "未定義", None),
    ]
    assert fee_lines(a_filing(fees=fees), OURS) == (
        FeeLine(0, "検査登録手数料", "¥1,600", "納付済", "2026/12/01"),
        FeeLine(1, "特別調整金", "¥120", "–", "–"),
        FeeLine(2, "未定義", "–", "–", "–"),
    )


def test_where_ainas_names_a_kind_without_an_amount_ours_stands_as_an_estimate() -> None:
    fees = [
        _fee(0, "検査登録手数料", None),
        _fee(1, "検査登録手数料", None, "未納", dt.date(2026, 12, 1)),
    ]
    assert fee_lines(a_filing(fees=fees), OURS) == (
        FeeLine(0, "検査登録手数料", "見込 ¥1,450", "2026/04/01の表", "–"),
        FeeLine(1, "検査登録手数料", "見込 ¥1,450", "未納", "2026/12/01"),
    )


def test_the_table_shows_a_row_for_each_line() -> None:
    rows = fee_rows()
    assert rows.count == 0
    rows.show(fee_lines(None, OURS))
    assert rows.row(0) == ("検査登録手数料", "見込 ¥1,450", "2026/04/01の表", "–")
    assert rows.position(1) == 1
