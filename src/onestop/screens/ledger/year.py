"""月ごとの件数: a year of 交付実績報告書 as bars, one a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.model.issuance import month_after, month_before
from onestop.model.wareki import YearMonth
from onestop.screens.bars import Bar, Bars

if TYPE_CHECKING:
    from onestop.model.issuance import MonthCount

TITLE: Final = "月ごとの交付と削除(斜線)"
MONTHS: Final = range(1, 13)


def year_of(chosen: YearMonth, counts: tuple[MonthCount, ...]) -> Bars:
    """Return the year of a month; over its ends the arrows lead into the years beside it."""
    months = [YearMonth(chosen.year, month) for month in MONTHS]
    known = {each.month: each for each in counts}
    bars = tuple(_bar(month, known.get(month)) for month in months)
    before, after = month_before(months[0]), month_after(months[-1])
    return Bars(bars, chosen.iso(), TITLE, before.iso(), after.iso())


def _bar(month: YearMonth, counted: MonthCount | None) -> Bar:
    issued, voided = (counted.issued, counted.voided) if counted else (0, 0)
    words = f"{month} 交付 {issued:,}件 削除 {voided:,}件"
    return Bar(month.iso(), words, (issued, voided), f"{month.month}月")
