"""The table 手数料・税種別 of 申請書発行: what AINAS returned, and our own 見込 where it has not said anything yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.model.wareki import format_western
from onestop.screens.display import NOTHING, money
from onestop.screens.listed_rows import ListedRows
from onestop.screens.rows import Align, Column, RowLook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.model.filing import Filing, FilingFee
    from onestop.model.money import Estimate
    from onestop.services.filing.review import EstimatedFee

FEE_COLUMNS: Final = (
    Column("kind", "手数料・税種別", 18),
    Column("amount", "税手数料", 29, Align.RIGHT),
    Column("payment_status", "納付状況", 10),
    Column("due_date", "納付期限日", 10),
)
TOTAL: Final = "合計"
ESTIMATED: Final = "見込"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One row as it is shown. What we reckon stands under 税手数料 alone; 納付状況 and 納付期限日 are AINAS's."""

    position: int
    kind: str
    amount: str
    payment_status: str = NOTHING
    due_date: str = NOTHING

    def texts(self) -> tuple[str, ...]:
        """Return the columns' texts."""
        return (self.kind, self.amount, self.payment_status, self.due_date)


@dataclass(frozen=True, slots=True)
class _Fee:
    """A kind with what AINAS told of it, with our own 見込, or with both."""

    kind: str
    told: FilingFee | None
    ours: Estimate | None

    @property
    def amount(self) -> int | None:
        """Yen: AINAS's, else ours."""
        told = None if self.told is None else self.told.amount
        return self.ours.amount if told is None and self.ours is not None else told

    @property
    def is_estimated(self) -> bool:
        """Whether the figure is ours."""
        return (self.told is None or self.told.amount is None) and self.amount is not None

    def line(self, position: int) -> FeeLine:
        """Return its row."""
        if self.ours is None or (self.told is not None and self.told.amount is not None):
            figure = money(self.amount)
        elif self.ours.amount is None or self.ours.table_date is None:
            figure = self.ours.note or NOTHING
        else:
            figure = f"{ESTIMATED} {money(self.ours.amount)}({format_western(self.ours.table_date)}の表)"
        if self.told is None:
            return FeeLine(position, self.kind, figure)
        paid, due = self.told.payment_status or NOTHING, format_western(self.told.due_date) or NOTHING
        return FeeLine(position, self.kind, figure, paid, due)


def fee_lines(filing: Filing | None, estimates: Sequence[EstimatedFee]) -> tuple[FeeLine, ...]:
    """Return the rows, and their 合計 below them.

    AINAS's amounts are never replaced; ours are marked 見込, with their table's day. A kind that AINAS has not named
    stays as long as it may still come: what was to be paid before 発行 does not vanish by it.
    """
    told = filing.fees if filing is not None else []
    ours = {each.kind: each.estimate for each in estimates}
    fees = [_Fee(fee.kind, fee, ours.pop(fee.kind, None)) for fee in told]
    if filing is None or not told or not filing.is_closed:
        fees += [_Fee(kind, None, estimate) for kind, estimate in ours.items()]
    lines = tuple(fee.line(position) for position, fee in enumerate(fees))
    return (*lines, _total(fees)) if fees else ()


def fee_table() -> ListedRows[FeeLine]:
    """Return the table, empty at first."""
    return ListedRows(FEE_COLUMNS, RowLook(texts=FeeLine.texts), lambda line: line.position)


def _total(fees: Sequence[_Fee]) -> FeeLine:
    """Return the sum of what has a figure; what has none is counted."""
    known = [fee.amount for fee in fees if fee.amount is not None]
    text = money(sum(known)) if known else NOTHING
    mark = f"{ESTIMATED} " if any(fee.is_estimated for fee in fees) else ""
    unknown = len(fees) - len(known)
    more = f"(ほかに未定 {unknown}件)" if known and unknown else ""
    return FeeLine(len(fees), TOTAL, mark + text + more)
