"""確認票: what only people know of each inspection, and the 承諾書 for all cars of one 使用者.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklist_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(20), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_checklist_answer"),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name="fk_checklist_answer_inspection_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_checklist_answer_inspection_id", "checklist_answer", ["inspection_id"])
    op.create_table(
        "fleet_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.String(), nullable=False),
        sa.Column("user_address", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_by", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_fleet_consent"),
    )


def downgrade() -> None:
    op.drop_table("fleet_consent")
    op.drop_table("checklist_answer")
