"""The holidays by law, held against 内閣府's list for the years that it has published."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from onestop.model.holidays import holidays_of
from onestop.paths import RESOURCES

LISTED = json.loads((RESOURCES / "rates" / "holidays.json").read_text(encoding="utf-8"))["years"]


@pytest.mark.parametrize("year", sorted(LISTED))
def test_the_law_gives_what_the_cabinet_office_published(year: str) -> None:
    assert {f"{day:%m-%d}": name for day, name in holidays_of(int(year)).items()} == LISTED[year]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2022-03-21", "春分の日"),
        ("2024-02-12", "休日"),
        ("2024-03-20", "春分の日"),
        ("2024-09-22", "秋分の日"),
        ("2024-09-23", "休日"),
        ("2025-05-06", "休日"),
        ("2026-05-06", "休日"),
        ("2032-09-21", "休日"),
        ("2092-03-19", "春分の日"),
    ],
)
def test_days_that_are_easily_missed(day: str, name: str) -> None:
    date = dt.date.fromisoformat(day)
    assert holidays_of(date.year)[date] == name


def test_a_year_outside_the_formula_has_no_equinoxes_and_breaks_nothing() -> None:
    for year in (1, 1979, 2100, 9999):
        assert "春分の日" not in holidays_of(year).values()
        assert "元日" in holidays_of(year).values()
