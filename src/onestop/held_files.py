"""Files that another program holds for a moment: a virus scanner, OneDrive, whoever makes backups.

Windows opens, replaces, moves and deletes no file that somebody else has open. Such a program lets go within a second;
so what it refused is tried again for about that long, and only then is it a trouble.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

PAUSES: Final = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.4) if sys.platform == "win32" else ()
"""Seconds between two tries. Elsewhere an open file hinders nobody, and a right that is missing stays missing."""


def patiently(act: Callable[[], Result]) -> Result:
    """Do something to a file, which must be whole or not done at all; on a worker only.

    Raises:
        OSError: It failed; as PermissionError after all tries.
    """
    for pause in PAUSES:
        try:
            return act()
        except PermissionError:  # whichever code: open() has EACCES, a move ERROR_ACCESS_DENIED or a sharing violation
            time.sleep(pause)
    return act()
