"""値の出所: each save says from what the values of a car come."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest

from onestop.errors import NotAllowed
from onestop.model.provenance import Provenance, SourceKind
from onestop.services.vehicle.form import form_of_vehicle_record
from support.builders import a_vehicle
from support.shaken import KEI, as_csv, values_of

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


def kinds(room: DeskRoom, car: int) -> dict[str, SourceKind]:
    return {each.field: each.kind for each in room.desk.sources.of_car(car).fields}


def imported(room: DeskRoom, path: Path) -> int:
    plan = room.desk.imports.read(path)
    return room.desk.imports.accept(plan, frozenset(plan.differences))


def test_what_is_typed_for_a_new_car_was_typed(room: DeskRoom) -> None:
    form = dataclasses.replace(form_of_vehicle_record(a_vehicle()), fuel="")
    lent = {"use": Provenance(SourceKind.TEMPLATE)}
    car = room.desk.vehicles.save(room.desk.vehicles.open(None), form, sources=lent)
    told = kinds(room, car)
    assert (told["chassis_number"], told["use"], "fuel" in told) == (SourceKind.TYPED, SourceKind.TEMPLATE, False)


def test_a_car_from_a_file_has_the_file_as_its_source_until_something_else_is_typed(room: DeskRoom) -> None:
    car = imported(room, KEI)
    assert {*kinds(room, car).values()} == {SourceKind.JSON}
    opened = room.desk.vehicles.open(car)
    room.desk.vehicles.save(opened, dataclasses.replace(opened.form, fuel="軽油"))
    told = room.desk.sources.of_car(car)
    of = {each.field: each for each in told.fields}
    assert (of["fuel"].kind, of["fuel"].name, of["fuel"].is_document) == (SourceKind.TYPED, "", False)
    assert (of["use"].kind, of["use"].name, of["use"].is_document) == (SourceKind.JSON, KEI.name, True)
    assert told.form.fuel == "軽油"


def test_a_newer_file_is_the_source_of_what_it_confirms_and_not_of_what_was_refused(
    room: DeskRoom, tmp_path: Path
) -> None:
    car = imported(room, KEI)
    newer = tmp_path / "newer.csv"
    newer.write_bytes(as_csv(values_of(KEI) | {"CarWgt": "840", "FuelClass": "軽油"}, "cp932"))
    room.desk.imports.accept(room.desk.imports.read(newer), frozenset({"fuel"}))
    told = kinds(room, car)
    assert (told["fuel"], told["use"], told["weight_kg"]) == (SourceKind.CSV, SourceKind.CSV, SourceKind.JSON)


def test_what_is_completed_by_hand_keeps_the_file_as_the_source_of_the_rest(room: DeskRoom, tmp_path: Path) -> None:
    bare = tmp_path / "bare.csv"
    bare.write_bytes(as_csv(values_of(KEI) | {"EntryNoCarNo": "", "TwodimensionCodeInfoEntryNoCarNo": ""}, "cp932"))
    plan = room.desk.imports.read(bare)
    vehicles = room.desk.vehicles
    vehicles.complete_by_hand(plan.record_form, plan.source)
    other = vehicles.save(vehicles.open(None), form_of_vehicle_record(a_vehicle()))
    assert {*kinds(room, other).values()} == {SourceKind.TYPED}
    plate = {"area": "水戸", "class_number": "580", "kana": "す", "serial": "123"}
    car = vehicles.save(vehicles.open(None), dataclasses.replace(plan.record_form, **plate, fuel="軽油"))  # type: ignore[arg-type] # by name
    told = kinds(room, car)
    assert (told["weight_kg"], told["serial"], told["fuel"]) == (SourceKind.CSV, SourceKind.TYPED, SourceKind.TYPED)


def test_the_raw_file_is_kept_and_written_as_it_came(room: DeskRoom, tmp_path: Path) -> None:
    (source, *_) = room.desk.sources.of_car(imported(room, KEI)).fields
    room.desk.sources.keep(source.source_id, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == KEI.read_bytes()
    assert json.loads((tmp_path / "again.json").read_text("utf-8"))["CertInfo"]
    with pytest.raises(NotAllowed):
        room.desk.sources.keep(source.source_id + 1, tmp_path / "none.json")
