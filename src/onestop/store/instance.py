"""One instance of the program for each data folder, held by locks of the operating system."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout, lock_descriptor

from onestop.errors import DataFolderInUse
from onestop.paths import make_private
from onestop.store.failures import translate_file_errors

if TYPE_CHECKING:
    from onestop.paths import DataFolder

LOCKS_FOLDERS: Final = sys.platform != "win32"
"""On Windows a lock file that is held cannot be deleted, and a folder cannot be opened as a file."""


class Instance:
    """The right to work in a data folder; the system takes it back when the process ends, however it ends."""

    def __init__(self, lock: FileLock, descriptor: int | None) -> None:
        self._lock = lock
        self._descriptor = descriptor

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_failure: object) -> None:
        self.release()

    def release(self) -> None:
        """Let another instance have the folder."""
        self._lock.release()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def claim(folder: DataFolder) -> Instance:
    """Take the folder for this instance, creating it if needed; never waits.

    Besides the lock file the folder itself is locked where the system can do that: somebody may delete the file, and
    the next instance would make another.

    Raises:
        DataFolderInUse: Another instance works there.
        LocksRefused: Nothing can be locked there. A file that only says so would outlive a crash, or be deleted.
        StoreError: The folder cannot be written.
    """
    lock = FileLock(folder.lock, timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False)
    with translate_file_errors():
        make_private(folder.root)
        try:
            lock.acquire()
        except Timeout:
            raise DataFolderInUse(folder.lock.name) from None
        try:
            descriptor = _lock_folder(folder) if LOCKS_FOLDERS else None
        except BaseException:
            lock.release()
            raise
    return Instance(lock, descriptor)


def _lock_folder(folder: DataFolder) -> int:
    descriptor, locked = os.open(folder.root, os.O_RDONLY), False
    try:
        locked = lock_descriptor(descriptor, blocking=False)
    finally:
        if not locked:
            os.close(descriptor)
    if not locked:
        raise DataFolderInUse(folder.root.name)
    return descriptor
