"""What SQLAlchemy writes and the driver runs: it knows the SQL and how each column's values are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVarTuple, cast

from sqlalchemy import and_, bindparam, literal_column
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from onestop.store.sqlite.prepared import Prepared

if TYPE_CHECKING:
    from sqlite3 import Connection as RawConnection  # sqlcipher3 has the same interface and no types

    from sqlalchemy import BindParameter, ColumnElement, Select
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from onestop.store.sqlite.prepared import Convert

_DIALECT: Final = SQLiteDialect_pysqlite(paramstyle="named")

Columns = TypeVarTuple("Columns")


def limited(statement: Select[*Columns], most: int) -> Select[*Columns]:
    """Return a SELECT with its limit written into it: SQLite plans a bound limit anew at every execution, for 90 µs."""
    return statement.limit(literal_column(str(most))).offset(literal_column("0"))


def prepared(statement: Select[*tuple[Any, ...]]) -> Prepared:
    """Return a SELECT ready to run."""
    compiled = statement.compile(dialect=_DIALECT)
    writers = {name: store for name, bind in compiled.binds.items() if (store := _writer(bind)) is not None}
    constants = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    return Prepared(
        str(compiled),
        {place: read for place, each in enumerate(statement.selected_columns) if (read := reader_of(each)) is not None},
        {name: store for name, store in writers.items() if name not in constants},
        {name: writers[name](value) if name in writers else value for name, value in constants.items()},
    )


def begins_with(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """Return the condition that a text begins as the parameters of `beginning` say (ranges.py), exactly as written."""
    return and_(column >= bindparam(f"{name}_from"), column < bindparam(f"{name}_behind"))


def _writer(bind: BindParameter[Any]) -> Convert | None:
    return bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def reader_of(column: ColumnElement[Any]) -> Convert | None:
    """Return what turns a stored value of a column into the value itself, where that differs."""
    return column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)


def driver_of(session: Session) -> RawConnection:
    """Return the driver's connection of a session, with everything in it that the session has changed so far."""
    if session.autoflush:
        session.flush()
    driver: Any = session.connection().connection.driver_connection
    return cast("RawConnection", driver)
