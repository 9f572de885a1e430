"""A bug of ours where something else depends on its end: told as bugs are, and a trouble of this one thing."""

from __future__ import annotations

import sys

from onestop import errors


def tell_bug(bug: Exception) -> errors.ProgramFault:
    """Tell whoever hears of bugs, and return what is said of the record that met it. Threads may call it."""
    sys.excepthook(type(bug), bug, bug.__traceback__)
    return errors.ProgramFault()
