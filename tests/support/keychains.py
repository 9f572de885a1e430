"""An operating system's keychain in memory, which can refuse, or let the power fail, at any step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from onestop.store.keychain import Keychain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


def no_room() -> None:
    """Fail as a keychain does that is full."""
    raise OSError("the keychain is full")


def a_keychain(secrets: ApiSecrets) -> tuple[Keychain, ShakyBackend]:
    """Return a keychain that holds these secrets, and what stands behind it."""
    backend = ShakyBackend()
    keychain = Keychain(backend)
    keychain.write(secrets)
    return keychain, backend


class FileBackend(KeyringBackend):
    """Keeps invented passwords in a file, so that a killed program finds them again. For tests alone."""

    priority = 0.1

    def __init__(self, path: Path, written: Callable[[str], None] = lambda _event: None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring's own
        self._path = path
        self._written = written

    def get_password(self, service: str, username: str) -> str | None:
        del username
        return self._entries().get(service)

    def set_password(self, service: str, username: str, password: str) -> None:
        del username
        self._store(service, self._entries() | {service: password})

    def delete_password(self, service: str, username: str) -> None:
        del username
        self._store(service, {name: value for name, value in self._entries().items() if name != service})

    def _entries(self) -> dict[str, str]:
        return dict(json.loads(self._path.read_text("utf-8"))) if self._path.exists() else {}

    def _store(self, service: str, entries: dict[str, str]) -> None:
        name = service.rpartition("/")[2]
        self._written(f"before {name} is stored")
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(entries), encoding="utf-8")
        part.replace(self._path)
        self._written(f"after {name} is stored")
