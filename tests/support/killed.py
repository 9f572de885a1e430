"""Runs the driver of tests/faults until it ends itself at a named step, and starts the program again long after."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from onestop.clock import SystemClock
from onestop.store.keychain import Keychain
from support.clock import FixedClock
from support.desks import a_desk
from support.keychains import FileBackend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_sandbox import SandboxServer
    from support.desks import DeskRoom

DRIVER = Path(__file__).parents[1] / "faults" / "driver.py"
KILLED = -signal.SIGKILL if os.name == "posix" else signal.SIGTERM


def run_and_die(folder: Path, url: str, what: str, step: str) -> None:
    """Let the program do one thing until the step at which it is killed."""
    command = [sys.executable, str(DRIVER), str(folder), url, what, "--die", step]
    ended = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603 - our own driver
    assert ended.returncode == KILLED, ended.stderr.decode(errors="replace")


@contextmanager
def a_start_later(folder: Path, server: SandboxServer) -> Iterator[DeskRoom]:
    """Start the program again, an hour after the kill."""
    keychain = Keychain(FileBackend(folder / "keychain.json"))
    machine, hour = SystemClock(), dt.timedelta(hours=1)
    later = FixedClock(machine.now() + hour)
    later.reboot(machine.boot)  # the same machine: its seconds go on
    later.wait(machine.uptime() + hour.total_seconds() - later.uptime())
    with a_desk(folder, url=server.url, sandbox=server.sandbox, secrets=keychain, clock=later) as room:
        yield room
