"""The table 手数料・税種別 of 申請書発行: what AINAS returned, and our own 見込 where it has not said anything yet."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.screens.display import NOTHING, western_day, yen
from onestop.screens.listed_rows import ListedRows
from onestop.screens.rows import Align, Column, RowLook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.model.filing import Filing, FilingFee
    from onestop.services.review import EstimatedFee

FEE_COLUMNS: Final = (
    Column("kind", "手数料・税種別", 18),
    Column("amount", "税手数料", 13, Align.RIGHT),
    Column("payment_status", "納付状況", 14),
    Column("due_date", "納付期限日", 10),
)


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One row as it is shown."""

    position: int
    kind: str
    amount: str
    payment_status: str = NOTHING
    due_date: str = NOTHING

    def texts(self) -> tuple[str, ...]:
        """Return the columns' texts."""
        return (self.kind, self.amount, self.payment_status, self.due_date)


def fee_lines(filing: Filing | None, estimates: Sequence[EstimatedFee]) -> tuple[FeeLine, ...]:
    """Return the rows. AINAS's amounts are never replaced; ours are marked 見込, with their table's day."""
    told = filing.fees if filing is not None else []
    if not told:
        return tuple(_estimated(position, ours) for position, ours in enumerate(estimates))
    by_kind = {ours.kind: ours for ours in estimates}
    return tuple(_told(position, fee, by_kind.get(fee.kind)) for position, fee in enumerate(told))


def fee_rows() -> ListedRows[FeeLine]:
    """Return the table, empty at first."""
    return ListedRows(FEE_COLUMNS, RowLook(texts=FeeLine.texts), lambda line: line.position)


def _told(position: int, fee: FilingFee, ours: EstimatedFee | None) -> FeeLine:
    if fee.amount is None and ours is not None:
        guess = _estimated(position, ours)
        return dataclasses.replace(
            guess,
            payment_status=fee.payment_status or guess.payment_status,
            due_date=western_day(fee.due_date) or NOTHING,
        )
    paid = fee.payment_status or NOTHING
    return FeeLine(position, fee.kind, yen(fee.amount), paid, western_day(fee.due_date) or NOTHING)


def _estimated(position: int, ours: EstimatedFee) -> FeeLine:
    amount, table_date = ours.estimate.amount, ours.estimate.table_date
    if amount is None or table_date is None:
        return FeeLine(position, ours.kind, NOTHING, ours.estimate.note or NOTHING)
    return FeeLine(position, ours.kind, f"見込 {yen(amount)}", f"{western_day(table_date)}の表")
