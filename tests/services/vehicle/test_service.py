"""照会 and 車両: finding, opening and saving cars."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop import errors
from onestop.model.ending import Ending
from onestop.services.vehicle.form import NEW_CAR
from onestop.services.vehicle.service import CHANGED_ELSEWHERE, OpenedVehicle
from support.builders import BUILT_AT

if TYPE_CHECKING:
    from onestop.services.inspection.current import CurrentInspection
    from support.clock import FixedClock
    from support.desks import DeskRoom


def test_a_new_car_is_typed_saved_and_found(room: DeskRoom) -> None:
    opened = room.desk.vehicles.open(None)
    assert opened == OpenedVehicle(NEW_CAR)
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


def test_a_filing_that_is_not_issued_follows_the_cars_class(room: DeskRoom) -> None:
    car, other = room.a_car(), room.a_car(chassis_number="OTHER-1", plate="水戸500か1")
    draft, issued = room.a_draft(car), room.a_draft(other, chassis_number="OTHER-1", plate="水戸500か1")
    room.desk.filings.delivery.issue(issued)
    for each in (car, other):
        opened = room.desk.vehicles.open(each)
        room.desk.vehicles.save(opened, dataclasses.replace(opened.form, vehicle_class="軽"))
    assert (room.filing(draft).vehicle_class.value, room.filing(issued).vehicle_class.value) == ("軽", "普通")
    held = room.desk.filings.open(None, draft)
    assert held.filing is not None
    form = dataclasses.replace(held.form, vehicle_class="普通")
    saved = room.desk.filings.save(form, car, draft, held.filing.version)
    assert saved.vehicle_class.value == "軽"


# --- a later 満了日


def begun(room: DeskRoom, **car: object) -> int:
    """Store a car whose inspection is under way and return its id."""
    return room.filing(room.a_draft(room.a_car(**car))).vehicle_id


def saved(room: DeskRoom, car: int, *, renewed: bool | None = None, **changes: Any) -> tuple[bool, CurrentInspection]:  # noqa: ANN401 - any field
    """Save a changed car; returns whether the clerk is asked first, and how the car stands then."""
    opened = room.desk.vehicles.open(car)
    form = dataclasses.replace(opened.form, **changes)
    asked = room.desk.vehicles.asks_whether_renewed(opened, form)
    room.desk.vehicles.save(opened, form, renewed=renewed)
    return asked, room.desk.inspections.current(car)


LATER: dict[str, Any] = {"expiry_date": "R10.12.20"}


@pytest.mark.parametrize(("renewed", "ending"), [(True, Ending.RENEWED), (None, Ending.RENEWED), (False, None)])
def test_a_later_day_ends_the_inspection_unless_the_clerk_says_that_it_is_a_correction(
    room: DeskRoom,
    renewed: bool | None,  # noqa: FBT001 - a row
    ending: Ending | None,
) -> None:
    car = begun(room)
    asked, current = saved(room, car, renewed=renewed, **LATER)
    assert asked
    (mine,) = (each.inspection for each in room.desk.inspections.history(car))
    assert mine.ending is ending
    assert mine.renews == (dt.date(2028, 12, 20) if ending is None else dt.date(2026, 12, 20))
    assert not current.awaits_certificate


@pytest.mark.parametrize(
    ("issued", "ends"), [("R8.11.24", True), ("R8.12.1", True), ("R8.11.23", False), ("R6.12.1", False)]
)
def test_the_day_of_issue_tells_a_new_certificate_from_a_correction(room: DeskRoom, issued: str, ends: bool) -> None:  # noqa: FBT001 - a row
    asked, current = saved(room, begun(room), certificate_issued_on=issued, **LATER)
    assert not asked
    assert (current.inspection is None) is ends


def test_a_day_of_issue_that_was_there_before_tells_nothing(room: DeskRoom) -> None:
    asked, _ = saved(room, begun(room, certificate_issued_on=dt.date(2024, 12, 1)), **LATER)
    assert asked


@pytest.mark.parametrize("expiry", ["R8.12.20", "R8.12.2", ""])
def test_a_day_that_is_not_later_is_what_the_inspection_renews(room: DeskRoom, expiry: str) -> None:
    asked, current = saved(room, begun(room), expiry_date=expiry)
    assert not asked
    assert current.inspection is not None
    assert current.inspection.renews == current.vehicle.expiry_date


def test_nobody_is_asked_about_a_new_car_or_one_without_an_open_inspection(room: DeskRoom) -> None:
    new = room.desk.vehicles.open(None)
    assert not room.desk.vehicles.asks_whether_renewed(new, dataclasses.replace(new.form, **LATER))
    for car in (room.a_car(), begun(room, chassis_number="OTHER-1")):
        with room.database.write() as shelves:
            newest = shelves.inspections.newest_for_vehicle(car)
            if newest is not None:
                newest.end(Ending.FINISHED, BUILT_AT)
        asked, current = saved(room, car, **LATER)
        assert not asked
        assert not current.awaits_certificate
