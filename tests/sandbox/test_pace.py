"""How fast the imitated people work."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop_sandbox.clock import JST
from onestop_sandbox.pace import PRACTICE, REAL, pace_of


def test_paces_have_names_and_seconds() -> None:
    assert pace_of("practice") is PRACTICE
    assert pace_of("real") is REAL
    assert pace_of("10").filing == 10
    assert pace_of("10").registry == 2


@pytest.mark.parametrize("text", ["soon", "-1", "inf", "nan"])
def test_anything_else_is_no_pace(text: str) -> None:
    with pytest.raises(ValueError, match=r"pace|float"):
        pace_of(text)


def test_practice_is_over_within_a_minute_at_night_and_real_work_waits_for_the_morning() -> None:
    night = dt.datetime(2026, 11, 24, 23, tzinfo=JST)
    assert PRACTICE.worked(night, PRACTICE.filing) - night < dt.timedelta(minutes=1)
    assert REAL.worked(night, 0) == dt.datetime(2026, 11, 25, 9, tzinfo=JST)
