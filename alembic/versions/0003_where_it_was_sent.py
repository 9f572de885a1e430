"""Where each record was sent and as whom, and whether a person has to say what became of it.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("filing", "insurance_certificate", "conformity_certificate")
COLUMNS = {"sent_to": sa.String(), "sent_as": sa.String(), "barred_at": sa.DateTime()}


def upgrade() -> None:
    for table in TABLES:
        for name, kind in COLUMNS.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for table in TABLES:
        for name in reversed(COLUMNS):
            op.drop_column(table, name)
