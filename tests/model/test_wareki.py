"""Days in both calendars."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop.errors import InvalidInput
from onestop.model.wareki import Wareki, YearMonth, format_both, format_short, from_era

TODAY = dt.date(2026, 11, 24)


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
    assert YearMonth(2000, 0).iso() == "2000"
    assert YearMonth.parse("2000") == YearMonth(2000, 0)
    for text in ("", "2021-13", "2021-00", "202", "0000-01", "R3.12"):
        assert YearMonth.parse(text) is None


def test_t27_a_year_alone_has_no_month() -> None:
    assert (str(YearMonth(2000, 0)), YearMonth(2000, 0).western()) == ("平成12年", "2000")
    assert str(YearMonth(1989, 0)) == "平成元年"
    assert YearMonth(2000, 0).months_until(dt.date(2000, 1, 31)) == 0


def test_an_era_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidInput):
        from_era("慶応", 3, 1, 1)
    with pytest.raises(InvalidInput):
        from_era("令和", 100, 1, 1)
