"""What is kept of a 暗証番号: its Argon2id, from which nobody gets it back."""

from __future__ import annotations

import secrets
from typing import Any, Final

COST: Final[dict[str, Any]] = {"length": 32, "iterations": 2, "lanes": 1, "memory_cost": 19 * 1024}
"""19 MiB and two rounds, as OWASP has it: some 50 ms for each try."""
_SALT: Final = 16


def hashed(pin: str) -> str:
    """Return what is kept of a PIN, in PHC form: salt and cost stand in it."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - when first wanted

    return Argon2id(salt=secrets.token_bytes(_SALT), **COST).derive_phc_encoded(pin.encode())


def is_right(pin: str, kept: str) -> bool:
    """Tell whether a PIN is the one of which this was kept."""
    from cryptography.exceptions import InvalidKey  # noqa: PLC0415 - the same
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - the same

    try:
        Argon2id.verify_phc_encoded(pin.encode(), kept)
    except (InvalidKey, ValueError):  # another PIN; nothing is kept, or something else
        return False
    return True
