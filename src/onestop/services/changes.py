"""変更の履歴: what was changed of a car and its records, by whom, where and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind, Suffix
from onestop.documents.table_file import Table, write_csv, write_xlsx
from onestop.model.change import Author

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.model.change import Change
    from onestop.services.settings.changes import SettingChange
    from onestop.store.database import Database

SETTINGS: Final = "settings"
"""Under which name the history has what lies in the settings file."""


class ChangeService:
    """Tells the history; it is written with every save, and by nobody else."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def of_car(self, vehicle_id: int | None) -> tuple[Change, ...]:
        """Return what was changed of a car and its records, the newest first; None: what is about no car."""
        with self._database.read() as shelves:
            return shelves.changes.of_no_car() if vehicle_id is None else shelves.changes.of_vehicle(vehicle_id)

    def note_settings(self, changes: tuple[SettingChange, ...]) -> None:
        """Note what was changed in 設定, which lie in a file of their own."""
        if changes:
            with self._database.write() as shelves:
                shelves.changes.note(self._database.author(), self._clock.now(), SETTINGS, changes)

    def last_author(self, vehicle_id: int, record: str, key: int) -> Author:
        """Return who changed a record of a car last; nobody named for whoever works here: that was another window."""
        with self._database.read() as shelves:
            last = shelves.changes.last_of(vehicle_id, record, key)
        author = Author() if last is None else Author(last.operator, last.terminal)
        return Author() if author == self._database.author() else author

    @staticmethod
    def save(path: Path, suffix: Suffix, columns: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        """F11 Excel or CSV of what is shown; returns the characters that could not be written.

        Raises:
            FileNotWritten: see documents/saving.py.
        """
        table = Table(DocumentKind.CHANGES.value, columns, lines)
        if suffix is Suffix.CSV:
            return write_csv(path, table)
        write_xlsx(path, table)
        return ()
