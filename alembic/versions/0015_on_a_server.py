"""What a database on a server has besides; SQLite needs none of it.

Written out by hand and never changed again: a migration says what was, the models say what is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WORDS = ("user_key", "owner_key", "reading_key", "plate_key")
"""In which a part is looked for anywhere."""
NAME_GRAMS = """
CREATE FUNCTION name_grams(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT coalesce(array_agg(DISTINCT substr(word, place, length)), '{}')
FROM generate_series(1, char_length(word)) AS place, (VALUES (1), (2)) AS sizes (length)
$$"""
"""Every sign and every pair of signs: names are looked for by two kanji, which is less than a trigram."""
SOUGHT_GRAMS = """
CREATE FUNCTION sought_grams(part text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN char_length(part) < 2 THEN ARRAY[part] ELSE (
    SELECT array_agg(DISTINCT substr(part, place, 2)) FROM generate_series(1, char_length(part) - 1) AS place) END
$$"""
SORTED = ("is_finished", "vehicle_class", "procedure", "status", "oss_status", "last_application_date")
SORTED_BACKWARDS = ("filing_id", "requested_at", "status", "oss_status", "last_application_date")
"""Empty ones come last both ways, which one index cannot give."""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.create_table(
        "server_note",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_server_note"),
    )
    op.execute(NAME_GRAMS)
    op.execute(SOUGHT_GRAMS)
    for word in WORDS:
        grams = sa.text(f"name_grams({word})")
        op.create_index(f"ix_vehicle_{word}_grams", "vehicle", [grams], postgresql_using="gin")
    for column in SORTED:
        op.create_index(f"ix_filing_sorted_{column}", "filing", [column, "control_number"])
    for column in SORTED_BACKWARDS:
        backwards = [sa.text(f"{column} DESC NULLS LAST"), sa.text("control_number DESC")]
        op.create_index(f"ix_filing_backwards_{column}", "filing", backwards)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    for column in SORTED_BACKWARDS:
        op.drop_index(f"ix_filing_backwards_{column}", "filing")
    for column in SORTED:
        op.drop_index(f"ix_filing_sorted_{column}", "filing")
    for word in WORDS:
        op.drop_index(f"ix_vehicle_{word}_grams", "vehicle")
    op.execute("DROP FUNCTION sought_grams, name_grams")
    op.drop_table("server_note")
