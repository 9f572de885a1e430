"""What SQLAlchemy writes and the driver runs: it knows the SQL and how each column's values are stored."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVarTuple, cast

from sqlalchemy import and_, bindparam, inspect, literal_column, update
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from onestop.store.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import BindParameter, ColumnElement, Dialect, Select, UpdateBase
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from onestop.store.driver import Driver
    from onestop.store.prepared import Convert

    Statement = Select[*tuple[Any, ...]] | UpdateBase

_SQLITE: Final = SQLiteDialect_pysqlite(paramstyle="named")
_POSTGRES: Final[Dialect] = PGDialect_psycopg(paramstyle="pyformat")  # type: ignore[no-untyped-call]  # of SQLAlchemy

_DOUBLE: Final = 701
"""What PostgreSQL calls the type of our columns that are no whole numbers; of other types nothing depends on it."""

_BEGUN: Final = "onestop_begun"
_DRIVER: Final = "onestop_driver"
"""Noted of a session: the connection that it has in a transaction; asking for it again takes longer than a question."""

Columns = TypeVarTuple("Columns")


def limited(statement: Select[*Columns], most: int) -> Select[*Columns]:
    """Return a SELECT with its limit written into it: SQLite plans a bound limit anew at every execution, for 90 µs."""
    return statement.limit(literal_column(str(most))).offset(literal_column("0"))


def prepared(statement: Statement) -> Prepared:
    """Return a statement ready to run."""
    return _prepared(statement, _SQLITE, on_server=lambda: _prepared(statement, _POSTGRES))


def _prepared(statement: Statement, dialect: Dialect, on_server: Callable[[], Prepared] | None = None) -> Prepared:
    compiled = statement.compile(dialect=dialect)
    writers = {name: store for name, bind in compiled.binds.items() if (store := _writer(bind, dialect)) is not None}
    constants = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    columns = enumerate(statement.exported_columns)
    return Prepared(
        str(compiled),
        {place: read for place, each in columns if (read := reader_of(each, dialect)) is not None},
        {name: store for name, store in writers.items() if name not in constants},
        {name: writers[name](value) if name in writers else value for name, value in constants.items()},
        on_server,
    )


def begins_with(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """Return the condition that a text begins as the parameters of `beginning` say, exactly as written."""
    return and_(column >= bindparam(f"{name}_from"), column < bindparam(f"{name}_behind"))


def to_be_given(kind: type, names: Iterable[str]) -> dict[Any, BindParameter[Any]]:
    """Return what a statement sets these columns of a kind to: what comes with it (`given`)."""
    columns: Any = inspect(kind).columns
    return {columns[name]: bindparam(f"the_{name}") for name in names}


@cache
def update_of(kind: type, names: tuple[str, ...]) -> Prepared:
    """Return the UPDATE of the record `of`; one that sets the version takes it only where that `was` as given."""
    mapper: Any = inspect(kind)
    (key,) = mapper.primary_key
    mine = update(mapper.local_table).where(key == bindparam("of"))
    if "version" in names:
        mine = mine.where(mapper.version_id_col == bindparam("was"))
    return prepared(mine.values(to_be_given(kind, names)))


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by the names of the parameters of `to_be_given`."""
    return {f"the_{name}": value for name, value in values.items()}


def _writer(bind: BindParameter[Any], dialect: Dialect) -> Convert | None:
    return bind.type.dialect_impl(dialect).bind_processor(dialect)


def reader_of(column: ColumnElement[Any], dialect: Dialect = _SQLITE) -> Convert | None:
    """Return what turns a stored value of a column into the value itself, where that differs."""
    return column.type.dialect_impl(dialect).result_processor(dialect, _DOUBLE)


def driver_of(session: Session) -> Driver:
    """Return the driver's connection of a session, with everything in it that the session has changed so far."""
    if session.autoflush:
        session.flush()
    return driver_in_flush(session)


def driver_in_flush(session: Session) -> Driver:
    """Return the driver's connection of a session, without what the session has changed and not written yet."""
    transaction = session.get_transaction()
    if transaction is not None and transaction.is_active and session.info.get(_BEGUN) is transaction:
        return cast("Driver", session.info[_DRIVER])
    driver: Any = session.connection().connection.driver_connection
    session.info[_BEGUN], session.info[_DRIVER] = session.get_transaction(), driver
    return cast("Driver", driver)
