"""監視フォルダー: files of the 車検証閲覧アプリ that arrive in a folder wait until a clerk takes them over, or not.

So do those that she put off in 取込, wherever they lie.

Nothing is stored by itself. The folder may lie on another machine and be gone for a while; a file may be still
written, or held by another program (Windows): it is looked at again at the next look.
"""

from __future__ import annotations

import dataclasses
import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from onestop.documents.shaken_file import bytes_of, content_of, read_shaken_bytes
from onestop.errors import InvalidInput
from onestop.files import shown_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.services.vehicle.put_off_files import PutOffFiles
    from onestop.store.database import Database

SUFFIXES: Final = (".json", ".csv", ".xml")
MOST_FILES: Final = 300
"""The newest that nobody has dealt with are looked at: a folder that somebody else fills, such as his downloads, may
hold any number."""

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
    """The names of files that came since the first look and that the app did not write."""
    is_gone: bool = False


@dataclass(slots=True)
class _Known:
    """A file as it was at the last look."""

    stamp: Stamp
    digest: str | None = dataclasses.field(default=None, repr=False)
    """None until it was read; "" for what is no file of the app."""
    is_dealt_with: bool = False
    """Taken over or put aside: it waits no longer, and does not count among the newest that are looked at."""


class ArrivalService:
    """Looks into the folder again and again. One look at a time, on a worker."""

    def __init__(
        self, database: Database, clock: Clock, folder: Callable[[], Path | None], put_off: PutOffFiles
    ) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder
        self._put_off = put_off
        self._known_put_off: dict[Path, _Known] = {}
        self._known: dict[Path, _Known] = {}
        self._looked_into: Path | None = None
        self._old: dict[Path, Stamp] = {}
        """What lay there at the first look: a folder with other uses holds files that are none of the app's."""
        self._looking = threading.Lock()

    def look(self) -> Arrivals:
        """Return what waits now. A file is read once it stayed as it was from one look to the next."""
        folder = self._folder()
        with self._looking:
            found = self._stamps_put_off()
            self._known_put_off = {path: _seen_again(self._known_put_off, path, stamp) for path, stamp in found.items()}
            is_gone = folder is not None and not self._look_into(folder)
            if folder is None or is_gone:
                self._known, self._looked_into = {}, None
            return dataclasses.replace(self._waiting(), is_gone=is_gone)

    def settle(self, digest: str) -> None:
        """見送る: a file of this content is not to be offered any more."""
        with self._database.write() as shelves:
            shelves.settled_files.put((digest,), self._clock.now())

    def settle_files(self, paths: Iterable[Path]) -> None:
        """すべて見送る: none of these files is to be offered any more; what cannot be read is not offered anyway."""
        digests = []
        for path in paths:
            with suppress(InvalidInput):
                digests.append(sha256(content_of(path)).hexdigest())
        with self._database.write() as shelves:
            shelves.settled_files.put(digests, self._clock.now())

    def put_off(self, paths: Iterable[Path]) -> None:
        """あとで取り込む: offer these files as if they had arrived, until they are dealt with."""
        self._put_off.add(paths)

    def _stamps_put_off(self) -> dict[Path, Stamp]:
        """Return those that are there now: a file on a stick may come again."""
        stamps = {}
        for path in self._put_off.paths():
            with suppress(OSError):
                about = path.stat()
                stamps[path] = (about.st_size, about.st_mtime_ns)
        return stamps

    def _look_into(self, folder: Path) -> bool:
        """Look at what lies in the folder; tell whether it is there."""
        try:
            found = _stamps(folder)
        except OSError:
            return False
        if folder != self._looked_into:
            self._known, self._looked_into, self._old = {}, folder, found
        chosen = self._newest(found)
        self._known = {path: _seen_again(self._known, path, found[path]) for path in reversed(chosen)}
        return True

    def _newest(self, found: dict[Path, Stamp]) -> list[Path]:
        """Return the newest that may wait, and those of which it is known that they do not."""
        left, chosen = MOST_FILES, []
        for path in reversed(found):
            known = self._known.get(path)
            if known is not None and known.is_dealt_with and known.stamp == found[path]:
                chosen.append(path)
            elif left:
                chosen.append(path)
                left -= 1
        return chosen

    def _waiting(self) -> Arrivals:
        put_off = self._known_put_off
        seen = (*put_off.items(), *self._known.items())
        read = [(path, known.digest) for path, known in seen if known.digest and not known.is_dealt_with]
        settled: frozenset[str] = frozenset()
        if read:
            with self._database.read() as shelves:
                settled = shelves.settled_files.among(digest for _, digest in read)
        for _, known in seen:
            known.is_dealt_with = known.is_dealt_with or known.digest in settled
        self._put_off.drop(path for path, known in put_off.items() if known.digest == "" or known.is_dealt_with)
        first: dict[str, Path] = {}
        for path, digest in read:
            if digest not in settled:
                first.setdefault(digest, path)
        return Arrivals(
            tuple(ArrivedFile(path, digest) for digest, path in first.items()),
            tuple(
                shown_name(path)
                for path, known in self._known.items()
                if known.digest == "" and self._old.get(path) != known.stamp
            ),
        )


def _seen_again(before: dict[Path, _Known], path: Path, stamp: Stamp) -> _Known:
    known = before.get(path)
    if known is None or known.stamp != stamp:
        return _Known(stamp)
    if known.digest is None:
        known.digest = _digest(path, size=stamp[0])
    return known


def _stamps(folder: Path) -> dict[Path, Stamp]:
    """Return the files that may be of the app, the oldest first.

    Raises:
        OSError: the folder is not there.
    """
    with os.scandir(folder) as entries:
        found = sorted((stamp, name) for entry in entries for stamp, name in _candidate(entry))
    return {folder / name: (size, changed) for (changed, size), name in found}


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
