"""Who is sending each record, until when, and how often that was taken over; and how many answers were written into it.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = ("filing", "insurance_certificate", "conformity_certificate")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("lease_run", sa.String(), nullable=True))
        op.add_column(table, sa.Column("lease_terminal", sa.String(), nullable=True))
        op.add_column(table, sa.Column("lease_until", sa.DateTime(), nullable=True))
        op.add_column(table, sa.Column("fence", sa.Integer(), nullable=False, server_default=sa.text("0")))
        op.add_column(table, sa.Column("answers", sa.Integer(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    for table in TABLES:
        for name in ("answers", "fence", "lease_until", "lease_terminal", "lease_run"):
            op.drop_column(table, name)
