"""What goes wrong in the database, in the words of onestop.errors. No value of a record goes along."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from onestop.errors import NotAllowed, StoreError
from onestop.store.engine import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANGED_ELSEWHERE: Final = "別の画面で変更されました。画面を開き直して、もう一度入力してください。"
OPEN_FILING: Final = "この車両の今回の車検には、終わっていない申請があります。申請書一覧から開いてください。"

GONE: Final = "このデータは削除されています。一覧を検索し直してください。"

RecordT = TypeVar("RecordT")

_WORLD: Final = frozenset({3, 5, 6, 7, 8, 10, 11, 13, 14, 26})
"""PERM BUSY LOCKED NOMEM READONLY IOERR CORRUPT FULL CANTOPEN NOTADB: the machine's troubles. The rest are bugs."""


@contextmanager
def told_as_ours() -> Iterator[None]:
    """Turn what SQLAlchemy and SQLite raise inside into errors of this program; bugs pass as they are.

    Raises:
        NotAllowed: A record was changed by somebody else since it was read, or the inspection has an open filing.
        StoreError: The machine failed: disk full, locked, damaged, unreadable.
    """
    try:
        yield
    except StaleDataError:
        raise NotAllowed(CHANGED_ELSEWHERE) from None
    except IntegrityError as error:
        if "filing.inspection_id" in str(error.orig):
            raise NotAllowed(OPEN_FILING) from None
        raise
    except DBAPIError as error:
        raise_as_ours(error.orig)
        raise
    except LibraryError as error:
        raise_as_ours(error)
        raise


def found(record: RecordT | None) -> RecordT:
    """Return the record that was asked for by its number.

    Raises:
        NotAllowed: There is none (any more): it was deleted in another window.
    """
    if record is None:
        raise NotAllowed(GONE)
    return record


def raise_as_ours(error: BaseException | None) -> None:
    """Raise a StoreError if SQLite's error is one of the machine's; return if it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _WORLD:
        raise StoreError(str(getattr(error, "sqlite_errorname", "SQLITE"))) from None
