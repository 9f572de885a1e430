"""How an amount stands, until when AINAS knows it, and what amounts come to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from onestop.clock import JST
from onestop.model.payment import (
    NO_AGENT,
    Grouping,
    Office,
    PaymentState,
    PaymentTotals,
    grouped,
    month_of,
    pressing_first,
)
from onestop.model.wareki import YearMonth
from onestop.model.words import VehicleClass
from support.payments import a_payment

TODAY = dt.date(2026, 11, 24)
DONE = {"status": "手続完了", "oss_status": "手続(交付)完了"}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, PaymentState.OPEN),
        ({"payment_status": None}, PaymentState.OPEN),
        ({"payment_status": "知らない言葉"}, PaymentState.OPEN),
        ({"payment_status": "納付済"}, PaymentState.PAID),
        ({"payment_status": "納付済", "status": "却下"}, PaymentState.PAID),
        ({"status": "却下"}, PaymentState.DROPPED),
        ({"status": "差戻"}, PaymentState.DROPPED),
        ({"oss_status": "取下げ"}, PaymentState.DROPPED),
        ({"payment_status": "納付不要"}, PaymentState.DROPPED),
        ({"amount": 0}, PaymentState.DROPPED),
        ({"line_id": 1, "status": "却下"}, PaymentState.MATCHED),
        ({**DONE, "payment_status": "納付済"}, PaymentState.PAID),
    ],
)
def test_how_an_amount_stands(changes: dict[str, Any], state: PaymentState) -> None:
    assert a_payment(**changes).state is state
    assert a_payment(**changes).is_open is (state in (PaymentState.OPEN, PaymentState.PAID))


@pytest.mark.parametrize(
    ("finished", "changes", "last"),
    [
        (dt.datetime(2026, 11, 20, 10, tzinfo=JST), {}, dt.date(2026, 12, 29)),
        (dt.datetime(2026, 11, 20, 0, 30, tzinfo=JST), {}, dt.date(2026, 12, 29)),
        (dt.datetime(2026, 10, 16, 10, tzinfo=JST), {}, TODAY),
        (dt.datetime(2026, 10, 15, 10, tzinfo=JST), {}, None),
        (dt.datetime(2026, 11, 20, 10, tzinfo=JST), {"line_id": 1}, None),
        (dt.datetime(2026, 11, 20, 10, tzinfo=JST), {"status": "申請中"}, None),
        (dt.datetime(2026, 11, 20, 10, tzinfo=JST), {"amount": 0}, None),
        (None, {}, None),
    ],
)
def test_the_last_day_on_which_ainas_knows_it(
    finished: dt.datetime | None, changes: dict[str, Any], last: dt.date | None
) -> None:
    each = a_payment(**{**DONE, "status_updated_at": finished, **changes})
    assert each.last_day(TODAY) == last


def test_what_will_be_forgotten_first_stands_on_top() -> None:
    def finished(day: int, number: int) -> dict[str, Any]:
        return {**DONE, "status_updated_at": dt.datetime(2026, 11, day, tzinfo=JST), "control_number": number}

    first, later, other = a_payment(**finished(1, 1)), a_payment(**finished(9, 2)), a_payment(control_number=3)
    assert pressing_first([other, later, first], TODAY) == (first, later, other)


def test_totals_by_every_grouping() -> None:
    some = [
        a_payment(1000),
        a_payment(200, kind="自動車重量税", payment_status="納付済", control_number=2, filing_id=None),
        a_payment(30, vehicle_class=VehicleClass.KEI, line_id=1, agent_site_id=""),
        a_payment(4, payment_status="納付不要"),
    ]
    whole = PaymentTotals.of(some)
    assert (whole.count, whole.amount) == (4, 1230)
    assert [whole.by_state[state] for state in PaymentState] == [1000, 200, 30, 4]
    named = {by: [name for name, _ in grouped(some, by)] for by in Grouping}
    assert named == {
        Grouping.DAY: ["2026/11/20"],
        Grouping.FILING: ["1000000011", "2"],
        Grouping.KIND: ["検査登録手数料", "自動車重量税"],
        Grouping.AGENT: ["D0000123", NO_AGENT],
        Grouping.OFFICE: ["登録車", "軽"],
    }
    assert sum(totals.amount for _, totals in grouped(some, Grouping.KIND)) == 1230


def test_a_bike_goes_to_the_office_of_cars_and_a_change_after_the_tick_is_seen() -> None:
    assert a_payment(vehicle_class=VehicleClass.MOTORCYCLE).office is Office.REGISTERED
    assert not a_payment(5).has_changed
    assert not a_payment(5, matched_amount=5).has_changed
    assert a_payment(5, matched_amount=6).has_changed
    assert month_of(TODAY) == YearMonth(2026, 11)
