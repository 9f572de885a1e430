"""Keys that do something wherever the focus is in their window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from onestop.screens.function_key import FunctionKey


def listen(window: QWidget, keys: tuple[str, ...], do: Callable[[], object], words: str = "") -> QAction:
    """Let keys do something in a window, once however long they are held; `words` say what."""
    action = QAction(words, window)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setAutoRepeat(False)
    action.triggered.connect(lambda _checked=False: do())
    window.addAction(action)
    return action


def keys_of(row: FunctionKey[Any]) -> tuple[str, ...]:
    """Return the keys of a row of a key table: the one that is named, and the one that is not."""
    return (row.key, row.also) if row.also else (row.key,)
