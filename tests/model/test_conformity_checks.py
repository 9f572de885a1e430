"""What is said before a 保適証 goes to AIRAS: a case for each rule."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from onestop.model.certificate_words import may_delete, may_pull_back
from onestop.model.comparison import Written
from onestop.model.conformity_checks import TYPE_OLD_POLICY, AroundCertificate, KnownInsurance, check_conformity
from onestop.model.findings import Severity
from onestop.model.plate import RegistrationNumber, parse_plate
from onestop.model.taxable import TaxableVehicle
from onestop.model.wareki import YearMonth
from onestop.model.words import VehicleClass
from support.builders import a_conformity_certificate
from support.checklist import a_checklist

if TYPE_CHECKING:
    from onestop.model.certificates import ConformityCertificate
    from onestop.model.findings import Finding

TODAY = dt.date(2026, 11, 24)
CHASSIS = "ABC12-0123456"
SAYS = Written(chassis_number=CHASSIS)
INSURANCE = KnownInsurance(written=SAYS, start_date=None, end_date=dt.date(2028, 12, 21), reaches_airas=True)
AROUND = AroundCertificate(
    car=SAYS,
    taxable=TaxableVehicle(
        vehicle_class=VehicleClass.REGISTERED,
        vehicle_kind="小型",
        use="乗用",
        private_or_business="自家用",
        weight_kg=1240,
        gross_weight_kg=1460,
        max_load_kg=None,
        first_registration=YearMonth(2019, 12),
    ),
    insurance=INSURANCE,
    checklist=a_checklist(),
)


def a_certificate(**changes: Any) -> ConformityCertificate:  # noqa: ANN401 - any field of it
    return a_conformity_certificate(**{"expiry_date": dt.date(2026, 12, 20), **changes})


def found(around: AroundCertificate = AROUND, **changes: Any) -> list[tuple[str, str, Severity]]:  # noqa: ANN401 - the same
    return [
        (each.rule_id, each.field, each.severity) for each in check_conformity(a_certificate(**changes), around, TODAY)
    ]


def around(**insurance: Any) -> AroundCertificate:  # noqa: ANN401 - any field of the insurance
    return dataclasses.replace(AROUND, insurance=dataclasses.replace(INSURANCE, **insurance))


def test_a_whole_certificate_has_nothing_to_say() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"workshop_code": "111234"}, "A01", "workshop_code"),
        ({"inspector_code": ""}, "A02", "inspector_code"),
        ({"inspector_code": "112345"}, "A02", "inspector_code"),
        ({"inspector_name": " "}, "A02", "inspector_code"),
        ({"user_name": ""}, "A03", "user_name"),
        ({"user_address": " "}, "A03", "user_address"),
        ({"inspection_date": None}, "A04", "inspection_date"),
        ({"issue_date": None}, "A04", "issue_date"),
        ({"new_insurance_number": ""}, "A05", "new_insurance_number"),
        ({"new_insurer": ""}, "A05", "new_insurer"),
        ({"new_insurer": "保" * 61}, "A05", "new_insurer"),
        ({"old_insurance_number": "B1"}, "A05", "old_insurer"),
        ({"old_insurer": "旧保険"}, "A05", "old_insurance_number"),
        ({"application_kind": "限定"}, "A06", "application_kind"),
        ({"vehicle_category": ""}, "A06", "vehicle_category"),
        ({"registration_number": RegistrationNumber("", "300", "さ", "1")}, "V01", "registration_number.area"),
        ({"registration_number": RegistrationNumber("土浦", "300", "さ", "0")}, "V04", "registration_number.serial"),
    ],
)
def test_what_airas_would_refuse_is_an_error(changes: dict[str, Any], rule: str, field: str) -> None:
    assert found(**changes) == [(rule, field, Severity.ERROR)]


def test_a_chassis_number_that_cannot_be_is_an_error() -> None:
    assert ("V05", "chassis_number", Severity.ERROR) in found(chassis_number="")


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"user_name": "髙橋"}, "V22", "user_name"),
        ({"inspector_name": "﨑山"}, "V22", "inspector_code"),
        ({"remarks": "①\n②"}, "V22", "remarks"),
        ({"new_insurer": "AIG損害保険"}, "A12", "new_insurer"),
        ({"old_insurer": "ﾐﾎﾝ損保", "old_insurance_number": "B1"}, "A12", "old_insurer"),
        ({"user_name": "見本\u0007"}, "V22", "user_name"),
        ({"issue_date": dt.date(2026, 11, 25)}, "A09", "issue_date"),
        ({"inspection_date": dt.date(2026, 11, 9), "issue_date": dt.date(2026, 11, 9)}, "A09", "inspection_date"),
        ({"issue_date": dt.date(2026, 11, 23)}, "A09", "inspection_date"),
        ({"expiry_date": dt.date(2026, 11, 20)}, "A11", "expiry_date"),
    ],
)
def test_what_the_clerk_may_know_better_is_a_warning(changes: dict[str, Any], rule: str, field: str) -> None:
    assert (rule, field, Severity.WARNING) in found(**changes)
    assert all(severity is Severity.WARNING for _, _, severity in found(**changes))


def test_an_inspection_in_the_future_is_a_warning() -> None:
    tomorrow = dt.date(2026, 11, 25)
    assert ("A09", "inspection_date", Severity.WARNING) in found(inspection_date=tomorrow, issue_date=tomorrow)


def test_an_inspection_long_before_the_end_is_a_warning() -> None:
    assert ("A11", "expiry_date", Severity.WARNING) in found(expiry_date=dt.date(2027, 6, 1))


def test_a_chassis_number_that_differs_after_the_insurance_is_an_error() -> None:
    assert found(chassis_number="ABC12-0123457") == [("V06", "chassis_number", Severity.ERROR)]


def test_a_chassis_number_that_the_insurance_has_otherwise_is_an_error_and_names_that_paper() -> None:
    (told,) = check_conformity(a_certificate(), around(written=Written(chassis_number="ABC120123456")), TODAY)
    assert (told.rule_id, told.field, told.severity, told.paper) == (
        "V06",
        "new_insurance_number",
        Severity.ERROR,
        "自賠責",
    )
    assert told.message == "自賠責の車台番号「ABC120123456」のハイフンが車両の「ABC12-0123456」と違います。"


def test_a_chassis_number_that_differs_before_there_is_an_insurance_is_a_warning() -> None:
    alone = dataclasses.replace(AROUND, insurance=None)
    told = found(alone, chassis_number="ABC12-0123457")
    assert ("A07", "chassis_number", Severity.WARNING) in told


@pytest.mark.parametrize(
    ("car", "rule", "field"),
    [
        ({"registration_number": parse_plate("土浦300さ1")}, "P02", "registration_number.serial"),
        ({"user_name": "見本花子"}, "P02", "user_name"),
        ({"address": "東京都"}, "P02", "user_address"),
        ({"kind": "軽", "kinds": frozenset({"軽", "軽自動車"})}, "P03", "vehicle_category"),
        ({"expiry_date": dt.date(2026, 12, 25)}, "P04", "expiry_date"),
    ],
)
def test_what_the_car_says_otherwise_is_a_warning_at_its_field(car: dict[str, Any], rule: str, field: str) -> None:
    other = dataclasses.replace(AROUND, car=dataclasses.replace(SAYS, **car))
    plate = parse_plate("土浦300さ1234")
    assert found(other, registration_number=plate) == [(rule, field, Severity.WARNING)]


@pytest.mark.parametrize(
    ("known", "changes", "expected"),
    [
        (dataclasses.replace(AROUND, insurance=None), {}, ["A08"]),
        (around(reaches_airas=False), {}, ["A10"]),
        (around(reaches_airas=False), {"application_kind": "窓口申請"}, []),
        (around(end_date=dt.date(2028, 12, 20)), {}, ["A08"]),
        (around(end_date=None), {}, []),
        (dataclasses.replace(AROUND, taxable=TaxableVehicle()), {}, ["V34"]),
        (AROUND, {"new_insurance_number": "AO1"}, ["V07"]),
    ],
)
def test_the_insurance_has_to_fit(known: AroundCertificate, changes: dict[str, Any], expected: list[str]) -> None:
    told: tuple[Finding, ...] = check_conformity(a_certificate(**changes), known, TODAY)
    assert [each.rule_id for each in told] == expected
    assert all(each.severity is Severity.WARNING for each in told)


AFTER, BEFORE = dt.date(2026, 12, 20), dt.date(2026, 11, 24)
"""Days on which a new policy begins: after today, and today."""


def old(**changes: Any) -> KnownInsurance:  # noqa: ANN401 - any field of the insurance
    known = KnownInsurance(written=SAYS, start_date=None, end_date=AFTER, reaches_airas=True)
    return dataclasses.replace(known, **changes)


@pytest.mark.parametrize(
    ("start", "before", "changes", "expected"),
    [
        (AFTER, None, {"old_insurance_number": "B1", "old_insurer": "旧保険"}, []),
        (AFTER, None, {}, ["D03"]),
        (BEFORE, None, {"old_insurance_number": "B1", "old_insurer": "旧保険"}, ["D04"]),
        (BEFORE, None, {}, []),
        (AFTER, old(end_date=dt.date(2026, 12, 19)), {"old_insurance_number": "B1", "old_insurer": "旧保険"}, ["D02"]),
        (AFTER, old(reaches_airas=False), {"old_insurance_number": "B1", "old_insurer": "旧保険"}, ["A10"]),
        (BEFORE, old(reaches_airas=False, end_date=dt.date(2026, 11, 20)), {}, []),
    ],
)
def test_the_old_insurance_is_asked_for_exactly_when_the_new_one_begins_after_the_day_that_counts(
    start: dt.date, before: KnownInsurance | None, changes: dict[str, Any], expected: list[str]
) -> None:
    known = dataclasses.replace(around(start_date=start), old_insurance=before)
    told = check_conformity(a_certificate(**changes), known, TODAY)
    assert [each.rule_id for each in told] == expected
    assert [each.message.endswith(TYPE_OLD_POLICY) for each in told] == [rule == "D03" for rule in expected]


def test_a_filing_planned_after_the_new_policy_begins_needs_no_old_one() -> None:
    known = dataclasses.replace(around(start_date=AFTER), planned_date=AFTER)
    assert check_conformity(a_certificate(), known, TODAY) == ()


@pytest.mark.parametrize(("days_before", "rules"), [(14, []), (15, ["A11"])])
def test_a_workshop_may_inspect_up_to_fourteen_days_before_the_window(days_before: int, rules: list[str]) -> None:
    window = TODAY + dt.timedelta(days=days_before)
    expiry = window.replace(month=window.month - 10, year=window.year + 1)
    known = around(end_date=dt.date(2029, 3, 1))
    told = check_conformity(a_certificate(expiry_date=expiry), known, TODAY)
    assert [each.rule_id for each in told] == rules


def test_a_car_whose_time_is_over_on_the_planned_day_is_a_warning() -> None:
    known = dataclasses.replace(around(end_date=dt.date(2029, 3, 1)), planned_date=dt.date(2026, 12, 21))
    told = check_conformity(a_certificate(), known, TODAY)
    assert [each.rule_id for each in told] == ["A11"]


@pytest.mark.parametrize(
    ("kind", "status", "may"),
    [
        ("OSS申請", "作成済", True),
        ("OSS申請", "報告済", False),
        ("窓口申請", "作成済", True),
        ("窓口申請", "報告済", True),
        ("窓口申請", "却下", False),
        ("OSS申請", None, False),
        ("OSS申請", "転記中", False),
    ],
)
def test_pulling_back_depends_on_kind_and_status(kind: str, status: str | None, may: bool) -> None:  # noqa: FBT001 - a row
    assert may_pull_back(kind, status) is may


def test_what_may_be_deleted() -> None:
    words = ("作成中", "作成済", "報告済", "却下", "申請完", "削除", "転記中", None)
    assert [each for each in words if may_delete(each)] == ["作成中", "作成済", "却下"]
