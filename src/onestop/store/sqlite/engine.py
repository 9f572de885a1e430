"""The one place that chooses the SQLite library and opens its files, without SQLAlchemy: 照会 answers before.

An encrypted engine or another database takes its seat here and nowhere else (docs/decisions/sqlite-library.md).
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import quote

from sqlcipher3 import dbapi2 as library

from onestop.errors import EngineUnsafe
from onestop.files import head_of
from onestop.store.sqlite.row_sums import keep_sums

if TYPE_CHECKING:
    from pathlib import Path, PurePath

    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key

SAFE_SINCE: Final = (3, 51, 3)
"""Older libraries can lose committed data when a WAL is reset (https://sqlite.org/wal.html, the WAL-reset bug)."""

BUSY_TIMEOUT_MS: Final = 10_000
GUARDS: Final = ("secure_delete = ON", "trusted_schema = OFF", "cell_size_check = ON")
"""Of every connection: what is deleted is overwritten with zeros, a schema from elsewhere calls nothing that could do
harm, and a page whose cells cannot be right is damage before anything is read from it."""
KEEP_FEW_PAGES: Final = "PRAGMA cache_size = -2000"
"""Of a desk's connections that read and write records, which stand by all day: 2 MB of pages, as SQLite itself would
keep. This library would keep 8, which 照会 needs, for each page that it reads anew is decrypted anew, and whoever works
through a whole file."""

_PREPARED: Final = 256
"""Statements that a connection keeps prepared, more than it is ever asked. The library keeps 100 by itself, and those
that come later take each other's place: each is then prepared anew at every use, for up to 300 µs."""

LEGIBLE_BYTES: Final = 64
"""How much of an encrypted file's beginning is not encrypted: SQLite's own words about the file (whether it has a WAL,
how many backups were taken before it), so that a file is known for what it is without its key."""
MAGIC: Final = b"SQLite format 3\0"
"""How every database begins, encrypted or not."""
_LEFT_FREE: Final = 20
"""Where the header says how much of each page is left free: SQLCipher needs that for its sums, and nobody else does."""
_FOR_SUMS: Final = 80
"""Bytes that it leaves free."""

MODULE: Final = library
"""The library itself, for SQLAlchemy."""
LibraryError: Final[tuple[type[Exception], ...]] = (library.Error, UnicodeDecodeError)
"""What the library raises, for those who hold a raw connection; the second where its own words repeat damaged bytes."""


def check_library(version: tuple[int, ...] = library.sqlite_version_info) -> None:
    """Make sure that this SQLite keeps what it commits.

    Raises:
        EngineUnsafe: It is older than 3.51.3.
    """
    if version < SAFE_SINCE:
        raise EngineUnsafe(".".join(map(str, version)))


def _prepare_library() -> None:
    """Say once for the process how encrypted files look, and that the library writes no log of its own to stderr."""
    with closing(library.connect(":memory:")) as anywhere:
        anywhere.execute(f"PRAGMA cipher_default_plaintext_header_size = {LEGIBLE_BYTES}")
        anywhere.execute("PRAGMA cipher_log_level = NONE")


_prepare_library()


def connect_raw(
    path: Path, key: Key | None = None, *, read_only: bool = False, shared: bool = False, there: bool = False
) -> RawConnection:
    """Open a database file without SQLAlchemy, in autocommit, for checks and backups. The caller closes it.

    With a key the file is encrypted, or a new one will be; what another key wrote is no database to this one.

    A read-only connection creates no database, folds in no WAL and changes nothing. A shared one may go from thread to
    thread, one at a time. One to a file that is said to be there creates none where it is not. One that is neither
    keeps the sums of what it writes.
    """
    mode = "ro" if read_only else "rw" if there else "rwc"
    uri = f"{uri_of(path.absolute())}?mode={mode}"
    raw = library.connect(
        uri,
        uri=True,
        isolation_level=None,
        timeout=BUSY_TIMEOUT_MS / 1000,
        check_same_thread=not shared,
        cached_statements=_PREPARED,
    )
    driver = cast("RawConnection", raw)
    try:
        if key is not None:
            driver.execute(f'PRAGMA key = "{key.pragma}"')
        for guard in GUARDS:
            driver.execute(f"PRAGMA {guard}")
        if not (read_only or shared):
            keep_sums(driver)
    except LibraryError:
        driver.close()
        raise
    return driver


def is_encrypted(path: Path) -> bool:
    """Tell whether a file that nobody has open is encrypted; one that is empty or no database is not."""
    start = head_of(path, _LEFT_FREE + 1)
    return start.startswith(MAGIC) and start[_LEFT_FREE:] == bytes([_FOR_SUMS])


def fitting(path: Path, key: Key | None) -> Key | None:
    """Return what opens a file that nobody has open: the key where it is encrypted, or is yet to be made."""
    return key if not path.exists() or path.stat().st_size == 0 or is_encrypted(path) else None


def uri_of(path: PurePath) -> str:
    """Return an absolute path as SQLite wants it: without a server's name where pathlib would put one."""
    place = quote(path.as_posix(), safe="/:")
    return f"file://{place}" if place.startswith("/") else f"file:///{place}"
