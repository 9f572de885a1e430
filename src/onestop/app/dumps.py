"""Keeps what the program knows out of core dumps and crash reports: they would hold keys, passwords and names."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

PR_SET_DUMPABLE: Final = 4
"""prctl(2). Without it a system that hands its dumps to a program (systemd-coredump) takes one whatever the limit."""
NO_ERROR_BOXES: Final = 0x0001 | 0x0002 | 0x8000
"""SetErrorMode: no box for critical errors, no Windows Error Reporting after a crash, no box for a missing file."""
NO_HEAP: Final = 0x0001
"""WerSetFlags: should a report be made nonetheless, nothing of our memory goes into it."""


def leave_no_dump(platform: str = sys.platform) -> None:
    """Let the system write nothing of this process's memory when it dies. Before anything secret is read.

    What a system lacks is passed over: the program works without, too.
    """
    if platform == "win32":
        kernel = ctypes.CDLL("kernel32")
        kernel.SetErrorMode(NO_ERROR_BOXES)
        kernel.WerSetFlags(NO_HEAP)
        return
    import resource  # noqa: PLC0415 - Windows has none

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
