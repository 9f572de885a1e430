"""The lower table of 納付消込: the amounts that may be ticked for a line, or those that are ticked for it already."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.model.money import yen
from onestop.screens.display import NOTHING
from onestop.screens.listed_rows import ListedRows
from onestop.screens.payment.payment_columns import DUE_COLUMN, PAYMENT_COLUMNS, due_text, payment_texts
from onestop.screens.rows import Column, RowLook

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from onestop.model.payment import Payment, PaymentKey
    from onestop.model.proposing import Way
    from onestop.services.payment.reconciling import Ticked

AMOUNT_COLUMNS: Final = (Column("marks", "候補", 8), *PAYMENT_COLUMNS, DUE_COLUMN)
TICKED: Final = "✓"
MARKED_WAYS: Final = 9
"""Ways whose numbers stand beside the amounts."""


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """One that may be ticked."""

    place: int
    payment: Payment
    marks: str = ""
    """The numbers of the ways that it belongs to."""

    @property
    def control_number(self) -> int:
        """管理番号 of its filing."""
        return self.payment.control_number

    def texts(self) -> tuple[str, ...]:
        """Return the columns' texts."""
        return (self.marks, *payment_texts(self.payment), due_text(self.payment))


@dataclass(frozen=True, slots=True)
class MatchedAmount:
    """One that is ticked."""

    place: int
    ticked: Ticked

    @property
    def control_number(self) -> int:
        """管理番号 of its filing."""
        return self.ticked.match.control_number

    def texts(self) -> tuple[str, ...]:
        """Return the columns' texts; the amount is the one that was ticked."""
        match, payment = self.ticked.match, self.ticked.payment
        if payment is not None:
            return (TICKED, *payment_texts(dataclasses.replace(payment, amount=match.amount)), due_text(payment))
        number = f"管理 {match.control_number}"
        return (TICKED, NOTHING, number, NOTHING, NOTHING, NOTHING, match.kind, yen(match.amount), NOTHING)


AmountRow = OpenAmount | MatchedAmount


class AmountRows(ListedRows[AmountRow]):
    """The table with its ticks, which stand for nothing until they are stored."""

    def __init__(self, toggled: Callable[[], None]) -> None:
        """`toggled` runs after the clerk turned a tick."""
        look: RowLook[AmountRow] = RowLook(lambda row: row.texts(), can_tick=lambda row: isinstance(row, OpenAmount))
        super().__init__(AMOUNT_COLUMNS, look, lambda row: row.place, toggled)

    def show_open(self, payments: Sequence[Payment], ways: Sequence[Way]) -> None:
        """Show what may be ticked, with no tick: what is proposed first, by the number of its way."""
        self.ticked.clear()
        rows = [OpenAmount(place, each, _marks(each.key, ways)) for place, each in enumerate(payments)]
        rows.sort(key=lambda row: (not row.marks, row.marks, row.place))
        self.show(rows)

    def show_matched(self, stored: Sequence[Ticked]) -> None:
        """Show what is ticked and stored."""
        self.ticked.clear()
        self.show([MatchedAmount(place, each) for place, each in enumerate(stored)])

    @property
    def payments(self) -> list[Payment]:
        """What is ticked now."""
        rows = (row for row in self.records if row.place in self.ticked)
        return [row.payment for row in rows if isinstance(row, OpenAmount)]

    @property
    def total(self) -> int:
        """Yen of what is ticked now."""
        return sum(each.amount for each in self.payments)

    def tick(self, keys: Collection[PaymentKey]) -> None:
        """Tick these and no others."""
        rows = self.records
        self.ticked.clear()
        self.ticked.update(row.place for row in rows if isinstance(row, OpenAmount) and row.payment.key in keys)
        self.show(rows)


def _marks(key: PaymentKey, ways: Sequence[Way]) -> str:
    return ",".join(str(number) for number, way in enumerate(ways[:MARKED_WAYS], 1) if key in way)
