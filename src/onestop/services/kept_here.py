"""What is being typed while the shared database's server does not answer: kept on this machine until it does."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from onestop.model.typing_draft import TypingDraft
    from onestop.store.database import Database


class KeptHere:
    """A small database of this machine's own, made when it is first needed. Usable from several threads."""

    def __init__(self, file: Path, opening: Callable[[], Database]) -> None:
        """`file`: where it lies once there is one."""
        self._file = file
        self._opening = opening
        self._opened: Database | None = None
        self._one_at_a_time = Lock()

    def put(self, place: str, form: str, at: dt.datetime) -> None:
        """Keep what stands in a form.

        Raises:
            OneStopError: This machine cannot keep it, either.
        """
        with self._database().write() as shelves:
            shelves.typing.put(place, form, at)

    def get(self, place: str) -> TypingDraft | None:
        """Return what was kept here for a place."""
        if not self._file.exists():
            return None
        with self._database().read() as shelves:
            return shelves.typing.get(place)

    def drop(self, place: str) -> None:
        """Forget it: the server has it, or it is not wanted any more."""
        if self.get(place) is not None:
            with self._database().write() as shelves:
                shelves.typing.drop(place)

    def close(self) -> None:
        """Close it, if it was opened."""
        with self._one_at_a_time:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()

    def _database(self) -> Database:
        with self._one_at_a_time:
            if self._opened is None:
                self._opened = self._opening()
            return self._opened
