"""Texts of a service that are too long for the glass: cut where they stand, whole on the page that F1 opens."""

from __future__ import annotations

from typing import Final

MOST: Final = 400
"""Characters of one text on the glass: seven lines of the strip in the narrowest window."""
MOST_LINES: Final = 8
BY_F1: Final = "…(全文はF1)"


def is_long(text: str) -> bool:
    """Tell whether a text is shown cut."""
    return len(text) > MOST or text.count("\n") >= MOST_LINES


def shortened(text: str, ending: str = BY_F1) -> str:
    """Return as much of a text as is shown, and where the rest is."""
    if not is_long(text):
        return text
    return "\n".join(text[:MOST].split("\n")[:MOST_LINES]) + ending
