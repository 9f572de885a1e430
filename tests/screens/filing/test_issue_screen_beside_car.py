"""申請書発行 beside its car: what was changed there since, and what is said and taken over of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

from onestop.model.sending_state import Sending
from onestop.screens.filing.issue_screen import CAR_CHANGED
from support.builders import an_insurance_certificate
from support.checklist import answer
from support.inspections import of_now

if TYPE_CHECKING:
    from onestop.screens.filing.issue_screen import IssueScreen
    from support.forms import IssueForms, OpenForm


def an_old_draft(opened: IssueForms) -> OpenForm[IssueScreen]:
    """Save a filing, correct its car afterwards, and open the filing again."""
    room = opened.room()
    here = opened.on(room, room.a_car())
    answer(room, 1)
    here.type(insurance_certificate_number="A1", conformity_certificate_number="1")
    here.press("F10")
    vehicles = here.room.desk.vehicles
    car = vehicles.open(here.vehicle_id)
    words: dict[str, Any] = {
        "chassis_number": "PRW21-9999999",
        "owner_name": "見本花子",
        "vehicle_class": "軽",
        "serial": "77",
    }
    vehicles.save(car, dataclasses.replace(car.form, **words))
    return here.again(here.number)


def test_a_filing_that_is_older_than_its_car_says_so_and_takes_over_its_words(opened: IssueForms) -> None:
    here = an_old_draft(opened)
    asked = here.stage.view.asked
    for each in ("車台番号", "登録番号", "使用者"):
        assert f"申請の{each}" in asked.text
    here.stage.view.answer("車両の内容に合わせる")
    form = here.screen.editor.form
    assert (form.chassis_number, form.serial, form.user_name) == ("PRW21-9999999", "77", "見本花子")
    assert here.screen.changed
    assert here.said.startswith("車両の内容に合わせました")
    here.press("F10")
    stored = here.room.filing(here.number)
    assert (stored.chassis_number, stored.vehicle_class.value) == ("PRW21-9999999", "軽")
    assert not here.again(here.number).stage.view.questions


def test_what_is_left_different_is_asked_about_by_f5(opened: IssueForms) -> None:
    here = an_old_draft(opened)
    here.stage.view.answer("そのままにする")
    assert here.screen.editor.form.chassis_number == "ZN6-012345"
    here.press("F5")
    assert [each.label for each in here.stage.view.asked.choices] == [
        "戻って直す",
        "車両の内容に合わせる",
        "このまま発行する",
    ]
    here.stage.view.answer("車両の内容に合わせる")
    assert here.room.times_filed(here.number) == 0
    here.press("F5")
    here.stage.view.answer("このまま発行する")  # 軽 with the plate of a 登録車 is odd
    assert here.screen.shown.filing_id
    assert here.room.filing(here.number).chassis_number == "PRW21-9999999"


def test_another_chassis_number_than_the_cars_is_asked_about(opened: IssueForms) -> None:
    here = opened()
    here.type(chassis_number="PRW21-1234567")
    here.press("F5")
    assert "申請の車台番号「PRW21-1234567」が車両の「ZN6-012345」と違います。" in here.stage.view.asked.text
    assert here.room.times_filed(1) == 0


def test_what_stops_it_is_mended_by_the_cars_words_too(opened: IssueForms) -> None:
    here = opened()
    with here.room.database.write() as shelves:
        held = {"chassis_number": "ZN6-012345", "end_date": dt.date(2029, 1, 20), "sending": Sending.FILED}
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=here.vehicle_id, **held)))
    here.type(chassis_number="ZN6-012346", insurance_certificate_number="A123456789")
    here.press("F5")
    assert "申請の車台番号「ZN6-012346」が車両の" in here.said
    here.stage.view.answer("車両の内容に合わせる")
    here.press("F5")
    assert "自賠責の登録番号" in here.stage.view.asked.text
    here.stage.view.answer("このまま発行する")
    assert here.screen.shown.filing_id


def test_a_name_that_was_changed_for_ainas_stays(opened: IssueForms) -> None:
    here = opened(owner_name="髙橋㈱")
    here.type(user_name="高橋(株)", chassis_number="ZN6-012346")
    here.press("F5")
    here.stage.view.answer("車両の内容に合わせる")
    assert (here.screen.editor.form.user_name, here.screen.editor.form.chassis_number) == ("高橋(株)", "ZN6-012345")


def test_a_car_that_is_changed_while_its_filing_stands_open_is_told(opened: IssueForms) -> None:
    here = opened()
    here.press("F10")
    vehicles = here.room.desk.vehicles
    car = vehicles.open(here.vehicle_id)
    vehicles.save(car, dataclasses.replace(car.form, serial="77"))
    here.screen.reload(vehicle_id=here.vehicle_id)
    assert here.said == CAR_CHANGED
    here.screen.quiet()
    here.screen.reload(vehicle_id=here.vehicle_id)
    assert here.said == ""


def test_an_issued_filing_is_not_held_against_its_car(opened: IssueForms) -> None:
    here = opened.issued()
    vehicles = here.room.desk.vehicles
    car = vehicles.open(here.vehicle_id)
    vehicles.save(car, dataclasses.replace(car.form, serial="77"))
    assert not here.again(here.number).stage.view.questions
