"""Writing down what came of something that a service was told: a full disk then means more than elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from onestop import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.store.database import Database, Shelves


@contextmanager
def writing_down(database: Database) -> Iterator[Shelves]:
    """Write after a service was told something.

    Raises:
        NotWrittenDown: this machine's files failed; the service may have acted.
    """
    try:
        with database.write() as shelves:
            yield shelves
    except errors.StoreError as error:
        raise errors.NotWrittenDown(error) from error
