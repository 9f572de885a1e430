"""Encrypts the data folder of an earlier version, and ends itself, as by a power cut, while it does.

sealer.py DATA_DIR KEY STEP, KEY in hexadecimal, STEP as store/sqlite/sealing.py tells it
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from onestop.clock import SystemClock
from onestop.paths import DataFolder
from onestop.store.opening import make_ready
from onestop.store.sqlite import sealing
from onestop.store.sqlite.key import Key


def main() -> int:
    folder, key, last = sys.argv[1:]

    def die(step: int, percent: int) -> None:
        if step == int(last) and (step > 1 or percent > 0):
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    sealing.EVERY = 10  # type: ignore[misc]  # a small database is copied in few steps of SQLite's
    make_ready(DataFolder(Path(folder)), SystemClock(), Key(bytes.fromhex(key)), die)
    return 0


if __name__ == "__main__":
    sys.exit(main())
