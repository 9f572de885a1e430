"""The rules of 自賠責証明書: a row for each."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestop.model.comparison import Written
from onestop.model.findings import Severity, rules
from onestop.model.insurance_checks import InsuranceFacts, check_insurance, estimate_premium, has_started
from onestop.model.plate import RegistrationNumber, parse_plate
from onestop.model.words import VehicleClass

TODAY = dt.date(2026, 11, 24)
FINE: dict[str, Any] = {
    "insurer": "東京海上日動火災保険株式会社",
    "contract_kind": "継続",
    "rate_class": "自家用乗用",
    "registration_number": parse_plate("土浦300さ1234"),
    "chassis_number": "ZN6-012345",
    "policyholder_name": "見本太郎",
    "policyholder_address": "茨城県古河市",
    "start_date": dt.date(2026, 12, 21),
    "end_date": dt.date(2028, 12, 21),
    "months": 24,
    "vehicle_class": VehicleClass.REGISTERED,
    "car": Written(chassis_number="ZN6-012345"),
    "new_expiry": dt.date(2028, 12, 20),
    "old_end": dt.date(2026, 12, 21),
}
LAPSED: dict[str, Any] = {"start_date": TODAY, "end_date": dt.date(2028, 11, 24), "old_end": None}
HAND: dict[str, Any] = {"by_hand": True, "certificate_number": "X1"}
OVERLAPPING: dict[str, Any] = {"start_date": dt.date(2026, 12, 20), "new_expiry": None}
NO_SERIAL = RegistrationNumber("土浦", "300", "さ", "0")
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def found(**changes: Any) -> list[tuple[str, Severity, str]]:  # noqa: ANN401 - any fact
    facts = InsuranceFacts(**FINE | changes)
    return [(each.rule_id, each.severity, each.field) for each in check_insurance(facts, TODAY)]


def test_what_fits_is_silent() -> None:
    assert found() == found(**HAND) == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"insurer": " "}, ("I01", ERROR, "insurer")),
        ({"insurer": "保" * 61}, ("I01", ERROR, "insurer")),
        ({"contract_kind": "解約"}, ("I02", ERROR, "contract_kind")),
        ({"rate_class": ""}, ("I03", ERROR, "rate_class")),
        ({"policyholder_name": ""}, ("I04", ERROR, "policyholder_name")),
        ({"policyholder_address": "　"}, ("I04", ERROR, "policyholder_address")),
        ({"start_date": None, "end_date": None}, ("I05", ERROR, "start_date")),
        ({"months": None, "end_date": None}, ("I06", ERROR, "months")),
        ({"months": 38, "end_date": None}, ("I06", ERROR, "months")),
        ({"months": 0, "end_date": None}, ("I06", ERROR, "months")),
        ({"registration_number": RegistrationNumber("", "300", "さ", "1")}, ("V01", ERROR, "registration_number.area")),
        (
            {"registration_number": NO_SERIAL},
            ("V04", ERROR, "registration_number.serial"),
        ),
        ({"chassis_number": "", "car": Written(chassis_number="A-1")}, ("V05", ERROR, "chassis_number")),
        ({"chassis_number": "ZN6-012346"}, ("I11", WARNING, "chassis_number")),
        ({"new_expiry": None, "years_question": "年数を選んでください。"}, ("V34", WARNING, "months")),
        ({"report_to_registry": False}, ("I12", WARNING, "report_to_registry")),
        ({"policyholder_name": "髙橋"}, ("V22", WARNING, "policyholder_name")),
        ({"policyholder_address": "①番"}, ("V22", WARNING, "policyholder_address")),
        ({"start_date": dt.date(2026, 12, 20), "new_expiry": None}, ("I14", WARNING, "start_date")),
        ({"start_date": dt.date(2026, 12, 22)}, ("I14", WARNING, "start_date")),
        ({**OVERLAPPING, "old_chassis_number": "ZN6-012345"}, ("I17", ERROR, "start_date")),
        ({**OVERLAPPING, "old_chassis_number": "ZN6-012346"}, ("I14", WARNING, "start_date")),
        ({"start_date": dt.date(2026, 11, 23), "old_end": None}, ("I15", WARNING, "start_date")),
        (LAPSED | {"new_expiry": dt.date(2028, 11, 23)}, None),
        (LAPSED | {"new_expiry": dt.date(2028, 11, 24)}, ("I10", WARNING, "months")),
        ({"months": 12, "end_date": dt.date(2027, 12, 21)}, ("I09", WARNING, "months")),
        ({"new_expiry": dt.date(2036, 1, 1)}, ("I09", WARNING, "months")),
        ({**HAND, "certificate_number": ""}, ("I07", ERROR, "certificate_number")),
        ({**HAND, "certificate_number": "あ1"}, ("I07", ERROR, "certificate_number")),
        ({**HAND, "end_date": None}, ("I08", ERROR, "end_date")),
        ({**HAND, "end_date": dt.date(2026, 12, 21)}, ("I08", ERROR, "end_date")),
        ({**HAND, "end_date": dt.date(2028, 12, 22)}, ("I16", WARNING, "end_date")),
        ({**HAND, "months": 37, "end_date": dt.date(2030, 1, 21)}, None),
        ({**HAND, "months": 37, "end_date": dt.date(2030, 1, 22)}, ("I16", WARNING, "end_date")),
        ({**HAND, "months": None}, None),
        ({**HAND, "rate_class": "", "policyholder_name": "", "policyholder_address": ""}, None),
        ({"new_expiry": None, "months": 25, "end_date": dt.date(2029, 1, 21)}, None),
    ],
)
def test_each_rule(changes: dict[str, Any], finding: tuple[str, Severity, str] | None) -> None:
    assert found(**changes) == ([] if finding is None else [finding])


def test_months_that_are_not_sold_are_a_warning() -> None:
    assert found(months=26, end_date=dt.date(2029, 2, 21)) == [("I13", WARNING, "months")]


def test_the_loudest_comes_first() -> None:
    assert [rule for rule, _, _ in found(report_to_registry=False, policyholder_name="髙橋")] == ["I12", "V22"]


@pytest.mark.parametrize(("area", "zone"), [("沖縄", "沖縄県"), ("奄美", "離島")])
def test_a_zone_without_a_table_has_no_premium_and_says_so_beside_it_alone(area: str, zone: str) -> None:
    plate = RegistrationNumber(area, "300", "さ", "1234")
    assert found(registration_number=plate) == []
    estimate = estimate_premium("自家用乗用", TODAY, 24, area)
    assert estimate is not None
    assert estimate.display() == f"対象外({zone}の料率表がありません)"


def test_a_hyphen_that_is_missing_is_named_as_such() -> None:
    facts = InsuranceFacts(**FINE | {"chassis_number": "ZN6012345"})
    words = [each.message for each in check_insurance(facts, TODAY) if each.rule_id == "I11"]
    assert words == [
        "自賠責の車台番号「ZN6012345」のハイフンが車両の「ZN6-012345」と違います。AIRASで見つからなくなります。"
    ]


def test_a_plate_that_is_not_the_cars_is_a_warning() -> None:
    car = Written(chassis_number="ZN6-012345", registration_number=parse_plate("水戸300さ1234"))
    found = check_insurance(InsuranceFacts(**FINE | {"car": car}), TODAY)
    assert [(each.rule_id, each.field, each.severity) for each in found] == [
        ("P01", "registration_number.area", Severity.WARNING)
    ]


def test_24_months_after_a_lapse_should_be_25() -> None:
    facts = InsuranceFacts(**FINE | LAPSED | {"new_expiry": dt.date(2028, 11, 24)})
    assert check_insurance(facts, TODAY)[0].message.endswith("25か月にしてください。")


def test_every_rule_has_its_row() -> None:
    assert {f"I{number:02}" for number in range(1, 18)} <= {rule.id for rule in rules()}


def test_the_premium_is_of_the_first_days_table() -> None:
    before, after = (estimate_premium("自家用乗用", dt.date(2026, month, 1), 24) for month in (10, 11))
    assert before is not None
    assert after is not None
    assert (before.amount, after.amount, after.table_date) == (17650, 18560, dt.date(2026, 11, 1))
    assert estimate_premium("自家用乗用", None, 24) is estimate_premium("自家用乗用", TODAY, None) is None
    unknown = estimate_premium("タクシー", TODAY, 24)
    assert unknown is not None
    assert unknown.amount is None


@pytest.mark.parametrize(("hour", "started"), [(2, False), (3, True)])
def test_a_period_begins_at_noon_in_japan(hour: int, started: bool) -> None:  # noqa: FBT001 - a row
    assert has_started(TODAY, dt.datetime(2026, 11, 24, hour, tzinfo=dt.UTC)) is started
    assert not has_started(None, dt.datetime(2026, 11, 24, hour, tzinfo=dt.UTC))
