"""The lower table of 納付消込: the amounts that may be ticked for a line, or those that are ticked for it already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.clock import JST
from onestop.model.money import yen
from onestop.screens.display import NOTHING, western_day
from onestop.screens.rows import Align, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onestop.model.bank import PaymentMatch
    from onestop.model.payment import Payment, PaymentKey
    from onestop.model.proposing import Way

AMOUNT_COLUMNS: Final = (
    Column("marks", "候補", 8),
    Column("day", "依頼日", 11),
    Column("filing", "申請ID", 12),
    Column("plate", "登録番号", 16),
    Column("office", "窓口", 8),
    Column("agent_site_id", "代理人拠点ID", 12),
    Column("kind", "種別", 20),
    Column("amount", "金額", 12, Align.RIGHT),
    Column("due_date", "納付期限日", 11),
)
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
        each = self.payment
        return (
            self.marks,
            western_day(each.day),
            each.filing_id or NOTHING,
            each.plate,
            each.office.value,
            each.agent_site_id or NOTHING,
            each.kind,
            yen(each.amount),
            western_day(each.due_date) or NOTHING,
        )


@dataclass(frozen=True, slots=True)
class MatchedAmount:
    """One that is ticked: by which machine, and when."""

    place: int
    match: PaymentMatch

    @property
    def control_number(self) -> int:
        """管理番号 of its filing."""
        return self.match.control_number

    def texts(self) -> tuple[str, ...]:
        """Return the columns' texts."""
        each = self.match
        when = each.matched_at.astimezone(JST).date()
        told = f"{western_day(when)} {each.matched_by}"
        return (
            "✓",
            NOTHING,
            f"管理 {each.control_number}",
            told,
            NOTHING,
            NOTHING,
            each.kind,
            yen(each.amount),
            NOTHING,
        )


AmountRow = OpenAmount | MatchedAmount


def open_rows(payments: Sequence[Payment], ways: Sequence[Way]) -> list[AmountRow]:
    """Return rows to be ticked: what is proposed first, by the number of its way."""
    rows = [OpenAmount(place, each, _marks(each.key, ways)) for place, each in enumerate(payments)]
    return [*sorted(rows, key=lambda row: (not row.marks, row.marks, row.place))]


def ticked_payments(rows: Iterable[AmountRow], ticked: Iterable[int]) -> list[Payment]:
    """Return the payments of the rows with a tick."""
    wanted = set(ticked)
    return [row.payment for row in rows if isinstance(row, OpenAmount) and row.place in wanted]


def _marks(key: PaymentKey, ways: Sequence[Way]) -> str:
    return ",".join(str(number) for number, way in enumerate(ways[:MARKED_WAYS], 1) if key in way)
