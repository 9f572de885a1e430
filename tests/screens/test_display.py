"""How values of other kinds than text stand on the glass."""

from __future__ import annotations

import datetime as dt

from onestop.screens.display import day, moment, money, read_day

TODAY = dt.date(2026, 11, 24)


def test_money_has_a_sign_and_thousands() -> None:
    assert money(12300) == "¥12,300"
    assert money(0) == "¥0"
    assert money(None) == "–"


def test_a_day_stands_in_both_calendars() -> None:
    assert day(TODAY) == "令和8年11月24日(火) 2026/11/24"
    assert day(None) == ""


def test_a_moment_is_told_in_japans_time() -> None:
    late = dt.datetime(2026, 11, 23, 15, 5, tzinfo=dt.UTC)
    assert moment(late) == "令和8年11月24日(火) 2026/11/24 0:05"
    assert moment(None) == ""


def test_a_typed_day_is_echoed_or_blamed() -> None:
    assert read_day("12/1", TODAY) == ("令和8年12月1日(火) 2026/12/01", None)
    assert read_day("  ", TODAY) == ("", None)
    echo, error = read_day("13/1", TODAY)
    assert echo == ""
    assert error == "13月1日という日はありません。"
