"""Every day on which an era, a table or a rule changes, from both sides."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.model.inspection_days import window_start
from onestop.model.money import (
    age_class,
    estimate_fees,
    estimate_jibaiseki,
    estimate_weight_tax,
)
from onestop.model.rate_book import rates
from onestop.model.rate_tables import (
    AgeRule,
    ApplicationChannel,
    Dated,
    FeeVehicle,
    TaxColumn,
    in_force,
    without_weight_tax,
)
from onestop.model.taxable import TaxableVehicle
from onestop.model.validity import validity_of
from onestop.model.wareki import ERAS, Wareki, YearMonth
from onestop.model.words import VehicleClass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ONE_DAY = dt.timedelta(days=1)
KEI = TaxableVehicle(vehicle_class=VehicleClass.KEI, use="乗用")
BUS = TaxableVehicle(use="乗合")

ERA_CHANGES = {
    "1868-10-23": ("西暦1868年10月22日", "明治元年10月23日"),
    "1912-07-30": ("明治45年7月29日", "大正元年7月30日"),
    "1926-12-25": ("大正15年12月24日", "昭和元年12月25日"),
    "1989-01-08": ("昭和64年1月7日", "平成元年1月8日"),
    "2019-05-01": ("平成31年4月30日", "令和元年5月1日"),
}
FEE_CHANGES = {
    "2021-10-01": ((None, None, None), (1000, 400, 1400)),
    "2023-01-01": ((1000, 400, 1400), (1200, 400, 1600)),
    "2026-04-01": ((1200, 400, 1600), (1450, 400, 1850)),
}
"""Of an ordinary car by OSS: to the state, to the 機構, and both."""
TAX_CHANGES = {"2016-04-01": (None, 6600)}
PREMIUM_CHANGES = {"2023-04-01": (None, 17650), "2026-11-01": (17650, 18560)}
VALIDITY_CHANGES = {"1995-07-01": (None, 2)}


def both_sides(day: str) -> tuple[dt.date, dt.date]:
    """Return the day before a day, and the day."""
    return dt.date.fromisoformat(day) - ONE_DAY, dt.date.fromisoformat(day)


@pytest.mark.parametrize(("day", "names"), ERA_CHANGES.items())
def test_an_era_begins_on_its_day(day: str, names: tuple[str, str]) -> None:
    assert tuple(Wareki.of(side).formal() for side in both_sides(day)) == names


@pytest.mark.parametrize(("day", "fees"), FEE_CHANGES.items())
def test_the_fees_change_on_their_day(day: str, fees: tuple[tuple[int | None, ...], ...]) -> None:
    for side, expected in zip(both_sides(day), fees, strict=True):
        told = estimate_fees(FeeVehicle.ORDINARY, ApplicationChannel.OSS, side)
        assert tuple(fee.amount for fee in told) == expected


@pytest.mark.parametrize(("day", "taxes"), TAX_CHANGES.items())
def test_the_weight_tax_changes_on_its_day(day: str, taxes: tuple[int | None, int | None]) -> None:
    assert tuple(estimate_weight_tax(KEI, 2, side).amount for side in both_sides(day)) == taxes
    before, on_it = (estimate_weight_tax(BUS, 1, side).note for side in both_sides(day))
    assert ("乗合" in before, "乗合" in on_it) == (False, True)


@pytest.mark.parametrize(("day", "premiums"), PREMIUM_CHANGES.items())
def test_the_premiums_change_on_their_day(day: str, premiums: tuple[int | None, int | None]) -> None:
    told = (estimate_jibaiseki("passenger_private", side, 24).amount for side in both_sides(day))
    assert tuple(told) == premiums


@pytest.mark.parametrize(("day", "years"), VALIDITY_CHANGES.items())
def test_the_years_of_a_renewal_change_on_their_day(day: str, years: tuple[int | None, int | None]) -> None:
    assert tuple(validity_of(TaxableVehicle(use="乗用"), side).years for side in both_sides(day)) == years


def test_the_window_of_two_months_begins_on_its_day() -> None:
    expiry = dt.date(2025, 5, 20)
    starts = tuple(window_start(expiry, side) for side in both_sides("2025-04-01"))
    assert starts == (dt.date(2025, 4, 20), dt.date(2025, 3, 20))


def test_the_age_of_a_car_is_counted_a_month_earlier_from_that_day_on() -> None:
    ages = tuple(age_class(AgeRule.REGISTERED, YearMonth(2012, 6), side) for side in both_sides("2025-04-01"))
    assert ages == (TaxColumn.NORMAL, TaxColumn.OVER_13)


# --- no table has another


def changes(rows: Iterable[Dated]) -> set[str]:
    """Return the days on which rows of a table begin, or have ended."""
    rows = tuple(rows)
    ended = {str(row.last_day + ONE_DAY) for row in rows if row.last_day}
    return {str(row.first_day) for row in rows} | ended


def test_every_day_on_which_a_table_changes_is_tested_here() -> None:
    assert changes(rates().fees) == FEE_CHANGES.keys()
    assert changes(rates().weight_tax) == changes(without_weight_tax()) == TAX_CHANGES.keys()
    assert changes(rates().premiums) == PREMIUM_CHANGES.keys()
    assert changes(rates().validity) == VALIDITY_CHANGES.keys()
    assert {str(era.first_day) for era in ERAS[:-1]} == ERA_CHANGES.keys()


TABLES = (
    lambda: rates().fees,
    lambda: rates().weight_tax,
    without_weight_tax,
    lambda: rates().premiums,
    lambda: rates().validity,
)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_holds_from_its_first_day_to_its_last_and_no_longer(table: Callable[[], Iterable[Dated]]) -> None:
    for row in table():
        assert in_force([row], row.first_day) is row
        assert in_force([row], row.first_day - ONE_DAY) is None
        if row.last_day:
            assert in_force([row], row.last_day) is row
            assert in_force([row], row.last_day + ONE_DAY) is None
