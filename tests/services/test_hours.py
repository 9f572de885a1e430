"""When the services are open by the table, over nights, weekends and the turn of the year."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop.clock import JST
from onestop.model.added_rate import AddedRate
from onestop.model.rate_tables import RateTable
from onestop.model.word_book import put_words_in_force
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
    assert planned_hours("ainas", TABLE, at(now)) == PlannedHours("8:00–22:00", expected)


@pytest.mark.parametrize(
    ("service", "opens", "closes"),
    [("airas", "08:00", "20:00"), ("ainas", "08:00", "22:00"), ("agent", "09:00", "16:45")],
)
def test_the_first_minute_is_open_and_the_closing_minute_closed(service: str, opens: str, closes: str) -> None:
    opening, closing = at(f"2026-11-24 {opens}"), at(f"2026-11-24 {closes}")
    minute = dt.timedelta(minutes=1)
    assert planned_hours(service, TABLE, opening - minute).opens_next == opening
    assert planned_hours(service, TABLE, opening).opens_next is None
    assert planned_hours(service, TABLE, closing - minute).opens_next is None
    assert planned_hours(service, TABLE, closing).opens_next == at(f"2026-11-25 {opens}")


def test_the_agent_works_on_weekdays() -> None:
    friday_evening = at("2026-11-27 16:45")
    assert planned_hours("agent", TABLE, friday_evening) == PlannedHours("9:00–16:45", at("2026-11-30 09:00"))


def test_closed_days_are_those_of_the_table() -> None:
    august = TABLE.model_copy(update={"closed_from": "08-12", "closed_to": "08-15"})
    assert planned_hours("airas", august, at("2027-08-13 12:00")).opens_next == at("2027-08-16 08:00")
    assert planned_hours("airas", august, at("2026-12-31 12:00")).opens_next is None


def test_hours_over_midnight_belong_to_the_day_on_which_they_begin() -> None:
    night = TABLE.model_copy(update={"ainas": ServiceHours(opens=dt.time(22), closes=dt.time(2))})
    assert planned_hours("ainas", night, at("2026-12-29 01:59")).opens_next is None
    assert planned_hours("ainas", night, at("2026-12-29 02:00")).opens_next == at("2027-01-04 22:00")


def test_hours_of_the_machines_settings_say_so() -> None:
    late = TABLE.model_copy(update={"airas": ServiceHours(opens=dt.time(9), closes=dt.time(21))})
    noon = at("2026-11-24 12:00")
    assert [planned_hours(each, late, noon).own for each in ("airas", "ainas")] == [True, False]


def test_hours_that_close_as_they_open_go_round_the_clock() -> None:
    always = TABLE.model_copy(update={"ainas": ServiceHours(opens=dt.time(8), closes=dt.time(8))})
    assert planned_hours("ainas", always, at("2026-11-24 07:59")).opens_next is None
    assert planned_hours("ainas", always, at("2026-11-24 08:00")).opens_next is None


def test_a_table_that_never_opens_names_no_opening() -> None:
    never = TABLE.model_copy(update={"closed_from": "01-01", "closed_to": "12-31"})
    assert planned_hours("ainas", never, at("2026-11-24 12:00")) == PlannedHours("8:00–22:00")


def test_the_agent_rests_on_holidays_and_the_services_do_not() -> None:
    holiday = at("2026-11-23 12:00")
    assert planned_hours("agent", TABLE, holiday).opens_next == at("2026-11-24 09:00")
    assert planned_hours("ainas", TABLE, holiday).opens_next is None


def row(key: str, day: str, cells: tuple[str, ...], table: RateTable = RateTable.HOURS) -> AddedRate:
    first_day, now = dt.date.fromisoformat(day), at("2026-11-24 12:00")
    return AddedRate(
        rate_table=table, key=key, first_day=first_day, amounts="\t".join(cells), source="告知", added_at=now
    )


def test_hours_of_the_table_hold_from_their_day_and_name_it() -> None:
    put_words_in_force([row("ainas", "2026-12-01", ("7:30", "21:00", "平日"))], lambda: dt.date(2026, 11, 24))
    assert planned_hours("ainas", TABLE, at("2026-11-30 21:30")) == PlannedHours("8:00–22:00")
    since = dt.date(2026, 12, 1)
    assert planned_hours("ainas", TABLE, at("2026-12-01 07:30")) == PlannedHours("7:30–21:00", None, since)
    assert planned_hours("ainas", TABLE, at("2026-11-30 22:00")).opens_next == at("2026-12-01 07:30")
    assert planned_hours("ainas", TABLE, at("2026-12-05 12:00")).opens_next == at("2026-12-07 07:30")


def test_the_turn_of_the_year_and_a_holiday_of_the_shop_are_of_the_table_too() -> None:
    season = row("season", "2026-12-01", ("12-30", "01-04", "休み"))
    festival = row("2026-12-01", "2026-12-01", ("代理人の休業", "休み"), RateTable.HOLIDAYS)
    put_words_in_force([season, festival], lambda: dt.date(2026, 11, 24))
    assert planned_hours("ainas", TABLE, at("2026-12-29 12:00")).opens_next is None
    assert planned_hours("ainas", TABLE, at("2026-12-30 12:00")).opens_next == at("2027-01-05 08:00")
    assert planned_hours("agent", TABLE, at("2026-12-01 12:00")).opens_next == at("2026-12-02 09:00")
