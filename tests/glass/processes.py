"""Programs that a glass test starts: each in a group of its own, and none of them outlives the test."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from onestop.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

PATIENCE: Final = 30.0
"""Seconds that something may take to come about on a busy machine."""
GLANCE: Final = 0.05
"""Seconds between two looks."""
_NEVER: Final = threading.Event()


def until(what: str, condition: Callable[[], object]) -> None:
    """Look again and again until something is so; fails when it never is."""
    clock = SystemClock()
    end = clock.monotonic() + PATIENCE
    while not condition():
        assert clock.monotonic() < end, f"it never came to be so: {what}"
        _NEVER.wait(GLANCE)


@contextmanager
def a_process(
    command: Sequence[str], env: Mapping[str, str], said: Path, *, user: Sequence[str] = (), keep: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a program, and end it with all that it started; it ends by itself when this process is killed.

    What it says goes into the file `said`, the files `keep` stay open for it, and `user` is the command that makes it
    another user's.
    """
    with (
        said.open("ab") as log,
        subprocess.Popen(  # noqa: S603 - programs of the system and our own, named in this folder
            [*user, "setpriv", "--pdeathsig", "TERM", *command],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=keep,
            start_new_session=True,  # Ctrl+C reaches pytest alone, which then ends this
        ) as process,
    ):
        try:
            yield process
        finally:
            _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Ask everything in the group to end, and insist when the first of them is gone or doesn't hear."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
