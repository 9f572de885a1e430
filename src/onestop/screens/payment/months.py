"""The months that 納付一覧, 納付消込 and 交付実績報告書 let a clerk choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.model.issuance import month_before

if TYPE_CHECKING:
    from onestop.model.wareki import YearMonth


def month_options(first: YearMonth, last: YearMonth) -> tuple[tuple[str, str], ...]:
    """Return each month from the last back to the first, by its key and in both calendars."""
    months = [last]
    while months[-1] > first:
        months.append(month_before(months[-1]))
    return tuple((month.iso(), f"{month} {month.western()}") for month in months)
