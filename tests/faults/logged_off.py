"""Ends the session under the real program in the middle of 一括申請, on Windows' Python under Wine.

`python3 dev.py windows logoff` calls it; it counts what is lost or double when the clerk has logged on again.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults.killing import Slaughter
from windows import trial

FOLDER: Final = trial.DRIVE / "logged off"
SLOW: Final = 3.0
"""Seconds until AINAS answers: Wine needs one or two to end a session."""
PATIENCE: Final = 5.0
"""Seconds that Windows leaves a program before it ends it."""
LOGOFFS: Final = 3


class Guest:
    """Windows' Python with the clerk at the keyboard; what a nursery is to the other trials."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def bear(self, _folder: str, url: str) -> int:
        """Start the program, in windows that hear of the session's end."""
        shown = ("-c", trial.SETS, "QT_QPA_PLATFORM=windows", "tests.faults.clerk")
        self._process = subprocess.Popen(  # noqa: S603 - our own, with arguments of ours
            [trial.WINE, trial.PYTHON, *shown, "C:\\" + FOLDER.name, url],
            cwd=trial.SOURCE,
            env=trial.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process.pid

    def word(self) -> str:
        """Return the next line of the clerk; nothing when there is none."""
        assert self._process is not None
        assert self._process.stdout is not None
        watch = threading.Timer(trial.PATIENCE, trial.wine, ("taskkill", "/F", "/IM", "python.exe"))
        watch.start()
        word = self._process.stdout.readline().decode("cp932").strip()
        watch.cancel()
        return word

    def code_and_words(self) -> tuple[int, str]:
        """Let the program live to its end."""
        said = "\n".join(iter(self.word, ""))
        assert self._process is not None
        return self._process.wait(), said

    def log_off(self) -> str:
        """End the session as Windows does, and tell how the program ended."""
        assert self._process is not None
        trial.wine("wineboot", "--end-session")
        try:
            return f"it ended with the session: {self._process.wait(PATIENCE)}"
        except subprocess.TimeoutExpired:
            trial.wine("taskkill", "/F", "/IM", "python.exe")
            self._process.wait(trial.PATIENCE)
            return "it did not, and was ended"

    def close(self) -> None:
        """Have nothing left to close: the program ends by itself."""


class LoggingOff(Slaughter):
    """Logs off where the others kill."""

    def __init__(self) -> None:
        self.guest = Guest()
        super().__init__(FOLDER, 1, keys=True, nursery=self.guest, slow=SLOW)

    def log_off_often(self) -> int:
        """Log off in the middle of the work, let the last program finish, and tell what came of it."""
        self._look(self._add_drafts)
        for _ in range(LOGOFFS):
            self._start()
            word = self.guest.word()
            time.sleep(SLOW / 2)
            print(f"{word}; {self.guest.log_off()}", flush=True)  # noqa: T201 - a command line program
            self._look(self._count_and_refill)
        self._live_to_the_end()
        tally = self._look(self._tally)
        print(tally)  # noqa: T201 - the same
        told = (FOLDER / "log" / "onestop.log").read_text("utf-8", "replace").count("the session ends")
        print(f"The program was told {told} times")  # noqa: T201 - the same
        return int(bool(tally.lost or tally.double or not tally.interrupted) or told < LOGOFFS)


def main() -> int:
    """Run from the command line."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    office = LoggingOff()
    try:
        return office.log_off_often()
    finally:
        office.close()


if __name__ == "__main__":
    sys.exit(main())
