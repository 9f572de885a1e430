"""照会 and 車両: finding, opening and saving cars."""

from __future__ import annotations

import dataclasses
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.services.vehicle_form import VehicleForm
from onestop.services.vehicles import CHANGED_ELSEWHERE, OpenedVehicle
from onestop.store import engine
from onestop.store.failures import GONE
from support.builders import a_conformity_certificate, an_insurance_certificate
from support.desks import a_desk
from support.inspections import of_now

if TYPE_CHECKING:
    from pathlib import Path

    from support.clock import FixedClock
    from support.desks import DeskRoom


def test_a_new_car_is_typed_saved_and_found(room: DeskRoom) -> None:
    opened = room.desk.vehicles.open(None)
    assert opened == OpenedVehicle(VehicleForm())
    form = dataclasses.replace(
        opened.form,
        area="土浦",
        class_number="1",
        kana="あ",
        serial="1111",
        chassis_number="ＡＢＣ１２３",
        owner_name="カーネット太郎",
        user_is_owner=True,
    )
    car = room.desk.vehicles.save(opened, form)
    assert [row.vehicle_id for row in room.desk.vehicles.search("1111")] == [car]
    again = room.desk.vehicles.open(car)
    assert (again.vehicle_id, again.version, again.form.chassis_number) == (car, 1, "ABC123")


@pytest.mark.parametrize(
    ("changes", "by_plate"),
    [
        ({"chassis_number": "ZN6 012345", "serial": "77"}, False),
        ({"chassis_number": "OTHER-1"}, True),
        ({"chassis_number": "OTHER-1", "serial": "77"}, None),
        ({"chassis_number": "OTHER-1", "serial": "x"}, None),
    ],
)
def test_another_car_with_the_same_number_or_plate_is_named(
    room: DeskRoom,
    changes: dict[str, Any],
    by_plate: bool | None,  # noqa: FBT001 - a row
) -> None:
    car = room.a_car()
    same = room.desk.vehicles.same_car(
        room.desk.vehicles.open(None), dataclasses.replace(room.desk.vehicles.open(car).form, **changes)
    )
    found = None if same is None else (same.vehicle_id, same.registration_number, same.chassis_number, same.by_plate)
    assert found == (None if by_plate is None else (car, "土浦300さ1234", "ZN6-012345", by_plate))


def test_a_car_is_not_its_own_double_and_a_known_one_is_not_named_again(room: DeskRoom) -> None:
    car, other = room.a_car(), room.a_car(plate="水戸500か1")
    opened = room.desk.vehicles.open(car)
    assert room.desk.vehicles.same_car(opened, dataclasses.replace(opened.form, fuel="電気")) is None
    plate: dict[str, Any] = {"area": "水戸", "class_number": "500", "kana": "か", "serial": "1"}
    same = room.desk.vehicles.same_car(opened, dataclasses.replace(opened.form, **plate))
    assert same is not None
    assert (same.vehicle_id, same.by_plate) == (other, True)


def test_a_car_that_another_window_changed_is_not_overwritten(room: DeskRoom, clock: FixedClock) -> None:
    car = room.a_car()
    opened = room.desk.vehicles.open(car)
    clock.advance(minutes=1)
    assert room.desk.vehicles.save(opened, dataclasses.replace(opened.form, fuel="軽油")) == car
    with pytest.raises(errors.NotAllowed, match=CHANGED_ELSEWHERE):
        room.desk.vehicles.save(opened, dataclasses.replace(opened.form, fuel="ガソリン"))
    with room.database.read() as shelves:
        vehicle = shelves.vehicles.get(car)
    assert (vehicle.fuel, vehicle.updated_at) == ("軽油", clock.now())


def test_what_cannot_be_stored_changes_nothing(room: DeskRoom) -> None:
    opened = room.desk.vehicles.open(room.a_car())
    with pytest.raises(errors.InvalidInput):
        room.desk.vehicles.save(opened, dataclasses.replace(opened.form, fuel="軽油", serial="x"))
    assert room.desk.vehicles.open(opened.vehicle_id) == opened


def test_the_panels_show_the_newest_of_each_kind(room: DeskRoom) -> None:
    car = room.a_car()
    current = room.desk.inspections.current(car)
    assert (current.insurance, current.conformity, current.filing) == (None, None, None)
    number = room.a_draft(car)
    with room.database.write() as shelves:
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, certificate_number="OLD")))
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, certificate_number="NEW")))
        shelves.conformity.add(of_now(shelves, a_conformity_certificate(vehicle_id=car)))
    current = room.desk.inspections.current(car)
    assert current.vehicle.id == car
    assert current.filing is not None
    assert current.filing.control_number == number
    assert current.insurance is not None
    assert current.insurance.certificate_number == "NEW"
    assert current.conformity is not None
    with pytest.raises(errors.NotAllowed, match=GONE):
        room.desk.inspections.current(99)


def test_the_car_last_looked_at_comes_first(room: DeskRoom, clock: FixedClock) -> None:
    first, second = room.a_car(chassis_number="ONE-1"), room.a_car(chassis_number="TWO-2")
    clock.advance(minutes=5)
    room.desk.inspections.current(first)
    assert [row.vehicle_id for row in room.desk.vehicles.search("")] == [first, second]
    clock.advance(minutes=5)
    room.desk.inspections.current(second)
    assert [row.vehicle_id for row in room.desk.vehicles.search("")] == [second, first]
    assert room.desk.vehicles.open(first).version == 1  # looking is no change


def test_a_car_is_shown_even_if_the_look_cannot_be_noted(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    with a_desk(tmp_path, clock=clock) as room:
        car = room.a_car()
        clock.advance(minutes=5)
        with closing(engine.connect_raw(room.database.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert room.desk.inspections.current(car).vehicle.id == car


def test_a_filing_that_is_not_issued_follows_the_cars_class(room: DeskRoom) -> None:
    car, other = room.a_car(), room.a_car(chassis_number="OTHER-1", plate="水戸500か1")
    draft, issued = room.a_draft(car), room.a_draft(other, chassis_number="OTHER-1", plate="水戸500か1")
    room.desk.issuing.issue(issued)
    for each in (car, other):
        opened = room.desk.vehicles.open(each)
        room.desk.vehicles.save(opened, dataclasses.replace(opened.form, vehicle_class="軽"))
    assert (room.filing(draft).vehicle_class.value, room.filing(issued).vehicle_class.value) == ("軽", "普通")
    held = room.desk.filings.open(None, draft)
    assert held.filing is not None
    form = dataclasses.replace(held.form, vehicle_class="普通")
    saved = room.desk.filings.save(form, car, draft, held.filing.version)
    assert saved.vehicle_class.value == "軽"
