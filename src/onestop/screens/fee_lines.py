"""The table 手数料・税種別 of 申請書発行: what AINAS returned, and our own 見込 where it has not said anything yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.screens.display import NOTHING, western_day, yen
from onestop.screens.rows import Align, Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop.model.filing import Filing, FilingFee
    from onestop.services.review import EstimatedFee

FEE_COLUMNS: Final = (
    Column("kind", "手数料・税種別", 22),
    Column("amount", "税手数料", 40, Align.RIGHT),
    Column("payment_status", "納付状況", 18),
    Column("due_date", "納付期限日", 14),
)


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One row as it is shown."""

    kind: str
    amount: str
    payment_status: str
    due_date: str

    def texts(self) -> tuple[str, ...]:
        """Return the columns' texts."""
        return (self.kind, self.amount, self.payment_status, self.due_date)


def fee_lines(filing: Filing | None, estimates: Sequence[EstimatedFee]) -> tuple[FeeLine, ...]:
    """Return the rows. An amount that AINAS returned is never replaced; ours are marked 見込."""
    told = filing.fees if filing is not None else []
    if not told:
        return tuple(_estimated(estimate) for estimate in estimates)
    ours = {estimate.kind: estimate for estimate in estimates}
    return tuple(_told(fee, ours.get(fee.kind)) for fee in told)


def _told(fee: FilingFee, ours: EstimatedFee | None) -> FeeLine:
    amount = yen(fee.amount) if fee.amount is not None or ours is None else ours.estimate.display()
    return FeeLine(fee.kind, amount, fee.payment_status or NOTHING, western_day(fee.due_date) or NOTHING)


def _estimated(ours: EstimatedFee) -> FeeLine:
    return FeeLine(ours.kind, ours.estimate.display(), NOTHING, NOTHING)
