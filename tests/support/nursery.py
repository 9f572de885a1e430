"""Runs a script's main again and again, each time in a process of its own, and imports everything only once.

    nursery.py SCRIPT FOR_INPUT,FOR_OUTPUT,FOR_ERRORS …

Each three descriptors are those of one nursery, all forked from this process. Each line on its standard input, a JSON
list, is the command line of a process forked from it. "born" and its id is told at once, then whatever it prints, and
"ended" with the exit code when it is over.

A script that has a function `warm` does once there what would take each of its lives the same time.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from contextlib import ExitStack, suppress
from functools import cache
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

CAN_FORK = hasattr(os, "fork")
PATIENCE = 240
"""Seconds until a process that says nothing is called stuck."""


def run_script(script: Path, arguments: list[str], patience: float = PATIENCE) -> tuple[int, str]:
    """Run a script of ours in a process of its own, to its end; return its exit code and what it printed."""
    if CAN_FORK:
        nursery = _nursery(script)
        nursery.bear(*arguments)
        return nursery.code_and_words(patience)
    command = [sys.executable, str(script), *arguments]
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=patience)  # noqa: S603 - our own
    return ended.returncode, ended.stdout.decode(errors="replace")


@cache
def _nursery(script: Path) -> Nursery:
    (nursery,) = nurseries(script, 1)
    atexit.register(nursery.close)
    return nursery


def nurseries(script: Path, count: int) -> list[Nursery]:
    """Start so many nurseries for lives side by side; what they import is imported once for all of them."""
    if not count:
        return []
    with ExitStack() as theirs:
        pipes = [(os.pipe(), os.pipe(), tempfile.TemporaryFile("a+b")) for _ in range(count)]  # noqa: SIM115 - closed with its nursery
        inherited = [(told[0], said[1], errors.fileno()) for told, said, errors in pipes]
        for reads, says, _ in inherited:
            theirs.callback(os.close, reads)
            theirs.callback(os.close, says)
        process = _Process(script, inherited)
    return [Nursery(process, told[1], said[0], errors) for told, said, errors in pipes]


class _Process:
    """What has everything imported. It ends with its last nursery, and with it goes what the killed left behind."""

    def __init__(self, script: Path, descriptors: Sequence[tuple[int, int, int]]) -> None:
        self._living = len(descriptors)
        self._left_behind = tempfile.TemporaryDirectory(prefix="lives-")  # sockets, of which Qt makes some there
        self._popen = subprocess.Popen(  # noqa: S603 - this file
            [sys.executable, __file__, str(script), *(",".join(map(str, each)) for each in descriptors)],
            stdin=subprocess.DEVNULL,
            stderr=descriptors[0][2],
            env={**os.environ, "TMPDIR": self._left_behind.name},
            pass_fds=[each for three in descriptors for each in three],
            start_new_session=True,
        )

    def kill(self) -> None:
        """End it with everything that it bore."""
        os.killpg(self._popen.pid, signal.SIGKILL)

    def leave(self) -> None:
        """Let one nursery be over."""
        self._living -= 1
        if not self._living:
            self._popen.wait()
            self._left_behind.cleanup()


class Nursery:
    """A process that has everything imported, and bears one process after the other."""

    def __init__(self, process: _Process, tells: int, hears: int, said: IO[bytes]) -> None:
        self._process = process
        self._tells = open(tells, "w", encoding="utf-8")  # noqa: SIM115 - a pipe, closed with the nursery
        self._hears = open(hears, encoding="utf-8")  # noqa: SIM115 - the same
        self._said = said

    def bear(self, *arguments: str) -> int:
        """Start a process and return its id."""
        self._said.seek(0)  # it writes there as well: both have one position
        self._said.truncate()
        self._tells.write(json.dumps(arguments) + "\n")
        self._tells.flush()
        return int(self.word().removeprefix("born "))

    def word(self, patience: float = PATIENCE) -> str:
        """Return the next line of the process, or end everything when it says none for too long."""
        watch = threading.Timer(patience, self._process.kill)
        watch.start()
        word = self._hears.readline().strip()
        watch.cancel()
        watch.join()
        assert word, f"the process ended or hung without a word: {self.printed()}"
        return word

    def code_and_words(self, patience: float = PATIENCE) -> tuple[int, str]:
        """Let the process live to its end; return its exit code and what it printed."""
        said: list[str] = []
        while not (word := self.word(patience)).startswith("ended "):
            said.append(word)
        return int(word.removeprefix("ended ")), "\n".join([*said, self.printed()])

    def close(self) -> None:
        """End it; nobody is to live in it any more."""
        self._tells.close()
        self._hears.read()
        self._hears.close()
        self._said.close()
        self._process.leave()

    def printed(self) -> str:
        """Return what the process wrote to its standard error."""
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


def settle(descriptors: Sequence[tuple[int, int, int]]) -> bool:
    """Become a nursery of each three descriptors; False: this is the process that waits for them all."""
    for mine in descriptors:
        if not os.fork():
            for own, each in enumerate(mine):
                os.dup2(each, own)
            _close(descriptors)
            sys.stdin, sys.stdout, sys.stderr = (
                open(own, how, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115 - the streams
                for own, how in enumerate("rww")
            )
            return True
    _close(descriptors)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    return False


def _close(descriptors: Sequence[tuple[int, int, int]]) -> None:
    """Hold no end of the pipes of others: whoever is killed has to be heard to be gone."""
    for each in descriptors:
        for one in each:
            os.close(one)


if __name__ == "__main__":
    _, name, *threes = sys.argv
    sys.argv = [name]
    script = runpy.run_path(name)
    script.get("warm", lambda: None)()
    gc.collect()
    gc.freeze()  # no look for garbage copies what all lives share
    if settle([(int(a), int(b), int(c)) for a, b, c in (each.split(",") for each in threes)]):
        bear(script["main"])
        os._exit(0)  # past what the other nurseries still need
