"""New periods, and the insurance and certificate that they need."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.model.inspection_days import (
    InsuranceProposal,
    NewValidity,
    add_months,
    conformity_validity,
    insurance_covers,
    new_validity,
    propose_insurance,
    validity_years,
    window_start,
)
from onestop.model.money import TaxableVehicle
from onestop.model.words import PrivateOrBusiness, VehicleClass

BUSINESS = PrivateOrBusiness.BUSINESS
KEI = VehicleClass.KEI


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("car", "years"),
    [
        (TaxableVehicle(use="乗用"), 2),
        (TaxableVehicle(use="乗用", rental=True), 1),
        (TaxableVehicle(use="乗用", private_or_business=BUSINESS), 1),
        (TaxableVehicle(use="貨物"), 1),
        (TaxableVehicle(use="貨物", rental=True), 1),
        (TaxableVehicle(use="乗合"), 1),
        (TaxableVehicle(use="特種"), 2),
        (TaxableVehicle(use="特種", private_or_business=BUSINESS), 1),
        (TaxableVehicle(use=""), None),
        (TaxableVehicle(vehicle_class=KEI, use="乗用"), 2),
        (TaxableVehicle(vehicle_class=KEI, use="乗用", rental=True), 2),
        (TaxableVehicle(vehicle_class=KEI, use="貨物"), 2),
        (TaxableVehicle(vehicle_class=KEI, use="貨物", private_or_business=BUSINESS), 2),
        (TaxableVehicle(vehicle_class=VehicleClass.MOTORCYCLE), 2),
    ],
)
def test_years_by_use(car: TaxableVehicle, years: int | None) -> None:
    assert validity_years(car) == years


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-11-24", 1, "2026-12-24"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-01-31", -2, "2025-11-30"),
        ("2026-12-31", 12, "2027-12-31"),
    ],
)
def test_months_are_added_with_the_end_of_the_month_kept(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


def test_the_window_is_two_months_since_april_2025() -> None:
    assert window_start(day("2026-12-05"), day("2026-10-05")) == day("2026-10-05")
    assert window_start(day("2025-04-20"), day("2025-03-31")) == day("2025-03-20")


@pytest.mark.parametrize(
    ("expiry", "inspected", "years", "expected"),
    [
        ("2026-12-05", "2026-10-05", 2, NewValidity(day("2026-12-06"), day("2028-12-05"), follows_old=True)),
        ("2026-12-05", "2026-12-05", 2, NewValidity(day("2026-12-06"), day("2028-12-05"), follows_old=True)),
        ("2026-12-05", "2026-10-04", 2, NewValidity(day("2026-10-04"), day("2028-10-03"), follows_old=False)),
        ("2026-12-05", "2026-12-06", 1, NewValidity(day("2026-12-06"), day("2027-12-05"), follows_old=False)),
        ("2027-02-28", "2027-02-01", 1, NewValidity(day("2027-03-01"), day("2028-02-29"), follows_old=True)),
        ("2027-12-31", "2028-02-29", 1, NewValidity(day("2028-02-29"), day("2029-02-28"), follows_old=False)),
    ],
)
def test_the_new_period(expiry: str, inspected: str, years: int, expected: NewValidity) -> None:
    assert new_validity(day(expiry), day(inspected), years) == expected


def test_a_car_without_a_period_counts_from_the_inspection() -> None:
    assert new_validity(None, day("2026-11-24"), 2).expiry_date == day("2028-11-23")


def test_the_insurance_ends_at_noon_and_the_period_at_midnight() -> None:
    assert insurance_covers(day("2028-12-06"), day("2028-12-05"))
    assert not insurance_covers(day("2028-12-05"), day("2028-12-05"))


def test_the_next_insurance_follows_the_old_one() -> None:
    expected = InsuranceProposal(day("2026-12-06"), 24, day("2028-12-06"))
    assert propose_insurance(day("2026-12-06"), day("2026-11-24"), day("2028-12-05")) == expected


@pytest.mark.parametrize("old_end", [None, day("2026-11-23")])
def test_after_a_lapse_a_month_more_is_needed(old_end: dt.date | None) -> None:
    expected = InsuranceProposal(day("2026-11-24"), 25, day("2028-12-24"))
    assert propose_insurance(old_end, day("2026-11-24"), day("2028-11-24")) == expected


def test_no_insurance_on_sale_covers_four_years() -> None:
    assert propose_insurance(None, day("2026-11-24"), day("2030-11-23")) is None


@pytest.mark.parametrize(
    ("today", "number", "expired", "nearly"),
    [
        ("2026-11-01", 1, False, False),
        ("2026-11-09", 9, False, False),
        ("2026-11-10", 10, False, True),
        ("2026-11-15", 15, False, True),
        ("2026-11-16", 16, True, False),
    ],
)
def test_a_certificate_lives_fifteen_days(today: str, number: int, *, expired: bool, nearly: bool) -> None:
    validity = conformity_validity(day("2026-11-01"), day(today))
    assert (validity.day_number, validity.last_day) == (number, day("2026-11-15"))
    assert (validity.expired, validity.nearly_expired) == (expired, nearly)


@given(
    st.dates(min_value=day("2025-04-01"), max_value=day("2190-12-31")), st.integers(0, 400), st.sampled_from([1, 2, 3])
)
def test_what_is_proposed_always_covers_the_new_period(expiry: dt.date, before: int, years: int) -> None:
    inspected = expiry - dt.timedelta(days=before)
    validity = new_validity(expiry, inspected, years)
    assert validity.follows_old is (window_start(expiry, inspected) <= inspected)
    proposal = propose_insurance(None, inspected, validity.expiry_date)
    assert proposal is None or insurance_covers(proposal.end, validity.expiry_date)
