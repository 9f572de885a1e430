"""A server's disk that can be filled: as root on Linux a real one, small and in memory, under the database.

Elsewhere the server is told by a trigger to say what it says when its disk is full.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from support.postgres import TEMPLATE, UNPRIVILEGED, a_server_database, server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.postgres.connecting import Door

SIZE: Final = 100
"""MB of the small disk."""
_SAYS_FULL: Final = (
    "CREATE FUNCTION says_full() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE disk_full; END$$",
    "CREATE TRIGGER full_disk BEFORE UPDATE OF sending ON filing FOR EACH ROW EXECUTE FUNCTION says_full()",
)


class Disk(Protocol):
    """What can be filled."""

    def fill(self) -> None:
        """Leave no room."""
        ...

    def free(self) -> None:
        """Make room again."""
        ...


class SmallDisk:
    """A file system in memory."""

    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Write until no more can be written."""
        try:
            with self._ballast.open("wb", buffering=0) as file:
                while file.write(bytes(4096)):
                    pass
        except OSError:
            return

    def free(self) -> None:
        """Take the ballast away."""
        self._ballast.unlink()


class FullByWord:
    """A server that says that its disk is full."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def fill(self) -> None:
        """Let it say so from now on."""
        self._say(*_SAYS_FULL)

    def free(self) -> None:
        """Let it say so no more."""
        self._say("DROP FUNCTION says_full CASCADE")

    def _say(self, *statements: str) -> None:
        with self._door.connect() as driver:
            for statement in statements:
                driver.execute(statement)


@contextmanager
def a_database_on_a_small_disk() -> Iterator[tuple[Door, Disk]]:
    """Make a database whose disk can be filled."""
    folder = server().folder / "small"
    if not _mounted(folder):
        with a_server_database() as door:
            yield door, FullByWord(door)
        return
    try:
        (folder / "space").mkdir()
        shutil.chown(folder / "space", UNPRIVILEGED)
        server().say(f"CREATE TABLESPACE small LOCATION '{folder / 'space'}'")
        with a_server_database(f"{TEMPLATE} TABLESPACE small") as door:
            yield door, SmallDisk(folder)
        server().say("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", folder], check=True)  # noqa: S603, S607 - the system's own
        folder.rmdir()


def _mounted(folder: Path) -> bool:
    """Mount it, which only root may, and not everywhere; tells whether it worked."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "none", str(folder)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:  # noqa: S603 - the system's own
        folder.rmdir()
        return False
    return True
