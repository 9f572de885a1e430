"""The bank's book as this machine keeps it, and 納付消込: which amounts a line paid, ticked by whom and when.

Whoever did something stands here as the machine at which it was done.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from onestop.model.base import Record, Word


class PaymentAct(Enum):
    """What was done to the book."""

    IMPORTED = "取込"
    MATCHED = "消込"
    TAKEN_BACK = "消込の取消"
    LEFT_OUT = "除外"
    PUT_BACK = "除外の解除"
    UNSAID = "同じ出金の取消"
    CLOSED = "締め"
    REOPENED = "締めの取消"


class BankStatement(Record):
    """One file of the bank's that was read."""

    __tablename__ = "bank_statement"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    layout: Mapped[str] = mapped_column()
    """What kind of file it was, as resources/bank calls it."""
    account: Mapped[str] = mapped_column(repr=False)
    """Bank, branch, kind and number; empty where the file does not say."""
    imported_at: Mapped[dt.datetime] = mapped_column()
    imported_by: Mapped[str] = mapped_column()


class BankLine(Record):
    """One 出金. What came in is nobody's business here, and is not kept."""

    __tablename__ = "bank_line"
    __table_args__ = (Index("uq_bank_line_key", "key", unique=True), Index("ix_bank_line_day", "day"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statement.id"))
    day: Mapped[dt.date] = mapped_column()
    amount: Mapped[int] = mapped_column()
    """Yen that went out, more than 0."""
    text: Mapped[str] = mapped_column(Text, repr=False)
    """摘要, as the bank wrote it."""
    key: Mapped[str] = mapped_column()
    """The same for the same line of another file: it is kept once."""
    balance: Mapped[int | None] = mapped_column(default=None, repr=False)
    payee: Mapped[str] = mapped_column(default="")
    """The office that the 摘要 means, by resources/bank/payees.csv; empty for anybody else."""
    left_out_at: Mapped[dt.datetime | None] = mapped_column(default=None)
    """When a person said that nothing is to be ticked for it, as for one that came in twice."""

    @property
    def is_awaited(self) -> bool:
        """Whether something is to be ticked for it."""
        return bool(self.payee) and self.left_out_at is None


class BankLineAgain(Record):
    """An 出金 of a file of another kind of which a person said that it is one of the book's: nobody is asked again."""

    __tablename__ = "bank_line_again"

    key: Mapped[str] = mapped_column(primary_key=True)
    """Of the line in that file, made as in `bank_line`."""
    line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"))
    """The line of the book that it is."""
    said_at: Mapped[dt.datetime] = mapped_column()
    said_by: Mapped[str] = mapped_column()


class PaymentMatch(Record):
    """One amount that AINAS returned, ticked against a line. It is not deleted with what AINAS says of it later."""

    __tablename__ = "payment_match"
    __table_args__ = (
        Index("uq_payment_match_amount", "control_number", "kind", "part", unique=True),
        Index("ix_payment_match_line_id", "line_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    line_id: Mapped[int] = mapped_column(ForeignKey("bank_line.id"))
    control_number: Mapped[int] = mapped_column(ForeignKey("filing.control_number"))
    kind: Mapped[str] = mapped_column()
    part: Mapped[int] = mapped_column()
    """1, unless AINAS returns a kind more than once."""
    amount: Mapped[int] = mapped_column()
    """Yen, as it stood then."""
    matched_at: Mapped[dt.datetime] = mapped_column()
    matched_by: Mapped[str] = mapped_column()


class ClosedMonth(Record):
    """A month whose lines are not changed any more."""

    __tablename__ = "closed_month"

    month: Mapped[str] = mapped_column(primary_key=True)
    """2026-11."""
    closed_at: Mapped[dt.datetime] = mapped_column()
    closed_by: Mapped[str] = mapped_column()
    lines: Mapped[int] = mapped_column()
    """Lines of an office, and their yen."""
    paid: Mapped[int] = mapped_column()
    matched_lines: Mapped[int] = mapped_column()
    matched: Mapped[int] = mapped_column()


class PaymentEvent(Record):
    """What was done, once and for all: nothing here is ever changed or deleted."""

    __tablename__ = "payment_event"
    __table_args__ = (Index("ix_payment_event_line_id", "line_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    at: Mapped[dt.datetime] = mapped_column()
    done_by: Mapped[str] = mapped_column()
    act: Mapped[PaymentAct] = mapped_column(Word(PaymentAct))
    month: Mapped[str] = mapped_column()
    line_id: Mapped[int | None] = mapped_column(ForeignKey("bank_line.id"), default=None)
    control_number: Mapped[int | None] = mapped_column(default=None)
    kind: Mapped[str] = mapped_column(default="")
    amount: Mapped[int | None] = mapped_column(default=None)
    """Yen; of an import the number of lines would be no amount, and stands in `note`."""
    note: Mapped[str] = mapped_column(Text, default="", repr=False)
    """Why a month was opened again; how many lines came in."""
