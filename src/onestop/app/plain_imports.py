"""Imports that nobody reads along with.

PySide6 reads the source of every module that is imported after it, in case somebody says `from __feature__ import ...`,
which nobody here does. That takes a twelfth of the start, and Python keeps what was read: 38 MB at an open desk.
"""

from __future__ import annotations

import builtins

from PySide6 import QtCore  # noqa: F401 - puts its own import in the place of Python's


def import_plainly() -> None:
    """Put back the import that was there before, which PySide6 keeps as `__orig_import__` (and documents)."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
