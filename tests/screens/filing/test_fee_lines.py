"""The table 手数料・税種別: what AINAS returned, and our own 見込 until then."""

from __future__ import annotations

import datetime as dt

from onestop.model.filing import FilingFee
from onestop.model.money import Estimate
from onestop.model.sending_state import Sending
from onestop.screens.filing.fee_lines import FeeLine, fee_lines, fee_table
from onestop.services.filing.review import EstimatedFee
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


def test_before_issue_our_own_figures_stand_beside_their_tables_day_and_never_under_payment() -> None:
    assert fee_lines(None, OURS) == (
        FeeLine(0, "検査登録手数料", "見込 ¥1,450(2026/04/01の表)", "–", "–"),
        FeeLine(1, "自動車重量税", "対象外", "–", "–"),
        FeeLine(2, "合計", "見込 ¥1,450(ほかに未定 1件)", "–", "–"),
    )
    assert fee_lines(a_filing(), OURS) == fee_lines(None, OURS)


def test_an_estimate_without_figure_and_note_is_a_dash_and_so_is_a_sum_of_nothing() -> None:
    nothing = (EstimatedFee("手数料", Estimate(None)),)
    assert fee_lines(None, nothing) == (FeeLine(0, "手数料", "–"), FeeLine(1, "合計", "–"))


def test_without_any_fee_there_is_no_sum() -> None:
    assert fee_lines(None, ()) == ()


def test_what_ainas_returned_is_shown_as_it_came_in_any_kind() -> None:
    fees = [
        _fee(0, "検査登録手数料", 1600, "納付済", dt.date(2026, 12, 1)),
        _fee(1, "特別調整金", 120),
        _fee(2, "未定義", None),
    ]
    assert fee_lines(a_filing(fees=fees), OURS[:1]) == (
        FeeLine(0, "検査登録手数料", "¥1,600", "納付済", "2026/12/01"),
        FeeLine(1, "特別調整金", "¥120", "–", "–"),
        FeeLine(2, "未定義", "–", "–", "–"),
        FeeLine(3, "合計", "¥1,720(ほかに未定 1件)", "–", "–"),
    )


def test_where_ainas_names_a_kind_without_an_amount_ours_stands_once_and_the_payment_is_ainass() -> None:
    fees = [
        _fee(0, "検査登録手数料", None, "未納", dt.date(2026, 12, 1)),
        _fee(1, "検査登録手数料", None),
    ]
    assert fee_lines(a_filing(fees=fees), OURS[:1]) == (
        FeeLine(0, "検査登録手数料", "見込 ¥1,450(2026/04/01の表)", "未納", "2026/12/01"),
        FeeLine(1, "検査登録手数料", "–", "–", "–"),
        FeeLine(2, "合計", "見込 ¥1,450(ほかに未定 1件)", "–", "–"),
    )


def test_a_kind_that_ainas_has_not_named_yet_does_not_vanish_by_issuing() -> None:
    fees = [_fee(0, "自動車重量税", 24600, "未納")]
    filed = a_filing(fees=fees, status="受付前", sending=Sending.FILED)
    filed.derive_keys()
    before, after = fee_lines(None, OURS), fee_lines(filed, OURS)
    assert {line.kind for line in before} == {line.kind for line in after}
    assert after == (
        FeeLine(0, "自動車重量税", "¥24,600", "未納", "–"),
        FeeLine(1, "検査登録手数料", "見込 ¥1,450(2026/04/01の表)", "–", "–"),
        FeeLine(2, "合計", "見込 ¥26,050", "–", "–"),
    )


def test_what_a_finished_filing_cost_is_what_ainas_told_alone() -> None:
    done = a_filing(fees=[_fee(0, "自動車重量税", 24600, "納付済")], status="手続完了", sending=Sending.FILED)
    done.derive_keys()
    assert fee_lines(done, OURS) == (
        FeeLine(0, "自動車重量税", "¥24,600", "納付済", "–"),
        FeeLine(1, "合計", "¥24,600", "–", "–"),
    )


def test_the_table_shows_a_row_for_each_line() -> None:
    rows = fee_table()
    assert rows.count == 0
    rows.show(fee_lines(None, OURS))
    assert rows.row(0) == ("検査登録手数料", "見込 ¥1,450(2026/04/01の表)", "–", "–")
    assert rows.position(1) == 1
