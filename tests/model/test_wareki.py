"""Days in both calendars, and every way in which they are typed."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.errors import InvalidInput
from onestop.model.wareki import Wareki, YearMonth, format_both, format_short, format_western, from_era, parse_date

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("R6.4.1", "2024-04-01"),
        ("r6/4/1", "2024-04-01"),
        ("Ｒ６．４．１", "2024-04-01"),
        ("R060401", "2024-04-01"),
        ("060401", "2024-04-01"),
        ("6.4.1", "2024-04-01"),
        ("20240401", "2024-04-01"),
        ("2024/4/1", "2024-04-01"),
        ("2024-04-01", "2024-04-01"),
        ("2024－04－01", "2024-04-01"),
        ("2024年4月1日", "2024-04-01"),
        ("令和6年4月1日", "2024-04-01"),
        ("令和 6年 4月 1日", "2024-04-01"),
        ("令6.4.1", "2024-04-01"),
        ("㋿6年4月1日", "2024-04-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("R1.5.1", "2019-05-01"),
        ("H31.4.30", "2019-04-30"),
        ("平成元年1月8日", "1989-01-08"),
        ("S64.1.7", "1989-01-07"),
        ("昭和1年12月25日", "1926-12-25"),
        ("T1.7.30", "1912-07-30"),
        ("明治45年7月29日", "1912-07-29"),
        ("H32.4.1", "2020-04-01"),
        ("4/1", "2027-04-01"),
        ("5/25", "2026-05-25"),
        ("5/24", "2027-05-24"),
        ("12/1", "2026-12-01"),
        ("11月24日", "2026-11-24"),
        ("+3", "2026-11-27"),
        ("＋３日", "2026-11-27"),
        ("-1", "2026-11-23"),
        ("+0", "2026-11-24"),
    ],
)
def test_what_is_typed_is_the_day_meant(typed: str, expected: str) -> None:
    assert parse_date(typed, TODAY) == dt.date.fromisoformat(expected)


def test_february_29_is_found_in_this_year_or_the_next() -> None:
    assert parse_date("2/29", dt.date(2028, 1, 5)) == dt.date(2028, 2, 29)
    assert parse_date("2/29", dt.date(2027, 12, 5)) == dt.date(2028, 2, 29)
    with pytest.raises(InvalidInput):
        parse_date("2/29", TODAY)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("4/1", "2026-04-01"),
        ("5/24", "2026-05-24"),
        ("11/24", "2026-11-24"),
        ("11/25", "2025-11-25"),
        ("12月1日", "2025-12-01"),
        ("2/29", "2024-02-29"),
        ("R9.4.1", "2027-04-01"),
        ("20270401", "2027-04-01"),
        ("+3", "2026-11-27"),
    ],
)
def test_where_nothing_of_the_future_can_stand_a_day_without_a_year_is_the_last_such_day(
    typed: str, expected: str
) -> None:
    assert parse_date(typed, TODAY, past=True) == dt.date.fromisoformat(expected)


def test_february_29_that_has_been_may_be_eight_years_ago() -> None:
    assert parse_date("2/29", dt.date(2104, 2, 28), past=True) == dt.date(2096, 2, 29)
    with pytest.raises(InvalidInput):
        parse_date("2/30", TODAY, past=True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "日付として読めません"),
        ("あした", "日付として読めません"),
        ("X6.4.1", "日付として読めません"),
        ("R0.4.1", "日付として読めません"),
        ("2026", "日付として読めません"),
        ("-99999999", "日付として読めません"),
        ("R6.2.30", "2024年2月30日という日はありません"),
        ("20261301", "2026年13月1日という日はありません"),
        ("00000101", "0年1月1日という日はありません"),
        ("13/1", "13月1日という日はありません"),
        ("22000101", "1868年から2199年まで"),
        ("1867/12/31", "1868年から2199年まで"),
        ("R1.4.30", "令和は2019/05/01からです"),
    ],
)
def test_what_is_no_day_is_said_in_japanese_and_names_the_field(typed: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_date(typed, TODAY, "planned_date")
    (problem,) = caught.value.problems
    assert problem.field == "planned_date"
    assert said in problem.message


def test_an_offset_beyond_the_calendar_is_no_day() -> None:
    with pytest.raises(InvalidInput):
        parse_date("+99999", dt.date(9999, 12, 31))


@given(st.dates(min_value=dt.date(1868, 10, 23), max_value=dt.date(2117, 12, 31)))
def test_a_day_written_in_either_calendar_is_read_again(day: dt.date) -> None:
    wareki = Wareki.of(day)
    assert parse_date(wareki.formal(), TODAY) == day
    assert parse_date(wareki.short(), TODAY) == day
    assert parse_date(format_western(day), TODAY) == day
    assert from_era(wareki.era.name, wareki.year, wareki.month, wareki.day) == day


@given(st.one_of(st.text(), st.text(alphabet="0123456789/.-+年月日元令和HRS ")), st.dates())
def test_nothing_typed_raises_anything_but_invalid_input(typed: str, today: dt.date) -> None:
    with contextlib.suppress(InvalidInput):
        assert isinstance(parse_date(typed, today), dt.date)


def test_both_calendars_stand_side_by_side() -> None:
    assert format_both(TODAY) == "令和8年11月24日(火) 2026/11/24"
    assert format_both(dt.date(2019, 5, 1)) == "令和元年5月1日(水) 2019/05/01"
    assert format_short(TODAY) == "R8.11.24"


def test_a_day_before_the_eras_still_has_a_name() -> None:
    assert Wareki.of(dt.date(1850, 1, 2)).formal() == "西暦1850年1月2日"


def test_a_month_has_an_era_and_a_distance() -> None:
    assert str(YearMonth(2021, 12)) == "令和3年12月"
    assert str(YearMonth(9999, 12)) == "令和7981年12月"
    assert str(YearMonth(2019, 5)) == "令和元年5月"
    assert str(YearMonth(2019, 4)) == "平成31年4月"
    assert YearMonth(2012, 6).months_until(dt.date(2025, 4, 1)) == 154
    assert YearMonth(2012, 6) < YearMonth(2012, 7)


def test_a_month_is_stored_as_year_and_month() -> None:
    assert YearMonth(2021, 2).iso() == "2021-02"
    assert YearMonth.parse("2021-02") == YearMonth(2021, 2)
    for text in ("", "2021-13", "2021", "0000-01", "R3.12"):
        assert YearMonth.parse(text) is None


def test_an_era_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidInput):
        from_era("慶応", 3, 1, 1)
    with pytest.raises(InvalidInput):
        from_era("令和", 100, 1, 1)
