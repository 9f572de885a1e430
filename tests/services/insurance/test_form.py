"""The form of 自賠責証明書発行, and what 新規 proposes for a car."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from onestop import errors
from onestop.model.certificate_words import Origin
from onestop.model.certificates import InsuranceCertificate
from onestop.model.plate import RegistrationNumber
from onestop.services.insurance.form import InsuranceForm, fill_certificate, form_of_certificate
from onestop.services.insurance.proposal import basis_of, old_of, proposed_form
from support.builders import BUILT_AT, a_vehicle, an_insurance_certificate

TODAY = dt.date(2026, 11, 24)
EXPIRY = dt.date(2026, 12, 20)
ELSEWHERE = InsuranceForm(
    by_hand=True,
    origin="紙",
    insurer="見本損害保険",
    rate_class="自家用乗用",
    start_date="R8.12.20",
    area="土浦",
    class_number="300",
    kana="さ",
    serial="1234",
    chassis_number="ZN6-012345",
    certificate_number="a-123 456",
    end_date="R10.12.20",
    premium="￥18,560円",
)


def a_blank() -> InsuranceCertificate:
    plate = RegistrationNumber("", "", "", "")
    return InsuranceCertificate(
        created_at=BUILT_AT, updated_at=BUILT_AT, vehicle_id=1, registration_number=plate, chassis_number=""
    )


def filled(form: InsuranceForm) -> InsuranceCertificate:
    certificate = a_blank()
    fill_certificate(certificate, form, TODAY)
    return certificate


# --- the form


def test_what_is_typed_from_paper_comes_whole() -> None:
    held = filled(ELSEWHERE)
    assert (held.origin, held.certificate_number, held.premium) == (Origin.PAPER, "A123456", 18560)
    assert (held.start_date, held.end_date, held.months) == (dt.date(2026, 12, 20), dt.date(2028, 12, 20), 24)
    shown = form_of_certificate(held)
    assert (shown.by_hand, shown.origin, shown.months, shown.premium) == (True, "紙", "24", "18,560")
    assert filled(shown).end_date == held.end_date


@pytest.mark.parametrize(
    ("changes", "end", "months"),
    [
        ({"end_date": "R10.12.19"}, dt.date(2028, 12, 19), None),
        ({"end_date": "", "months": "25か月"}, dt.date(2029, 1, 20), 25),
        ({"end_date": "R10.12.20", "months": "25"}, dt.date(2028, 12, 20), 25),
        ({"end_date": "", "months": ""}, None, None),
        ({"end_date": "", "months": "99"}, None, 99),
        ({"start_date": ""}, dt.date(2028, 12, 20), None),
    ],
)
def test_the_end_and_the_months_follow_from_each_other(
    changes: dict[str, str], end: dt.date | None, months: int | None
) -> None:
    held = filled(dataclasses.replace(ELSEWHERE, **changes))  # type: ignore[arg-type]  # texts
    assert (held.end_date, held.months) == (end, months)


def test_a_draft_of_our_own_has_no_number_and_counts_its_end() -> None:
    held = filled(dataclasses.replace(ELSEWHERE, by_hand=False, months="24", end_date="R1.1.1"))
    assert (held.origin, held.certificate_number, held.premium) == (Origin.ELECTRONIC, None, None)
    assert held.end_date == dt.date(2028, 12, 20)
    assert form_of_certificate(held).end_date == ""


def test_all_that_cannot_be_stored_is_named_at_once() -> None:
    wrong = dataclasses.replace(
        ELSEWHERE, start_date="いつか", months="二年", end_date="13/45", premium="たくさん", serial="あ"
    )
    with pytest.raises(errors.InvalidInput) as caught:
        filled(wrong)
    fields = {problem.field for problem in caught.value.problems}
    assert fields >= {"start_date", "months", "end_date", "premium"}
    assert any(field.startswith("registration_number") for field in fields)


# --- the proposal


def proposal(old: InsuranceCertificate | None = None, **car: Any) -> InsuranceForm:  # noqa: ANN401 - any field of a car
    vehicle = a_vehicle(**car)
    return proposed_form(vehicle, basis_of(vehicle, old, TODAY), "見本損害保険", TODAY)


def test_a_new_period_goes_on_where_the_old_one_ends() -> None:
    form = proposal(an_insurance_certificate(end_date=dt.date(2026, 12, 22)))
    assert (form.start_date, form.months, form.contract_kind) == ("R8.12.22", "24", "継続")
    assert (form.insurer, form.rate_class, form.report_to_registry) == ("見本損害保険", "自家用乗用", True)
    assert (form.policyholder_name, form.policyholder_address) == ("見本太郎", "茨城県古河市見本一丁目1番2号")
    assert (form.area, form.chassis_number) == ("土浦", "ZN6-012345")


def test_without_the_old_certificate_it_is_taken_to_reach_a_day_past_the_expiry() -> None:
    form = proposal()
    assert (form.start_date, form.months, form.contract_kind) == ("R8.12.21", "24", "継続")


def test_after_a_lapse_it_is_new_from_today_and_25_months() -> None:
    form = proposal(expiry_date=dt.date(2026, 11, 1))
    assert (form.start_date, form.months, form.contract_kind) == ("R8.11.24", "25", "新規")
    assert proposal(expiry_date=None).months == "25"


def test_what_cannot_be_derived_is_left_to_the_clerk() -> None:
    form = proposal(use="乗合兼用")
    assert (form.months, form.rate_class) == ("", "")


def test_a_cancelled_certificate_and_a_draft_are_no_old_ones() -> None:
    number, numbers = iter(range(9, 0, -1)), []
    for changes in ({"status": "取消"}, {"certificate_number": None}, {}, {}):
        held = an_insurance_certificate(**changes)
        held.control_number = next(number)
        numbers.append(held)
    assert old_of(numbers) is numbers[2]
    assert old_of(numbers, 7) is numbers[3]
    assert old_of(numbers, 6) is None
    basis = basis_of(a_vehicle(), numbers[2], TODAY)
    assert (basis.expiry_date, basis.new_expiry) == (EXPIRY, dt.date(2028, 12, 20))
    assert (basis.old_end, basis.question) == (dt.date(2028, 12, 20), "")


def test_what_the_table_of_years_does_not_know_is_asked() -> None:
    camper = a_vehicle(plate="土浦800わ1234", use="特種", body_shape="キャンピング車")
    basis = basis_of(camper, None, TODAY)
    assert (basis.new_expiry, proposed_form(camper, basis, "", TODAY).months) == (None, "")
    assert "多くは1年です" in basis.question
    camper.validity_years = 1
    assert basis_of(camper, None, TODAY).new_expiry == dt.date(2027, 12, 20)


def test_an_application_planned_after_the_end_of_the_period_needs_a_month_more() -> None:
    """The new 満了日 counts from the day of the application (施行規則44条)."""
    basis = basis_of(a_vehicle(), None, TODAY, dt.date(2026, 12, 25))
    assert basis.new_expiry == dt.date(2028, 12, 24)
    assert proposed_form(a_vehicle(), basis, "", TODAY).months == "25"


@pytest.mark.parametrize(("shape", "months"), [("冷蔵冷凍車", "12"), ("キャンピング車", "24")])
def test_the_months_follow_the_shape_of_a_special_car(shape: str, months: str) -> None:
    """Trial T30."""
    car = a_vehicle(plate="土浦800す1234", use="特種", body_shape=shape)
    assert proposed_form(car, basis_of(car, None, TODAY), "", TODAY).months == months
