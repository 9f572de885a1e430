"""New periods, and the insurance and certificate that they need."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.model.cover_words import gap_of, last_application_words, old_insurance_words, short_cover
from onestop.model.inspection_days import (
    InspectionDays,
    InsuranceProposal,
    NewValidity,
    add_months,
    base_day,
    conformity_validity,
    insurance_covers,
    missed_window,
    new_validity,
    policy_end,
    propose_insurance,
    window_start,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


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
    assert window_start(day("2025-05-20"), day("2025-03-31")) == day("2025-04-20")
    assert window_start(day("2025-05-20"), day("2025-04-01")) == day("2025-03-20")


@pytest.mark.parametrize(
    ("expiry", "applied", "years", "expected"),
    [
        ("2026-12-05", "2026-10-05", 2, NewValidity(day("2026-12-06"), day("2028-12-05"))),
        ("2026-12-05", "2026-12-05", 2, NewValidity(day("2026-12-06"), day("2028-12-05"))),
        ("2026-12-05", "2026-10-04", 2, NewValidity(day("2026-10-04"), day("2028-10-03"))),
        ("2026-12-05", "2026-12-06", 1, NewValidity(day("2026-12-06"), day("2027-12-05"))),
        ("2027-02-28", "2027-02-01", 1, NewValidity(day("2027-03-01"), day("2028-02-29"))),
        ("2027-12-31", "2028-02-29", 1, NewValidity(day("2028-02-29"), day("2029-02-28"))),
    ],
)
def test_the_new_period(expiry: str, applied: str, years: int, expected: NewValidity) -> None:
    assert new_validity(day(expiry), day(applied), years) == expected


def test_a_car_without_a_period_counts_from_the_application() -> None:
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
    follows_old = window_start(expiry, inspected) <= inspected
    assert validity.first_day == (expiry + dt.timedelta(days=1) if follows_old else inspected)
    proposal = propose_insurance(None, inspected, validity.expiry_date)
    assert proposal is None or insurance_covers(proposal.end, validity.expiry_date)


# --- what DOMAIN.md calls the days that count


def days(**changes: object) -> InspectionDays:
    known: dict[str, object] = {"today": day("2026-11-20"), "day": day("2026-11-20"), "years": 2}
    return InspectionDays(**known | changes)  # type: ignore[arg-type]  # any field of it


def test_the_public_example_of_the_last_application_date() -> None:
    """満了 2016-02-15, inspected 02-10, policies to 2018-02-16 noon."""
    example = days(
        today=day("2016-02-10"),
        day=day("2016-02-10"),
        expiry_date=day("2016-02-15"),
        inspection_date=day("2016-02-10"),
        insurance_end=day("2018-02-16"),
    )
    assert example.last_day_of_conformity == day("2016-02-24")
    assert example.last_application_date == day("2016-02-16")
    assert dataclasses.replace(example, day=day("2016-02-16")).is_covered
    later = dataclasses.replace(example, day=day("2016-02-17"), today=day("2016-02-17"))
    assert (later.is_covered, later.months_short) == (False, 1)
    assert "過ぎています" in short_cover(later)
    assert "あと1か月分用意してください" in short_cover(later)


def test_the_public_example_of_the_base_day() -> None:
    """満了 8/1, inspected 8/1, applied for on 8/15."""
    assert new_validity(day("2026-08-01"), day("2026-08-15"), 2).expiry_date == day("2028-08-14")
    assert new_validity(day("2026-08-01"), day("2026-08-01"), 2).expiry_date == day("2028-08-01")


@pytest.mark.parametrize(("inspected", "last"), [("2026-06-17", "2026-07-01"), ("2026-08-01", "2026-08-15")])
def test_the_public_examples_of_the_fifteen_days(inspected: str, last: str) -> None:
    last_day = day(last)
    assert conformity_validity(day(inspected), last_day).last_day == last_day
    assert not conformity_validity(day(inspected), last_day).expired
    assert conformity_validity(day(inspected), last_day + dt.timedelta(days=1)).expired


def test_a_policy_that_would_do_on_the_inspection_day_is_short_on_the_day_of_the_filing() -> None:
    """Trial T37: 満了 2026-11-20, inspected 11-20, filed 11-24, policy to 2028-11-21."""
    trial = days(
        day=day("2026-11-24"),
        expiry_date=day("2026-11-20"),
        inspection_date=day("2026-11-20"),
        insurance_end=day("2028-11-21"),
    )
    assert trial.new_expiry == day("2028-11-23")
    assert trial.is_covered is False
    assert short_cover(trial) == (
        "自賠責の終期(2028/11/21)が、新しい満了日(2028/11/23)の翌日に届きません。"
        "自賠責をあと1か月分用意するか、最終の検査申請日(2026/11/21)までに申請してください。"
    )


@pytest.mark.parametrize(
    ("planned", "expected"),
    [(None, "2026-11-20"), ("2026-11-24", "2026-11-24"), ("2026-11-19", "2026-11-20")],
)
def test_the_day_that_counts_is_the_planned_one_until_it_has_passed(planned: str | None, expected: str) -> None:
    assert base_day(day(planned) if planned else None, day("2026-11-20")) == day(expected)


@pytest.mark.parametrize(
    ("expiry", "inspected", "expected"),
    [
        ("2027-02-08", "2026-11-24", None),
        ("2027-02-09", "2026-11-24", "2026-12-09"),
        ("2025-05-15", "2025-03-17", "2025-04-15"),
        ("2025-05-15", "2025-03-18", None),
    ],
)
def test_an_inspection_is_too_early_when_its_fifteen_days_end_before_the_window(
    expiry: str, inspected: str, expected: str | None
) -> None:
    assert missed_window(day(expiry), day(inspected)) == (day(expected) if expected else None)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-02-29", 12, "2025-03-01"),
        ("2024-02-29", 25, "2026-03-29"),
        ("2024-02-29", 24, "2026-03-01"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-01-31", 13, "2027-02-28"),
        ("2026-03-01", 24, "2028-03-01"),
    ],
)
def test_a_policy_from_a_leap_day_ends_on_the_first_of_march(start: str, months: int, end: str) -> None:
    assert policy_end(day(start), months) == day(end)


def test_a_period_to_the_end_of_february_before_a_leap_year_needs_twenty_four_months() -> None:
    new_expiry = new_validity(day("2026-02-28"), day("2026-02-01"), 2).expiry_date
    assert new_expiry == day("2028-02-29")
    old_end = policy_end(day("2024-02-29"), 24)
    assert propose_insurance(old_end, day("2026-02-01"), new_expiry) == InsuranceProposal(
        day("2026-03-01"), 24, day("2028-03-01")
    )


@given(
    st.none() | st.dates(day("2020-01-01"), day("2030-12-31")),
    st.dates(day("2024-01-01"), day("2034-12-31")),
    st.sampled_from([1, 2]),
)
def test_the_last_covered_day_is_covered_and_no_later_one(expiry: dt.date | None, end: dt.date, years: int) -> None:
    last = days(expiry_date=expiry, insurance_end=end, years=years).last_day_of_insurance
    assert last is not None
    assert insurance_covers(end, new_validity(expiry, last, years).expiry_date)
    for later in range(1, 70):
        after = last + dt.timedelta(days=later)
        assert not insurance_covers(end, new_validity(expiry, after, years).expiry_date)


def test_what_is_not_known_gives_no_day() -> None:
    nothing = days(years=None)
    assert (nothing.new_expiry, nothing.is_covered, nothing.last_application_date) == (None, None, None)
    assert (nothing.months_short, nothing.is_nearly_late, nothing.needs_old_insurance) == (0, False, None)
    assert nothing.uninsured_from is None
    assert short_cover(nothing) == gap_of(nothing) == ""
    assert old_insurance_words(nothing) == last_application_words(nothing) == ""


def test_one_part_alone_is_shown_with_what_is_missing() -> None:
    assert last_application_words(days(insurance_end=day("2028-11-25"))) == "2026/11/25(検査日が未定)"
    inspected = days(inspection_date=day("2026-11-20"))
    assert last_application_words(inspected) == "2026/12/04(自賠責が未確認)"
    yearless = dataclasses.replace(inspected, insurance_end=day("2028-11-25"), years=None)
    assert last_application_words(yearless) == "2026/12/04(年数が未定)"
    assert not inspected.is_last_application_known
    both = dataclasses.replace(inspected, insurance_end=day("2028-11-25"))
    assert last_application_words(both) == "2026/11/25"
    assert both.is_last_application_known


@pytest.mark.parametrize(
    ("today", "late"),
    [("2026-11-19", False), ("2026-11-20", True), ("2026-11-23", True), ("2026-11-24", False)],
)
def test_it_is_urgent_from_one_working_day_before_the_last(today: str, *, late: bool) -> None:
    """The last day is Monday 2026-11-23; the working day before it is the Friday."""
    assert days(day=day(today), today=day(today), inspection_date=day("2026-11-09")).is_nearly_late is late


def test_the_old_policy_counts_only_while_the_new_one_has_not_begun() -> None:
    waiting = days(insurance_start=day("2026-11-21"))
    assert waiting.needs_old_insurance
    assert "旧自賠責も要ります" in old_insurance_words(waiting)
    assert gap_of(waiting) == ""
    begun = days(insurance_start=day("2026-11-20"), old_insurance_end=day("2026-11-10"))
    assert begun.needs_old_insurance is False
    assert "空欄のままにします" in old_insurance_words(begun)
    assert gap_of(begun) == ""


@pytest.mark.parametrize(("old_end", "gap"), [("2026-12-05", ""), ("2026-12-04", "2026/12/04")])
def test_days_without_any_policy_are_named(old_end: str, gap: str) -> None:
    told = gap_of(days(insurance_start=day("2026-12-05"), old_insurance_end=day(old_end)))
    assert gap in told
    assert bool(told) is bool(gap)
