"""Every row has a sum beside it, and every save leaves a mark (store/sqlite/row_sums.py, store/sqlite/saves.py).

The rows that are there are summed at the end of every upgrade (env.py).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":  # a server has checksums and a log of its own
        return
    op.create_table(
        "row_sum",
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("sum", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("of", "key", name=op.f("pk_row_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "save_mark",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_save_mark")),
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.drop_table("save_mark")
    op.drop_table("row_sum")
