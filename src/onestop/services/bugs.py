"""What is told of a bug of ours.

The text of an exception and the values in its frames may hold names and secrets; only its type and its lines are kept.
"""

from __future__ import annotations

import re
import sys
import traceback
from typing import TYPE_CHECKING, Final

from onestop import errors

if TYPE_CHECKING:
    from types import TracebackType

ROOT: Final = re.compile(r".*/(?:site-packages|dist-packages|src|[Ll]ib(?:/python[0-9.]+)?)/")
"""Up to where a path tells nothing of the program: the last such folder in it."""


def account(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return the type of an exception and the lines it came through, and nothing of its text."""
    lines = [f"{place(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return "\n".join([kind.__name__, *lines])


def place(file: str) -> str:
    """Return where a file lies in its package, without what is before that: it may hold the name of the user."""
    path = file.replace("\\", "/")
    found = ROOT.match(path)
    return path[found.end() :] if found else path.rpartition("/")[2]


def tell_bug(bug: Exception) -> errors.ProgramFault:
    """Tell whoever hears of bugs of one where something else depends on its end; returns what is said of that.

    Threads may call it.
    """
    sys.excepthook(type(bug), bug, bug.__traceback__)
    return errors.ProgramFault()
