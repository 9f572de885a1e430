"""Which key the data of a real desk are encrypted with, and where it comes from. Runs before 照会 answers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from onestop.errors import KeychainLocked, KeychainUnavailable, KeyTrouble, KeyUnkept, KeyWanted
from onestop.store.key_check import is_sealed, new_key_check, read_key_check, write_key_check
from onestop.store.keychain import Keychain, open_keychain
from onestop.store.sqlite.key import new_key

if TYPE_CHECKING:
    from onestop.app.start import Start
    from onestop.store.key_check import KeyCheck
    from onestop.store.sqlite.key import Key

log = logging.getLogger(__name__)


def data_key(start: Start) -> Key | None:
    """Return the key of the data folder, which is held; a new one for data that are not encrypted yet.

    None where they stay legible: somebody chose so for this time, the keychain does not answer now, or whoever starts
    the program brings secrets along that nobody keeps.

    Raises:
        KeyWanted: The data are encrypted, and the 復元キー has to be typed in.
        KeyUnkept: They are not, and there is no keychain that would keep a key.
        StoreError: The files cannot be read or written.
    """
    if not is_sealed(start.folder):
        return start.at_start.key or _begin(start)
    check = read_key_check(start.folder)
    key = start.at_start.key or _kept(start, check)
    if check is not None and not check.matches(key):
        raise KeyWanted(KeyTrouble.WRONG)
    return key


def keychain_of(start: Start, check: KeyCheck) -> Keychain | None:
    """Return the keychain that keeps a folder's key; None where the secrets at hand are nobody's to keep.

    Raises:
        KeychainUnavailable: There is none, or it does not answer.
    """
    if start.secrets is None:
        return open_keychain(check.folder_id)
    return start.secrets if isinstance(start.secrets, Keychain) else None


def _kept(start: Start, check: KeyCheck | None) -> Key:
    try:
        keychain = None if check is None else keychain_of(start, check)
        key = None if keychain is None else keychain.data_key()
    except KeychainLocked:
        raise KeyWanted(KeyTrouble.LOCKED) from None
    except KeychainUnavailable:
        raise KeyWanted(KeyTrouble.NO_KEYCHAIN) from None
    if key is None:
        raise KeyWanted(KeyTrouble.NOT_KEPT)
    return key


def _begin(start: Start) -> Key | None:
    """Make a key and have it kept before anything is written with it."""
    if start.at_start.plain:
        return None
    key = new_key()
    check = new_key_check(key)
    try:
        keychain = keychain_of(start, check)
        if keychain is None:
            return None
        keychain.keep_data_key(key)
    except KeychainLocked:
        log.warning("the keychain is locked: the data stay legible until the next start")
        return None
    except KeychainUnavailable:
        raise KeyUnkept from None
    write_key_check(start.folder, check)
    return key
