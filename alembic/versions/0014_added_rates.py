"""Rows of the dated tables that an administrator of the desk added.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLE = "added_rate"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rate_table", sa.String(length=20), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("amounts", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_added_rate"),
    )
    op.create_index("uq_added_rate_row", TABLE, ["rate_table", "key", "first_day"], unique=True)


def downgrade() -> None:
    op.drop_table(TABLE)
