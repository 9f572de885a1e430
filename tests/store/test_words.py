"""What the two databases say differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Integer, bindparam, column
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from onestop.model.filing import Filing
from onestop.store.words import IsAmong, month_of, packed, told_in

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, ColumnElement

VALUES: BindParameter[str] = bindparam("values", "[]")


@pytest.mark.parametrize(
    ("words", "in_sqlite", "in_postgres"),
    [
        (
            IsAmong(Filing.control_number, VALUES),
            "filing.control_number IN (SELECT value FROM json_each('[]'))",
            "filing.control_number = ANY (CAST(translate('[]', '[]', '{}') AS bigint[]))",
        ),
        (
            IsAmong(Filing.chassis_number, VALUES),
            "filing.chassis_number IN (SELECT value FROM json_each('[]'))",
            "filing.chassis_number IN (SELECT json_array_elements_text(CAST('[]' AS json)))",
        ),
        (
            told_in(Filing.payload, "fee"),
            "coalesce(json_extract(filing.payload, '$.' || 'fee'), '')",
            "coalesce((CAST(filing.payload AS json) ->> 'fee'), '')",
        ),
        (
            month_of(Filing.requested_at),
            "substr(filing.requested_at, 1, 7)",
            "to_char(filing.requested_at, 'YYYY-MM')",
        ),
        (
            packed(column("number", Integer), column("digits", Integer)),
            "group_concat(printf('%0*x', digits, number), '')",
            "string_agg(lpad(to_hex(number), digits, '0'), '')",
        ),
    ],
)
def test_each_database_is_asked_in_its_own_words(words: ColumnElement[Any], in_sqlite: str, in_postgres: str) -> None:
    dialects = (SQLiteDialect_pysqlite, PGDialect_psycopg)
    said = [str(words.compile(dialect=each(), compile_kwargs={"literal_binds": True})) for each in dialects]
    assert said == [in_sqlite, in_postgres]
