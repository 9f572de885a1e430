"""What the command line, a tour or a test says at the start."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.paths import DataFolder
    from onestop.store.keychain import Keychain, MemorySecrets
    from onestop.store.sqlite.key import Key


@dataclass(slots=True)
class AtStart:
    """What was said and found out since the program started, and nobody keeps."""

    key: Key | None = None
    """The 復元キー, as somebody typed it in."""
    plain: bool = False
    """The data are left legible this time."""
    tell_encrypting: Callable[[int, int], None] = field(default=lambda _step, _percent: None, repr=False)
    """Hears how far the encrypting of a legible database is (store/sqlite/sealing.py); on a worker."""
    database_url: str = field(default="", repr=False)
    """At which server the last opening was tried; empty for none."""


@dataclass(frozen=True)
class Start:
    """How to open the desk."""

    folder: DataFolder
    practice: bool = False
    """練習モード whatever the settings say."""
    services_url: str = ""
    """A server that keeps the contracts, whatever the settings say. In 練習モード only one on this machine."""
    database_url: str = ""
    """A server's database, whatever the settings say."""
    terminal: str = ""
    """What this desk is called, where several stand on one machine; else it is called as the machine."""
    file: Path | None = None
    """A 車検証 file to show in 取込, such as one that was opened with the program."""
    releases_operators: bool = False
    """Nobody has to sign in any more, as the owner of the data folder says."""
    secrets: Keychain | MemorySecrets | None = None
    """Instead of the operating system's keychain."""
    at_start: AtStart = field(default_factory=AtStart)

    @cached_property
    def memory(self) -> MemorySecrets:
        """Where there is no keychain: what was typed is known until the program ends, however often it is opened."""
        from onestop.store.keychain import MemorySecrets  # noqa: PLC0415 - the first frame waits for no keychain

        return MemorySecrets()

    @property
    def desk_name(self) -> str:
        """What other desks know this one by."""
        return self.terminal or platform.node()
