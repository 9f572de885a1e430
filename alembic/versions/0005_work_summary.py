"""点検・整備・検査の概要 of each 保適証: an item of 指定整備記録簿 that is kept here alone and never sent.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLE = "conformity_certificate"
COLUMN = "work_summary"
KEPT = {"sqlite_autoincrement": True}
"""What SQLite does not tell of a table, and a rebuilt table would lose."""


def upgrade() -> None:
    with op.batch_alter_table(TABLE, table_kwargs=KEPT) as table:
        table.add_column(sa.Column(COLUMN, sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table(TABLE, table_kwargs=KEPT) as table:
        table.alter_column(COLUMN, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table(TABLE, table_kwargs=KEPT) as table:
        table.drop_column(COLUMN)
