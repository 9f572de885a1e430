"""The checks before sending, a test for each rule and the samples that must pass."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.model.checks import FilingFacts, check_filing
from onestop.model.findings import Severity, blocks, rules
from onestop.model.money import TaxRate
from onestop.model.plate import RegistrationNumber, parse_plate
from onestop.model.recording import OWN_REWRITE
from onestop.model.wareki import YearMonth
from onestop.model.words import PartyKind, VehicleClass
from support.checklist import a_checklist
from support.contract import contract_file
from support.facts import facts

TODAY = dt.date(2026, 11, 24)


def said(**changes: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - any field of the facts
    found = check_filing(facts(**changes), TODAY)
    return [(one.rule_id, one.severity.value, one.field) for one in found if one.severity is not Severity.CHECKLIST]


def test_there_is_nothing_to_say_about_a_usual_car() -> None:
    assert said() == []
    assert not blocks(check_filing(facts(), TODAY))


@pytest.mark.parametrize("plate", ["土浦1あ1111", "岩手500と1499", "秋田550は1390", "成田500さ2608", "青森58ち5986"])
@pytest.mark.parametrize("chassis", ["ABC123", "AE104", "DEF456", "RF1", "AE101"])
def test_the_manuals_samples_are_never_errors(plate: str, chassis: str) -> None:
    sample = FilingFacts(
        registration_number=parse_plate(plate),
        chassis_number=chassis,
        user_name="カーネット太郎",
        user_representative="カーネット太郎",
        user_address1="茨城県古河市",
        private_or_business="自家用",
        use="乗用",
        insurance_certificate_number="A123456789",
        conformity_certificate_number="1112345678",
        checklist=a_checklist(),
    )
    assert not blocks(check_filing(sample, TODAY))


def test_the_ministrys_kana_is_no_error() -> None:
    assert said(registration_number=parse_plate("品川300お1007")) == [("V03", "warn", "registration_number.kana")]


KEI = VehicleClass.KEI


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"registration_number": RegistrationNumber("土浦市役所", "300", "す", "1")},
            "V01 error registration_number.area",
        ),
        (
            {"registration_number": RegistrationNumber("土浦", "A", "す", "1")},
            "V01 error registration_number.class_number",
        ),
        ({"registration_number": RegistrationNumber("土浦", "300", "す", "0")}, "V04 error registration_number.serial"),
        ({"registration_number": parse_plate("霧島300す1")}, "C08 warn registration_number.area"),
        ({"registration_number": parse_plate("土浦400す1")}, "V02 warn registration_number.class_number"),
        ({"registration_number": parse_plate("土浦300あ1")}, "V03 warn registration_number.kana"),
        ({"chassis_number": ""}, "V05 error chassis_number"),
        ({"chassis_number": "ＡＢＣ"}, "V05 error chassis_number"),
        ({"chassis_number": "ABC123"}, "C09 warn chassis_number"),
        ({"chassis_number": "ABC12-1", "officially_stamped": True}, "V08 warn chassis_number"),
        ({"model_code": "XAA-ZZZ9"}, "V38 info model_code"),
        ({"same_chassis_records": 1}, "V28 warn chassis_number"),
        ({"user_name": "＊＊＊"}, "V21 error user_name"),
        ({"user_name": "使用者に同じ"}, "V21 error user_name"),
        ({"user_name": " "}, "C01 error user_name"),
        ({"user_name": "あ" * 161}, "C01 error user_name"),
        ({"user_name": "髙橋花子"}, "V22 warn user_name"),
        ({"user_kind": PartyKind.COMPANY}, "C02 error user_representative"),
        ({"user_representative": "あ" * 161}, "C02 error user_representative"),
        ({"user_address1": ""}, "C03 error user_address1"),
        ({"user_address2": "あ" * 161}, "C03 error user_address2"),
        ({"user_address2": "㈱\n"}, "V22 warn user_address2"),
        ({"insurance_certificate_number": "12-345"}, "C04 error insurance_certificate_number"),
        ({"insurance_certificate_number": "A1O2"}, "V07 warn insurance_certificate_number"),
        ({"conformity_certificate_number": "1" * 21}, "C05 error conformity_certificate_number"),
        ({"certificate_update": "1" * 41}, "C05 error certificate_update"),
        ({"recording_contract_number": "1" * 21}, "C05 error recording_contract_number"),
        ({"certificate_update": OWN_REWRITE}, "C06 warn recording_contract_number"),
        ({"planned_date": dt.date(2026, 11, 23)}, "C07 warn planned_date"),
        ({"certificate_issued_on": dt.date(2026, 12, 5)}, "V30 error expiry_date"),
        ({"first_registration": YearMonth(2025, 1)}, "V30 error first_registration"),
        (
            {"first_registration": YearMonth(2027, 1), "certificate_issued_on": None},
            "V30 error first_registration",
        ),
        ({"expiry_date": dt.date(2026, 11, 23)}, "V09 warn expiry_date"),
        ({"expiry_date": dt.date(2027, 1, 25)}, "V09 warn planned_date"),
        ({"inspection_date": dt.date(2026, 11, 9)}, "V10 error conformity_certificate_number"),
        ({"inspection_date": dt.date(2026, 11, 13)}, "C10 warn conformity_certificate_number"),
        ({"inspection_date": dt.date(2026, 11, 11)}, "D01 warn planned_date"),
        ({"inspection_date": dt.date(2026, 11, 10)}, "D01 warn planned_date"),
        (
            {"insurance_start": dt.date(2026, 12, 6), "old_insurance_end": dt.date(2026, 12, 5)},
            "D02 warn insurance_certificate_number",
        ),
        ({"fuel": "ガソリン・電気"}, "D05 warn tax_rate"),
        ({"use": ""}, "V34 warn validity_years"),
        (
            {"private_or_business": "", "registration_number": parse_plate("土浦300あ1")},
            "V34 warn validity_years",
        ),
        ({"insurance_end": dt.date(2028, 12, 5)}, "V11 error insurance_certificate_number"),
        ({"type_designation": ""}, "V29 warn type_designation"),
        ({"axles_kg": (840, 540, 1)}, "V36 warn weight_kg"),
        ({"gross_weight_kg": 1656}, "V37 warn gross_weight_kg"),
        ({"weight_kg": None}, "V18 info weight_kg"),
        (
            {"use": "貨物", "registration_number": parse_plate("土浦400す1"), "gross_weight_kg": None},
            "V18 info gross_weight_kg",
        ),
        ({"first_registration": YearMonth(2013, 12)}, "V19 info first_registration"),
        ({"insurance_certificate_number": ""}, "C15 error insurance_certificate_number"),
        ({"conformity_certificate_number": ""}, "C15 error conformity_certificate_number"),
        ({"insurance_known": False}, "C16 warn insurance_certificate_number"),
        ({"conformity_known": False}, "C16 warn conformity_certificate_number"),
    ],
)
def test_each_rule_says_its_one_thing(changes: dict[str, Any], expected: str) -> None:
    assert [" ".join(one) for one in said(**changes)] == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {"planned_date": TODAY},
        {"user_kind": PartyKind.COMPANY, "user_representative": "代表太郎"},
        {"insurance_certificate_number": "A12345678", "insurance_end": dt.date(2028, 12, 6)},
        {"insurance_start": dt.date(2026, 12, 5), "old_insurance_end": dt.date(2026, 12, 5)},
        {"fuel": "ガソリン・電気", "tax_rate": TaxRate.EXEMPT},
        {"use": "特種", "registration_number": parse_plate("土浦800す1"), "validity_years": 2},
        {"inspection_date": dt.date(2026, 11, 20)},
        {"certificate_update": OWN_REWRITE, "recording_contract_number": "1"},
        {"expiry_date": dt.date(2027, 1, 24)},
        {"expiry_date": None},
        {"certificate_issued_on": None},
        {"first_registration": None},
        {"first_registration": YearMonth(2005, 1), "tax_rate": TaxRate.REDUCED},
        {"model_code": ""},
        {"vehicle_class": KEI, "registration_number": parse_plate("水戸580す1")},
        {"registration_number": parse_plate("土浦300わ1")},
    ],
)
def test_what_is_right_is_not_mentioned(changes: dict[str, Any]) -> None:
    assert said(**changes) == []


def test_a_rented_car_has_one_year() -> None:
    rented = facts(registration_number=parse_plate("土浦300わ1"), insurance_end=dt.date(2027, 12, 6))
    assert not blocks(check_filing(rented, TODAY))


def test_a_filing_after_the_end_of_the_period_counts_from_its_own_day() -> None:
    """Trial T37: the policy that would have done on the day of the inspection falls short on that of the filing."""
    inspected = dt.date(2026, 11, 20)
    trial = facts(expiry_date=inspected, inspection_date=inspected, insurance_end=dt.date(2028, 11, 21))
    on_the_day = check_filing(trial, inspected)
    assert not blocks(on_the_day)
    (short,) = [one for one in check_filing(trial, TODAY) if one.rule_id == "V11"]
    assert "新しい満了日(2028/11/23)" in short.message
    planned = dataclasses.replace(trial, planned_date=TODAY)
    (short,) = [one for one in check_filing(planned, inspected) if one.rule_id == "V11"]
    assert "あと1か月分用意するか、最終の検査申請日(2026/11/21)までに申請" in short.message


@pytest.mark.parametrize(("end", "short"), [("2027-12-06", False), ("2027-12-05", True)])
def test_a_refrigerated_car_needs_insurance_for_its_one_year(end: str, *, short: bool) -> None:
    """Trial T30."""
    plate = parse_plate("土浦800す12")
    car = facts(
        registration_number=plate, use="特種", body_shape="冷蔵冷凍車", insurance_end=dt.date.fromisoformat(end)
    )
    assert [one.rule_id for one in check_filing(car, TODAY) if one.severity is Severity.ERROR] == ["V11"] * short


@pytest.mark.parametrize(
    ("plate", "vehicle_class"), [("土浦300わ12", VehicleClass.REGISTERED), ("土浦わ12", VehicleClass.MOTORCYCLE)]
)
def test_a_rental_plate_says_so_in_each_class(plate: str, vehicle_class: VehicleClass) -> None:
    """Trial T32."""
    assert facts(registration_number=parse_plate(plate), vehicle_class=vehicle_class).taxable.rental


def test_the_characters_are_named() -> None:
    (one,) = [one for one in check_filing(facts(user_name="髙\n\u3099"), TODAY) if one.rule_id == "V22"]
    assert "「髙・⟨U+000A⟩\u3099」" in one.message


def test_a_policy_that_airas_cannot_find_is_warned_of_unless_it_was_taken_back() -> None:
    why = "自賠責が登録機関へ報告されていないため、AIRASに届きません。"
    (one,) = check_filing(facts(insurance_not_electronic=why), TODAY)
    assert (one.rule_id, one.severity, one.message.startswith(why)) == ("V12", Severity.WARNING, True)
    taken_back = check_filing(facts(insurance_not_electronic=why, insurance_cancelled=True), TODAY)
    assert [each.rule_id for each in taken_back] == ["C13"]


def test_every_rule_of_the_files_has_a_severity_and_ours_win() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))
    assert {rule.id for rule in rules() if rule.severity is Severity.INFO} >= {"V18", "V19"}


def test_nothing_personal_stands_in_the_representation() -> None:
    shown = repr(facts()) + repr(check_filing(facts(chassis_number="", user_name="髙"), TODAY))
    for secret in ("見本太郎", "古河", "ABC12-0123456", "土浦", "髙"):
        assert secret not in shown


days = st.one_of(st.none(), st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2199, 12, 31)))


plates = st.builds(
    RegistrationNumber,
    area=st.one_of(st.just("土浦"), st.text(max_size=5)),
    class_number=st.one_of(st.just("300"), st.text("0123AXBあ", max_size=4)),
    kana=st.one_of(st.just("す"), st.text("あアACゔ漢", max_size=3)),
    serial=st.one_of(st.just("12"), st.text("0129", max_size=5)),
)
CHANGES = st.fixed_dictionaries(
    {
        "registration_number": plates,
        "chassis_number": st.text(max_size=50) | st.just("ABC12-1"),
        "officially_stamped": st.booleans(),
        "vehicle_class": st.sampled_from(VehicleClass),
        "user_name": st.sampled_from(["", "甲", "甲" * 160, "甲" * 161]),
        "user_kind": st.sampled_from(PartyKind),
        "user_representative": st.sampled_from(["", "乙", "乙" * 161]),
        "user_address1": st.sampled_from(["", "丙", "丙" * 161]),
        "user_address2": st.sampled_from(["", "丁", "丁" * 161]),
        "insurance_certificate_number": st.text("A1-", max_size=22),
        "conformity_certificate_number": st.text("1", max_size=22),
        "certificate_update": st.text("更", max_size=42),
        "recording_contract_number": st.text("1", max_size=22),
        "private_or_business": st.sampled_from(["", "自家用", "事業用", "貸渡", "その他"]),
        "use": st.sampled_from(["", "乗用", "貨物", "乗合", "特種", "その他"]),
        "planned_date": days,
        "expiry_date": days,
        "certificate_issued_on": days,
        "insurance_end": days,
        "inspection_date": days,
    }
)


def filing_request_schema() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for({"$ref": "#/components/schemas/FilingRequest", **contract_file("ainas")})


SCHEMA = filing_request_schema()


def as_request(one: FilingFacts) -> dict[str, Any]:
    return {
        "control_number": 1,
        "requester_site_code": "0812345",
        "agent_site_id": "D0000123",
        "procedure": "継続検査",
        "vehicle_class": one.vehicle_class.value,
        "planned_date": one.planned_date.isoformat() if one.planned_date else None,
        "registration_number": dataclasses.asdict(one.registration_number),
        "chassis_number": one.chassis_number,
        "officially_stamped": one.officially_stamped,
        "user": {
            "name": one.user_name,
            "kind": one.user_kind.value,
            "representative": one.user_representative or None,
            "address1": one.user_address1,
            "address2": one.user_address2 or None,
        },
        "insurance_certificate_number": one.insurance_certificate_number or None,
        "conformity_certificate_number": one.conformity_certificate_number or None,
        "certificate_update": one.certificate_update or None,
        "recording_contract_number": one.recording_contract_number or None,
    }


def test_the_usual_car_keeps_the_contract() -> None:
    assert SCHEMA.is_valid(as_request(facts()))
    assert not SCHEMA.is_valid(as_request(facts(user_name="")))


@given(CHANGES)
def test_no_facts_break_a_check_and_what_passes_keeps_the_contract(changes: dict[str, Any]) -> None:
    one = facts(**changes)
    found = check_filing(one, TODAY)
    assert all(finding.message for finding in found)
    assert blocks(found) or SCHEMA.is_valid(as_request(one))


@given(plates)
def test_a_plate_without_an_error_keeps_the_contract(plate: RegistrationNumber) -> None:
    one = facts(registration_number=plate)
    assert blocks(check_filing(one, TODAY)) or SCHEMA.is_valid(as_request(one))
