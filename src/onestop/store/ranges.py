"""Texts with a common beginning as a range on an index, which LIKE is not."""

from __future__ import annotations

from typing import Final

_LAST_CHARACTER: Final = "\U0010ffff"
"""Sorts behind every other character."""


def beginning(start: str, name: str) -> dict[str, str]:
    """Return the parameters for texts that begin like this: from the one, and before the other."""
    return {f"{name}_from": start, f"{name}_behind": start + _LAST_CHARACTER}
