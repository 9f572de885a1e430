"""What is done with a 復元キー while the desk is not open: it unlocks the data, or begins their encryption."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from onestop.app.data_key import keychain_of
from onestop.errors import InvalidInput, KeychainUnavailable, Problem
from onestop.services.recovery import Recovery, check_same
from onestop.store.failures import translate_file_errors
from onestop.store.key_check import new_key_check, read_key_check, write_key_check
from onestop.store.sqlite.health import is_sound
from onestop.store.sqlite.key import FIELD, new_key, read_key

if TYPE_CHECKING:
    from onestop.app.start import Start
    from onestop.store.key_check import KeyCheck
    from onestop.store.sqlite.key import Key

log = logging.getLogger(__name__)

OF_OTHER_DATA: Final = (
    "この復元キーは、このデータのものではありません。データは壊れていません。"
    "別のパソコンやデータフォルダーの紙でないか確かめてください。"
)


def asked(start: Start) -> Recovery:
    """Return how the 復元キー is asked for, where the data are encrypted and nobody has their key."""
    return Recovery(partial(unlock, start))


def begun(start: Start) -> Recovery:
    """Return a new 復元キー, with which the data are encrypted once it was written down and typed in."""
    key = new_key()
    return Recovery(partial(begin, start, key), key)


def unlock(start: Start, typed: str) -> None:
    """Take the 復元キー for as long as the program runs, and give it to the keychain, if there is one.

    Raises:
        InvalidInput: It is none, or of other data.
        StoreError: The files cannot be read or written.
    """
    key = read_key(typed)
    check = read_key_check(start.folder)
    with translate_file_errors():
        if not (check.matches(key) if check else is_sound(start.folder.database, key, thoroughly=False)):
            raise InvalidInput(Problem(FIELD, OF_OTHER_DATA))
    known = replace(check, tried=True) if check else new_key_check(key, tried=True)
    if known != check:
        write_key_check(start.folder, known)
    _keep(start, known, key)
    start.at_start.key = key


def begin(start: Start, key: Key, typed: str) -> None:
    """Have the data encrypted at the next opening with a key that no keychain keeps.

    Raises:
        InvalidInput: What was typed is not the key.
        StoreError: The files cannot be written.
    """
    check_same(key, typed)
    write_key_check(start.folder, new_key_check(key, tried=True))
    start.at_start.key = key


def _keep(start: Start, check: KeyCheck, key: Key) -> None:
    try:
        keychain = keychain_of(start, check)
        if keychain is not None:
            keychain.keep_data_key(key)
    except KeychainUnavailable:
        log.warning("no keychain keeps the key: it is asked for at the next start")
