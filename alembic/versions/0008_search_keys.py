"""Search keys are derived again: variants of names are one now, and so is whatever looks like a hyphen.

The names themselves stay as they are. What the keys are is the program's to say (model/text.py), so a later change of
it needs another migration like this one.
"""

from __future__ import annotations

from alembic import op

from onestop.model.chassis import chassis_key
from onestop.model.text import fold_for_search

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEYS = {
    "plate_key": "fold(area || class_number || kana || serial)",
    "owner_key": "fold(owner_name)",
    "user_key": "fold(CASE WHEN user_is_owner THEN owner_name ELSE user_name END)",
    "reading_key": "fold(name_reading)",
}
TAIL = {"chassis_tail": "tail(chassis_number)"}
TABLES = {"vehicle": KEYS | TAIL, "filing": TAIL, "conformity_certificate": TAIL}


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":  # a server's ladder began after this: there is nothing to derive
        return
    driver = bind.connection.driver_connection
    driver.create_function("fold", 1, fold_for_search, deterministic=True)
    driver.create_function("tail", 1, lambda chassis_number: chassis_key(chassis_number)[::-1], deterministic=True)
    for table, keys in TABLES.items():
        derived = ", ".join(f"{name} = {key}" for name, key in keys.items())
        differs = " OR ".join(f"{name} <> {key}" for name, key in keys.items())
        op.execute(f"UPDATE {table} SET {derived} WHERE {differs}")  # noqa: S608 - names of our own


def downgrade() -> None:
    """Leave the keys: an older program finds nearly everything by them, and derives them again when it saves."""
