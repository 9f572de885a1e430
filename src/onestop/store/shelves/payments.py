"""The shelf of what is paid: the amounts that AINAS returned, the bank's book, and what is ticked against it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, bindparam, func, or_, select

from onestop.model.bank import BankLine, BankLineAgain, BankStatement, ClosedMonth, PaymentEvent, PaymentMatch
from onestop.model.filing import Filing, FilingFee
from onestop.model.issuance import first_day, last_day
from onestop.model.payment import Payment
from onestop.model.wareki import YearMonth
from onestop.store.shelves.filings import midnight
from onestop.store.shelves.shelf import Shelf, by_key
from onestop.store.words import among, month_of, told_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Select

    from onestop.model.base import Record

_AT_ONCE: Final = 500
"""Keys of one question."""
_PART: Final = func.row_number().over(
    partition_by=(FilingFee.control_number, FilingFee.kind), order_by=FilingFee.position
)
_FEES: Final = (
    select(
        FilingFee.control_number.label("control_number"),
        FilingFee.kind.label("kind"),
        _PART.label("part"),
        FilingFee.amount.label("amount"),
        FilingFee.payment_status.label("payment_status"),
        FilingFee.due_date.label("due_date"),
        FilingFee.position.label("position"),
        Filing.filing_id.label("filing_id"),
        Filing.vehicle_class.label("vehicle_class"),
        Filing.plate_key.label("plate"),
        told_in(Filing.payload, "agent_site_id").label("agent_site_id"),
        Filing.requested_at.label("requested_at"),
        Filing.status.label("status"),
        Filing.oss_status.label("oss_status"),
        Filing.status_updated_at.label("status_updated_at"),
    )
    .join(Filing, Filing.control_number == FilingFee.control_number)
    .where(
        or_(
            and_(Filing.requested_at >= bindparam("first"), Filing.requested_at < bindparam("behind")),
            and_(Filing.is_finished, Filing.status_updated_at >= bindparam("finished_since")),
        )
    )
    .subquery()
)
_PAYMENTS: Final[Select[*tuple[Any, ...]]] = (
    select(
        *(column for column in _FEES.c if column.name != "position"),
        PaymentMatch.line_id,
        PaymentMatch.amount,
        BankLine.day,
    )
    .outerjoin(
        PaymentMatch,
        and_(
            PaymentMatch.control_number == _FEES.c.control_number,
            PaymentMatch.kind == _FEES.c.kind,
            PaymentMatch.part == _FEES.c.part,
        ),
    )
    .outerjoin(BankLine, BankLine.id == PaymentMatch.line_id)
    .where(_FEES.c.amount.is_not(None), _FEES.c.requested_at.is_not(None))
    .order_by(_FEES.c.requested_at, _FEES.c.control_number, _FEES.c.position)
)
"""The columns of Payment."""


class PaymentShelf(Shelf):
    """Payments and the bank's book."""

    # --- what AINAS returned

    def payments(self, first: dt.date, last: dt.date, finished_since: dt.datetime | None = None) -> tuple[Payment, ...]:
        """Return the amounts of filings issued between two days, and of those finished since a moment."""
        values = {
            "first": midnight(first),
            "behind": midnight(last + dt.timedelta(days=1)),
            "finished_since": finished_since or dt.datetime.max.replace(tzinfo=dt.UTC),
        }
        return tuple(Payment(*row) for row in self._session.execute(_PAYMENTS, values))

    def first_requested(self) -> dt.datetime | None:
        """Return when the first filing was issued; None before there is one."""
        return self._session.scalar(select(func.min(Filing.requested_at)))

    # --- the bank's book

    def known_keys(self, keys: Sequence[str]) -> set[str]:
        """Return which lines the book has already, from whatever kind of file."""
        known: set[str] = set()
        for start in range(0, len(keys), _AT_ONCE):
            for column in (BankLine.key, BankLineAgain.key):
                known.update(self._session.scalars(select(column).where(column.in_(keys[start : start + _AT_ONCE]))))
        return known

    def lines_of_other_kinds(self, layout: str, days: Collection[dt.date]) -> tuple[BankLine, ...]:
        """Return the lines from the first to the last of some days that came in files of another kind than this.

        Those that are left out stand last.
        """
        if not days:
            return ()
        query = (
            select(BankLine)
            .join(BankStatement, BankStatement.id == BankLine.statement_id)
            .where(BankStatement.layout != layout, BankLine.day.between(min(days), max(days)))
            .order_by(BankLine.left_out_at.is_not(None), BankLine.id)
        )
        return tuple(self._session.scalars(query))

    def add(self, records: Iterable[Record]) -> None:
        """Put statements, lines, matches, events or a closed month here. Their ids are known after this."""
        self._session.add_all(records)
        self._session.flush()

    def lines(self, month: YearMonth) -> tuple[BankLine, ...]:
        """Return the lines of a month, by day."""
        mine = select(BankLine).where(BankLine.day.between(first_day(month), last_day(month)))
        return tuple(self._session.scalars(mine.order_by(BankLine.day, BankLine.id)))

    def line(self, line_id: int) -> BankLine:
        """Return a line.

        Raises:
            NotAllowed: There is none.
        """
        return by_key(self._session, BankLine, line_id)

    def months(self) -> tuple[YearMonth, ...]:
        """Return the months that have lines, the newest first."""
        month = month_of(BankLine.day)
        found_months = self._session.scalars(select(month).distinct().order_by(month.desc()))
        return tuple(parsed for each in found_months if (parsed := YearMonth.parse(each)) is not None)

    def said_same(self, line_ids: Sequence[int]) -> set[int]:
        """Return which of these lines a person said to have come again in a file of another kind."""
        again = select(BankLineAgain.line_id).where(among(BankLineAgain.line_id, line_ids)).distinct()
        return set(self._session.scalars(again))

    def unsay_same(self, line_id: int) -> int:
        """Forget what was said to be this line come again; returns how many lines of files that was."""
        said = self._session.scalars(select(BankLineAgain).where(BankLineAgain.line_id == line_id)).all()
        for each in said:
            self._session.delete(each)
        self._session.flush()
        return len(said)

    # --- what is ticked

    def matches(self, line_id: int) -> tuple[PaymentMatch, ...]:
        """Return what is ticked for a line."""
        mine = select(PaymentMatch).where(PaymentMatch.line_id == line_id)
        return tuple(self._session.scalars(mine.order_by(PaymentMatch.id)))

    def matched_lines(self, line_ids: Sequence[int]) -> set[int]:
        """Return which of these lines have something ticked."""
        found_ids = select(PaymentMatch.line_id).where(among(PaymentMatch.line_id, line_ids)).distinct()
        return set(self._session.scalars(found_ids))

    def take_back(self, line_id: int) -> None:
        """Forget what is ticked for a line; one by one, so that the history hears of it."""
        for match in self.matches(line_id):
            self._session.delete(match)
        self._session.flush()

    # --- closed months

    def closed(self, month: YearMonth) -> ClosedMonth | None:
        """Return how a month was closed; None for one that is open."""
        return self._session.get(ClosedMonth, month.iso())

    def reopen(self, closed: ClosedMonth) -> None:
        """Forget that a month is closed."""
        self._session.delete(closed)

    def events(self) -> tuple[PaymentEvent, ...]:
        """Return all that was done, in its order."""
        return tuple(self._session.scalars(select(PaymentEvent).order_by(PaymentEvent.id)))
