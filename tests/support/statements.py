"""Lets all databases of a test process share what SQLAlchemy compiles: every test opens one, and asks the same."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as library

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Dialect, Engine


def compiled_once(create: Callable[..., Engine]) -> Callable[..., Engine]:
    """Return what makes engines whose statements are compiled for the first of them and known to the rest."""
    compiled: dict[Any, Any] = {}

    @cache
    def dialect() -> Dialect:
        first = create("sqlite+pysqlite://", module=library)
        first.connect().close()  # now it knows the library
        first.dispose()
        return first.dialect

    def made(*arguments: Any, **options: Any) -> Engine:  # noqa: ANN401 - handed on
        engine = create(*arguments, **options)
        engine.dialect = dialect()
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    return made
