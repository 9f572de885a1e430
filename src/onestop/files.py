"""Files on disks that other programs use too: what one holds is tried again, and a new file takes its place whole.

A virus scanner, OneDrive or whoever makes backups holds a file for a moment, and Windows opens, replaces, moves and
deletes no file that somebody else has open. Such a program lets go within a second; so what it refused is tried again
for about that long, and only then is it a trouble.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Result = TypeVar("Result")

PAUSES: Final = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.4) if sys.platform == "win32" else ()
"""Seconds between two tries. Elsewhere an open file hinders nobody, and a right that is missing stays missing."""

FULL_WIDTH_BLANK: Final = "\u3000"
SURROGATES: Final = re.compile("[\ud800-\udfff]")
SYNCS_FOLDERS: Final = sys.platform != "win32"
"""Windows opens no folder for that, and writes a name with the file it names."""


def shown_name(path: Path) -> str:
    """Return a file's name as it can be shown and stored, whatever another system or a hostile hand put into it."""
    return "".join(sign if sign.isprintable() or sign == FULL_WIDTH_BLANK else "?" for sign in path.name)


def is_text(path: str) -> bool:
    """Tell whether a path can be written down: what another system named may be bytes that are no text."""
    return not SURROGATES.search(path)


def patiently(act: Callable[[], Result]) -> Result:
    """Do something to a file, which must be whole or not done at all; on a worker only.

    Raises:
        OSError: It failed; as PermissionError after all tries.
    """
    for pause in PAUSES:
        try:
            return act()
        except PermissionError:  # whichever code: open() has EACCES, a move ERROR_ACCESS_DENIED or a sharing violation
            time.sleep(pause)
    return act()


def head_of(path: Path, length: int) -> bytes:
    """Return a file's first bytes; fewer where it is shorter.

    Raises:
        OSError: It cannot be read; as PermissionError after all tries.
    """
    with patiently(lambda: path.open("rb")) as file:
        return file.read(length)


@contextmanager
def written_whole(path: Path, *, durably: bool) -> Iterator[Path]:
    """Give a path beside `path` to write to; it takes the place of `path` when everything went well.

    What stood under `path` before stays until then. The file is made before anything is written into it, and no other
    user of this machine may read it (Windows: as its folder says).

    Args:
        path: where the file is to stand.
        durably: as `put_durably` does it.

    Raises:
        OSError: it failed; nothing is left beside what stood there before.
    """
    part = path.with_name(f"{path.name}.part")
    patiently(lambda: part.unlink(missing_ok=True))  # of a run that was killed; or somebody's link to another place
    part.touch(mode=0o600, exist_ok=False)
    try:
        yield part
        if durably:
            put_durably(part, path)
        else:
            patiently(lambda: part.replace(path))
    finally:
        patiently(lambda: part.unlink(missing_ok=True))


def put_durably(part: Path, path: Path) -> None:
    """Put a finished file in its place so that a power cut leaves the old one or the new one, under its name.

    The file is written to the disk, then it gets its name, and the name is written to the disk.
    """
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
