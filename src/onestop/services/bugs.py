"""What is logged and shown of a bug in this program.

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
"""The part of a path that tells nothing of the program: up to the last such folder."""


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
    """Report a bug to the program's exception hook and go on; returns the error for whoever waits for the outcome.

    Any thread may call it.
    """
    sys.excepthook(type(bug), bug, bug.__traceback__)
    return errors.ProgramFault()
