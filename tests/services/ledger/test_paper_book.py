"""Tests of the 保適証 on paper: adding, correcting, and 書損."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop.errors import InvalidInput, NotAllowed
from onestop.model.ledger import LedgerQuery
from onestop.services.form_fields import NO_CHASSIS_NUMBER
from onestop.services.ledger.paper_book import CHANGED_ELSEWHERE, NO_SUCH_CAR, NOT_ON_PAPER, NUMBER_TAKEN
from onestop.services.ledger.paper_form import OpenedPaper, PaperForm
from support.builders import a_conformity_certificate
from support.inspections import of_now

if TYPE_CHECKING:
    from onestop.model.ledger import LedgerRow
    from support.desks import DeskRoom

PAPER = PaperForm(
    certificate_number="限-０１２",
    chassis_number="zn6ー012345",
    inspection_date="11/20",
    issue_date="11/21",
    inspector="112345",
    insurance_number="a123-456 789",
)


def an_electronic_one(room: DeskRoom, car: int) -> int:
    with room.database.write() as shelves:
        return shelves.conformity.add(of_now(shelves, a_conformity_certificate(vehicle_id=car))).control_number


def opened_paper(room: DeskRoom, **changes: Any) -> OpenedPaper:  # noqa: ANN401 - any field of the form
    """Add one on paper, on a car of its own, and open it."""
    if not room.desk.vehicles.search("ZN6-012345"):
        room.a_car()
    book = room.desk.paper_book
    return book.open(book.add(dataclasses.replace(PAPER, **changes)))


def name_inspectors(room: DeskRoom, inspectors: str) -> None:
    settings = room.desk.settings
    settings.save(dataclasses.replace(settings.state().form, inspectors=inspectors))


def the_row(room: DeskRoom) -> LedgerRow:
    (row,) = room.desk.ledger.search(LedgerQuery()).rows
    return row


# --- 追加


def test_one_on_paper_takes_the_rest_from_the_car(room: DeskRoom) -> None:
    name_inspectors(room, "00112345 検査一郎")
    room.a_car()
    number = room.desk.paper_book.add(PAPER)
    (row,) = room.desk.ledger.search(LedgerQuery(status="紙")).rows
    assert (row.control_number, row.certificate_number, row.application_kind) == (number, "限-012", "限定")
    assert (row.plate, row.chassis_number, row.user_name) == ("土浦300さ1234", "ZN6-012345", "見本太郎")
    assert (row.vehicle_category, row.inspector_code, row.inspector_name) == ("小型自動車", "00112345", "検査一郎")
    assert (row.issue_date, row.valid_until) == (dt.date(2026, 11, 21), dt.date(2026, 12, 4))
    assert (row.insurance_number, row.status, row.is_voided) == ("A123456789", "紙", False)
    assert room.desk.ledger.search(LedgerQuery()).totals.paper == 1


@pytest.mark.parametrize(
    ("kind", "plate"),
    [("限定", "土浦300さ1234"), ("窓口申請", "土浦300さ1234"), ("中古新規", ""), ("予備検査", "")],
)
def test_every_kind_can_be_on_paper_and_a_car_that_is_not_registered_has_no_plate(
    room: DeskRoom, kind: str, plate: str
) -> None:
    opened = opened_paper(room, application_kind=kind)
    assert opened.form.application_kind == kind
    (row,) = room.desk.ledger.search(LedgerQuery(application_kind=kind)).rows
    assert (row.application_kind, row.plate) == (kind, plate)
    assert (row.user_name, row.user_address) == ("見本太郎", "茨城県古河市見本一丁目1番2号")
    assert [each.application_kind for each in room.desk.ledger.search(LedgerQuery(plate="土浦")).rows] == (
        [kind] if plate else []
    )
    room.desk.paper_book.correct(opened, dataclasses.replace(opened.form, application_kind="限定"))
    assert the_row(room).plate == "土浦300さ1234"


def test_nothing_of_one_on_paper_is_ever_asked_or_sent(room: DeskRoom) -> None:
    room.a_car()
    number = room.desk.paper_book.add(PAPER)
    with room.database.read() as shelves:
        assert shelves.conformity.unsettled() == ()
        assert shelves.conformity.refreshable([number]) == ()


def test_one_on_paper_never_takes_the_place_of_the_electronic_one(room: DeskRoom) -> None:
    car = room.a_car()
    number = an_electronic_one(room, car)
    room.desk.paper_book.add(PAPER)
    held = room.desk.inspections.current(car).conformity
    assert held is not None
    assert held.control_number == number


def test_a_spoilt_one_counts_as_voided_and_a_name_finds_its_code(room: DeskRoom) -> None:
    name_inspectors(room, "00000007 点検二郎")
    room.a_car()
    spoilt = dataclasses.replace(
        PAPER, voided=True, reason=" 印字ずれ ", inspector="点検二郎", vehicle_category="軽自動車"
    )
    room.desk.paper_book.add(spoilt)
    (row,) = room.desk.ledger.search(LedgerQuery(status="削除")).rows
    assert (row.is_voided, row.remarks) == (True, "印字ずれ")
    assert (row.inspector_code, row.vehicle_category) == ("00000007", "軽自動車")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"certificate_number": " "}, "certificate_number"),
        ({"certificate_number": "1" * 21}, "certificate_number"),
        ({"chassis_number": ""}, "chassis_number"),
        ({"chassis_number": "XX-1"}, "chassis_number"),
        ({"inspection_date": ""}, "inspection_date"),
        ({"inspection_date": "あした"}, "inspection_date"),
        ({"issue_date": "+1"}, "issue_date"),
        ({"issue_date": "11/19"}, "issue_date"),
        ({"inspector": ""}, "inspector"),
        ({"inspector": "1-12345"}, "inspector"),
        ({"inspector": "１―１２３４５"}, "inspector"),
        ({"voided": True, "reason": " "}, "reason"),
        ({"reason": "印字ずれ"}, "reason"),
        ({"voided": True, "reason": "あ" * 101}, "reason"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(room: DeskRoom, changes: dict[str, Any], field: str) -> None:
    room.a_car()
    with pytest.raises(InvalidInput) as caught:
        room.desk.paper_book.add(dataclasses.replace(PAPER, **changes))
    assert [problem.field for problem in caught.value.problems] == [field]
    assert room.desk.ledger.search(LedgerQuery()).rows == ()


def test_without_a_chassis_number_it_is_asked_for(room: DeskRoom) -> None:
    with pytest.raises(InvalidInput) as caught:
        room.desk.paper_book.add(dataclasses.replace(PAPER, chassis_number=" "))
    assert caught.value.problems == (NO_CHASSIS_NUMBER,)


def test_a_car_or_a_number_that_does_not_fit_is_named(room: DeskRoom) -> None:
    with pytest.raises(InvalidInput) as caught:
        room.desk.paper_book.add(PAPER)
    assert caught.value.problems[0].message == NO_SUCH_CAR
    room.a_car()
    room.desk.paper_book.add(PAPER)
    with pytest.raises(InvalidInput) as caught:
        room.desk.paper_book.add(PAPER)
    assert caught.value.problems[0].message == NUMBER_TAKEN


# --- 修正


def test_it_is_opened_as_it_was_typed(room: DeskRoom) -> None:
    assert opened_paper(room).form == PaperForm(
        certificate_number="限-012",
        application_kind="限定",
        vehicle_category="小型自動車",
        chassis_number="ZN6-012345",
        inspection_date="R8.11.20",
        issue_date="R8.11.21",
        inspector="00112345",
        insurance_number="A123456789",
    )


def test_what_was_typed_wrongly_is_corrected_under_the_same_control_number(room: DeskRoom) -> None:
    opened = opened_paper(room)
    form = dataclasses.replace(
        opened.form,
        certificate_number="限-０１３",
        application_kind="窓口申請",
        vehicle_category="軽自動車",
        inspection_date="11/10",
        issue_date="11/12",
        inspector="点検二郎",
        insurance_number="B1",
    )
    again = room.desk.paper_book.correct(opened, form)
    row = the_row(room)
    assert (row.control_number, row.certificate_number) == (opened.control_number, "限-013")
    assert (row.application_kind, row.vehicle_category, row.insurance_number) == ("窓口申請", "軽自動車", "B1")
    assert (row.inspection_date, row.issue_date) == (dt.date(2026, 11, 10), dt.date(2026, 11, 12))
    assert (row.valid_until, row.inspector_code, row.inspector_name) == (dt.date(2026, 11, 24), "", "点検二郎")
    assert again == room.desk.paper_book.open(opened.control_number)
    room.desk.paper_book.correct(again, again.form)


def test_an_inspector_who_left_stays_as_he_signed(room: DeskRoom) -> None:
    name_inspectors(room, "00112345 検査一郎")
    opened = opened_paper(room)
    assert opened.form.inspector == "検査一郎"
    name_inspectors(room, "")
    room.desk.paper_book.correct(opened, dataclasses.replace(opened.form, insurance_number="B1"))
    assert (the_row(room).inspector_code, the_row(room).inspector_name) == ("00112345", "検査一郎")


def test_the_words_of_the_car_stay_until_they_are_asked_for(room: DeskRoom) -> None:
    opened = opened_paper(room)
    with room.database.write() as shelves:
        shelves.vehicles.get(1).vehicle_name = "スバル"
    again = room.desk.paper_book.correct(opened, dataclasses.replace(opened.form, vehicle_category=""))
    assert (the_row(room).vehicle_name, the_row(room).vehicle_category) == ("トヨタ", "小型自動車")
    copied = room.desk.paper_book.correct(again, dataclasses.replace(again.form, copy_again=True))
    assert the_row(room).vehicle_name == "スバル"
    assert not copied.form.copy_again


def test_another_chassis_number_brings_its_car(room: DeskRoom) -> None:
    opened = opened_paper(room)
    other = room.a_car(plate="水戸500さ12", chassis_number="AE104-7654321")
    with pytest.raises(InvalidInput) as caught:
        room.desk.paper_book.correct(opened, dataclasses.replace(opened.form, chassis_number="XX-1"))
    assert caught.value.problems[0].message == NO_SUCH_CAR
    room.desk.paper_book.correct(opened, dataclasses.replace(opened.form, chassis_number="ae104-7654321"))
    row = the_row(room)
    assert (row.vehicle_id, row.chassis_number, row.plate) == (other, "AE104-7654321", "水戸500さ12")


def test_the_number_of_another_one_is_refused(room: DeskRoom) -> None:
    opened_paper(room, certificate_number="7")
    opened = opened_paper(room)
    with pytest.raises(InvalidInput) as caught:
        room.desk.paper_book.correct(opened, dataclasses.replace(opened.form, certificate_number="7"))
    assert caught.value.problems[0].message == NUMBER_TAKEN


def test_an_electronic_one_is_not_corrected_here(room: DeskRoom) -> None:
    with pytest.raises(NotAllowed, match=NOT_ON_PAPER):
        room.desk.paper_book.open(an_electronic_one(room, room.a_car()))


def test_what_was_changed_elsewhere_is_not_written_over(room: DeskRoom) -> None:
    opened = opened_paper(room)
    book = room.desk.paper_book
    book.void(opened, "印字ずれ")
    with pytest.raises(NotAllowed, match=CHANGED_ELSEWHERE):
        book.correct(opened, opened.form)
    with pytest.raises(NotAllowed, match=CHANGED_ELSEWHERE):
        book.void(opened, "汚損")
    with pytest.raises(NotAllowed, match=CHANGED_ELSEWHERE):
        book.restore(opened)
    assert the_row(room).remarks == "印字ずれ"


# --- 書損


def test_a_voided_number_stays_in_the_ledger_and_counts_as_voided_in_the_report(room: DeskRoom) -> None:
    opened = opened_paper(room, issue_date="11/21")
    voided = room.desk.paper_book.void(opened, " 印字ずれ ")
    assert (voided.form.voided, voided.form.reason) == (True, "印字ずれ")
    row = the_row(room)
    assert (row.certificate_number, row.is_voided, row.remarks) == ("限-012", True, "印字ずれ")
    report = room.desk.report.month(2026, 11)
    assert (report.total.counts.limited, report.total.counts.voided) == (0, 1)
    assert [(each.certificate_number, each.status) for each in report.voided] == [("限-012", "削除")]
    with pytest.raises(InvalidInput):
        opened_paper(room)  # the number is never given again


@pytest.mark.parametrize("reason", ["", "\u3000", "あ" * 101])
def test_without_a_reason_nothing_is_voided(room: DeskRoom, reason: str) -> None:
    opened = opened_paper(room)
    with pytest.raises(InvalidInput) as caught:
        room.desk.paper_book.void(opened, reason)
    assert [each.field for each in caught.value.problems] == ["reason"]
    assert not the_row(room).is_voided


def test_one_that_was_voided_by_mistake_counts_again(room: DeskRoom) -> None:
    voided = room.desk.paper_book.void(opened_paper(room), "印字ずれ")
    restored = room.desk.paper_book.restore(voided)
    assert (restored.form.voided, restored.form.reason) == (False, "")
    assert (the_row(room).status, the_row(room).remarks) == ("紙", "")
    assert room.desk.report.month(2026, 11).total.counts.limited == 1


def test_a_voided_one_is_corrected_and_stays_voided(room: DeskRoom) -> None:
    voided = room.desk.paper_book.void(opened_paper(room), "印字ずれ")
    form = dataclasses.replace(voided.form, reason="汚損", voided=False, issue_date="11/22")
    room.desk.paper_book.correct(voided, form)
    row = the_row(room)
    assert (row.is_voided, row.remarks, row.issue_date) == (True, "汚損", dt.date(2026, 11, 22))
