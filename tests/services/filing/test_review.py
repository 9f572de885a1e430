"""The review before anything is sent: findings, money as 見込, and what may be issued."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from onestop import errors
from onestop.model.findings import Severity
from onestop.model.sending_state import Sending
from onestop.model.words import VehicleClass
from onestop.services.filing.form import form_of_vehicle
from support.builders import BUILT_AT, a_conformity_certificate, a_vehicle, an_insurance_certificate
from support.checklist import answer
from support.comparison import put_papers
from support.inspections import of_now

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
    room.desk.filings.delivery.issue(issued)
    room.desk.filings.delete(gone)
    (row,) = room.desk.review.review_many([issued, gone])
    assert (row.control_number, row.issuable) == (issued, False)


def test_a_part_without_a_figure_leaves_the_total_open(room: DeskRoom) -> None:
    car = room.a_car(chassis_number="NO-WEIGHT", weight_kg=None)
    (row,) = room.desk.review.review_many([room.a_draft(car)])
    assert row.estimated_total is None
    assert "V18" in rules(row.findings)


def test_a_motorcycle_pays_no_technical_fee(room: DeskRoom) -> None:
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


def test_a_gap_between_the_old_policy_and_the_new_one_is_found(room: DeskRoom) -> None:
    car = room.a_car()
    new = {"start_date": dt.date(2026, 12, 21), "end_date": dt.date(2028, 12, 21)}
    with room.database.write() as shelves:
        shelves.insurance.add(
            of_now(shelves, an_insurance_certificate(vehicle_id=car, chassis_number="ZN6-012345", **new))
        )
        old = {"certificate_number": "OLD", "end_date": dt.date(2026, 12, 20)}
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, **old)))
    (row,) = room.desk.review.review_many([room.a_draft(car)])
    assert "D02" in rules(row.findings)
    assert "V11" not in rules(row.findings)


def test_a_car_whose_years_no_table_knows_has_no_tax_until_they_are_chosen(room: DeskRoom) -> None:
    """Trial T31."""
    camper = {"use": "特種", "body_shape": "キャンピング", "plate": "土浦800わ1234"}
    (asked,) = room.desk.review.review_many([room.a_draft(room.a_car(**camper), plate=camper["plate"])])
    assert "V34" in rules(asked.findings)
    assert asked.estimated_total is None
    car = room.a_car(**camper | {"chassis_number": "ZN6-2", "plate": "土浦800わ2", "validity_years": 1})
    tax = next(each for each in room.desk.review.estimates(car) if each.kind == "自動車重量税")
    assert tax.estimate.amount == 8200


def test_a_form_is_checked_before_it_is_saved(room: DeskRoom) -> None:
    car = room.a_car()
    answer(room, car)
    form = dataclasses.replace(
        form_of_vehicle(a_vehicle()), insurance_certificate_number="A-1", conformity_certificate_number="1"
    )
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


def test_many_filings_are_reviewed_with_the_questions_of_one(room: DeskRoom) -> None:
    numbers = room.drafts(5)
    asked: list[str] = []
    event.listen(room.database._backing.reading, "before_cursor_execute", lambda *call: asked.append(call[2]))
    counts: list[int] = []
    for some in (numbers[:1], numbers):
        asked.clear()
        assert [row.control_number for row in room.desk.review.review_many(some)] == some
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0


def test_another_record_is_noticed_in_the_review_of_many(room: DeskRoom) -> None:
    double, single = room.a_draft(), room.a_draft(chassis_number="SINGLE-1", plate="土浦300さ77")
    room.a_car(chassis_number="OTHER-1")  # the same plate as the first
    first, second = room.desk.review.review_many([double, single])
    assert "V28" in rules(first.findings)
    assert "V28" not in rules(second.findings)


END, DAY = dt.date(2029, 1, 20), dt.date(2026, 11, 24)


def a_filed_car(
    room: DeskRoom, policy: dict[str, Any] | None = None, certificate: dict[str, Any] | None = None, **filing: object
) -> int:
    """Store a car with its 自賠責, its 保適証 and a filing that has both numbers; return the filing's 管理番号."""
    car = room.a_car()
    made = {"status": "作成済", "inspection_date": DAY, **(certificate or {})}
    put_papers(room, car, {"end_date": END, **(policy or {})}, made)
    return room.a_draft(car, **filing)


