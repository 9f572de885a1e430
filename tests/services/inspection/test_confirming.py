"""確認済: what a clerk answered about a car is not asked again, in any of the three forms or in 一括申請."""

from __future__ import annotations

import dataclasses
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop import errors
from onestop.model.findings import Finding, Severity
from onestop.services.filing.form import form_of_vehicle
from onestop.store.sqlite.engine import connect_raw
from support.builders import a_vehicle
from support.insurance import a_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop.services.filing.form import FilingForm
    from support.desks import DeskRoom

MANUAL: Final[dict[str, Any]] = {"plate": "土浦1あ1111", "chassis_number": "ABC123"}
"""The manual's own car: its かな is of 事業用, and its 車台番号 has no hyphen."""


def a_filing_form(chassis_number: str = "ABC123") -> FilingForm:
    """Return the form of a filing of the manual's own car."""
    return dataclasses.replace(form_of_vehicle(a_vehicle(**MANUAL)), chassis_number=chassis_number)


def rules(found: Iterable[Finding], severity: Severity) -> set[str]:
    return {each.rule_id for each in found if each.severity is severity}


def confirmed_car(room: DeskRoom) -> int:
    """Store the manual's car, with all that is asked about it answered."""
    car = room.a_car(**MANUAL)
    room.desk.confirming.confirm([(car, room.desk.review.findings(a_filing_form(), car))])
    return car


def test_the_manuals_own_car_is_asked_about_once(room: DeskRoom) -> None:
    car = room.a_car(**MANUAL)
    before = rules(room.desk.review.findings(a_filing_form(), car), Severity.WARNING)
    assert {"V03", "C09"} <= before
    room.desk.confirming.confirm([(car, room.desk.review.findings(a_filing_form(), car))])
    after = room.desk.review.findings(a_filing_form(), car)
    assert (rules(after, Severity.WARNING), rules(after, Severity.CONFIRMED)) == (set(), before)


def test_who_confirmed_a_warning_is_told_in_the_history_once(room: DeskRoom) -> None:
    car = room.a_car(**MANUAL)
    found = room.desk.review.findings(a_filing_form(), car)

    for _ in range(2):
        room.desk.confirming.confirm([(car, found)])

    with room.database.read() as shelves:
        told = [each.new or "" for each in shelves.changes.of_vehicle(car) if each.record == "confirmation"]
    assert {each.partition(" / ")[0] for each in told} == rules(found, Severity.WARNING)
    assert len(told) == len([each for each in found if each.severity is Severity.WARNING])


def test_a_changed_value_is_asked_about_again_and_the_rest_is_not(room: DeskRoom) -> None:
    car = confirmed_car(room)
    found = room.desk.review.findings(a_filing_form(chassis_number="ABC124"), car)
    assert "C09" in rules(found, Severity.WARNING)
    assert "V03" in rules(found, Severity.CONFIRMED)


def test_another_car_is_asked_about_for_itself(room: DeskRoom) -> None:
    confirmed_car(room)
    other = room.a_car(plate="土浦1い2222", chassis_number="ABC999")
    assert "C09" in rules(room.desk.review.findings(a_filing_form(chassis_number="ABC999"), other), Severity.WARNING)


def test_what_was_confirmed_for_the_filing_is_confirmed_for_both_certificates(room: DeskRoom) -> None:
    car = confirmed_car(room)
    insurance = room.desk.insurance.assess(a_form(room, car), car).findings
    conformity = room.desk.conformity_book.findings(room.desk.conformity_book.propose(car).form, car)
    assert "C09" in rules(insurance, Severity.CONFIRMED) & rules(conformity, Severity.CONFIRMED)
    assert "C09" not in rules(insurance, Severity.WARNING) | rules(conformity, Severity.WARNING)


def test_the_review_of_many_knows_what_was_confirmed(room: DeskRoom) -> None:
    car = confirmed_car(room)
    (row,) = room.desk.review.review_many([room.a_draft(car, **MANUAL)])
    assert row.vehicle_id == car
    assert {"V03", "C09"} <= rules(row.findings, Severity.CONFIRMED)


def test_an_error_is_never_confirmed(room: DeskRoom) -> None:
    car = room.a_car(**MANUAL)
    draft = room.a_draft(car, **MANUAL, user_name="")
    (row,) = room.desk.review.review_many([draft])
    room.desk.confirming.confirm([(car, row.findings)])
    forced = [dataclasses.replace(each, severity=Severity.WARNING) for each in row.findings]
    room.desk.confirming.confirm([(car, forced)])
    (again,) = room.desk.review.review_many([draft])
    assert rules(again.findings, Severity.ERROR) == rules(row.findings, Severity.ERROR) > set()
    with pytest.raises(errors.InvalidInput):
        room.desk.filings.delivery.issue(draft)


def test_another_record_of_the_same_car_is_another_question(room: DeskRoom) -> None:
    car = confirmed_car(room)
    for number in (1, 2):  # each has the same plate
        room.a_car(plate=MANUAL["plate"], chassis_number=f"OTHER-{number}")
        found = room.desk.review.findings(a_filing_form(), car)
        assert "V28" in rules(found, Severity.WARNING)
        room.desk.confirming.confirm([(car, found)])
    assert "V28" in rules(room.desk.review.findings(a_filing_form(), car), Severity.CONFIRMED)


def test_the_first_day_stays_and_nothing_is_written_for_nothing(room: DeskRoom) -> None:
    car = room.a_car(**MANUAL)
    found = room.desk.review.findings(a_filing_form(), car)
    for _ in range(2):
        room.desk.confirming.confirm([(car, found), (car, ())])
    room.desk.confirming.confirm([(car, ())])
    with room.database.read() as shelves:
        kept = shelves.confirmations.of_vehicle(car)
    assert {each.rule_id for each in kept} == rules(found, Severity.WARNING)
    assert len(kept) == len({(each.rule_id, each.message) for each in kept})


def test_a_car_takes_its_confirmations_with_it(room: DeskRoom) -> None:
    car = confirmed_car(room)
    with closing(connect_raw(room.database.path)) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("DELETE FROM vehicle")
    with room.database.read() as shelves:
        assert shelves.confirmations.of_vehicle(car) == ()
