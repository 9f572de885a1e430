"""Files that a clerk put off in 取込: kept by their paths, over a restart, too, until they are dealt with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from onestop.files import is_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop.services.draft_saving import TypingService

PLACE: Final = "import"
"""Under which they are written down, as what is being typed is."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is written down."""

    paths: tuple[str, ...] = field(default=(), repr=False)


class PutOffFiles:
    """Asked at every look at the watched folder, so it reads what is written down only once. Any worker may call it."""

    def __init__(self, typing: TypingService) -> None:
        self._typing = typing
        self._lock = Lock()
        self._paths: tuple[Path, ...] | None = None

    def paths(self) -> tuple[Path, ...]:
        """Return them, those that were put off first first."""
        with self._lock:
            return self._read()

    def add(self, paths: Iterable[Path]) -> None:
        """Put these off, too."""
        with self._lock:
            self._write(tuple(dict.fromkeys((*self._read(), *paths))))

    def drop(self, paths: Iterable[Path]) -> None:
        """Forget these: they are dealt with."""
        gone = {*paths}
        if gone:
            with self._lock:
                self._write(tuple(path for path in self._read() if path not in gone))

    def _read(self) -> tuple[Path, ...]:
        if self._paths is None:
            kept = self._typing.found(PLACE, _Kept()) or _Kept()
            self._paths = tuple(map(Path, kept.paths))
        return self._paths

    def _write(self, paths: tuple[Path, ...]) -> None:
        """Keep them; over a restart only those whose names are text."""
        self._typing.keep(PLACE, _Kept(tuple(filter(is_text, map(str, paths)))))
        self._paths = paths