def said(room: DeskRoom, number: int) -> list[str]:
    (row,) = room.desk.review.review_many([number])
    heavy = (Severity.ERROR, Severity.WARNING)
    return [f"{each.rule_id} {each.severity.value} {each.field}" for each in row.findings if each.severity in heavy]


def test_a_filing_that_agrees_with_its_certificates_may_go(room: DeskRoom) -> None:
    number = a_filed_car(room)
    assert said(room, number) == []
    room.desk.filings.delivery.issue(number)
    assert room.times_filed(number) == 1


OF_BEFORE = {"start_date": dt.date(2024, 12, 20), "end_date": dt.date(2026, 12, 20)}
UNKNOWN = ["C16 warn conformity_certificate_number"]
NOT_HERE = ["C16 warn insurance_certificate_number"]
NEITHER = ["C15 error insurance_certificate_number", "C15 error conformity_certificate_number"]
ROWS: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any], list[str]]] = [
    ({"chassis_number": "ZN6012345"}, {}, {}, ["V06 error insurance_certificate_number"]),
    ({}, {"chassis_number": "ZN6-O12345"}, {}, ["V06 error conformity_certificate_number"]),
    ({"end_date": dt.date(2028, 12, 20)}, {}, {}, ["V11 error insurance_certificate_number"]),
    ({}, {"inspection_date": dt.date(2026, 11, 9)}, {}, ["V10 error conformity_certificate_number"]),
    ({"status": "取消"}, {}, {}, ["C13 error insurance_certificate_number"]),
    (
        {"certificate_number": "B1"},
        {},
        {},
        ["C12 error insurance_certificate_number", "P05 error conformity_certificate_number"],
    ),
    (
        {"certificate_number": "B1", "start_date": dt.date(2024, 12, 20), "end_date": dt.date(2026, 12, 20)},
        {},
        {},
        NOT_HERE,
    ),
    ({}, {"certificate_number": "999"}, {}, ["C12 error conformity_certificate_number"]),
    ({}, {"certificate_number": "999", "status": "申請完"}, {}, UNKNOWN),
    ({}, {"certificate_number": "999", "status": "却下"}, {}, UNKNOWN),
    ({}, {"certificate_number": "999", "valid_until": dt.date(2026, 11, 23)}, {}, UNKNOWN),
    ({}, {"certificate_number": "999", "status": "削除"}, {}, UNKNOWN),
    ({}, {"status": "削除"}, {}, ["C13 error conformity_certificate_number"]),
    ({}, {"status": "作成中"}, {}, ["C13 error conformity_certificate_number"]),
    ({}, {"application_kind": "窓口申請"}, {}, ["C13 error conformity_certificate_number"]),
    ({}, {"pullback_requested_at": BUILT_AT}, {}, ["C13 error conformity_certificate_number"]),
    ({}, {"pullback_requested_at": BUILT_AT - dt.timedelta(hours=2)}, {}, []),
    ({}, {"status": "要照会"}, {}, ["C14 warn conformity_certificate_number"]),
    ({}, {"status": None}, {}, []),
    ({}, {}, {"insurance_certificate_number": "", "conformity_certificate_number": ""}, NEITHER),
]


@pytest.mark.parametrize(("policy", "certificate", "filing", "expected"), ROWS)
def test_a_filing_is_held_against_the_certificates_of_its_car(
    room: DeskRoom,
    policy: dict[str, Any],
    certificate: dict[str, Any],
    filing: dict[str, Any],
    expected: list[str],
) -> None:
    number = a_filed_car(room, policy, certificate, **filing)
    assert said(room, number) == expected
    if any(" error " in each for each in expected):
        with pytest.raises(errors.InvalidInput):
            room.desk.filings.delivery.issue(number)
        assert room.times_filed(number) == 0


