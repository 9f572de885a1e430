"""Which days an office works."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop.model.added_rate import AddedRate
from onestop.model.rate_tables import RateTable
from onestop.model.word_book import put_words_in_force
from onestop.model.working_days import is_closed_season, is_holiday, is_working_day, working_day_before


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-27", True),
        ("2026-11-23", False),
        ("2026-11-24", True),
        ("2026-09-22", False),
        ("2027-03-22", False),
        ("2026-11-28", False),
        ("2026-11-29", False),
        ("2026-12-28", True),
        ("2026-12-29", False),
        ("2027-01-01", False),
        ("2029-01-03", False),
        ("2027-01-04", True),
    ],
)
def test_weekends_holidays_and_the_turn_of_the_year_are_no_working_days(day: str, *, works: bool) -> None:
    assert is_working_day(dt.date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("day", "before"),
    [
        ("2026-11-27", "2026-11-26"),
        ("2026-11-30", "2026-11-27"),
        ("2027-01-04", "2026-12-28"),
        ("2027-05-06", "2027-04-30"),
    ],
)
def test_the_working_day_before_jumps_over_them(day: str, before: str) -> None:
    assert working_day_before(dt.date.fromisoformat(day)) == dt.date.fromisoformat(before)


def test_a_season_within_a_year_ends_in_it() -> None:
    assert is_closed_season(dt.date(2026, 8, 13), ("08-13", "08-15"))
    assert not is_closed_season(dt.date(2026, 8, 16), ("08-13", "08-15"))


def test_a_season_may_be_one_day() -> None:
    closed = [is_closed_season(dt.date(2026, 8, day), ("08-13", "08-13")) for day in (12, 13, 14)]
    assert closed == [False, True, False]


def test_a_day_of_the_table_of_holidays_holds_for_that_day_alone() -> None:
    day, saturday = dt.date(2026, 12, 1), dt.date(2026, 12, 5)
    put_words_in_force(
        [holiday(day, ("開設記念", "休み")), holiday(saturday, ("臨時開庁", "開庁"))], lambda: dt.date(2026, 11, 24)
    )
    assert [is_working_day(each) for each in (day, day + dt.timedelta(days=1), saturday)] == [False, True, True]
    assert (is_holiday(day), is_holiday(saturday), is_holiday(dt.date(2026, 11, 23))) == (True, False, True)
    assert working_day_before(dt.date(2026, 12, 2)) == dt.date(2026, 11, 30)


def holiday(day: dt.date, cells: tuple[str, ...]) -> AddedRate:
    now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    amounts = "\t".join(cells)
    return AddedRate(
        rate_table=RateTable.HOLIDAYS, key=day.isoformat(), first_day=day, amounts=amounts, source="告示", added_at=now
    )
