"""Runs the driver of tests/faults until it ends itself at a named step, and starts the program again long after."""

from __future__ import annotations

import datetime as dt
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from onestop.clock import SystemClock
from onestop.store.keychain import Keychain
from support.clock import FixedClock
from support.desks import a_desk
from support.keychains import FileBackend
from support.nursery import run_script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_sandbox import SandboxServer
    from support.desks import DeskRoom

DRIVER = Path(__file__).parents[1] / "faults" / "driver.py"
KILLED = -signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM


def run_and_die(folder: Path, url: str, what: str, step: str) -> None:
    """Let the program do one thing until the step at which it is killed."""
    code, said = run_script(DRIVER, [str(folder), url, what, "--die", step])
    assert code == KILLED, said


def of_this_machine(ahead: dt.timedelta) -> FixedClock:
    """Return this machine's clock as it stands so much later, or earlier; its seconds are counted on."""
    machine = SystemClock()
    clock = FixedClock(machine.now() + ahead)
    clock.reboot(machine.boot)
    clock.wait(machine.uptime() + ahead.total_seconds() - clock.uptime())
    return clock


@contextmanager
def a_start_later(folder: Path, server: SandboxServer) -> Iterator[DeskRoom]:
    """Start the program again, an hour after the kill."""
    keychain = Keychain(FileBackend(folder / "keychain.json"))
    later = of_this_machine(dt.timedelta(hours=1))
    with a_desk(folder, url=server.url, sandbox=server.sandbox, secrets=keychain, clock=later) as room:
        yield room
