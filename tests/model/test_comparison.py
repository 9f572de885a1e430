"""照合: a case for every kind of cell, and one for each thing that can differ."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from onestop.model.agreement import check_papers
from onestop.model.comparison import ROWS, Agreement, Comparison, Source, Written, is_same_name
from onestop.model.findings import Severity, rules
from onestop.model.plate import parse_plate
from onestop.model.words import VehicleClass
from onestop.model.written import (
    category_of,
    written_in_conformity,
    written_in_filing,
    written_in_insurance,
    written_in_vehicle,
)
from support.builders import a_conformity_certificate, a_filing, a_vehicle, an_insurance_certificate

CAR, INSURANCE, CONFORMITY, FILING = Source
DAY = dt.date(2026, 11, 24)
OLD_EXPIRY = dt.date(2026, 12, 20)
SAME: dict[str, Any] = {"registration_number": parse_plate("土浦300さ1234"), "chassis_number": "ZN6-012345"}
PAPERS = {
    CAR: Written(
        **SAME,
        user_name="髙橋花子",
        address="茨城県古河市1-2",
        kind="普通・小型自動車",
        kinds=frozenset({"普通", "小型自動車"}),
        expiry_date=OLD_EXPIRY,
    ),
    INSURANCE: Written(
        **SAME,
        user_name="株式会社見本",
        address="東京都",
        kind="自家用乗用",
        start_date=DAY,
        end_date=dt.date(2028, 12, 21),
        insurance_number="A1",
    ),
    CONFORMITY: Written(
        **SAME,
        user_name="高橋花子",
        address="茨城県古河市1-2",
        kind="小型自動車",
        inspection_date=DAY,
        issue_date=DAY,
        expiry_date=OLD_EXPIRY,
        insurance_number="A1",
        conformity_number="1112345678",
    ),
    FILING: Written(
        **SAME,
        user_name="髙橋花子",
        address="茨城県古河市1-2",
        kind="普通",
        planned_date=DAY,
        insurance_number="A1",
        conformity_number="1112345678",
    ),
}


def compared(**changes: dict[str, Any]) -> Comparison:
    """Return the four papers with changes, by the names of Source; an empty paper is left out."""
    papers = {
        source: dataclasses.replace(paper, **changes.get(source.name, {}))
        for source, paper in PAPERS.items()
        if changes.get(source.name) != {"without": True}
    }
    return Comparison(papers)


def cells(comparison: Comparison, name: str) -> list[str]:
    """Return the marks of one row."""
    (row,) = (each for each in comparison.rows if each.row.name == name)
    return [cell.agreement.name for cell in row.cells]


def test_papers_that_agree_have_no_difference() -> None:
    assert compared().differences == ()
    assert [*check_papers(compared())] == []


def test_every_row_has_a_cell_for_each_paper_and_a_name_that_papers_have() -> None:
    assert [len(each.cells) for each in compared().rows] == [4] * len(ROWS)
    assert {row.name for row in ROWS} == {each.name for each in dataclasses.fields(Written)} - {"kinds"}


def test_every_rule_of_the_table_is_written_down() -> None:
    named = {rule for row in ROWS for rule in (*row.rules.values(), *row.alone.values())}
    assert named <= {rule.id for rule in rules()}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("registration_number", "BASIS AGREES AGREES AGREES"),
        ("user_name", "BASIS FREE AGREES AGREES"),
        ("address", "BASIS FREE AGREES AGREES"),
        ("kind", "BASIS FREE AGREES AGREES"),
        ("inspection_date", "NO_ITEM NO_ITEM FREE NO_ITEM"),
        ("start_date", "NO_ITEM FREE NO_ITEM NO_ITEM"),
        ("planned_date", "NO_ITEM NO_ITEM NO_ITEM FREE"),
        ("expiry_date", "BASIS NO_ITEM AGREES NO_ITEM"),
        ("insurance_number", "NO_ITEM BASIS AGREES AGREES"),
        ("conformity_number", "NO_ITEM NO_ITEM BASIS AGREES"),
    ],
)
def test_each_row_is_held_against_what_it_should_be(name: str, expected: str) -> None:
    assert cells(compared(), name) == expected.split()


def test_a_paper_that_there_is_not_and_an_item_that_is_empty_are_absent() -> None:
    without = compared(CONFORMITY={"without": True}, FILING={"planned_date": None, "insurance_number": ""})
    assert cells(without, "chassis_number") == ["BASIS", "AGREES", "ABSENT", "AGREES"]
    assert cells(without, "planned_date")[3] == "ABSENT"
    assert cells(without, "insurance_number") == ["NO_ITEM", "BASIS", "ABSENT", "ABSENT"]
    assert cells(without, "conformity_number") == ["NO_ITEM", "NO_ITEM", "ABSENT", "FREE"]
    assert without.differences == ()


def test_a_cell_says_by_sign_and_word_how_it_stands() -> None:
    row = compared(CONFORMITY={"kind": "軽自動車"}, FILING={"kind": ""}).rows[4]
    assert [cell.marked for cell in row.cells] == ["普通・小型自動車", "自家用乗用", "× 相違 軽自動車", "－ なし"]
    assert compared().rows[1].cells[1].marked == "○ 一致 ZN6-012345"
    assert repr(row.cells[0]) == f"Cell(agreement={Agreement.BASIS!r})"


OTHER_PLATE = parse_plate("土浦300さ1235")
DIFFERENCES: list[tuple[Source, dict[str, Any], str, Severity, str]] = [
    (INSURANCE, {"registration_number": OTHER_PLATE}, "P01", Severity.WARNING, "自賠責の登録番号「土浦300さ1235」"),
    (INSURANCE, {"chassis_number": "ZN6-9"}, "V06", Severity.ERROR, "自賠責の車台番号「ZN6-9」が車両の「ZN6-012345」"),
    (CONFORMITY, {"registration_number": OTHER_PLATE}, "P02", Severity.WARNING, "記載変更の手続が別に要ります"),
    (CONFORMITY, {"chassis_number": "ZN6-9"}, "V06", Severity.ERROR, "保適証の車台番号「ZN6-9」"),
    (CONFORMITY, {"user_name": "見本太郎"}, "P02", Severity.WARNING, "保適証の使用者「見本太郎」が車両の「髙橋花子」"),
    (CONFORMITY, {"address": "東京都"}, "P02", Severity.WARNING, "保適証の住所「東京都」"),
    (CONFORMITY, {"kind": "軽自動車"}, "P03", Severity.WARNING, "「軽自動車」が車両の「普通・小型自動車」"),
    (CONFORMITY, {"expiry_date": DAY}, "P04", Severity.WARNING, "「2026/11/24」が車両の「2026/12/20」"),
    (CONFORMITY, {"insurance_number": "B2"}, "P05", Severity.ERROR, "自賠責証明書番号「B2」が自賠責の「A1」"),
    (FILING, {"registration_number": OTHER_PLATE}, "C11", Severity.WARNING, "申請の登録番号「土浦300さ1235」"),
    (FILING, {"chassis_number": "ZN6012345"}, "V06", Severity.ERROR, "「ZN6012345」のハイフンが車両の「ZN6-012345」"),
    (FILING, {"user_name": "高﨑花子"}, "V31", Severity.WARNING, "申請の使用者「高﨑花子」"),
    (FILING, {"address": "茨城県"}, "V31", Severity.WARNING, "申請の住所「茨城県」"),
    (FILING, {"kind": "軽"}, "C11", Severity.WARNING, "「軽」が車両の「普通・小型自動車」"),
    (FILING, {"insurance_number": "B2"}, "C12", Severity.ERROR, "申請の自賠責証明書番号「B2」が自賠責の「A1」"),
    (FILING, {"conformity_number": "9"}, "C12", Severity.ERROR, "申請の保適証の交付番号「9」が保適証の「1112345678」"),
]


@pytest.mark.parametrize(("source", "changes", "rule", "severity", "says"), DIFFERENCES)
def test_what_differs_is_named_with_its_paper_its_rule_and_both_values(
    source: Source, changes: dict[str, Any], rule: str, severity: Severity, says: str
) -> None:
    comparison = compared(**{source.name: changes})
    (found,) = comparison.differences
    (name,) = changes
    assert (found.source, found.name, found.rule_id, found.severity) == (source, name, rule, severity)
    assert says in found.message
    assert "DIFFERS" in cells(comparison, name)
    assert says not in repr(found)


@pytest.mark.parametrize(
    ("source", "changes", "on_glass", "paper"),
    [
        (FILING, {"registration_number": OTHER_PLATE}, "registration_number.serial", ""),
        (FILING, {"address": "茨城県"}, "user_address1", ""),
        (FILING, {"kind": "軽"}, "", ""),
        (FILING, {"conformity_number": "9"}, "conformity_certificate_number", ""),
        (INSURANCE, {"chassis_number": "ZN6-9"}, "insurance_certificate_number", "自賠責"),
        (CONFORMITY, {"user_name": "見本太郎"}, "conformity_certificate_number", "保適証"),
    ],
)
def test_before_a_filing_is_sent_it_is_said_at_its_field_or_with_the_other_papers_name(
    source: Source, changes: dict[str, Any], on_glass: str, paper: str
) -> None:
    (found,) = check_papers(compared(**{source.name: changes}))
    assert (found.field, found.paper) == (on_glass, paper)


@pytest.mark.parametrize(
    ("source", "others", "rule"),
    [
        (CONFORMITY, (CAR,), "A07"),
        (CONFORMITY, (CAR, FILING), "A07"),
        (CONFORMITY, (CAR, INSURANCE), "V06"),
        (FILING, (CAR,), "C11"),
        (FILING, (CAR, CONFORMITY), "V06"),
        (INSURANCE, (CAR,), "V06"),
    ],
)
def test_a_chassis_number_that_differs_is_an_error_once_a_certificate_stands_beside_it(
    source: Source, others: tuple[Source, ...], rule: str
) -> None:
    mine = dataclasses.replace(PAPERS[source], chassis_number="ZN6-9")
    papers = {each: PAPERS[each] for each in others} | {source: mine}
    assert [each.rule_id for each in Comparison(papers).of(source)] == [rule]


@pytest.mark.parametrize(
    ("name", "of_car", "same"),
    [
        ("株式会社見本", "株式会社見本", True),
        ("(株)見本", "㈱見本", True),
        ("高橋", "髙橋", True),
        ("高橋", "高橋 ", False),
        ("見本", "㈱見本", False),
        ("葛飾", "葛󠄀飾", True),
    ],
)
def test_only_a_character_that_had_to_be_replaced_makes_no_difference(name: str, of_car: str, same: bool) -> None:  # noqa: FBT001 - what is expected
    assert is_same_name(name, of_car) is same


# --- from the records


def test_the_papers_say_what_the_records_say_and_a_user_with_stars_is_the_owner() -> None:
    car = written_in_vehicle(a_vehicle(chassis_number="zn6‐012345"))
    assert (car.chassis_number, car.user_name, car.address) == (
        "ZN6-012345",
        "見本太郎",
        "茨城県古河市見本一丁目1番2号",
    )
    filing, vehicle = written_in_filing(a_filing()), written_in_vehicle(a_vehicle())
    assert Comparison({CAR: vehicle, FILING: filing}).differences == ()
    policy, certificate = (
        written_in_insurance(an_insurance_certificate()),
        written_in_conformity(a_conformity_certificate(expiry_date=OLD_EXPIRY)),
    )
    assert (policy.insurance_number, certificate.insurance_number) == ("A123456789", "A123456789")
    assert Comparison({INSURANCE: policy, CONFORMITY: certificate}).differences == ()
    unissued = an_insurance_certificate(certificate_number=None), a_conformity_certificate(certificate_number=None)
    assert (
        written_in_insurance(unissued[0]).insurance_number == written_in_conformity(unissued[1]).conformity_number == ""
    )


@pytest.mark.parametrize(
    ("changes", "category", "kind"),
    [
        ({"vehicle_class": VehicleClass.KEI}, "軽自動車", "軽・軽自動車"),
        ({"vehicle_class": VehicleClass.MOTORCYCLE}, "小型二輪", "小型二輪"),
        ({"vehicle_kind": "大型特殊"}, "大型特殊自動車", "普通・大型特殊自動車"),
        ({"vehicle_kind": "小型"}, "小型自動車", "普通・小型自動車"),
        ({"vehicle_kind": "普通"}, "普通自動車", "普通・普通自動車"),
    ],
)
def test_the_category_follows_the_cars_class_and_kind(changes: dict[str, Any], category: str, kind: str) -> None:
    vehicle = a_vehicle(**changes)
    assert (category_of(vehicle).value, written_in_vehicle(vehicle).kind) == (category, kind)


def test_any_category_of_a_registered_car_fits_while_its_kind_is_not_known() -> None:
    car = written_in_vehicle(a_vehicle(vehicle_kind=""))
    assert car.kind == "普通"
    small = Written(kind="小型自動車")
    assert Comparison({CAR: car, CONFORMITY: small}).differences == ()
    assert [each.rule_id for each in Comparison({CAR: car, CONFORMITY: Written(kind="軽自動車")}).differences] == [
        "P03"
    ]
