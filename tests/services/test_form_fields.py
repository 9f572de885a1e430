"""What clerks type into any form: days, numbers and 自賠責証明書番号."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.services.form_fields import insurance_number, read_day, read_number, shown_day

if TYPE_CHECKING:
    from onestop.errors import Problem

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", None),
        ("　", None),
        ("0", 0),
        ("1,240", 1240),
        ("１２４０", 1240),
        ("\u200b1240\ufeff", 1240),
        ("999999", 999_999),
    ],
)
def test_numbers_in_any_width(typed: str, expected: int | None) -> None:
    problems: list[Problem] = []
    assert read_number("weight_kg", typed, problems) == expected
    assert problems == []


@pytest.mark.parametrize("typed", ["-1", "1000000", "1.5", "千", "1 240", "٣"])
def test_what_is_no_number(typed: str) -> None:
    problems: list[Problem] = []
    assert read_number("weight_kg", typed, problems) is None
    assert [problem.field for problem in problems] == ["weight_kg"]


def test_days() -> None:
    problems: list[Problem] = []
    assert read_day("expiry_date", "R8.12.20", TODAY, problems) == dt.date(2026, 12, 20)
    assert read_day("expiry_date", " ", TODAY, problems) is None
    assert problems == []


def test_a_day_is_shown_as_it_is_read_again() -> None:
    day = dt.date(2026, 12, 20)
    assert read_day("expiry_date", shown_day(day), TODAY, []) == day
    assert shown_day(None) == ""


@pytest.mark.parametrize(
    "typed", ["a12-34 5", "Ａ１２－３４５", " A12345\n", "A12‐345", "Ａ１２ー３４５", "\ufeffA12\u200b345"]
)
def test_a_certificate_number_loses_hyphens_and_blanks(typed: str) -> None:
    assert insurance_number(typed) == "A12345"
