"""Where a record was sent, and as whom: only there is it asked about, sent again or taken back.

Another server gives the same numbers to other cars; another account of the same server is told that nothing is known.
"""

from __future__ import annotations

import hashlib
from enum import Enum, auto
from typing import TYPE_CHECKING, Final
from uuid import UUID

from onestop import errors

if TYPE_CHECKING:
    from typing import TypeAlias

    from onestop.gateway.transport import Destination
    from onestop.model.sending import Sendable
    from onestop.store.shelves.sendable import Filed, KeySupportProbe

    SentRecord: TypeAlias = Sendable | Filed | KeySupportProbe

ELSEWHERE: Final = (
    "いまの接続先とは別の接続先({address})へ送ったものです。F3 設定 で接続先をそこへ戻すと、確認や取消ができます。"
)
OTHER_ACCOUNT: Final = (
    "いまのAPIキーとは別のAPIキーで送ったものです。F3 設定 でAPIキーを送ったときのものに戻すと、確認できます。"
)
OTHER_DESK: Final = (
    "ほかの端末から送ったもので、送信先に見つかりません。APIキーが同じかどうかをここでは確かめられないため、送信した端末で"
    "確認するか、どうするかを選んでください。"
)
NOT_FOUND_FROM_HERE: Final = (
    "ほかの端末から送ったもので、いまのAPIキーでは送信先に見つかりません。APIキーが同じかどうかをここでは確かめられないため、"
    "記録はそのまま残しました。送信した端末で確認してください。"
)


class Home(Enum):
    """Whether what is asked now is what a record was sent to."""

    HERE = auto()
    OTHER_ACCOUNT = auto()
    """The same server, with another APIキー: that it knows nothing of the record says nothing."""
    ELSEWHERE = auto()


def note_destination(record: Sendable, destination: Destination) -> None:
    """Write down where a record is about to go; it has its key already."""
    record.sent_to = destination.address
    record.sent_as = _trace(destination, record.request_key) if destination.api_key and destination.trace_key else None


def home_of(record: SentRecord, destination: Destination) -> Home:
    """Tell whether this is where a record was sent. One that was not noted belongs wherever it lies."""
    if record.sent_to not in (None, destination.address):
        return Home.ELSEWHERE
    if record.sent_as is None or not destination.api_key:
        return Home.HERE
    noted_by, by_key, _ = record.sent_as.partition(":")
    if not by_key:  # noted by an earlier program; nothing is noted like that any more
        trace = hashlib.blake2b(destination.api_key.encode(), digest_size=6, salt=_salt(record.request_key)).hexdigest()
        return Home.HERE if record.sent_as == trace else Home.OTHER_ACCOUNT
    if noted_by != _name_of(destination.trace_key):  # another machine's, or its keychain was lost: nobody can tell
        return Home.HERE
    return Home.HERE if record.sent_as == _trace(destination, record.request_key) else Home.OTHER_ACCOUNT


def other_noter(record: SentRecord, destination: Destination) -> str | None:
    """Return which other machine's keychain noted the APIキー, by its public name; None: this one's; empty: none did.

    Only that machine can tell whether the key is the same.
    """
    if record.sent_as is None:
        return ""
    noted_by, keyed, _ = record.sent_as.partition(":")
    return noted_by if keyed and noted_by != _name_of(destination.trace_key) else None


def why_not_forgotten(record: SentRecord, destination: Destination, *, alone: bool) -> str | None:
    """Return why it says nothing that the service knows no such record; None: it was asked as the record was sent.

    `alone`: no other desk works on this database.
    """
    if home_of(record, destination) is Home.OTHER_ACCOUNT:
        return OTHER_ACCOUNT
    if not alone and other_noter(record, destination) is not None:
        return NOT_FOUND_FROM_HERE
    return None


def refuse_elsewhere(record: SentRecord, destination: Destination) -> None:
    """Keep a number that one server gave from being taken to another.

    Raises:
        NotAllowed: the record was sent to another server.
    """
    if home_of(record, destination) is Home.ELSEWHERE:
        raise sent_elsewhere(record.sent_to)


def sent_elsewhere(address: str | None) -> errors.NotAllowed:
    """Return what the clerk is told of a record that was sent to another server."""
    return errors.NotAllowed(ELSEWHERE.format(address=address))


def _trace(destination: Destination, request_key: str | None) -> str:
    """Return what tells one APIキー from another to this machine, and nothing to anybody else.

    The hash is salted with the record's own key, and keyed with what lies in this machine's keychain: without that,
    whoever has the database cannot try guesses. The name of that key goes before it.
    """
    salt, key = _salt(request_key), hashlib.blake2b(destination.trace_key.encode()).digest()
    trace = hashlib.blake2b(destination.api_key.encode(), digest_size=16, salt=salt, key=key).hexdigest()
    return f"{_name_of(destination.trace_key)}:{trace}"


def _name_of(trace_key: str) -> str:
    """Return what tells one such key from another; of 256 random bits that gives nothing away."""
    return hashlib.blake2b(trace_key.encode(), digest_size=4).hexdigest()


def _salt(request_key: str | None) -> bytes:
    return UUID(request_key).bytes if request_key else b""
