"""Secrets: in the operating system's keychain and nowhere else. The one file that knows keyring.

The backend is named here in code. keyring's own choice can be redirected by an environment variable or a
configuration file, and may fall on one that stores in clear (keyrings.alt).
"""

from __future__ import annotations

import dataclasses
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

from onestop.errors import InvalidInput, KeychainForeign, KeychainLocked, KeychainUnavailable, Problem
from onestop.store.sqlite.key import read_key

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

    from onestop.store.sqlite.key import Key

LONGEST: Final = 1280
"""Characters that the Windows keychain holds in one entry, counted as UTF-16 does: 𠮷 is two."""
NOT_ROAMING: Final = "local machine"
"""How Windows keeps an entry: by keyring's own choice it would follow the user to every machine of the domain."""

BACKENDS: Final = {
    "win32": ("keyring.backends.Windows:WinVaultKeyring",),
    "darwin": ("keyring.backends.macOS:Keyring",),
    "linux": ("keyring.backends.SecretService:Keyring", "keyring.backends.kwallet:DBusKeyring"),
}
"""The keychain of each system, by sys.platform; the first that works is taken."""

_ACCOUNT: Final = "onestop"
_TRACE_KEY: Final = "trace_key"
_DATA_KEY: Final = "data_key"
_LOCKED: Final = frozenset({"KeyringLocked", "LockedException"})
"""What the backends raise for a keychain that its person has yet to open."""


@dataclasses.dataclass(frozen=True, slots=True)
class ApiSecrets:
    """APIキー, APIパスワード and that of 接続先データベース, or an empty one. Nothing that prints it shows them."""

    api_key: str = dataclasses.field(default="", repr=False)
    api_password: str = dataclasses.field(default="", repr=False)
    pending_password: str = dataclasses.field(default="", repr=False)
    """A new password that is stored before 再設定 sends it, so that no crash can lose it."""
    database_password: str = dataclasses.field(default="", repr=False)
    """Of 接続先データベース."""


_FIELDS: Final = tuple(field.name for field in dataclasses.fields(ApiSecrets))


class Keychain:
    """One desk's secrets in the keychain of the operating system, one entry for each."""

    remembers = True
    """They are still there at the next start."""

    def __init__(self, backend: KeyringBackend, desk_id: str = "") -> None:
        """`desk_id` keeps the desks of one user apart; without it these are the entries that once served them all."""
        self._backend = backend
        self._service = f"onestop/{desk_id}/{{}}" if desk_id else "onestop/{}"

    def take_over(self) -> None:
        """Take what an earlier program stored for all desks; the desk that is opened first has it.

        Raises:
            KeychainUnavailable: The keychain is locked or does not answer; nothing is lost.
        """
        common = Keychain(self._backend)
        found = common.read()
        if found != ApiSecrets() and self.read() in (ApiSecrets(), found):  # the same: it was stopped halfway
            self.write(found)
            common.forget()

    def read(self) -> ApiSecrets:
        """Return what is stored.

        Raises:
            KeychainUnavailable: The keychain is locked or does not answer.
        """
        return ApiSecrets(*(self._get(name) for name in _FIELDS))

    def write(self, secrets: ApiSecrets) -> None:
        """Store all of them, read them back and compare; an empty one is removed.

        Raises:
            InvalidInput: One is longer than a keychain holds.
            KeychainUnavailable: They could not be stored, or came back different.
        """
        check_lengths(secrets)
        before = self.read()
        for name in _FIELDS:
            if getattr(before, name) != getattr(secrets, name):
                self._put(name, getattr(secrets, name))
        if self.read() != secrets:
            raise KeychainUnavailable("read back different")

    def forget(self) -> None:
        """Remove all of them.

        Raises:
            KeychainUnavailable: The keychain is locked or does not answer.
        """
        self.write(ApiSecrets())

    def trace_key(self) -> str:
        """Return what this machine notes APIキー by (services/delivery/destinations.py); empty before `keep_trace_key`.

        Raises:
            KeychainUnavailable: The keychain is locked or does not answer.
        """
        return self._get(_TRACE_KEY)

    def keep_trace_key(self) -> None:
        """Make one, if there is none.

        Raises:
            KeychainUnavailable: It could not be stored.
        """
        if not self.trace_key():
            self._put(_TRACE_KEY, os.urandom(32).hex())

    def data_key(self) -> Key | None:
        """Return the key of the data; None if there is none, or nothing that could be one.

        Raises:
            KeychainUnavailable: The keychain is locked or does not answer.
        """
        try:
            return read_key(found) if (found := self._get(_DATA_KEY)) else None
        except InvalidInput:
            return None

    def keep_data_key(self, key: Key) -> None:
        """Store the key of the data, read it back and compare.

        Raises:
            KeychainUnavailable: It could not be stored, or came back different.
        """
        self._put(_DATA_KEY, key.written)
        if self.data_key() != key:
            raise KeychainUnavailable("read back different")

    def _get(self, name: str) -> str:
        try:
            found = self._backend.get_password(self._service.format(name), _ACCOUNT) or ""
        except Exception as error:  # noqa: BLE001 - every backend raises errors of its own; none may show a value
            raise _trouble(error) from None
        if _is_foreign(found):
            raise KeychainForeign(name)
        return found

    def _put(self, name: str, value: str) -> None:
        service = self._service.format(name)
        try:
            if value:
                self._backend.set_password(service, _ACCOUNT, value)
            else:
                self._backend.delete_password(service, _ACCOUNT)
        except Exception as error:  # noqa: BLE001 - every backend raises errors of its own; none may show a value
            raise _trouble(error) from None


