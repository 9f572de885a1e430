"""What the settings file says of the one thing that must be known before the first question: whether work is real."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from onestop.files import patiently

if TYPE_CHECKING:
    from pathlib import Path


def says_real(path: Path) -> bool:
    """Tell whether a settings file plainly says that it is of a real desk with a database of its own.

    False where it is for practice or on a server, and where only settings_file.py can tell. What this takes for real,
    that does too: a file that turns out to be broken is taken for a real desk's.
    """
    try:
        found = json.loads(patiently(path.read_bytes))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("practice") is False and not found.get("database_url")
