"""納付消込: the bank's book, what is ticked against it, closed months, and what was done.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bank_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bank_statement"),
    )
    _bank_line()
    _payment_match()
    op.create_table(
        "closed_month",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("matched_lines", sa.Integer(), nullable=False),
        sa.Column("matched", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", name="pk_closed_month"),
    )
    _payment_event()


def downgrade() -> None:
    for table in ("payment_event", "closed_month", "payment_match", "bank_line", "bank_statement"):
        op.drop_table(table)


def _bank_line() -> None:
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=True),
        sa.Column("payee", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bank_line"),
        sa.ForeignKeyConstraint(["statement_id"], ["bank_statement.id"], name="fk_bank_line_statement_id"),
    )
    op.create_index("uq_bank_line_key", "bank_line", ["key"], unique=True)
    op.create_index("ix_bank_line_day", "bank_line", ["day"])


def _payment_match() -> None:
    op.create_table(
        "payment_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("control_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("matched_at", sa.DateTime(), nullable=False),
        sa.Column("matched_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_match"),
        sa.ForeignKeyConstraint(["line_id"], ["bank_line.id"], name="fk_payment_match_line_id"),
        sa.ForeignKeyConstraint(["control_number"], ["filing.control_number"], name="fk_payment_match_control_number"),
    )
    op.create_index("uq_payment_match_amount", "payment_match", ["control_number", "kind", "part"], unique=True)
    op.create_index("ix_payment_match_line_id", "payment_match", ["line_id"])


def _payment_event() -> None:
    op.create_table(
        "payment_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("done_by", sa.String(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("control_number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_event"),
        sa.ForeignKeyConstraint(["line_id"], ["bank_line.id"], name="fk_payment_event_line_id"),
    )
    op.create_index("ix_payment_event_line_id", "payment_event", ["line_id"])
