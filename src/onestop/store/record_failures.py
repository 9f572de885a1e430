"""What goes wrong with records in a transaction, in the words of onestop.errors."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from onestop.errors import NotAllowed, RecordsDamaged
from onestop.store.failures import raise_translated, translate_db_errors
from onestop.store.sqlite.engine import LibraryError
from onestop.store.sqlite.row_sums import HURT

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANGED_ELSEWHERE: Final = "別の画面で変更されました。画面を開き直して、もう一度入力してください。"
OPEN_FILING: Final = "この車両の今回の車検には、終わっていない申請があります。申請書一覧から開いてください。"
SECOND_FILING: Final = (
    "この車両の今回の車検には、終わっていない申請(管理番号{number})があります。申請書一覧から開いてください。"
)
GONE: Final = "このデータは削除されています。一覧を検索し直してください。"


@contextmanager
def translate_record_errors() -> Iterator[None]:
    """Turn what SQLAlchemy and SQLite raise inside into errors of this program; bugs pass as they are.

    Raises:
        NotAllowed: A record was changed by somebody else since it was read, or the inspection has an open filing.
        RecordsDamaged: The file is damaged, or a record that was to be changed is not what was written.
        StoreError: The machine failed: disk full, locked, unreadable.
    """
    try:
        with translate_db_errors():
            yield
    except StaleDataError:
        raise NotAllowed(CHANGED_ELSEWHERE) from None
    except IntegrityError as error:
        _raise_refused(error.orig)
        raise
    except LibraryError as error:
        _raise_refused(error)
        raise
    except DBAPIError as error:
        raise_translated(error.orig)
        raise


def _raise_refused(error: BaseException | None) -> None:
    if "filing.inspection_id" in str(error):
        raise NotAllowed(OPEN_FILING) from None
    if HURT in str(error):
        raise RecordsDamaged(HURT) from None
