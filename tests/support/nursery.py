"""Runs a script's main again and again, each time in a process of its own, and imports everything only once.

    nursery.py SCRIPT

Each line on its standard input, a JSON list, is the command line of a process forked from this one; its exit code is
told when it is over. What it prints goes to standard error.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import subprocess
import sys
import tempfile
import traceback
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CAN_FORK = hasattr(os, "fork")


def run_script(script: Path, arguments: list[str]) -> tuple[int, str]:
    """Run a script of ours in a process of its own, to its end; return its exit code and what it printed."""
    if CAN_FORK:
        return _nursery(script).run(arguments)
    command = [sys.executable, str(script), *arguments]
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=60)  # noqa: S603 - our own
    return ended.returncode, ended.stdout.decode(errors="replace")


@cache
def _nursery(script: Path) -> Nursery:
    nursery = Nursery(script)
    atexit.register(nursery.close)
    return nursery


class Nursery:
    """A process that has everything imported, and bears one process after the other."""

    def __init__(self, script: Path) -> None:
        self._said = tempfile.TemporaryFile("a+b")  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(  # noqa: S603 - this file
            [sys.executable, __file__, str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            encoding="utf-8",
        )

    def run(self, arguments: list[str]) -> tuple[int, str]:
        """Let one process live to its end; return its exit code and what it printed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        before = self._said.seek(0, os.SEEK_END)
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        code = self._process.stdout.readline()
        self._said.seek(before)
        said = self._said.read().decode(errors="replace")
        assert code, said
        return int(code), said

    def close(self) -> None:
        self._process.communicate()
        self._said.close()


def bear(main: Callable[[], None]) -> None:
    """Let one process live after the other, one for each line."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(live(main, json.loads(line)))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - it is how the parent hears


def live(main: Callable[[], None], arguments: list[str]) -> int:
    """Do what the script does when it is started with these words; return the exit code."""
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.argv[1:] = arguments
    try:
        main()
    except BaseException:  # noqa: BLE001 - whatever ends a process
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.argv = sys.argv[1:]
    bear(runpy.run_path(sys.argv[0])["main"])
