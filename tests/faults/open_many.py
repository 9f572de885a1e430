"""python tests/faults/open_many.py --times 2000: opens and closes each window that often and says what is left."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from faults.opening import OPENERS, grown, megabytes, settle
from onestop.app.start import Start
from onestop.paths import DataFolder
from onestop.store.keychain import MemorySecrets
from support.program import a_program


def main() -> int:
    """Open them all, or those that are named; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=2000)
    parser.add_argument("names", nargs="*", choices=[*OPENERS, []], help="only these windows")
    arguments = parser.parse_args()
    qInstallMessageHandler(lambda *_message: None)  # the offscreen platform tells each time that it cannot raise()
    leaking = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        a_program(QApplication([]), Start(DataFolder(Path(folder)), secrets=MemorySecrets())) as program,
    ):
        settle(program)
        for name in arguments.names or OPENERS:
            began, before = time.monotonic(), megabytes()
            left = grown(program, OPENERS[name], arguments.times)
            leaking += bool(left)
            seconds, more = time.monotonic() - began, megabytes() - before
            sys.stdout.write(f"{name}: {seconds:.0f} s, {more:+.1f} MB, left over: {left or 'nothing'}\n")
            sys.stdout.flush()
    return 1 if leaking else 0


if __name__ == "__main__":
    sys.exit(main())
