"""Putting a finished file in its place so that a power cut leaves the old one or the new one, under its name."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, Final

from onestop.held_files import patiently

if TYPE_CHECKING:
    from pathlib import Path

SYNCS_FOLDERS: Final = sys.platform != "win32"
"""Windows opens no folder for that, and writes a name with the file it names."""


def put_durably(part: Path, path: Path) -> None:
    """Write a file to the disk, give it its name, and write the name to the disk."""
    patiently(lambda: _sync(part))
    patiently(lambda: part.replace(path))
    if SYNCS_FOLDERS:
        sync_folder(path.parent)


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Write the names in a folder to the disk; there are disks and shares that know nothing of that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)
