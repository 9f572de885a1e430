"""All data come out, in files that are read here as another program would read them."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from onestop.errors import InvalidInput
from onestop.services.data_export import DataExport, _meanings, schema
from onestop.store.copying import TABLES
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.clock import FixedClock
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.data_export import WrittenTable

FORMULA = "=HYPERLINK(見本)"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def written(tmp_path: Path, out: Path) -> tuple[WrittenTable, ...]:
    """Write out a car with a name that a spreadsheet would run, its file and a filing."""
    with a_database(tmp_path / "data") as database:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle(user_name=FORMULA))
        with database.write() as shelves:
            shelves.filings.add(a_filing(sent_as="a trace", sent_uptime=1.5))
        return DataExport(database, FixedClock()).write(out)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def sheet(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_what_is_read_back_is_what_was_stored(written: tuple[WrittenTable, ...], out: Path) -> None:
    (car,) = lines(out / "vehicle.jsonl")
    (filing,) = lines(out / "filing.jsonl")
    assert (car["user_name"], car["user_is_owner"], car["created_at"]) == (FORMULA, True, BUILT_AT.isoformat())
    assert (filing["control_number"], filing["sending"], filing["sent_uptime"]) == (1, "draft", 1.5)
    assert {each.name: each.rows for each in written if each.rows} == {"vehicle": 1, "filing": 1, "change": 2}


def test_a_spreadsheet_runs_nothing_of_it(written: tuple[WrittenTable, ...], out: Path) -> None:
    assert written
    (car,) = sheet(out / "vehicle.csv")
    assert (car["user_name"], car["user_is_owner"]) == (f"'{FORMULA}", "true")
    (filing,) = sheet(out / "filing.csv")
    assert (filing["planned_date"], filing["sent_uptime"]) == ("", "1.5")


def test_the_manifest_counts_and_sums_every_file(written: tuple[WrittenTable, ...], out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    told = {name: digest for table in manifest["tables"] for name, digest in table["files"].items()}
    assert told == {name: sha256((out / name).read_bytes()).hexdigest() for table in written for name in table.files}
    assert len(told) == 2 * len(TABLES)
    assert {each.name for each in out.iterdir()} == {*told, "manifest.json", "schema.json"}


def test_the_schema_names_what_stands_in_the_files(written: tuple[WrittenTable, ...], out: Path) -> None:
    assert written
    for table in json.loads((out / "schema.json").read_text(encoding="utf-8")):
        with (out / f"{table['table']}.csv").open(encoding="utf-8-sig", newline="") as opened:
            assert next(csv.reader(opened)) == [column["name"] for column in table["columns"]]
        assert table["meaning"]
        assert all(column["meaning"] and column["type"] for column in table["columns"])


def test_secrets_stay_here(written: tuple[WrittenTable, ...], out: Path) -> None:
    assert written
    assert "a trace" not in (out / "filing.jsonl").read_text(encoding="utf-8")
    assert not any(column["name"] in {"pin_hash", "sent_as"} for table in schema() for column in table["columns"])


def test_every_table_and_column_has_a_meaning_and_every_meaning_a_column() -> None:
    told = {column["name"] for table in schema() for column in table["columns"]}
    assert told == _meanings("column").keys()
    assert {table.name for table in TABLES} == _meanings("table").keys()


def test_words_and_references_stand_in_the_schema() -> None:
    (filing,) = (table for table in schema() if table["table"] == "filing")
    columns = {column["name"]: column for column in filing["columns"]}
    assert columns["sending"]["words"] == ("draft", "sending", "unknown", "filed")
    assert columns["vehicle_id"]["refers_to"] == "vehicle.id"
    assert columns["control_number"]["is_key"]


def test_nothing_is_mixed_with_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with a_database(tmp_path / "data") as database, pytest.raises(InvalidInput):
        DataExport(database, FixedClock()).write(tmp_path)
