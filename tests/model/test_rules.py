"""Every rule of resources/rules/ has a case in which it speaks: one that cannot is no rule, and fails here."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop.model.checks import check_filing
from onestop.model.comparison import Comparison, Source, Written
from onestop.model.conformity_checks import AroundCertificate, KnownInsurance, check_conformity
from onestop.model.findings import Rule, Severity, rules
from onestop.model.insurance_checks import InsuranceFacts, check_insurance
from onestop.model.money import estimate_weight_tax
from onestop.model.plate import RegistrationNumber, parse_plate
from onestop.model.recording import OWN_REWRITE
from onestop.model.wareki import YearMonth
from onestop.model.words import PartyKind, VehicleClass
from onestop.screens.vehicle.warnings import vehicle_warnings
from onestop.services.vehicle.form import VehicleForm
from support.builders import a_conformity_certificate
from support.checklist import a_checklist
from support.facts import facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.model.findings import Finding

TODAY: Final = dt.date(2026, 11, 24)
CHASSIS: Final = "ABC12-0123456"
SAME: Final[dict[str, Any]] = {"registration_number": parse_plate("土浦300す12"), "chassis_number": CHASSIS}
OF_USER: Final[dict[str, Any]] = {**SAME, "user_name": "見本太郎", "address": "茨城県古河市"}
OLD_EXPIRY: Final = dt.date(2026, 12, 5)
PAPERS: Final = {
    Source.CAR: Written(
        **OF_USER, kind="普通・普通自動車", kinds=frozenset({"普通", "普通自動車"}), expiry_date=OLD_EXPIRY
    ),
    Source.INSURANCE: Written(**SAME, insurance_number="A123456789"),
    Source.CONFORMITY: Written(
        **OF_USER,
        kind="普通自動車",
        expiry_date=OLD_EXPIRY,
        insurance_number="A123456789",
        conformity_number="1112345678",
    ),
    Source.FILING: Written(**OF_USER, kind="普通", insurance_number="A123456789", conformity_number="1112345678"),
}


def papers(source: Source, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - anything that a paper says
    """Return the four papers of an inspection, of which one says something else."""
    return {"papers": Comparison({**PAPERS, source: dataclasses.replace(PAPERS[source], **changes)})}


FILING: Final[dict[str, dict[str, Any]]] = {
    "V01": {"registration_number": RegistrationNumber("土浦", "A", "す", "1")},
    "V02": {"registration_number": parse_plate("土浦400す1")},
    "V03": {"registration_number": parse_plate("土浦300あ1")},
    "V04": {"registration_number": RegistrationNumber("土浦", "300", "す", "0")},
    "V05": {"chassis_number": ""},
    "V06": papers(Source.INSURANCE, chassis_number="ABC12-0123457"),
    "V07": {"insurance_certificate_number": "A1O2"},
    "V08": {"chassis_number": "ABC12-1", "officially_stamped": True},
    "V09": {"expiry_date": dt.date(2026, 11, 23)},
    "V10": {"inspection_date": dt.date(2026, 11, 9)},
    "V11": {"insurance_end": dt.date(2028, 12, 5)},
    "V12": {"insurance_not_electronic": "自賠責が「紙」です。"},
    "V14": {"checklist": a_checklist(tax="未確認")},
    "V15": {"checklist": a_checklist(parking="未確認")},
    "V16": {"checklist": a_checklist(recall="未確認")},
    "V18": {"weight_kg": None},
    "V19": {"first_registration": YearMonth(2013, 12)},
    "V21": {"user_name": "＊＊＊"},
    "V22": {"user_name": "髙橋花子"},
    "V26": {"checklist": a_checklist(consent="未確認")},
    "V28": {"same_chassis_records": 1},
    "V29": {"type_designation": ""},
    "V30": {"certificate_issued_on": dt.date(2026, 12, 5)},
    "V31": papers(Source.FILING, user_name="見本花子"),
    "V36": {"axles_kg": (840, 540, 1)},
    "V37": {"gross_weight_kg": 1656},
    "V38": {"model_code": "XAA-ZZZ9"},
    "C01": {"user_name": " "},
    "C02": {"user_kind": PartyKind.COMPANY},
    "C03": {"user_address1": ""},
    "C04": {"insurance_certificate_number": "12-345"},
    "C05": {"certificate_update": "1" * 41},
    "C06": {"certificate_update": OWN_REWRITE},
    "C07": {"planned_date": dt.date(2026, 11, 23)},
    "C08": {"registration_number": parse_plate("霧島300す1")},
    "C09": {"chassis_number": "ABC123"},
    "C10": {"inspection_date": dt.date(2026, 11, 13)},
    "C11": papers(Source.FILING, registration_number=parse_plate("土浦300す13")),
    "C12": papers(Source.FILING, insurance_number="B1"),
    "P01": papers(Source.INSURANCE, registration_number=parse_plate("土浦300す13")),
    "P02": papers(Source.CONFORMITY, address="東京都"),
    "P03": papers(Source.CONFORMITY, kind="軽自動車"),
    "P04": papers(Source.CONFORMITY, expiry_date=TODAY),
    "P05": papers(Source.CONFORMITY, insurance_number="B2"),
    "C13": {"insurance_cancelled": True},
    "C14": {"conformity_status": "特別調整中"},
    "C15": {"conformity_certificate_number": ""},
    "C16": {"insurance_known": False},
    "C17": {"sent_back": "住所が違います"},
    "C18": {"certificate_update": OWN_REWRITE, "certificate_issued_on": dt.date(2022, 12, 5)},
    "Q01": {"checklist": a_checklist(consent="なし")},
    "Q02": {"checklist": a_checklist(tax="未納")},
    "Q03": {"checklist": a_checklist(parking="滞納あり")},
    "Q04": {"checklist": a_checklist(recall="未改修")},
    "V34": {"use": ""},
    "D01": {"inspection_date": dt.date(2026, 11, 11)},
    "D02": {"insurance_start": dt.date(2026, 12, 6), "old_insurance_end": dt.date(2026, 12, 5)},
    "D05": {"fuel": "ガソリン・電気"},
}
"""What of a usual filing must be otherwise, so that the rule speaks."""

POLICY: Final[dict[str, Any]] = {
    "insurer": "見本損害保険",
    "contract_kind": "継続",
    "rate_class": "自家用乗用",
    "registration_number": parse_plate("土浦300さ1234"),
    "chassis_number": CHASSIS,
    "policyholder_name": "見本太郎",
    "policyholder_address": "茨城県古河市",
    "start_date": dt.date(2026, 12, 21),
    "end_date": dt.date(2028, 12, 21),
    "months": 24,
    "vehicle_class": VehicleClass.REGISTERED,
    "car": Written(chassis_number=CHASSIS),
    "new_expiry": dt.date(2028, 12, 20),
    "old_end": dt.date(2026, 12, 21),
}
HAND: Final[dict[str, Any]] = {"by_hand": True, "certificate_number": "X1"}
LAPSED: Final[dict[str, Any]] = {"start_date": TODAY, "end_date": dt.date(2028, 11, 24), "old_end": None}
INSURANCE: Final[dict[str, dict[str, Any]]] = {
    "I01": {"insurer": " "},
    "I02": {"contract_kind": "解約"},
    "I03": {"rate_class": ""},
    "I04": {"policyholder_name": ""},
    "I05": {"start_date": None, "end_date": None},
    "I06": {"months": 38, "end_date": None},
    "I07": {**HAND, "certificate_number": ""},
    "I08": {**HAND, "end_date": None},
    "I09": {"new_expiry": dt.date(2036, 1, 1)},
    "I10": {**LAPSED, "new_expiry": dt.date(2028, 11, 24)},
    "I11": {"chassis_number": "ABC12-0123457"},
    "I12": {"report_to_registry": False},
    "I13": {"months": 26, "end_date": dt.date(2029, 2, 21)},
    "I14": {"start_date": dt.date(2026, 12, 22)},
    "I15": {"start_date": dt.date(2026, 11, 23), "old_end": None},
    "I16": {**HAND, "end_date": dt.date(2028, 12, 22)},
    "I17": {"start_date": dt.date(2026, 12, 20), "old_chassis_number": CHASSIS},
    "I18": {"known_insurers": frozenset({"別の損害保険"})},
}
KNOWN: Final = KnownInsurance(
    written=Written(chassis_number=CHASSIS), start_date=None, end_date=dt.date(2028, 12, 21), reaches_airas=True
)
CONFORMITY: Final[dict[str, dict[str, Any]]] = {
    "V17": {"checklist": a_checklist(needs_obd=True, obd="未確認")},
    "V23": {"vehicle_category": "大型特殊自動車"},
    "A01": {"workshop_code": "111234"},
    "A02": {"inspector_code": ""},
    "A03": {"user_name": ""},
    "A04": {"inspection_date": None},
    "A05": {"new_insurance_number": ""},
    "A06": {"vehicle_category": ""},
    "A07": {"chassis_number": "ABC12-0123457", "known": None},
    "A08": {"known": dataclasses.replace(KNOWN, end_date=dt.date(2028, 12, 20))},
    "A09": {"issue_date": dt.date(2026, 11, 25)},
    "A10": {"known": dataclasses.replace(KNOWN, reaches_airas=False)},
    "A11": {"expiry_date": dt.date(2026, 11, 20)},
    "D03": {"known": dataclasses.replace(KNOWN, start_date=dt.date(2026, 12, 20))},
    "D04": {
        "known": dataclasses.replace(KNOWN, start_date=TODAY),
        "old_insurance_number": "B1",
        "old_insurer": "旧保険",
    },
    "A13": {"odometer_km": None},
    "A14": {"checklist": a_checklist(consent="未確認", needs_obd=True)},
    "Q05": {"checklist": a_checklist(needs_obd=True, obd="不適合")},
    "A12": {"new_insurer": "AIG損害保険"},
}


def _of_filing(changes: dict[str, Any]) -> tuple[Finding, ...]:
    return check_filing(facts(**changes), TODAY)


def _of_insurance(changes: dict[str, Any]) -> tuple[Finding, ...]:
    return check_insurance(InsuranceFacts(**POLICY | changes), TODAY)


def _of_conformity(changes: dict[str, Any]) -> tuple[Finding, ...]:
    given = {"expiry_date": dt.date(2026, 12, 20), **changes}
    around = AroundCertificate(
        car=Written(chassis_number=CHASSIS),
        taxable=facts().taxable,
        insurance=given.pop("known", KNOWN),
        checklist=given.pop("checklist", a_checklist(needs_obd=True)),
    )
    return check_conformity(a_conformity_certificate(**given), around, TODAY)


def _said(rule_id: str) -> tuple[Finding, ...]:
    """Return what is said in the case of a rule."""
    for cases, check in ((FILING, _of_filing), (INSURANCE, _of_insurance), (CONFORMITY, _of_conformity)):
        if rule_id in cases:
            return check(cases[rule_id])
    pytest.fail(f"{rule_id} has no case in which it speaks: give it one here, or take it out of resources/rules/")


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_rule_can_speak(rule: Rule) -> None:
    spoken = [each for each in _said(rule.id) if each.rule_id == rule.id]
    assert spoken
    assert all(each.severity is rule.severity for each in spoken)


def test_every_case_has_its_rule() -> None:
    assert {*FILING, *INSURANCE, *CONFORMITY} == {rule.id for rule in rules()}


@pytest.mark.parametrize("check", [_of_filing, _of_insurance, _of_conformity])
def test_the_usual_one_is_silent(check: Any) -> None:  # noqa: ANN401 - each of the three above
    assert check({}) == ()


# --- where they are shown


def _money_note(**changes: Any) -> str:  # noqa: ANN401 - anything of a usual filing
    car = facts(**changes)
    return estimate_weight_tax(car.taxable, 2, TODAY, car.tax_rate).note


REMARKS: Final[dict[str, Callable[[], bool]]] = {
    "V18": lambda: "車両重量が未入力" in _money_note(**FILING["V18"]),  # in the place of the 見込
    "V19": lambda: "(13年経過)" in _money_note(**FILING["V19"]),  # beside the 見込
    "V38": lambda: any("型式" in each.message for each in vehicle_warnings(_typed(**FILING["V38"]), TODAY)),  # 車両
}
"""Rules that no window tells as 不可 or 注意 before something is sent, and where each is told instead."""


def _typed(**changes: Any) -> VehicleForm:  # noqa: ANN401 - anything of a car's form
    return dataclasses.replace(VehicleForm(chassis_number=CHASSIS, model_code="DBA-ABC12"), **changes)


def test_every_rule_is_shown_somewhere() -> None:
    told = {rule.id for rule in rules() if rule.severity in (Severity.ERROR, Severity.WARNING)}
    assert {rule.id for rule in rules()} - told == {*REMARKS}


@pytest.mark.parametrize("rule_id", REMARKS)
def test_a_remark_is_told_where_it_belongs(rule_id: str) -> None:
    assert REMARKS[rule_id]()


def test_a_car_whose_number_is_of_its_model_is_not_remarked_upon() -> None:
    assert not any("型式" in each.message for each in vehicle_warnings(_typed(), TODAY))
