"""What the two databases say differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite

from onestop.model.filing import Filing
from onestop.store.words import IsAmong, month_of, packed, told_in

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

VALUES = bindparam("values", "[]")


@pytest.mark.parametrize(
    ("words", "in_sqlite", "in_postgres"),
    [
        (
            IsAmong(Filing.control_number, VALUES),
            "filing.control_number IN (SELECT value FROM json_each('[]'))",
            "filing.control_number = ANY (CAST(translate('[]', '[]', '{}') AS bigint[]))",
        ),
        (
            IsAmong(Filing.filing_id, VALUES),
            "filing.filing_id IN (SELECT value FROM json_each('[]'))",
            "filing.filing_id IN (SELECT json_array_elements_text(CAST('[]' AS json)))",
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
            packed(Filing.control_number),
            "group_concat(printf('%016x', filing.control_number), '')",
            "string_agg(lpad(to_hex(filing.control_number), 16, '0'), '')",
        ),
    ],
)
def test_each_database_is_asked_in_its_own_words(words: ColumnElement[Any], in_sqlite: str, in_postgres: str) -> None:
    dialects = sqlite.dialect(paramstyle="named"), postgresql.dialect(paramstyle="named")
    said = [str(words.compile(dialect=each, compile_kwargs={"literal_binds": True})) for each in dialects]
    assert said == [in_sqlite, in_postgres]
