"""取込: both sample files, as new cars and as cars that are known and differ."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest

from onestop.errors import InvalidInput, NotAllowed
from onestop.services.vehicle.form import VehicleForm, differing_fields
from support.shaken import KEI, REGISTERED

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.vehicle.importing import ImportPlan
    from support.desks import DeskRoom


def accepted_whole(room: DeskRoom, path: Path) -> int:
    plan = room.desk.imports.read(path)
    return room.desk.imports.accept(plan, frozenset(plan.differences))


@pytest.mark.parametrize("path", [REGISTERED, KEI], ids=["registered", "kei"])
def test_a_new_car_is_stored_as_the_file_tells_it(room: DeskRoom, path: Path) -> None:
    plan = room.desk.imports.read(path)
    assert (plan.is_new, plan.opened.form) == (True, VehicleForm())
    assert plan.differences == differing_fields(VehicleForm(), plan.record_form)
    assert room.desk.vehicles.search("") == ()  # nothing is stored before it is accepted
    car = room.desk.imports.accept(plan, frozenset(plan.differences))
    assert room.desk.vehicles.open(car).form == plan.record_form


@pytest.mark.parametrize("path", [REGISTERED, KEI], ids=["registered", "kei"])
def test_the_same_file_again_differs_in_nothing(room: DeskRoom, path: Path) -> None:
    car = accepted_whole(room, path)
    plan = room.desk.imports.read(path)
    assert (plan.is_new, plan.opened.vehicle_id, plan.differences) == (False, car, ())
    assert room.desk.imports.accept(plan, frozenset()) == car


def test_a_new_car_that_was_stored_meanwhile_is_not_stored_twice(room: DeskRoom) -> None:
    plan = room.desk.imports.read(KEI)  # read at two desks, or its save was not answered
    car = accepted_whole(room, KEI)
    assert room.desk.imports.accept(plan, frozenset(plan.differences)) == car
    assert len(room.desk.vehicles.search("")) == 1


def test_the_kei_sample_has_its_fields(room: DeskRoom) -> None:
    form = room.desk.imports.read(KEI).record_form
    assert (form.area, form.class_number, form.kana, form.serial) == ("水戸", "580", "す", "123")
    assert (form.chassis_number, form.vehicle_class, form.model_code) == ("KK11S-123456", "軽", "DBA-KK11S")
    assert (form.first_registration, form.weight_kg, form.fuel) == ("平成25年6月", "830", "ガソリン")


def change(path: Path, target: Path, **changes: str) -> Path:
    document = json.loads(path.read_text("utf-8"))
    document["CertInfo"].update(changes)
    target.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return target


def test_a_known_car_shows_what_differs_and_takes_only_what_is_accepted(room: DeskRoom, tmp_path: Path) -> None:
    car = accepted_whole(room, KEI)
    path = change(KEI, tmp_path / "moved.json", CarWgt="840", FuelClass="軽油")
    plan = room.desk.imports.read(path)
    assert (plan.is_new, set(plan.differences)) == (False, {"weight_kg", "fuel"})
    assert room.desk.imports.accept(plan, frozenset({"fuel"})) == car
    form = room.desk.vehicles.open(car).form
    assert (form.fuel, form.weight_kg) == ("軽油", "830")


def test_what_the_clerk_added_by_hand_stays(room: DeskRoom) -> None:
    car = accepted_whole(room, KEI)
    opened = room.desk.vehicles.open(car)
    own = {"user_kind": "法人", "user_representative": "見本花子", "name_reading": "みほん", "tax_rate": "normal"}
    room.desk.vehicles.save(opened, dataclasses.replace(opened.form, **own))  # type: ignore[arg-type] # by name
    plan = room.desk.imports.read(KEI)
    assert plan.differences == ()
    assert plan.record_form.user_representative == "見本花子"


def test_a_user_written_as_asterisks_is_the_owner(room: DeskRoom, tmp_path: Path) -> None:
    stars = dict.fromkeys(("UsernameLowLevelChar", "UsernameHighLevelChar", "UserAddressChar"), "＊＊＊")
    path = change(REGISTERED, tmp_path / "stars.json", **stars, UserAddressNumValue="")
    car = accepted_whole(room, path)
    form = room.desk.vehicles.open(car).form
    assert (form.user_is_owner, form.user_name, form.user_address1) == (True, "", "")
    with room.database.read() as shelves:
        assert shelves.vehicles.get(car).effective_user_name == "合成自動車販売株式会社"
    assert room.desk.filings.open(car, None).form.user_name == "合成自動車販売株式会社"


def test_of_two_cars_with_the_same_chassis_number_the_one_with_the_plate_is_meant(room: DeskRoom) -> None:
    first = accepted_whole(room, KEI)
    plan = room.desk.imports.read(KEI)
    other = dataclasses.replace(plan.record_form, serial="9999")
    second = room.desk.vehicles.save(room.desk.vehicles.open(None), other)
    assert room.desk.imports.read(KEI).opened.vehicle_id == first
    opened = room.desk.vehicles.open(first)
    room.desk.vehicles.save(opened, dataclasses.replace(opened.form, serial="8888"))
    assert room.desk.imports.read(KEI).opened.vehicle_id == first  # neither has it: the older record
    assert second != first


def test_a_car_that_was_changed_meanwhile_is_not_overwritten(room: DeskRoom, tmp_path: Path) -> None:
    car = accepted_whole(room, KEI)
    plan = room.desk.imports.read(change(KEI, tmp_path / "new.json", CarWgt="840"))
    opened = room.desk.vehicles.open(car)
    room.desk.vehicles.save(opened, dataclasses.replace(opened.form, note_info="備考"))
    with pytest.raises(NotAllowed):
        room.desk.imports.accept(plan, frozenset(plan.differences))


def test_a_file_without_a_plate_leaves_the_plate_to_the_clerk(room: DeskRoom, tmp_path: Path) -> None:
    blank = {"EntryNoCarNo": "", "TwodimensionCodeInfoEntryNoCarNo": ""}
    plan = room.desk.imports.read(change(KEI, tmp_path / "bare.json", **blank))
    assert (plan.record_form.area, plan.record_form.serial) == ("", "")
    assert plan.notices
    with pytest.raises(InvalidInput):
        _accept(room, plan)


def _accept(room: DeskRoom, plan: ImportPlan) -> int:
    return room.desk.imports.accept(plan, frozenset(plan.differences))


def test_a_file_from_elsewhere_is_refused(room: DeskRoom, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidInput):
        room.desk.imports.read(tmp_path / "other.json")
