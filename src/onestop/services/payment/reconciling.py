"""納付消込: a month of the bank's book beside the open amounts; ticks that add up, closing and opening again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, NotAllowed, Problem
from onestop.model.bank import BankLine, ClosedMonth, PaymentAct, PaymentEvent, PaymentMatch
from onestop.model.issuance import first_day, last_day
from onestop.model.money import yen
from onestop.model.payment import Payment, PaymentKey, month_of
from onestop.model.proposing import Proposal, propose
from onestop.model.wareki import format_western

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from onestop.clock import Clock
    from onestop.model.wareki import YearMonth
    from onestop.store.database import Database, Shelves

LOOKS_BACK: Final = dt.timedelta(days=186)
"""How long before a month a filing may have been issued that is paid in it. AINAS wants its money within days; half a
year is more than any that was sent back and forth."""
MATCHED_ALREADY: Final = "この出金は消込済です。直すときは、先に F2 消込の取消 を行ってください。"
LEFT_OUT: Final = "この出金は除外してあります。消し込むときは、先に 除外・解除(Alt+J)で戻してください。"
NOT_MATCHED: Final = "この出金には、消し込んだ納付がありません。"
NO_LONGER_OPEN: Final = "選んだ納付のうち{count}件は、もう消込済か、対象外です。新しい一覧を見て、選び直してください。"
NOT_SAID_SAME: Final = "この出金に、「同じ出金」の答えは残っていません。"
NOT_THE_SUM: Final = (
    "選んだ納付の合計 {chosen} が、出金 {amount} と合いません(差 {difference})。何も消し込んでいません。"
)
CLOSED: Final = "{month}は締めてあるため、変更できません。変更するときは、先に 締めの取消 を行ってください。"
CLOSED_ALREADY: Final = "{month}はすでに締めてあります。"
NOT_CLOSED: Final = "{month}は締めてありません。"
NOT_YET: Final = (
    "{month}はまだ終わっていないため、締められません。月末までの明細を取り込んでから、{day}以後に締めてください。"
)
NO_REASON: Final = "締めを取り消す理由を入力してから、もう一度実行してください。"


@dataclass(frozen=True, slots=True)
class BookTotals:
    """What the lines of offices come to, and what of it is ticked."""

    lines: int
    paid: int
    matched_lines: int
    matched: int


@dataclass(frozen=True, slots=True)
class Ticked:
    """One tick, and the amount as AINAS returns it now; None: it does not return it any more."""

    match: PaymentMatch
    payment: Payment | None


@dataclass(frozen=True, slots=True)
class BookMonth:
    """A month of the book."""

    month: YearMonth
    lines: tuple[BankLine, ...]
    open: tuple[Payment, ...]
    """What may be ticked in it."""
    matched: dict[int, tuple[Ticked, ...]]
    """By the id of the line."""
    said_same: frozenset[int]
    """The ids of those of which a person said that they came again in a file of another kind."""
    proposals: dict[int, Proposal]
    """By the id of the line, for those of offices that nothing is ticked for."""
    closed: ClosedMonth | None
    months: tuple[YearMonth, ...]
    """That have lines, the newest first."""
    totals: BookTotals


class ReconcilingService:
    """Ticks payments against the bank's book. Nothing is ticked but by a person."""

    def __init__(self, database: Database, clock: Clock, terminal: str) -> None:
        self._database = database
        self._clock = clock
        self._terminal = terminal

    def month(self, month: YearMonth) -> BookMonth:
        """Return a month with what is proposed for it."""
        with self._database.read() as shelves:
            book = shelves.payments
            lines = book.lines(month)
            ids = [each.id for each in lines]
            every = _payments(shelves, month)
            matches = {line: book.matches(line) for line in book.matched_lines(ids)}
            said_same = frozenset(book.said_same(ids))
            closed, months = book.closed(month), book.months()
        known = {each.key: each for each in every}
        matched = {
            line: tuple(Ticked(each, known.get(_key(each))) for each in ticked) for line, ticked in matches.items()
        }
        open_ones = tuple(each for each in every if each.is_open)
        unmatched = [line for line in lines if line.is_awaited and line.id not in matched]
        proposals = {} if closed else propose(unmatched, open_ones)
        totals = _totals(lines, matched)
        return BookMonth(month, lines, open_ones, matched, said_same, proposals, closed, months, totals)

    def match(self, line_id: int, keys: Sequence[PaymentKey]) -> None:
        """F10 消込: tick these amounts for a line; they must come to it to the yen.

        Raises:
            NotAllowed: the month is closed, the line has ticks or is left out, an amount is not open any more, or the
                sum differs.
        """
        with self._database.write() as shelves:
            line = self._changeable(shelves, line_id)
            if shelves.payments.matches(line_id):
                raise NotAllowed(MATCHED_ALREADY)
            if line.left_out_at is not None:
                raise NotAllowed(LEFT_OUT)
            chosen = _chosen(_payments(shelves, month_of(line.day)), keys)
            total = sum(each.amount for each in chosen)
            if total != line.amount:
                told = {"chosen": yen(total), "amount": yen(line.amount), "difference": yen(line.amount - total)}
                raise NotAllowed(NOT_THE_SUM.format(**told))
            now = self._clock.now()
            shelves.payments.add(
                PaymentMatch(
                    line_id=line_id,
                    control_number=each.control_number,
                    kind=each.kind,
                    part=each.part,
                    amount=each.amount,
                    matched_at=now,
                    matched_by=self._terminal,
                )
                for each in chosen
            )
            shelves.payments.add(
                self._event(PaymentAct.MATCHED, month_of(line.day), line_id, each.key, each.amount) for each in chosen
            )

    def take_back(self, line_id: int) -> None:
        """F2 消込の取消: take all ticks of a line away.

        Raises:
            NotAllowed: the month is closed, or the line has none.
        """
        with self._database.write() as shelves:
            line = self._changeable(shelves, line_id)
            ticked = shelves.payments.matches(line_id)
            if not ticked:
                raise NotAllowed(NOT_MATCHED)
            month = month_of(line.day)
            shelves.payments.add(
                self._event(PaymentAct.TAKEN_BACK, month, line_id, _key(each), each.amount) for each in ticked
            )
            shelves.payments.take_back(line_id)

    def leave_out(self, line_ids: Sequence[int]) -> None:
        """除外: nothing is to be ticked for these lines.

        Raises:
            NotAllowed: a month is closed, or a line has ticks.
        """
        with self._database.write() as shelves:
            if shelves.payments.matched_lines(line_ids):
                raise NotAllowed(MATCHED_ALREADY)
            self._mark(shelves, line_ids, self._clock.now())

    def put_back(self, line_ids: Sequence[int]) -> None:
        """除外の解除: these lines are to be ticked as before.

        Raises:
            NotAllowed: a month is closed.
        """
        with self._database.write() as shelves:
            self._mark(shelves, line_ids, None)

    def unsay_same(self, line_id: int) -> None:
        """同じ出金の取消: ask anew about what was said to be this line, when its file is read again.

        Raises:
            NotAllowed: the month is closed, or nothing was said of the line.
        """
        with self._database.write() as shelves:
            line = self._changeable(shelves, line_id)
            if not shelves.payments.unsay_same(line_id):
                raise NotAllowed(NOT_SAID_SAME)
            month = month_of(line.day)
            shelves.payments.add([self._event(PaymentAct.UNSAID, month, line_id, amount=line.amount)])

    def _mark(self, shelves: Shelves, line_ids: Sequence[int], left_out_at: dt.datetime | None) -> None:
        """Mark the lines that are not marked so yet: another desk may have done it meanwhile."""
        act = PaymentAct.PUT_BACK if left_out_at is None else PaymentAct.LEFT_OUT
        lines = [self._changeable(shelves, each) for each in line_ids]
        lines = [line for line in lines if (line.left_out_at is None) != (left_out_at is None)]
        for line in lines:
            line.left_out_at = left_out_at
        shelves.payments.add(self._event(act, month_of(line.day), line.id, amount=line.amount) for line in lines)

    def close(self, month: YearMonth) -> ClosedMonth:
        """月の締め: its lines are not changed from now on.

        Raises:
            NotAllowed: it is closed already, or has not ended yet.
        """
        if why := why_not_closed_yet(month, self._clock.today()):
            raise NotAllowed(why)
        with self._database.write() as shelves:
            book = shelves.payments
            if book.closed(month) is not None:
                raise NotAllowed(CLOSED_ALREADY.format(month=month))
            lines = book.lines(month)
            totals = _totals(lines, book.matched_lines([each.id for each in lines]))
            closed = ClosedMonth(
                month=month.iso(),
                closed_at=self._clock.now(),
                closed_by=self._terminal,
                lines=totals.lines,
                paid=totals.paid,
                matched_lines=totals.matched_lines,
                matched=totals.matched,
            )
            book.add([closed])
            book.add([self._event(PaymentAct.CLOSED, month)])
        return closed

    def reopen(self, month: YearMonth, reason: str) -> None:
        """締めの取消, with the reason, which is kept.

        Raises:
            InvalidInput: no reason.
            NotAllowed: the month is not closed.
        """
        if not reason.strip():
            raise InvalidInput(Problem("reason", NO_REASON))
        with self._database.write() as shelves:
            closed = shelves.payments.closed(month)
            if closed is None:
                raise NotAllowed(NOT_CLOSED.format(month=month))
            shelves.payments.reopen(closed)
            shelves.payments.add([self._event(PaymentAct.REOPENED, month, note=reason.strip())])

    @staticmethod
    def _changeable(shelves: Shelves, line_id: int) -> BankLine:
        line = shelves.payments.line(line_id)
        month = month_of(line.day)
        if shelves.payments.closed(month) is not None:
            raise NotAllowed(CLOSED.format(month=month))
        return line

    def _event(  # noqa: PLR0913, PLR0917 - what a row of the book of deeds says
        self,
        act: PaymentAct,
        month: YearMonth,
        line_id: int | None = None,
        key: PaymentKey | None = None,
        amount: int | None = None,
        note: str = "",
    ) -> PaymentEvent:
        return PaymentEvent(
            at=self._clock.now(),
            done_by=self._terminal,
            act=act,
            month=month.iso(),
            line_id=line_id,
            control_number=key.control_number if key else None,
            kind=key.kind if key else "",
            amount=amount,
            note=note,
        )


