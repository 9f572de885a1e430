"""What every migration leaves behind on a server: texts that compare as their bytes, and numbers with 64 bits.

So it is in SQLite, whatever language the server speaks; a migration need not say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_OTHER_COLUMNS: Final = """
SELECT table_name, string_agg(format('ALTER COLUMN %I TYPE ', column_name) || CASE
    WHEN data_type = 'integer' THEN 'bigint'
    WHEN data_type = 'text' THEN 'text COLLATE "C"'
    ELSE 'varchar' || coalesce('(' || character_maximum_length || ')', '') || ' COLLATE "C"' END, ', ')
FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name <> 'alembic_version' AND (
    data_type = 'integer' OR (data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C'))
GROUP BY table_name"""
_NARROW_SEQUENCES: Final = """
SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() AND data_type = 'integer'::regtype"""


def shape(connection: Connection) -> None:
    """Give all columns and sequences their shape, in the transaction that migrates."""
    for table, changes in connection.execute(text(_OTHER_COLUMNS)).all():
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {changes}')
    for sequence in connection.scalars(text(_NARROW_SEQUENCES)).all():
        connection.exec_driver_sql(f'ALTER SEQUENCE "{sequence}" AS bigint')
