"""Passwords as the sandbox keeps them: one that somebody typed is hashed, for in practice it may be her real one.

Those of a world file stay as they stand there: the file tells them to everybody.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

SEALED: Final = "scrypt:"
"""How a hashed one begins."""
_COST: Final = {"n": 2**14, "r": 8, "p": 1}
"""16 MB and some 40 ms for each guess."""


def sealed(password: str) -> str:
    """Return what is kept of a password: a salt, and what scrypt makes of both."""
    salt = os.urandom(16)
    return f"{SEALED}{salt.hex()}:{_stretched(password, salt)}"


class Doorkeeper:
    """Tells whether a password is the one that is kept. One that it let in before, it knows at once."""

    def __init__(self) -> None:
        self._key = os.urandom(32)
        self._known: dict[str, bytes] = {}
        """Of each hash the trace of its password, by a key that nobody has once this process is gone."""

    def lets_in(self, password: str, kept: str) -> bool:
        """Compare a password with what is kept of the right one."""
        if not kept.startswith(SEALED):
            return hmac.compare_digest(password.encode(), kept.encode())
        trace = hashlib.blake2b(password.encode(), key=self._key).digest()
        if hmac.compare_digest(trace, self._known.get(kept, b"")):
            return True
        _, salt, stretched = kept.split(":")
        if not hmac.compare_digest(_stretched(password, bytes.fromhex(salt)), stretched):
            return False
        self._known[kept] = trace
        return True


def _stretched(password: str, salt: bytes) -> str:
    return hashlib.scrypt(password.encode(), salt=salt, dklen=32, **_COST).hex()
