"""Whether a database file can be trusted."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from onestop.store.engine import LibraryError, connect_raw
from onestop.store.failures import told_as_ours

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC: Final = b"SQLite format 3\0"
_CORRUPT: Final = (11, 26)
"""SQLITE_CORRUPT and SQLITE_NOTADB."""


def is_sound(path: Path, *, thoroughly: bool = True) -> bool:
    """Tell whether a file is a whole SQLite database; with its -wal, which is read and not folded in.

    Args:
        path: The database file. It exists.
        thoroughly: Read every page (about 1 s for a GB); otherwise the header, the length and the schema.

    Raises:
        StoreError: It could not be read at all: no permission, a failing disk.
    """
    if not has_header(path):
        return False
    with told_as_ours():
        try:
            return _passes(path, "quick_check(1)" if thoroughly else "schema_version")
        except LibraryError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _CORRUPT:
                return False
            raise


def has_header(path: Path) -> bool:
    """Tell whether a file begins as SQLite's files do."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _passes(path: Path, check: str) -> bool:
    with closing(connect_raw(path, read_only=True)) as raw:
        raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (verdict,) = raw.execute(f"PRAGMA {check}").fetchone()
        return verdict == "ok" or isinstance(verdict, int)
