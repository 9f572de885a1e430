"""Which days an office works."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop.model.working_days import is_closed_season, is_working_day, working_day_before


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-27", True),
        ("2026-11-28", False),
        ("2026-11-29", False),
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2027-01-01", False),
        ("2029-01-03", False),
        ("2027-01-04", True),
    ],
)
def test_weekends_and_the_turn_of_the_year_are_no_working_days(day: str, *, works: bool) -> None:
    assert is_working_day(dt.date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("day", "before"),
    [("2026-11-27", "2026-11-26"), ("2026-11-30", "2026-11-27"), ("2027-01-04", "2026-12-28")],
)
def test_the_working_day_before_jumps_over_them(day: str, before: str) -> None:
    assert working_day_before(dt.date.fromisoformat(day)) == dt.date.fromisoformat(before)


def test_a_season_within_a_year_ends_in_it() -> None:
    assert is_closed_season(dt.date(2026, 8, 13), ("08-13", "08-15"))
    assert not is_closed_season(dt.date(2026, 8, 16), ("08-13", "08-15"))


def test_a_season_may_be_one_day() -> None:
    closed = [is_closed_season(dt.date(2026, 8, day), ("08-13", "08-13")) for day in (12, 13, 14)]
    assert closed == [False, True, False]
