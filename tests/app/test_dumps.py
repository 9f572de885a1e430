"""A process that dies leaves nothing of its memory behind."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from onestop.app.dumps import NO_ERROR_BOXES, NO_HEAP, leave_no_dump

if TYPE_CHECKING:
    from pathlib import Path

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits are POSIX")
DIES = """
import ctypes, os, resource, sys
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
os.chdir(sys.argv[1])
if sys.argv[3] == "program":
    import onestop.app.run
    onestop.app.run.run = lambda said: (said(), os.kill(os.getpid(), int(sys.argv[2])))
    from onestop.__main__ import main
    main(["--data-dir", sys.argv[1]])
from onestop.app.dumps import leave_no_dump
leave_no_dump()
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
if sys.platform.startswith("linux"):
    assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0  # PR_GET_DUMPABLE
os.kill(os.getpid(), int(sys.argv[2]))
"""


@ON_POSIX
@pytest.mark.parametrize("who", ["module", "program"])
@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV])
def test_a_killed_process_leaves_no_core(tmp_path: Path, number: signal.Signals, who: str) -> None:
    command = [sys.executable, "-c", DIES, str(tmp_path), str(int(number)), who]
    child = os.posix_spawn(sys.executable, command, os.environ)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == number
    assert not os.WCOREDUMP(status)
    assert list(tmp_path.iterdir()) == []


def test_windows_is_told_to_report_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int]] = []

    class Kernel:
        """Notes what kernel32 would be told."""

        def __init__(self, name: str) -> None:
            assert name == "kernel32"

        def __getattr__(self, name: str) -> object:
            return lambda flags: told.append((name, flags))

    monkeypatch.setattr(ctypes, "CDLL", Kernel)
    leave_no_dump("win32")
    assert told == [("SetErrorMode", NO_ERROR_BOXES), ("WerSetFlags", NO_HEAP)]


@ON_POSIX
def test_a_system_with_limits_alone_gets_those(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr("resource.setrlimit", lambda which, both: limits.append((which, both)))
    leave_no_dump("darwin")
    assert [both for _, both in limits] == [(0, 0)]
