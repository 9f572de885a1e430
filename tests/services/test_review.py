"""The review before anything is sent: findings, money as 見込, and what may be issued."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.findings import Severity
from onestop.services.facts import facts_of_filing
from onestop.services.filing_form import form_of_vehicle
from support.builders import a_conformity_certificate, a_filing, a_vehicle, an_insurance_certificate

if TYPE_CHECKING:
    from support.desks import DeskRoom


def rules(found: object) -> set[str]:
    return {each.rule_id for each in found}  # type: ignore[attr-defined] # findings


def test_a_review_has_findings_money_and_whether_it_may_go(room: DeskRoom) -> None:
    good, bad = room.a_draft(), room.a_draft(chassis_number="BAD-1", plate="土浦300さ77", user_name="")
    first, second = room.desk.review.review_many([bad, good])
    assert (first.control_number, first.issuable, second.control_number, second.issuable) == (bad, False, good, True)
    assert (second.registration_number, second.chassis_number) == ("土浦300さ1234", "ZN6-012345")
    assert {each.field for each in first.findings if each.severity is Severity.ERROR} == {"user_name"}
    assert [fee.kind for fee in second.fees] == ["検査登録手数料", "自動車重量税", "技術情報管理手数料"]
    amounts = [fee.estimate.amount or 0 for fee in second.fees]
    assert second.estimated_total == sum(amounts) > 0


def test_what_is_issued_may_not_go_again_and_what_is_gone_has_no_row(room: DeskRoom) -> None:
    issued, gone = room.drafts(2)
    room.desk.issuing.issue(issued)
    room.desk.filings.delete(gone)
    (row,) = room.desk.review.review_many([issued, gone])
    assert (row.control_number, row.issuable) == (issued, False)


def test_a_part_without_a_figure_leaves_the_total_open(room: DeskRoom) -> None:
    car = room.a_car(chassis_number="NO-WEIGHT", weight_kg=None)
    (row,) = room.desk.review.review_many([room.a_draft(car)])
    assert row.estimated_total is None
    assert "V18" in rules(row.findings)


def test_a_motorcycle_pays_no_technical_fee(room: DeskRoom) -> None:
    from onestop.model.words import VehicleClass  # noqa: PLC0415 - only here

    car = room.a_car(vehicle_class=VehicleClass.MOTORCYCLE, plate="土浦あ1234", chassis_number="SC-1")
    assert [fee.kind for fee in room.desk.review.estimates(car)] == ["検査登録手数料", "自動車重量税"]


def test_estimates_follow_the_planned_day(room: DeskRoom) -> None:
    car = room.a_car()
    before = room.desk.review.estimates(car, dt.date(2026, 3, 31))
    after = room.desk.review.estimates(car, dt.date(2026, 4, 1))
    assert before != after
    assert room.desk.review.estimates(car) == after
    with pytest.raises(errors.NotAllowed):
        room.desk.review.estimates(99)


def test_a_form_is_checked_before_it_is_saved(room: DeskRoom) -> None:
    car = room.a_car()
    form = dataclasses.replace(form_of_vehicle(a_vehicle()), insurance_certificate_number="A-1")
    found = room.desk.review.findings(form, car)
    assert {each.field for each in found if each.severity is Severity.ERROR} == {"insurance_certificate_number"}
    with pytest.raises(errors.InvalidInput):
        room.desk.review.findings(dataclasses.replace(form, serial="x"), car)


def test_another_record_of_the_same_car_is_noticed(room: DeskRoom) -> None:
    car = room.a_car()
    form = form_of_vehicle(a_vehicle())
    assert "V28" not in rules(room.desk.review.findings(form, car))
    room.a_car(chassis_number="OTHER-1")  # the same plate
    assert "V28" in rules(room.desk.review.findings(form, car))


def test_certificates_count_only_when_their_numbers_are_those_of_the_filing() -> None:
    insurance = an_insurance_certificate(end_date=dt.date(2028, 12, 20))
    conformity = a_conformity_certificate(inspection_date=dt.date(2026, 11, 24))
    facts = facts_of_filing(a_filing(), a_vehicle(), insurance, conformity)
    assert (facts.insurance_end, facts.inspection_date) == (dt.date(2028, 12, 20), dt.date(2026, 11, 24))
    other = a_filing(insurance_certificate_number="", conformity_certificate_number="X")
    facts = facts_of_filing(other, a_vehicle(), insurance, conformity)
    assert (facts.insurance_end, facts.inspection_date) == (None, None)
