"""What goes wrong on the way to a server and there, in the words of onestop.errors. No value of a record goes along."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from onestop.errors import (
    NotAllowed,
    ServerBusy,
    ServerFull,
    ServerGone,
    ServerNotTrusted,
    ServerRefused,
    StoreError,
)
from onestop.store.record_failures import CHANGED_ELSEWHERE, OPEN_FILING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BY_STATE: Final[Mapping[str, type[StoreError]]] = {
    "08": ServerGone,  # connection exception
    "57P": ServerGone,  # shut down, crashed, not yet up, database dropped, idle too long
    "25006": ServerGone,  # read only: it follows another one now
    "25P03": ServerGone,  # idle in a transaction for too long
    "28": ServerRefused,  # user or password
    "3D000": ServerRefused,  # no such database
    "42501": ServerRefused,  # no right to it
    "53100": ServerFull,
    "53": ServerBusy,  # too many connections, no memory
    "54": ServerBusy,
    "40": ServerBusy,  # serialization, deadlock
    "55P03": ServerBusy,  # a lock that somebody else has for too long
    "57014": ServerBusy,  # took too long
    "58": StoreError,  # its disk
    "XX": StoreError,  # its fault
    "F0": StoreError,
}
"""By the beginning of SQLSTATE, the longest that fits
(https://www.postgresql.org/docs/current/errcodes-appendix.html). The rest are bugs."""
_NOT_TRUSTED: Final = ("certificate", "SSL", "root.crt")
"""In what libpq says, in English whatever the system's language."""


@contextmanager
def translate_server_errors() -> Iterator[None]:
    """Turn what psycopg and SQLAlchemy raise inside into errors of this program; bugs pass, without values.

    Raises:
        NotAllowed: A record was changed by somebody else since it was read, or the inspection has an open filing.
        StoreError: The server failed or is not there.
    """
    try:
        yield
    except StaleDataError:
        raise NotAllowed(CHANGED_ELSEWHERE) from None
    except DBAPIError as error:
        raise told(error.orig) or _bare(error) from None
    except psycopg.Error as error:
        raise told(error) or type(error)(_named(error)) from None


def told(error: BaseException | None) -> NotAllowed | StoreError | None:
    """Return the error of ours for one of psycopg's; None if it is a bug of ours."""
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    if "uq_filing_open_inspection" in (error.diag.constraint_name or ""):
        return NotAllowed(OPEN_FILING)
    for length in range(5, 1, -1):
        kind = _BY_STATE.get(state[:length])
        if kind is not None:
            return kind(state)
    if state or not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return None
    return _unconnected(error)


def _unconnected(error: psycopg.Error) -> StoreError:
    """Tell why no connection came about, or why it broke: libpq has no code for that."""
    connection = error.pgconn
    if connection is not None and (connection.needs_password or connection.used_password):
        return ServerRefused("password")
    if any(word in str(error) for word in _NOT_TRUSTED):
        return ServerNotTrusted("certificate")
    return ServerGone("no connection")


def _bare(error: DBAPIError) -> DBAPIError:
    """Return an error without what the server says of the values in it."""
    named = psycopg.Error(_named(cast("psycopg.Error", error.orig)))
    return type(error)(error.statement, None, named, hide_parameters=True)


def _named(error: psycopg.Error) -> str:
    return " ".join(filter(None, (type(error).__name__, error.diag.sqlstate, error.diag.constraint_name)))
