"""Keeps a digit from choosing a word in a field that the eye has not reached."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

BY_THE_PROGRAM: Final = Qt.FocusReason.OtherFocusReason
"""The program led the focus here: the next digit may have been meant for the field before."""


class DigitGuard:
    """Of one choice that shows its digits.

    Who comes by Enter, Tab, Alt or the mouse has chosen to come; nobody else's first digit counts.
    """

    def __init__(self) -> None:
        self._reached = True

    def focused(self, reason: Qt.FocusReason) -> None:
        """Hear how the focus came."""
        self._reached = reason != BY_THE_PROGRAM

    def takes(self) -> bool:
        """Tell whether the key that is pressed now is meant for this field; the next one is in any case."""
        reached, self._reached = self._reached, True
        return reached


def digit_of(text: str) -> int | None:
    """Return the digit that a key types, if it types one."""
    return int(text) if len(text) == 1 and text.isascii() and text.isdigit() else None
