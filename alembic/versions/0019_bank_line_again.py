"""Lines of the bank that came again in a file of another kind, as a person said.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLE = "bank_line_again"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["bank_line.id"], name="fk_bank_line_again_line_id_bank_line"),
        sa.PrimaryKeyConstraint("key", name="pk_bank_line_again"),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