def why_not_closed_yet(month: YearMonth, today: dt.date) -> str:
    """Say why a month cannot be closed that has not ended: lines may still come; "" for one that has."""
    last = last_day(month)
    return "" if today > last else NOT_YET.format(month=month, day=format_western(last + dt.timedelta(days=1)))


def _payments(shelves: Shelves, month: YearMonth) -> tuple[Payment, ...]:
    """Return what may be paid in a month, and what was."""
    return shelves.payments.payments(first_day(month) - LOOKS_BACK, last_day(month))


def _chosen(payments: Sequence[Payment], keys: Sequence[PaymentKey]) -> list[Payment]:
    wanted = set(keys)
    chosen = [each for each in payments if each.is_open and each.key in wanted]
    if len(chosen) != len(wanted):
        raise NotAllowed(NO_LONGER_OPEN.format(count=len(wanted) - len(chosen)))
    return chosen


def _totals(lines: Sequence[BankLine], matched: Collection[int]) -> BookTotals:
    mine = [line for line in lines if line.is_awaited or line.id in matched]
    ticked = [line for line in mine if line.id in matched]
    return BookTotals(len(mine), sum(line.amount for line in mine), len(ticked), sum(line.amount for line in ticked))


def _key(each: PaymentMatch) -> PaymentKey:
    return PaymentKey(each.control_number, each.kind, each.part)
