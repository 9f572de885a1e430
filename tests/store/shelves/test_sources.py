"""The shelf of what the values of cars were read from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.errors import NotAllowed
from onestop.model.provenance import MOST_DOCUMENTS, TYPED, Provenance, SourceKind
from support.builders import BUILT_AT, a_vehicle
from support.databases import a_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.store.database import Database

pytestmark = pytest.mark.usefixtures("each_database")

FILE = Provenance(SourceKind.JSON, "car.json", b"{}")
LATER = BUILT_AT + dt.timedelta(days=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
        yield database


def put(database: Database, source: Provenance, *fields: str, at: dt.datetime = BUILT_AT) -> None:
    with database.write() as shelves:
        shelves.sources.put(1, source, fields, at)


def stand(database: Database) -> list[tuple[SourceKind, tuple[str, ...]]]:
    with database.read() as shelves:
        return [(each.kind, each.names) for each in shelves.sources.of_vehicle(1)]


def test_a_field_comes_from_where_it_was_taken_last(database: Database) -> None:
    put(database, FILE, "fuel", "use")
    put(database, TYPED, "fuel", at=LATER)
    assert stand(database) == [(SourceKind.JSON, ("use",)), (SourceKind.TYPED, ("fuel",))]


def test_a_typing_of_which_nothing_stands_any_more_is_forgotten_and_a_document_is_kept(database: Database) -> None:
    put(database, TYPED, "fuel")
    put(database, FILE, "fuel")
    put(database, TYPED, "fuel")
    assert stand(database) == [(SourceKind.JSON, ()), (SourceKind.TYPED, ("fuel",))]


def test_the_same_document_again_is_kept_once_with_its_new_day(database: Database) -> None:
    put(database, FILE, "fuel", "use")
    put(database, Provenance(SourceKind.JSON, "copy.json", b"{}"), "fuel", at=LATER)
    with database.read() as shelves:
        (only,) = shelves.sources.of_vehicle(1)
        assert shelves.sources.content(only.id) == b"{}"
    assert (only.name, only.names, only.read_at) == ("copy.json", ("fuel", "use"), LATER)
    assert "copy" not in repr(only)


def test_of_many_documents_the_oldest_go(database: Database) -> None:
    for number in range(MOST_DOCUMENTS + 2):
        put(database, Provenance(SourceKind.CSV, f"{number}.csv", b"%d" % number), "fuel")
    put(database, TYPED, "use")
    with database.read() as shelves:
        names = [each.name for each in shelves.sources.of_vehicle(1)]
    assert names == [*(f"{number}.csv" for number in range(2, MOST_DOCUMENTS + 2)), ""]


def test_a_document_that_is_gone_cannot_be_had(database: Database) -> None:
    with database.read() as shelves, pytest.raises(NotAllowed):
        shelves.sources.content(1)


def test_the_sources_of_many_new_cars_are_noted_at_once(database: Database) -> None:
    with database.write() as shelves:
        second = shelves.vehicles.add(a_vehicle(chassis_number="ZN6-000002")).id
        shelves.sources.begin([], BUILT_AT)
        shelves.sources.begin([(1, FILE, ("fuel", "use")), (second, TYPED, ("use",))], BUILT_AT)
    assert stand(database) == [(SourceKind.JSON, ("fuel", "use"))]
    with database.read() as shelves:
        (typed,) = shelves.sources.of_vehicle(second)
    assert (typed.kind, typed.names, typed.digest, typed.read_at) == (SourceKind.TYPED, ("use",), "", BUILT_AT)