def test_a_form_that_is_not_saved_yet_is_held_against_the_papers_of_this_inspection(room: DeskRoom) -> None:
    car = room.a_car()
    put_papers(room, car, {"end_date": END}, {"status": "作成済", "inspection_date": DAY, "certificate_number": "999"})
    form = dataclasses.replace(form_of_vehicle(a_vehicle()), conformity_certificate_number="1112345678")
    found = rules(room.desk.review.findings(form, car))
    assert "C12" in found
    assert "C16" not in found


def test_a_form_that_is_not_saved_yet_is_held_against_the_policy_that_its_planned_day_asks_for(room: DeskRoom) -> None:
    car = room.a_car()
    for number, end in ("LONG", dt.date(2029, 2, 10)), ("SHORT", dt.date(2028, 12, 21)):
        put_papers(room, car, {"certificate_number": number, "end_date": end})
    form = dataclasses.replace(form_of_vehicle(a_vehicle()), insurance_certificate_number="SHORT")
    assert "C12" not in rules(room.desk.review.findings(form, car))
    assert "C12" in rules(room.desk.review.findings(dataclasses.replace(form, planned_date="2027/2/1"), car))


def test_a_number_that_was_issued_again_does_not_go_with_the_old_one(room: DeskRoom) -> None:
    number = a_filed_car(room, certificate={"status": "削除"})
    car = room.filing(number).vehicle_id
    with room.database.write() as shelves:
        again = {"certificate_number": "2000000002", "chassis_number": "ZN6-012345", "sending": Sending.FILED}
        shelves.conformity.add(of_now(shelves, a_conformity_certificate(vehicle_id=car, **again)))
    assert "C13 error conformity_certificate_number" in said(room, number)


@pytest.mark.parametrize(("certificate", "told"), [({}, False), ({"report_to_registry": False}, True)])
def test_a_policy_that_was_not_reported_to_the_registry_is_warned_of(
    room: DeskRoom,
    certificate: dict[str, Any],
    told: bool,  # noqa: FBT001 - a row
) -> None:
    car = room.a_car()
    with room.database.write() as shelves:
        given = {"certificate_number": "A900", "sending": Sending.FILED, **certificate}
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=car, **given)))
    number = room.a_draft(car, insurance_certificate_number="A900", conformity_certificate_number="")
    assert ("V12 warn insurance_certificate_number" in said(room, number)) is told


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"chassis_number": "PRW21-1234567"}, ["C11 warn chassis_number"]),
        ({"plate": "土浦300さ9999"}, ["C11 warn registration_number.serial"]),
        ({"user_name": "見本花子"}, ["V31 warn user_name"]),
        ({"vehicle_class": VehicleClass.KEI}, ["C11 warn "]),
    ],
)
def test_a_filing_is_held_against_its_car(room: DeskRoom, changes: dict[str, Any], expected: list[str]) -> None:
    alone = {"insurance_certificate_number": "", "conformity_certificate_number": ""}
    number = room.a_draft(room.a_car(), **alone, **changes)
    assert [each for each in said(room, number) if each.startswith(("C11", "V31"))] == expected


@pytest.mark.parametrize(
    ("of_car", "of_filing", "same"),
    [
        ("髙橋㈱", "高橋(株)", True),
        ("髙橋㈱", "高橋㈱", True),
        ("髙橋㈱", "高梁(株)", False),
        ("見本太郎", "見本次郎", False),
        ("見本太郎", "見本太郎様", False),
    ],
)
def test_a_name_whose_signs_were_replaced_is_the_same(room: DeskRoom, of_car: str, of_filing: str, same: bool) -> None:  # noqa: FBT001 - a row
    number = room.a_draft(room.a_car(owner_name=of_car), user_name=of_filing)
    assert ("V31 warn user_name" not in said(room, number)) is same
