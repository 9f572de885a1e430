"""値の出所: from what each field of a car was read and when, noted at each save and told by key."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.documents.saving import put_in_place
from onestop.model.provenance import TYPED
from onestop.services.vehicle.form import VehicleForm, differing_fields, form_of_vehicle_record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from onestop.model.provenance import Provenance, SourceKind
    from onestop.model.vehicle import Vehicle
    from onestop.store.database import Database, Shelves


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where the value of one field comes from."""

    field: str
    kind: SourceKind
    name: str = dataclasses.field(repr=False)
    """Of the file, where there was one."""
    read_at: dt.datetime
    source_id: int
    is_document: bool


@dataclass(frozen=True, slots=True)
class CarSources:
    """A car as it is stored, and the sources of its fields: none for what was stored before they were noted."""

    form: VehicleForm
    fields: tuple[FieldSource, ...]


class SourceService:
    """Tells where values come from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_car(self, vehicle_id: int) -> CarSources:
        """Return a car's fields with their sources.

        Raises:
            NotAllowed: the car is gone.
        """
        with self._database.read() as shelves:
            form = form_of_vehicle_record(shelves.vehicles.get(vehicle_id))
            rows = shelves.sources.of_vehicle(vehicle_id)
        return CarSources(
            form,
            tuple(
                FieldSource(name, row.kind, row.name, row.read_at, row.id, bool(row.digest))
                for row in rows
                for name in row.names
            ),
        )

    def keep(self, source_id: int, path: Path) -> None:
        """Write a document to a file, byte by byte as it was read.

        Raises:
            NotAllowed: it is not kept any more.
            FileNotWritten: there is no room or no right.
        """
        with self._database.read() as shelves:
            content = shelves.sources.content(source_id)
        with put_in_place(path) as part:
            part.write_bytes(content)


def note_sources(
    shelves: Shelves, vehicle: Vehicle, before: VehicleForm | None, sources: Mapping[str, Provenance], at: dt.datetime
) -> None:
    """Note where the values of a car that was just filled come from: as told, and what else was changed was typed.

    `before` is how the car stood; None: it is new.
    """
    changed = differing_fields(before or VehicleForm(), form_of_vehicle_record(vehicle))
    typed = (name for name in changed if name not in sources)
    fields: dict[Provenance, list[str]] = {}
    for name, source in (*sources.items(), *((name, TYPED) for name in typed)):
        fields.setdefault(source, []).append(name)
    if before is None:
        shelves.sources.begin([(vehicle.id, source, names) for source, names in fields.items()], at)
    else:
        for source, names in fields.items():
            shelves.sources.put(vehicle.id, source, names, at)
    shelves.settled_files.put((source.digest for source in fields if source.digest), at)
