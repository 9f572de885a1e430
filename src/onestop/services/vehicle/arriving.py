"""監視フォルダー: files of the 車検証閲覧アプリ that arrive in a folder wait until a clerk takes them over, or not.

Nothing is stored by itself. The folder may lie on another machine and be gone for a while; a file may be still
written, or held by another program (Windows): it is looked at again at the next look.
"""

from __future__ import annotations

import dataclasses
import os
import threading
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from onestop.documents.shaken_file import bytes_of, read_shaken_bytes
from onestop.errors import InvalidInput
from onestop.files import shown_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.store.database import Database

SUFFIXES: Final = (".json", ".csv", ".xml")
MOST_FILES: Final = 300
"""The newest are looked at: a folder that somebody else fills, such as his downloads, may hold any number."""

Stamp = tuple[int, int]
"""Size and time of the last change, which tell a file that is still being written."""


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """One file that waits."""

    path: Path = dataclasses.field(repr=False)
    digest: str = dataclasses.field(repr=False)
    """SHA-256 of what is in it."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What a look at the folder found."""

    files: tuple[ArrivedFile, ...] = ()
    """Those that wait, the oldest first; what arrived twice stands here once."""
    unreadable: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    """The names of files that came since the first look and are none of the app's."""
    is_gone: bool = False
    """The folder is not there now."""


@dataclass(slots=True)
class _Known:
    """A file as it was at the last look."""

    stamp: Stamp
    digest: str | None = dataclasses.field(default=None, repr=False)
    """None until it was read; "" for what is no file of the app."""
    is_old: bool = False
    """It lay there at the first look, as much does in a folder that has other uses, too."""


class ArrivalService:
    """Looks into the folder again and again. One look at a time, on a worker."""

    def __init__(self, database: Database, clock: Clock, folder: Callable[[], Path | None]) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder
        self._known: dict[Path, _Known] = {}
        self._looked_into: Path | None = None
        self._looking = threading.Lock()

    def look(self) -> Arrivals:
        """Return what waits now. A file is read once it stayed as it was from one look to the next."""
        folder = self._folder()
        if folder is None:
            return Arrivals()
        with self._looking:
            try:
                found = _stamps(folder)
            except OSError:
                return Arrivals(is_gone=True)
            if folder != self._looked_into:
                self._known = {path: _Known(stamp, is_old=True) for path, stamp in found.items()}
                self._looked_into = folder
            else:
                self._known = {path: self._seen_again(path, stamp) for path, stamp in found.items()}
            return self._waiting()

    def settle(self, digest: str) -> None:
        """見送る: a file of this content is not to be offered any more."""
        with self._database.write() as shelves:
            shelves.settled_files.put((digest,), self._clock.now())

    def _seen_again(self, path: Path, stamp: Stamp) -> _Known:
        known = self._known.get(path)
        if known is None or known.stamp != stamp:
            return _Known(stamp)
        if known.digest is None:
            known.digest = _digest(path, size=stamp[0])
        return known

    def _waiting(self) -> Arrivals:
        read = [(path, known.digest) for path, known in self._known.items() if known.digest]
        with self._database.read() as shelves:
            settled = shelves.settled_files.among(digest for _, digest in read)
        first: dict[str, Path] = {}
        for path, digest in read:
            if digest not in settled:
                first.setdefault(digest, path)
        return Arrivals(
            tuple(ArrivedFile(path, digest) for digest, path in first.items()),
            tuple(shown_name(path) for path, known in self._known.items() if known.digest == "" and not known.is_old),
        )


def _stamps(folder: Path) -> dict[Path, Stamp]:
    """Return the files that may be of the app, the oldest first.

    Raises:
        OSError: the folder is not there.
    """
    with os.scandir(folder) as entries:
        found = sorted((stamp, name) for entry in entries for stamp, name in _candidate(entry))
    return {folder / name: (size, changed) for (changed, size), name in found[-MOST_FILES:]}


def _candidate(entry: os.DirEntry[str]) -> Iterator[tuple[Stamp, str]]:
    """Yield the time, size and name of a plain file that has something in it; it may be gone again."""
    if not entry.name.lower().endswith(SUFFIXES) or entry.name.startswith((".", "~")):
        return
    try:
        if entry.is_file(follow_symlinks=False):
            about = entry.stat(follow_symlinks=False)
            if about.st_size:
                yield (about.st_mtime_ns, about.st_size), entry.name
    except OSError:
        return


def _digest(path: Path, *, size: int) -> str | None:
    """Return the SHA-256 of a file of the app, "" of another one, and None of one that cannot be opened now.

    Windows tells the size of a file that is still written only when it is closed: one of another size is not whole yet.
    """
    try:
        content = bytes_of(path)
        if len(content) != size:
            return None
        read_shaken_bytes(content)
    except OSError:
        return None
    except InvalidInput:
        return ""
    return sha256(content).hexdigest()
