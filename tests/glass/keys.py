"""Which key does what, as the program's own tables have it: a test that moves with them says what it wants to do."""

from __future__ import annotations

from onestop.screens.help.pages import key_tables


def key_of(window: str, label: str) -> str:
    """Return the key of a window, by the name of its table, or of its buttons."""
    tables = key_tables()
    rows = [row for name in (window, f"{window}_BUTTONS") for row in tables.get(name, ())]
    return next(row.key for row in rows if row.label == label)
