"""The key of an encrypted database: as SQLCipher takes it, and as a person writes it down: the 復元キー."""

from __future__ import annotations

import secrets
import unicodedata
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from onestop.errors import InvalidInput, Problem

LENGTH: Final = 32
"""Bytes."""
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which a hand writes like others."""
READ_AS: Final = str.maketrans({"I": "1", "L": "1", "O": "0", **dict.fromkeys(" -‐−–—ー_・　\t\n")})
GROUPS: Final = 13
IN_GROUP: Final = 5
"""Letters: four of the key and one that says whether they are right, here."""
FIELD: Final = "recovery_key"
INCOMPLETE: Final = "復元キーは{}文字を{}組です。あと{}文字あります。".format
TOO_LONG: Final = "復元キーは{}文字を{}組です。{}文字多すぎます。".format
WRONG_GROUP: Final = "{}組目が違います。紙の文字と見比べてください。".format
_BITS: Final = 5
_SPARE: Final = (GROUPS * (IN_GROUP - 1)) * _BITS - LENGTH * 8
"""Bits of the last letter that hold nothing."""


@dataclass(frozen=True, slots=True)
class Key:
    """32 random bytes. Nothing that prints it shows them."""

    secret: bytes = field(repr=False)

    @property
    def pragma(self) -> str:
        """What SQLCipher is told: the bytes themselves, so that no connection derives them anew, and a salt.

        The salt stands here because the beginning of a file is left legible (engine.py), where it would stand.
        """
        salt = sha256(b"onestop salt" + self.secret).digest()[:16]
        return f"x'{self.secret.hex()}{salt.hex()}'"

    @property
    def written(self) -> str:
        """The 復元キー: groups of letters, each with a letter that tells a slip of the pen."""
        number = int.from_bytes(self.secret, "big") << _SPARE
        places = range((GROUPS * (IN_GROUP - 1) - 1) * _BITS, -1, -_BITS)
        letters = "".join(LETTERS[number >> place & 31] for place in places)
        parts = (letters[start : start + IN_GROUP - 1] for start in range(0, len(letters), IN_GROUP - 1))
        return "-".join(part + _check_letter(number, part) for number, part in enumerate(parts))


def new_key() -> Key:
    """Return a key that nobody ever had."""
    return Key(secrets.token_bytes(LENGTH))


def read_key(text: str) -> Key:
    """Return the key of a 復元キー as somebody typed it; width, case, blanks and hyphens make no difference.

    Raises:
        InvalidInput: It cannot be one; the sentence says which group is wrong.
    """
    letters = unicodedata.normalize("NFKC", text).upper().translate(READ_AS)
    missing = GROUPS * IN_GROUP - len(letters)
    if missing:
        words = INCOMPLETE if missing > 0 else TOO_LONG
        raise InvalidInput(Problem(FIELD, words(IN_GROUP, GROUPS, abs(missing))))
    groups = [letters[start : start + IN_GROUP] for start in range(0, len(letters), IN_GROUP)]
    for place, group in enumerate(groups):
        if not set(group) <= set(LETTERS) or group[-1] != _check_letter(place, group[:-1]):
            raise InvalidInput(Problem(FIELD, WRONG_GROUP(place + 1)))
    number = 0
    for letter in "".join(group[:-1] for group in groups):
        number = number << _BITS | LETTERS.index(letter)
    return Key((number >> _SPARE).to_bytes(LENGTH, "big"))


def _check_letter(place: int, part: str) -> str:
    return LETTERS[zlib.crc32(f"{place}{part}".encode()) % len(LETTERS)]
