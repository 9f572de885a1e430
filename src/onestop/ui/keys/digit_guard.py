"""Keeps a digit from choosing a word in a field that the eye has not reached."""

from __future__ import annotations

from PySide6.QtCore import Qt


class DigitGuard:
    """Of one choice that shows its digits.

    Who comes by Enter, Tab, Alt or the mouse has chosen to come; nobody else's first digit counts.
    """

    def __init__(self) -> None:
        self._reached = True

    def focused(self, reason: Qt.FocusReason) -> None:
        """Hear how the focus came; the "other" reason is that the program led it here."""
        self._reached = reason != Qt.FocusReason.OtherFocusReason

    def takes(self) -> bool:
        """Tell whether the key that is pressed now is meant for this field; the next one is in any case."""
        reached, self._reached = self._reached, True
        return reached


def digit_of(text: str) -> int | None:
    """Return the digit that a key types, if it types one."""
    return int(text) if len(text) == 1 and text.isascii() and text.isdigit() else None
