"""変更の履歴: what was changed of a car and its records, by whom, where and when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.documents.names import DocumentKind, Suffix
from onestop.documents.table_file import Table, write_csv, write_xlsx
from onestop.model.change import Author
from onestop.model.checklist import FleetConsent
from onestop.model.inspection import Inspection
from onestop.model.operator import Operator
from onestop.model.vehicle import Vehicle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.model.change import Change
    from onestop.services.settings.changes import SettingChange
    from onestop.store.database import Database

SETTINGS: Final = "settings"
"""Under which name the history has what lies in the settings file."""
KEYS: Final = ("vehicle_id", "inspection_id")
"""Fields whose value is the key of another record."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The records that a history names by their keys alone, as they are now."""

    cars: Mapping[int, Vehicle]
    inspections: Mapping[int, Inspection]
    operators: Mapping[int, Operator]
    consents: Mapping[int, FleetConsent]

    def named(self, record: str, key: str) -> str:
        """Return the name of an operator, or of the 使用者 of a 承諾書, by table and key; "" for others."""
        if record == Operator.__tablename__ and key and (operator := self.operators.get(int(key))):
            return operator.name
        if record == FleetConsent.__tablename__ and (consent := self.consents.get(int(key))):
            return consent.user_name
        return ""


class ChangeService:
    """Tells the history; it is written with every save, and by nobody else."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def of_car(self, vehicle_id: int | None) -> tuple[Change, ...]:
        """Return what was changed of a car and its records, the newest first; None: what is about no car."""
        with self._database.read() as shelves:
            return shelves.changes.of_no_car() if vehicle_id is None else shelves.changes.of_vehicle(vehicle_id)

    def meant_by(self, changes: Sequence[Change]) -> Meant:
        """Return the records that changes speak of by their keys."""
        values: defaultdict[str, set[int]] = defaultdict(set)
        for each in changes:
            if each.key and each.record in (Operator.__tablename__, FleetConsent.__tablename__):
                values[each.record].add(int(each.key))
            if each.field in KEYS:
                values[each.field].update(int(kept) for kept in (each.old, each.new) if kept)
        with self._database.read() as shelves:
            named = shelves.changes.named
            return Meant(
                named(Vehicle, values["vehicle_id"]),
                named(Inspection, values["inspection_id"]),
                named(Operator, values[Operator.__tablename__]),
                named(FleetConsent, values[FleetConsent.__tablename__]),
            )

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
