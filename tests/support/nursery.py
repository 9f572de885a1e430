"""Runs a script's main again and again, each time in a process of its own, and imports everything only once.

    nursery.py SCRIPT

Each line on its standard input, a JSON list, is the command line of a process forked from this one. "born" and its id
is told at once, then whatever it prints, and "ended" with the exit code when it is over.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CAN_FORK = hasattr(os, "fork")
PATIENCE = 120
"""Seconds until a process that says nothing is called stuck."""


def run_script(script: Path, arguments: list[str]) -> tuple[int, str]:
    """Run a script of ours in a process of its own, to its end; return its exit code and what it printed."""
    if CAN_FORK:
        nursery = _nursery(script)
        nursery.bear(*arguments)
        return nursery.code_and_words()
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
            start_new_session=True,
        )

    def bear(self, *arguments: str) -> int:
        """Start a process and return its id."""
        self._said.truncate(0)
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        return int(self.word().removeprefix("born "))

    def word(self) -> str:
        """Return the next line of the process, or end everything when it says none for too long."""
        assert self._process.stdout is not None
        watch = threading.Timer(PATIENCE, os.killpg, (self._process.pid, signal.SIGKILL))  # with the one that it bore
        watch.start()
        word = self._process.stdout.readline().strip()
        watch.cancel()
        watch.join()
        assert word, f"the process ended or hung without a word: {self._printed()}"
        return word

    def code_and_words(self) -> tuple[int, str]:
        """Let the process live to its end; return its exit code and what it printed."""
        said: list[str] = []
        while not (word := self.word()).startswith("ended "):
            said.append(word)
        return int(word.removeprefix("ended ")), "\n".join([*said, self._printed()])

    def close(self) -> None:
        """End it; nobody is to live in it any more."""
        self._process.communicate()
        self._said.close()

    def _printed(self) -> str:
        self._said.seek(0)
        return self._said.read().decode(errors="replace")


def bear(main: Callable[[], None]) -> None:
    """Let one process live after the other, one for each line."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(live(main, json.loads(line)))
        say(f"born {child}")
        _, status = os.waitpid(child, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


def live(main: Callable[[], None], arguments: list[str]) -> int:
    """Do what the script does when it is started with these words; return the exit code."""
    sys.argv[1:] = arguments
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - whatever else ends a process
        traceback.print_exc()
        return 1
    return 0


def say(word: str) -> None:
    """Tell the parent."""
    print(word, flush=True)  # noqa: T201 - it is how the parent hears


if __name__ == "__main__":
    sys.argv = sys.argv[1:]
    bear(runpy.run_path(sys.argv[0])["main"])
