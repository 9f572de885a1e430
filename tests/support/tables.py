"""To which window each table of keys belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.screens.help.pages import key_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOW_OF: Final = {
    "MAIN_ENTER": "MAIN",
    "RELAY_INSURANCE": "RELAY",
    "RELAY_CONFORMITY": "RELAY",
    "RELAY_FILING": "RELAY",
    "INSURANCE_PANEL": "MAIN",
    "CONFORMITY_PANEL": "MAIN",
    "FILING_PANEL": "MAIN",
    "RESET_BUTTONS": "SETTINGS",
    "LOOKUP_DAYS": "LOOKUP",
    "MAIN_DAYS": "MAIN",
    "REPORT_YEAR": "REPORT",
}
"""Of the tables whose names do not say so."""


def window_of(table: str) -> str:
    """Return the window of a table: that of its function keys."""
    return WINDOW_OF.get(table, table.removesuffix("_BUTTONS"))


def tables_of(window: str) -> Sequence[str]:
    """Return the tables of a window: its function keys, its buttons, then those that only work in a part of it."""
    mine = [table for table in key_tables() if window_of(table) == window]
    return sorted(mine, key=lambda table: (table in WINDOW_OF, table))
