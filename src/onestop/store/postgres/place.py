"""Where a server's database is, as 設定 and --database-url say it: a postgresql:// address without a password.

It may name several servers with commas between, as libpq takes them: the first one that can be written to is used.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from onestop.errors import InvalidInput, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELD: Final = "database_url"
DEFAULT_PORT: Final = 5432
VERIFIED: Final = "verify-full"
_KNOWN: Final = frozenset({"host", "sslmode", "sslrootcert"})
_SCHEMES: Final = ("postgresql", "postgres")
OPENS_ANY_PATH: Final = sys.platform != "win32"
"""libpq opens files by names in the code page of Windows, and takes them in UTF-8."""

NO_ADDRESS: Final = (
    "接続先データベースは postgresql://ユーザー名@サーバー名/データベース名 の形で入力してください。"
    "空欄にすると、このパソコンの中のデータベースを使います。"
)
TOLD_INSIDE: Final = (
    "接続先データベースにパスワードは書けません。パスワードを消してください。パスワードは、別の欄に入力します。"
)
NOT_VERIFIED: Final = (
    "ほかのパソコンのサーバーには、証明書を確かめる接続(sslmode=verify-full)だけが使えます。sslmode を消すか、"
    "verify-full にしてください。"
)
NOT_READABLE: Final = (
    "証明書の場所(sslrootcert)は、フォルダー名もファイル名も半角の英数字だけのところにしてください。"
    "Windows では、ほかの文字のある場所の証明書を読めません。"
)
UNKNOWN_OPTION: Final = "接続先データベースの ? の後に書けるのは、host、sslmode、sslrootcert だけです。"


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """One database on one server."""

    host: str = field(repr=False)
    """A name, an address, or the folder of a Unix socket; empty for the socket at its usual place."""
    port: int
    database: str = field(repr=False)
    user: str = field(repr=False)
    options: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    others: tuple[tuple[str, int], ...] = field(default=(), repr=False)
    """Where it is as well, once a standby was promoted: host and port of each."""

    @property
    def stays_here(self) -> bool:
        """Whether what is sent there does not leave this machine."""
        return all(_stays_here(host) for host, _ in self._hosts)

    @property
    def _hosts(self) -> tuple[tuple[str, int], ...]:
        return ((self.host, self.port), *self.others)

    @property
    def shown(self) -> str:
        """How it is called where it is told: without the user."""
        return f"{self.host or 'localhost'}:{self.port}/{self.database}"

    def parameters(self) -> Mapping[str, str | int]:
        """Return what libpq is told of it."""
        ports = ",".join(str(port) for _, port in self._hosts) if self.others else self.port
        told: dict[str, str | int] = {"port": ports, "dbname": self.database, "user": self.user}
        if self.host:
            told["host"] = ",".join(host for host, _ in self._hosts)
        if not self.stays_here:
            told["sslmode"] = VERIFIED
        return told | dict(self.options)


def parse_place(url: str) -> ServerPlace:
    """Return the place that an address names.

    Raises:
        InvalidInput: It is none, carries a password, or leads over a network without a certificate that is checked.
            What was typed is not repeated.
    """
    try:
        parts, hosts = _split(url.strip())
    except ValueError:
        raise _wrong(NO_ADDRESS) from None
    if parts.scheme not in _SCHEMES or parts.fragment:
        raise _wrong(NO_ADDRESS)
    if parts.password is not None:
        raise _wrong(TOLD_INSIDE)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if not options.keys() <= _KNOWN:
        raise _wrong(TOLD_INSIDE if "password" in options else UNKNOWN_OPTION)
    if not (OPENS_ANY_PATH or options.get("sslrootcert", "").isascii()):
        raise _wrong(NOT_READABLE)
    (host, port), *others = hosts
    named = options.pop("host", "")
    host = named or host
    user, database = unquote(parts.username or ""), unquote(parts.path[1:])
    incomplete = not (user and database) or (others and (named or not all(name for name, _ in hosts)))
    if incomplete or re.search(r"[,\0]", "".join((host, *(name for name, _ in others)))):
        raise _wrong(NO_ADDRESS)
    place = ServerPlace(host, port, database, user, tuple(sorted(options.items())), tuple(others))
    if not place.stays_here and options.get("sslmode", VERIFIED) != VERIFIED:
        raise _wrong(NOT_VERIFIED)
    return place


def _split(url: str) -> tuple[SplitResult, list[tuple[str, int]]]:
    """Return an address without its hosts, and these: newer versions of urllib refuse a [::1] beside another."""
    scheme, _, rest = url.partition("//")
    netloc = re.split(r"[/?#]", rest, maxsplit=1)[0]
    user, at, hosts = netloc.rpartition("@")
    each = [urlsplit(f"//{host}") for host in hosts.split(",")]
    told = [(unquote(one.hostname or ""), one.port or DEFAULT_PORT) for one in each]
    return urlsplit(f"{scheme}//{user}{at}{rest.removeprefix(netloc)}"), told


def _stays_here(host: str) -> bool:
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _wrong(message: str) -> InvalidInput:
    return InvalidInput(Problem(FIELD, message))
