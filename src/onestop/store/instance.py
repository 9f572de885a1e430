"""One instance of the program for each data folder, held by a lock of the operating system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from onestop.errors import DataFolderInUse, StoreError
from onestop.paths import make_private

if TYPE_CHECKING:
    from onestop.paths import DataFolder


class Instance:
    """The right to work in a data folder; the system takes it back when the process ends, however it ends."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    def release(self) -> None:
        """Let another instance have the folder."""
        self._lock.release()


def claim(folder: DataFolder) -> Instance:
    """Take the folder for this instance, creating it if needed; never waits.

    Raises:
        DataFolderInUse: Another instance works there.
        StoreError: The folder cannot be written.
    """
    lock = FileLock(folder.lock, timeout=0, mode=0o600, thread_local=False)
    try:
        make_private(folder.root)
        lock.acquire()
    except Timeout:
        raise DataFolderInUse(folder.lock.name) from None
    except OSError as error:
        raise StoreError(type(error).__name__) from None
    return Instance(lock)
