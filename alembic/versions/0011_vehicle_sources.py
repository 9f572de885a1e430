"""Where the values of a car come from, with what was read as it came; and which files that arrived are done with.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SOURCE = "vehicle_source"
SETTLED = "settled_file"


def upgrade() -> None:
    op.create_table(
        SOURCE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_source")),
        sa.ForeignKeyConstraint(
            ["vehicle_id"], ["vehicle.id"], name=op.f("fk_vehicle_source_vehicle_id_vehicle"), ondelete="CASCADE"
        ),
    )
    op.create_index("ix_vehicle_source_vehicle_id", SOURCE, ["vehicle_id"])
    op.create_table(
        SETTLED,
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_settled_file")),
    )


def downgrade() -> None:
    op.drop_table(SETTLED)
    op.drop_index("ix_vehicle_source_vehicle_id", SOURCE)
    op.drop_table(SOURCE)
