"""Enter, both of them. Held down, neither goes on: it must never run through a form and press anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_enter(event: QKeyEvent) -> bool:
    """Whether a key is Enter, held or not."""
    return event.key() in ENTERS


def is_pressed_anew(event: QKeyEvent) -> bool:
    """Whether a finger went down now; a held key repeats what nobody pressed."""
    return not event.isAutoRepeat()
