"""What clerks confirmed for a car: 注意 that are right as they are, and asked no more.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLE = "confirmation"
SAID = ("vehicle_id", "rule_id", "field", "message", "value")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_confirmation"),
        sa.ForeignKeyConstraint(["vehicle_id"], ["vehicle.id"], name="fk_confirmation_vehicle_id", ondelete="CASCADE"),
    )
    op.create_index("uq_confirmation_said", TABLE, SAID, unique=True)


def downgrade() -> None:
    op.drop_table(TABLE)
