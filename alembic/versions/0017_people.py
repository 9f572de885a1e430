"""操作者, 変更の履歴 and 修正中: who works at the desks, what each changed, and what each is typing into.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

REFUSED = """
CREATE TRIGGER change_is_never_{done} BEFORE {act} ON change
BEGIN SELECT RAISE(ABORT, 'onestop: the history is never changed'); END"""
"""SQLite has no roles."""
REFUSED_ON_A_SERVER = (
    """
CREATE FUNCTION change_is_never_rewritten() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'onestop: the history is never changed'; END $$""",
    """
CREATE TRIGGER change_is_never_rewritten BEFORE UPDATE OR DELETE OR TRUNCATE ON change
FOR EACH STATEMENT EXECUTE FUNCTION change_is_never_rewritten()""",
)
"""Whoever owns the table is refused as well; that the program's role does not own it is the administrator's part."""


def upgrade() -> None:
    op.create_table(
        "operator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("may", sa.String(length=20), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operator"),
    )
    op.create_index("uq_operator_name", "operator", ["name"], unique=True)
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("terminal", sa.String(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=True),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
    )
    op.create_index("ix_change_vehicle_id", "change", ["vehicle_id"])
    op.create_table(
        "editing",
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("vehicle_id", sa.Integer(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("terminal", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("window", name="pk_editing"),
    )
    op.create_index("ix_editing_vehicle_id", "editing", ["vehicle_id"])
    if op.get_bind().dialect.name == "sqlite":
        for act, done in (("UPDATE", "changed"), ("DELETE", "deleted")):
            op.execute(REFUSED.format(act=act, done=done))
    else:
        for statement in REFUSED_ON_A_SERVER:
            op.execute(statement)


def downgrade() -> None:
    op.drop_table("editing")
    op.drop_table("change")
    op.drop_table("operator")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION change_is_never_rewritten")
