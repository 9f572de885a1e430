"""What stands beside encrypted data of their key: which one it is, so that a wrong key and a damaged file are two.

The file holds nothing from which the key could be had: a salt, and what the right key makes of it.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from onestop.files import patiently, written_whole
from onestop.paths import make_private
from onestop.store.failures import translate_file_errors
from onestop.store.sqlite.engine import is_encrypted

if TYPE_CHECKING:
    from onestop.paths import DataFolder
    from onestop.store.sqlite.key import Key


@dataclass(frozen=True, slots=True)
class KeyCheck:
    """Knows the right key of a data folder when it sees it."""

    folder_id: str
    """By which the keychain knows the folder; it stays, wherever the folder is moved."""
    salt: str
    check: str
    tried: bool = False
    """Somebody typed the 復元キー in from the paper once: it was written down, and legibly."""

    def matches(self, key: Key) -> bool:
        """Tell whether it is the right one."""
        return hmac.compare_digest(self.check, _made_of(key, self.salt))


def new_key_check(key: Key, *, tried: bool = False) -> KeyCheck:
    """Return what will know this key."""
    salt = secrets.token_hex(16)
    return KeyCheck(secrets.token_hex(8), salt, _made_of(key, salt), tried)


def read_key_check(folder: DataFolder) -> KeyCheck | None:
    """Return what stands beside a folder's data; None if there is nothing, or nothing legible.

    Raises:
        StoreError: It cannot be read.
    """
    with translate_file_errors():
        if not folder.key_check.exists():
            return None
        stored = patiently(folder.key_check.read_bytes)
    try:
        found = json.loads(stored)
        return KeyCheck(str(found["folder_id"]), str(found["salt"]), str(found["check"]), found["tried"] is True)
    except (ValueError, TypeError, LookupError):
        return None


def write_key_check(folder: DataFolder, check: KeyCheck) -> None:
    """Put it beside the data, durably.

    Raises:
        StoreError: It cannot be written; what stood there before stays.
    """
    with translate_file_errors():
        make_private(folder.root)
        with written_whole(folder.key_check, durably=True) as part:
            part.write_text(json.dumps(asdict(check), indent=1), encoding="utf-8")


def note_tried(folder: DataFolder) -> None:
    """Note that the 復元キー was typed in once.

    Raises:
        StoreError: It cannot be written.
    """
    check = read_key_check(folder)
    if check is not None:
        write_key_check(folder, replace(check, tried=True))


def is_sealed(folder: DataFolder) -> bool:
    """Tell whether a folder's data are encrypted, or are about to be.

    Raises:
        StoreError: They cannot be looked at.
    """
    with translate_file_errors():
        return folder.key_check.exists() or (folder.database.exists() and is_encrypted(folder.database))


def _made_of(key: Key, salt: str) -> str:
    return hmac.digest(key.secret, f"onestop key check {salt}".encode(), "sha256").hex()
