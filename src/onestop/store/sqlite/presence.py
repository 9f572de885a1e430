"""Whether an open database still lies where it was opened.

On most systems a folder can be deleted, moved or unplugged under a running program. SQLite goes on writing into what
nobody will ever find again, and says that all is well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.errors import DataFolderGone

if TYPE_CHECKING:
    from pathlib import Path

    File = tuple[int, int]
    """Its volume and its number there; on Windows the file index."""


class Presence:
    """Knows the file that was opened and its -wal, and compares what their names lead to now."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wal_path = path.with_name(f"{path.name}-wal")
        self._opened: File | None = None
        self._wal: File | None = None

    def note(self) -> None:
        """Remember the file, which a connection has just opened."""
        if self._opened is None:
            self._opened = _found(self._path)

    def forget(self) -> None:
        """Forget both: every connection was closed, and the -wal went with the last."""
        self._opened = self._wal = None

    def check(self) -> None:
        """Make sure that the file is where it was when it was opened.

        Raises:
            DataFolderGone: There is none, or another one.
        """
        found = _found(self._path)
        if found is None or found != (self._opened or found):
            raise DataFolderGone(self._path.name)

    def check_written(self) -> None:
        """Make sure that what was just committed can be found again: it stands in the -wal, which stays while in use.

        Raises:
            DataFolderGone: It cannot.
        """
        self.check()
        wal = _found(self._wal_path)
        self._wal = self._wal or wal
        if wal is None or wal != self._wal:
            raise DataFolderGone(self._wal_path.name)


def _found(path: Path) -> File | None:
    try:
        found = path.stat()
    except OSError:  # whatever the reason: nobody can open it by its name
        return None
    return found.st_dev, found.st_ino
