"""An operating system's keychain in memory, which can refuse, or let the power fail, at any step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from onestop.store.keychain import Keychain

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.store.keychain import ApiSecrets


class PowerCut(BaseException):
    """The process ends here: nothing after it runs, what was written stays."""


class ShakyBackend(KeyringBackend):
    """Keeps passwords in a dictionary; `before_write` is called before each of its writes."""

    priority = 0.1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own
        self.entries: dict[str, str] = {}
        self.locked = False
        self.reads_left: int | None = None
        """After so many reads it is locked; None: never."""
        self.before_write: Callable[[], None] = lambda: None

    def get_password(self, service: str, username: str) -> str | None:
        del username
        if self.reads_left is not None:
            self.locked = self.locked or self.reads_left == 0
            self.reads_left -= 1
        self._unlock()
        return self.entries.get(service)

    def set_password(self, service: str, username: str, password: str) -> None:
        del username
        self._unlock()
        self.before_write()
        self.entries[service] = password

    def delete_password(self, service: str, username: str) -> None:
        del username
        self._unlock()
        self.before_write()
        del self.entries[service]

    def _unlock(self) -> None:
        if self.locked:
            raise KeyringLocked


def a_keychain(secrets: ApiSecrets) -> tuple[Keychain, ShakyBackend]:
    """Return a keychain that holds these secrets, and what stands behind it."""
    backend = ShakyBackend()
    keychain = Keychain(backend)
    keychain.write(secrets)
    return keychain, backend
