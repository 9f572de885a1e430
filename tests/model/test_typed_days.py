"""Days and months in every way in which they are typed and pasted, and years that cannot be meant."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.errors import InvalidInput
from onestop.model.typed_days import parse_date, parse_month
from onestop.model.wareki import Wareki, YearMonth, format_both, format_western, from_era

TODAY = dt.date(2026, 11, 24)


def refused(typed: str, *, past: bool = True) -> str:
    """Return what is said of a day that is not taken."""
    with pytest.raises(InvalidInput) as caught:
        parse_date(typed, TODAY, past=past)
    return caught.value.problems[0].message


def refused_month(typed: str) -> str:
    """Return what is said of a month that is not taken."""
    with pytest.raises(InvalidInput) as caught:
        parse_month(typed, TODAY, "first_registration")
    (problem,) = caught.value.problems
    assert problem.field == "first_registration"
    return problem.message


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("R6.4.1", "2024-04-01"),
        ("r6/4/1", "2024-04-01"),
        ("R6 4 1", "2024-04-01"),
        ("6　4　1", "2024-04-01"),
        ("2024 4 1", "2024-04-01"),
        ("\u200e2024\u200e/\u200e04\u200e/\u200e01", "2024-04-01"),  # copied from the properties of a file in Windows
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


@given(st.dates(min_value=dt.date(1868, 10, 23), max_value=dt.date(2031, 11, 28)))
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


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("令和8年11月24日(火) 2026/11/24", "2026-11-24"),
        ("令和8年11月24日(火) 2026/11/24 9:15", "2026-11-24"),
        ("2026年11月24日 火曜日", "2026-11-24"),
        ("2026年11月24日（火）", "2026-11-24"),
        ("2026/11/24(火)", "2026-11-24"),
        ("R.6.4.1", "2024-04-01"),
        ("R6・4・1", "2024-04-01"),
        ("R6。4。1", "2024-04-01"),
        ("Ｒ６，４，１", "2024-04-01"),
        ("令和八年十二月五日", "2026-12-05"),
        ("令和元年十月二十四日", "2019-10-24"),
        ("平成三十一年四月三十日", "2019-04-30"),
        ("二〇二四年四月一日", "2024-04-01"),
        ("2024/4/1 0:00", "2024-04-01"),
        ("2024/4/10:00", None),
        ("2024-04-01T00:00:00", "2024-04-01"),
        ("2024-04-01T00:00:00.000+09:00", "2024-04-01"),
        ("2024-04-01 23:59:59", "2024-04-01"),
        ("平成31(2019)年4月30日", "2019-04-30"),
        ("平成31年（2019年）4月30日", "2019-04-30"),
        ("2019(平成31)年4月30日", "2019-04-30"),
        ("2019年（令和元年）5月1日", "2019-05-01"),
        ("平成31(2018)年4月30日", None),
        ("平成31(あ)年4月30日", None),
        ("31(2019)年4月30日", None),
        ("令和8年11月24日 2026/11/25", None),
        ("二十十年四月一日", None),
        ("二二十年四月一日", None),
    ],
)
def test_t22_a_day_that_is_pasted_is_read(typed: str, expected: str | None) -> None:
    for past in (False, True):
        if expected is None:
            assert refused(typed, past=past)
        else:
            assert parse_date(typed, TODAY, past=past) == dt.date.fromisoformat(expected)


@given(st.dates(min_value=dt.date(1868, 10, 23), max_value=dt.date(2031, 11, 28)))
def test_t22_our_own_echo_is_read_again(day: dt.date) -> None:
    assert parse_date(format_both(day), TODAY) == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("24/4/1", "令和24年(2042年)は先すぎます。2024年のことなら「2024/4/1」と入力してください。"),
        ("240401", "令和24年(2042年)は先すぎます。2024年のことなら「2024/4/1」と入力してください。"),
        ("R24.4.1", "令和24年(2042年)は先すぎます。2024年のことなら「2024/4/1」と入力してください。"),
        ("令和99年12月31日", "令和99年(2117年)は先すぎます。年を確かめてください。"),
        ("31/4/30", "令和31年(2049年)は先すぎます。2019年のことなら「2019/4/30」と入力してください。"),
        ("63/5/1", "令和63年(2081年)は先すぎます。1988年のことなら「1988/5/1」と入力してください。"),
        ("99.12.31", "令和99年(2117年)は先すぎます。1999年のことなら「1999/12/31」と入力してください。"),
        ("R50.4.1", "令和50年(2068年)は先すぎます。年を確かめてください。"),
        ("H60.4.1", "令和30年(2048年)は先すぎます。年を確かめてください。"),
        ("2042/4/1", "令和24年(2042年)は先すぎます。年を確かめてください。"),
        ("29/2/29", "2047年2月29日という日はありません。"),
    ],
)
def test_t18_a_year_that_cannot_be_meant_is_refused_and_the_other_reading_proposed(typed: str, said: str) -> None:
    assert refused(typed) == said


def test_t18_where_days_may_come_five_years_are_enough() -> None:
    assert parse_date("R13.11.24", TODAY) == dt.date(2031, 11, 24)
    assert "「2028/4/1」" in refused("28/4/1", past=False)
    assert "「2020/4/1」" in refused("R20.4.1", past=False)
    assert "年を確かめて" in refused("2062/11/24", past=False)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("R3.12", YearMonth(2021, 12)),
        ("R.3.12", YearMonth(2021, 12)),
        ("R3・12", YearMonth(2021, 12)),
        ("令和3年12月", YearMonth(2021, 12)),
        ("令和三年十二月", YearMonth(2021, 12)),
        ("平成31(2019)年4月", YearMonth(2019, 4)),
        ("平成元年1月", YearMonth(1989, 1)),
        ("S64.1", YearMonth(1989, 1)),
        ("大正元年7月", YearMonth(1912, 7)),
        ("2021/12", YearMonth(2021, 12)),
        ("202112", YearMonth(2021, 12)),
        ("0312", YearMonth(2021, 12)),
        ("H3112", YearMonth(2019, 12)),
        ("4月", YearMonth(2026, 4)),
        ("12月", YearMonth(2025, 12)),
        ("平成12年", YearMonth(2000, 0)),
        ("H12", YearMonth(2000, 0)),
        ("2000", YearMonth(2000, 0)),
        ("2001年", YearMonth(2001, 0)),
        ("2003年", YearMonth(2003, 0)),
        ("昭和60", YearMonth(1985, 0)),
    ],
)
def test_a_month_is_read_as_it_is_typed_and_a_year_of_old_alone(typed: str, expected: YearMonth) -> None:
    assert parse_month(typed, TODAY) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("25/6", "令和25年(2043年)は先すぎます。2025年のことなら「2025/6」と入力してください。"),
        ("26/11", "令和26年(2044年)は先すぎます。2026年のことなら「2026/11」と入力してください。"),
        ("26/12", "令和26年(2044年)は先すぎます。2014年のことなら「2014/12」と入力してください。"),
        ("9912", "令和99年(2117年)は先すぎます。1999年のことなら「1999/12」と入力してください。"),
        ("R3", "2021年の何月かも入力してください。例: R3.12、2021/12"),
        ("2004年", "2004年の何月かも入力してください。例: R3.12、2021/12"),
        ("2012年", "2012年の何月かも入力してください。例: R3.12、2021/12"),
        ("2021/13", "年月として読めません。例: R3.12、2021/12"),
        ("12", "年月として読めません。例: R3.12、2021/12"),
        ("1867/1", "1868年から2199年までの日付を入力してください。"),
    ],
)
def test_t18_a_month_that_cannot_be_is_refused(typed: str, said: str) -> None:
    assert refused_month(typed) == said
