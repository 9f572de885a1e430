"""The dated tables, joined with what an administrator added: it is seen from its day on, and no earlier."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.model.added_rate import AddedRate
from onestop.model.money import estimate_fees, estimate_jibaiseki, estimate_weight_tax
from onestop.model.rate_book import (
    FEES,
    PREMIUMS,
    VALIDITY,
    WEIGHT_TAX,
    Shape,
    put_in_force,
    rates,
)
from onestop.model.rate_tables import (
    ApplicationChannel,
    FeeVehicle,
    RateTable,
    Surety,
    in_force,
    shipped_fees,
    shipped_weight_tax,
)
from onestop.model.taxable import TaxableVehicle
from onestop.model.validity import validity_of
from onestop.model.wareki import YearMonth

NEXT_SPRING = dt.date(2027, 4, 1)
DAY = dt.timedelta(days=1)
CAR = TaxableVehicle(vehicle_kind="普通", use="乗用", weight_kg=1500, first_registration=YearMonth(2024, 1))


def added(table: RateTable, key: str, amounts: str, first_day: dt.date = NEXT_SPRING) -> AddedRate:
    now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    return AddedRate(rate_table=table, key=key, first_day=first_day, amounts=amounts, source="官報", added_at=now)


def test_a_fee_holds_from_its_day_and_the_shipped_one_until_the_day_before() -> None:
    put_in_force([added(RateTable.FEES, "futsu/oss", "1500,450,1950")])
    before = estimate_fees(FeeVehicle.ORDINARY, ApplicationChannel.OSS, NEXT_SPRING - DAY)
    after = estimate_fees(FeeVehicle.ORDINARY, ApplicationChannel.OSS, NEXT_SPRING)
    assert (before.national.amount, after.national.amount) == (1450, 1500)
    assert (before.national.table_date, after.national.table_date) == (dt.date(2026, 4, 1), NEXT_SPRING)
    kei = estimate_fees(FeeVehicle.KEI, ApplicationChannel.OSS, NEXT_SPRING)
    assert kei.national.amount == 1450


def test_every_other_table_takes_added_rows_too() -> None:
    put_in_force(
        [
            added(RateTable.WEIGHT_TAX, "joyo_private", "2500,4000,5700,6300"),
            added(RateTable.PREMIUMS, "本土/passenger_private/24", "17000"),
            added(RateTable.VALIDITY, "乗用 自家用", "1"),
        ]
    )
    tax = estimate_weight_tax(CAR, 2, NEXT_SPRING)
    assert (tax.amount, tax.table_date) == (24_000, NEXT_SPRING)
    assert estimate_weight_tax(CAR, 2, NEXT_SPRING - DAY).amount == 24_600
    premium = estimate_jibaiseki("passenger_private", NEXT_SPRING, 24)
    assert (premium.amount, premium.table_date) == (17_000, NEXT_SPRING)
    assert validity_of(CAR, NEXT_SPRING).years == 1
    assert validity_of(CAR, NEXT_SPRING - DAY).years == 2


def test_a_figure_that_nobody_knows_may_be_added_as_not_known() -> None:
    put_in_force([added(RateTable.FEES, "futsu/carry_in", ",,2700")])
    fees = estimate_fees(FeeVehicle.ORDINARY, ApplicationChannel.CARRY_IN, NEXT_SPRING)
    assert (fees.national.amount, fees.total.amount) == (None, 2700)


def test_what_ships_holds_again_when_nothing_is_added() -> None:
    put_in_force([added(RateTable.FEES, "futsu/oss", "1,2,3")])
    put_in_force(())
    assert {*rates().fees} == {*shipped_fees()}


def test_a_row_of_an_unknown_key_changes_nothing() -> None:
    put_in_force([added(RateTable.FEES, "truck/oss", "1,2,3")])
    assert {*rates().fees} == {*shipped_fees()}


def test_an_added_row_of_the_same_day_goes_before_the_shipped_one() -> None:
    row = added(RateTable.FEES, "futsu/oss", "1,2,3", dt.date(2026, 4, 1))
    joined = FEES.joined([row])
    assert [each.national for each in joined if FEES.key(each) == "futsu/oss"] == [1000, 1200, 1]


def test_keys_are_told_apart_and_every_one_has_words() -> None:
    shapes: list[Shape[Any]] = [FEES, WEIGHT_TAX, PREMIUMS, VALIDITY]
    for shape in shapes:
        rows = shape.rows()
        begun = [(shape.key(row), row.first_day) for row in rows]
        assert len(begun) == len(set(begun))
        assert all(shape.label(row) for row in rows)


@given(st.lists(st.dates(dt.date(2022, 1, 1), dt.date(2031, 1, 1)), unique=True, max_size=6))
def test_the_rows_of_a_key_never_overlap_and_leave_no_gap(days: list[dt.date]) -> None:
    joined = WEIGHT_TAX.joined([added(RateTable.WEIGHT_TAX, "kei_private", "1,2,3,4", day) for day in days])
    mine = sorted((row for row in joined if row.key == "kei_private"), key=lambda row: row.first_day)
    assert len(mine) == len(days) + 1
    for row, later in pairwise(mine):
        assert row.last_day == later.first_day - DAY
    assert mine[-1].last_day is None
    others = [row for row in joined if row.key != "kei_private"]
    assert others == [row for row in shipped_weight_tax() if row.key != "kei_private"]
    for day in days:
        found = in_force(mine, day)
        assert found is not None
        assert found.told.added


@pytest.mark.parametrize(
    ("key", "is_single"), [("joyo_private", False), ("kei_private", True), ("tokushu_private", True)]
)
def test_a_row_that_stands_on_one_transcription_says_so(key: str, *, is_single: bool) -> None:
    (row,) = (each for each in shipped_weight_tax() if each.key == key)
    assert (row.told.surety is Surety.SINGLE) is is_single
    assert row.told.source.startswith("https://")
