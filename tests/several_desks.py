"""python tests/several_desks.py --desks 2: desks of a practice shop side by side, on one server, by one command.

It starts a PostgreSQL in a folder of its own, the three imitated services once, and so many programs, 端末1, 端末2 …,
each with a data folder of its own; when the last window is closed, everything is stopped and deleted. With --tour DIR
nobody need sit there: the tour works at two desks, and its pictures are in DIR.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

from PySide6.QtGui import QGuiApplication

from onestop.app.window_table import LOOKUP
from onestop.paths import RESOURCES, DataFolder
from onestop.store.settings_file import Settings, WindowEntry, save_settings
from onestop.ui.first_size import FRAME, SMALLEST
from onestop_sandbox import Options, Sandbox, SandboxServer, World
from onestop_sandbox.pace import PRACTICE, pace_of
from support.postgres import a_server_database

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QRect

    from onestop_sandbox.pace import Pace

EMPTY: Final = "template0"
"""The first desk makes the tables, as in a shop."""
OF_A_TOUR: Final = "4"
"""Seconds from 受付前 to 手続完了."""
TERMINATED: Final = 128 + signal.SIGTERM
NARROWEST: Final = SMALLEST[0] + FRAME[0]
PROGRAM: Final = (sys.executable, "-P", "-m", "onestop")


def main(argv: Sequence[str] | None = None) -> int:
    """Open the shop, and close it; returns the exit code of the first desk that failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--desks", type=int, default=2)
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where the desks' folders are while they work")
    parser.add_argument("--tour", type=Path, metavar="DIR")
    arguments = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    with a_practice_shop(pace_of(OF_A_TOUR) if arguments.tour else PRACTICE) as connected:
        if arguments.tour:
            return subprocess.run([*PROGRAM, *connected, "tour", "--out", arguments.tour], check=False).returncode  # noqa: S603 - our own
        return _work(connected, arguments.desks, arguments.folder)


@contextmanager
def a_practice_shop(pace: Pace) -> Iterator[tuple[str, ...]]:
    """Start a server and the services; give what a program has to be told of them."""
    practice = World.load(RESOURCES / "practice" / "services.json")
    options = Options(contract_dir=RESOURCES / "contract", rates=RESOURCES / "rates" / "jibaiseki.json", pace=pace)
    with a_server_database(EMPTY) as door, Sandbox(practice, options) as sandbox, SandboxServer(sandbox) as services:
        place = door.place
        database = f"postgresql://{place.user}@localhost:{place.port}/{place.database}?host={place.host}"
        yield "--database-url", database, "--services-url", services.url


def _work(connected: Sequence[str], desks: int, place: Path | None) -> int:
    """Open so many desks, and wait until the last one is closed."""
    kept = tempfile.TemporaryDirectory(prefix="onestop-shop-", dir=place, ignore_cleanup_errors=True)
    with kept as folder, ExitStack() as stack:
        room = _room()
        opened = []
        for place_in_row in range(desks):
            terminal = f"端末{place_in_row + 1}"
            mine = DataFolder(Path(folder) / terminal)
            save_settings(mine.settings, Settings(windows=(_beside(place_in_row, desks, room),)))
            opened.append(_open(connected, mine.root, terminal, stack))
        codes = [desk.wait() for desk in opened]
    return next(filter(None, codes), 0)


def _room() -> QRect:
    """Return where on the screen windows may stand."""
    application = QGuiApplication([])
    room = application.primaryScreen().availableGeometry()
    application.shutdown()
    return room


def _beside(number: int, desks: int, room: QRect) -> WindowEntry:
    """Return where 照会 of a desk stands: beside the one before, over its edge where the screen is small."""
    width = min(max(room.width() // desks, NARROWEST), room.width()) - FRAME[0]
    left = room.left() + number * (room.width() - width - FRAME[0]) // max(desks - 1, 1)
    height = min(room.height() - FRAME[1], width * 9 // 16)
    return WindowEntry(kind=LOOKUP, left=left, top=room.top(), width=width, height=height)


def _open(connected: Sequence[str], folder: Path, terminal: str, stack: ExitStack) -> subprocess.Popen[bytes]:
    told = ("--practice", "--data-dir", folder, "--terminal", terminal)
    desk = stack.enter_context(subprocess.Popen([*PROGRAM, *connected, *told]))  # noqa: S603 - our own
    stack.callback(desk.terminate)
    return desk


if __name__ == "__main__":
    sys.exit(main())
