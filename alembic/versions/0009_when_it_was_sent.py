"""When each record was last sent, by facts that no setting of the clock moves, and when a wait for the next try began.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("filing", "insurance_certificate", "conformity_certificate")
COLUMNS = {"sent_boot": sa.String(), "sent_uptime": sa.Double(), "sent_service_time": sa.DateTime()}


def upgrade() -> None:
    for table in TABLES:
        for name, kind in COLUMNS.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.add_column("conformity_certificate", sa.Column("tried_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("conformity_certificate", "tried_at")
    for table in TABLES:
        for name in reversed(COLUMNS):
            op.drop_column(table, name)
