"""When the services are open by the table, over nights, weekends and the turn of the year."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop.clock import JST
from onestop.services.hours import PlannedHours, planned_hours
from onestop.store.settings_file import HoursTable, ServiceHours

TABLE = HoursTable()


def at(text: str) -> dt.datetime:
    """Return a moment in Japan, as the program's clock tells it: in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=JST).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("now", "opens_next"),
    [
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-24 08:00", None),
        ("2026-11-24 21:59", None),
        ("2026-11-24 22:00", "2026-11-25 08:00"),
        ("2026-11-29 12:00", None),
        ("2026-12-28 21:59", None),
        ("2026-12-28 22:00", "2027-01-04 08:00"),
        ("2026-12-29 12:00", "2027-01-04 08:00"),
        ("2026-12-31 23:59", "2027-01-04 08:00"),
        ("2027-01-01 00:00", "2027-01-04 08:00"),
        ("2027-01-03 12:00", "2027-01-04 08:00"),
        ("2027-01-04 07:00", "2027-01-04 08:00"),
        ("2027-01-04 08:00", None),
    ],
)
def test_ainas_is_closed_at_night_and_from_12_29_to_1_3(now: str, opens_next: str | None) -> None:
    expected = None if opens_next is None else at(opens_next)
    assert planned_hours(TABLE.ainas, TABLE, at(now)) == PlannedHours("8:00–22:00", expected)


@pytest.mark.parametrize(
    ("service", "opens", "closes"),
    [("airas", "08:00", "20:00"), ("ainas", "08:00", "22:00"), ("agent", "09:00", "16:45")],
)
def test_the_first_minute_is_open_and_the_closing_minute_closed(service: str, opens: str, closes: str) -> None:
    hours, opening, closing = getattr(TABLE, service), at(f"2026-11-24 {opens}"), at(f"2026-11-24 {closes}")
    minute = dt.timedelta(minutes=1)
    assert planned_hours(hours, TABLE, opening - minute).opens_next == opening
    assert planned_hours(hours, TABLE, opening).opens_next is None
    assert planned_hours(hours, TABLE, closing - minute).opens_next is None
    assert planned_hours(hours, TABLE, closing).opens_next == at(f"2026-11-25 {opens}")


def test_the_agent_works_on_weekdays() -> None:
    friday_evening = at("2026-11-27 16:45")
    assert planned_hours(TABLE.agent, TABLE, friday_evening) == PlannedHours("9:00–16:45", at("2026-11-30 09:00"))


def test_closed_days_are_those_of_the_table() -> None:
    august = TABLE.model_copy(update={"closed_from": "08-12", "closed_to": "08-15"})
    assert planned_hours(august.airas, august, at("2027-08-13 12:00")).opens_next == at("2027-08-16 08:00")
    assert planned_hours(august.airas, august, at("2026-12-31 12:00")).opens_next is None


def test_hours_over_midnight_belong_to_the_day_on_which_they_begin() -> None:
    night = ServiceHours(opens=dt.time(22), closes=dt.time(2))
    assert planned_hours(night, TABLE, at("2026-12-29 01:59")).opens_next is None
    assert planned_hours(night, TABLE, at("2026-12-29 02:00")).opens_next == at("2027-01-04 22:00")


def test_hours_that_close_as_they_open_go_round_the_clock() -> None:
    always = ServiceHours(opens=dt.time(8), closes=dt.time(8))
    assert planned_hours(always, TABLE, at("2026-11-24 07:59")).opens_next is None
    assert planned_hours(always, TABLE, at("2026-11-24 08:00")).opens_next is None


def test_a_table_that_never_opens_names_no_opening() -> None:
    never = TABLE.model_copy(update={"closed_from": "01-01", "closed_to": "12-31"})
    assert planned_hours(never.ainas, never, at("2026-11-24 12:00")) == PlannedHours("8:00–22:00")
