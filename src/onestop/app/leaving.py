"""The end of the process, which waits for nobody."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop.ui.background import QtBackground


def leave(background: QtBackground, code: int) -> int:
    """Return the exit code; while work is still under way, end the process with it here and now.

    Python would wait for the work, however long it takes; a filing that is cut off is settled at the next start.
    """
    if background.busy:
        os._exit(code)
    return code
