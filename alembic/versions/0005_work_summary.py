"""点検・整備・検査の概要 of each 保適証: an item of 指定整備記録簿 that is kept here alone and never sent.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from onestop.store.sqlite.rebuilding import rebuilt

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLE = "conformity_certificate"
COLUMN = "work_summary"


def upgrade() -> None:
    op.add_column(TABLE, sa.Column(COLUMN, sa.Text(), nullable=True))
    op.execute(f"UPDATE {TABLE} SET {COLUMN} = ''")  # noqa: S608 - names of our own
    with rebuilt(TABLE) as table:
        table.alter_column(COLUMN, nullable=False)


def downgrade() -> None:
    with rebuilt(TABLE) as table:
        table.drop_column(COLUMN)
