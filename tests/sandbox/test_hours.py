"""Opening hours, and how long work takes when nobody works at night."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop_sandbox.clock import JST
from onestop_sandbox.hours import AGENT_HOURS, SERVICE_HOURS


def at(day: str, time: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=JST)


@pytest.mark.parametrize(
    ("day", "time", "is_open"),
    [
        ("2026-11-24", "08:59", False),
        ("2026-11-24", "09:00", True),
        ("2026-11-24", "16:44:59", True),
        ("2026-11-24", "16:45", False),
        ("2026-11-28", "10:00", False),
        ("2026-12-28", "10:00", True),
        ("2026-12-29", "10:00", False),
        ("2027-01-01", "10:00", False),
        ("2027-01-04", "10:00", True),
    ],
)
def test_the_agent_works_on_weekdays_outside_the_new_year(day: str, time: str, is_open: bool) -> None:  # noqa: FBT001 - a table
    assert AGENT_HOURS.is_open(at(day, time)) is is_open


def test_ainas_is_open_on_a_saturday_evening_and_airas_is_not() -> None:
    evening = at("2026-11-28", "21:00")
    assert SERVICE_HOURS["ainas"].is_open(evening)
    assert not SERVICE_HOURS["airas"].is_open(evening)


@pytest.mark.parametrize(
    ("day", "time", "opening"),
    [
        ("2026-11-24", "10:00", at("2026-11-24", "10:00")),
        ("2026-11-24", "03:00", at("2026-11-24", "09:00")),
        ("2026-11-27", "17:00", at("2026-11-30", "09:00")),
        ("2026-12-28", "17:00", at("2027-01-04", "09:00")),
    ],
)
def test_the_next_opening(day: str, time: str, opening: dt.datetime) -> None:
    assert AGENT_HOURS.opening(at(day, time)) == opening


@pytest.mark.parametrize(
    ("day", "time", "minutes", "done"),
    [
        ("2026-11-24", "09:15", 45, at("2026-11-24", "10:00")),
        ("2026-11-24", "16:30", 45, at("2026-11-25", "09:30")),
        ("2026-11-27", "16:30", 15 + 465 + 30, at("2026-12-01", "09:30")),
        ("2026-11-24", "23:00", 0, at("2026-11-25", "09:00")),
    ],
)
def test_work_goes_on_in_the_next_open_hours(day: str, time: str, minutes: int, done: dt.datetime) -> None:
    assert AGENT_HOURS.after(at(day, time), minutes * 60) == done
