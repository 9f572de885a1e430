"""How many years a car's new 有効期間 has, where a person chose them.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("vehicle", sa.Column("validity_years", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("vehicle", "validity_years")