def _trouble(error: Exception) -> KeychainUnavailable:
    """Tell a keychain that is locked, and an entry that is no text at all, from one that does not answer."""
    name = type(error).__name__
    if isinstance(error, UnicodeDecodeError):
        return KeychainForeign(name)
    return KeychainLocked(name) if name in _LOCKED else KeychainUnavailable(name)


def _is_foreign(value: str) -> bool:
    """Tell whether another program wrote it with one byte a letter: two of them are read as one rare kanji.

    No service gives out a secret of such kanji: by the contract they are ASCII.
    """
    raw = value.encode("utf-16-le", "surrogatepass")
    return not value.isascii() and raw.isascii() and raw.decode("ascii").isprintable()


_PROCESS_TRACE_KEY: Final = os.urandom(32).hex()


class MemorySecrets:
    """Secrets for as long as the program runs: without a keychain, in practice mode and in tests."""

    remembers = False
    """They are asked for again at the next start."""

    def __init__(self, secrets: ApiSecrets | None = None) -> None:
        self._secrets = secrets or ApiSecrets()

    def read(self) -> ApiSecrets:
        """Return what is stored."""
        return self._secrets

    def write(self, secrets: ApiSecrets) -> None:
        """Store all of them.

        Raises:
            InvalidInput: One is longer than a keychain holds.
        """
        check_lengths(secrets)
        self._secrets = secrets

    def forget(self) -> None:
        """Remove all of them."""
        self._secrets = ApiSecrets()

    @staticmethod
    def trace_key() -> str:
        """Return what APIキー are noted by until the program ends."""
        return _PROCESS_TRACE_KEY


def open_keychain(desk_id: str = "", platform: str = sys.platform) -> Keychain:
    """Return what the keychain of this operating system holds for a desk.

    Raises:
        KeychainUnavailable: There is none, such as on a Linux machine without a desktop.
    """
    for place in BACKENDS.get(platform, ()):
        backend = _viable(place)
        if backend is not None:
            return Keychain(backend, desk_id)
    raise KeychainUnavailable(platform)


def check_lengths(secrets: ApiSecrets) -> None:
    """Refuse what the Windows keychain would not hold.

    Raises:
        InvalidInput: It names the fields that are too long.
    """
    long = [name for name in _FIELDS if _length(getattr(secrets, name)) > LONGEST]
    if long:
        raise InvalidInput(*(Problem(name, f"{LONGEST}文字までです。") for name in long))


def _length(secret: str) -> int:
    return len(secret.encode("utf-16-le", "surrogatepass")) // 2


def _viable(place: str) -> KeyringBackend | None:
    module, _, name = place.partition(":")
    try:
        kind: type[KeyringBackend] = getattr(import_module(module), name)
        return _on_our_terms(kind()) if kind.viable else None
    except Exception:  # noqa: BLE001 - a backend of another system may fail in any way when it is looked at
        return None


def _on_our_terms(backend: Any) -> KeyringBackend:  # noqa: ANN401 - of any system
    """Take back what keyring lets any KEYRING_PROPERTY_… variable set, such as another collection; never roam."""
    for variable in os.environ:
        _, found, name = variable.partition("KEYRING_PROPERTY_")
        if found:
            vars(backend).pop(name.lower(), None)
    if hasattr(type(backend), "persist"):  # the Windows one alone can roam
        backend.persist = NOT_ROAMING
    return cast("KeyringBackend", backend)
