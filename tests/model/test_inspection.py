"""今回の車検: when it is open, and when its new 車検証 is awaited."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop.model.ending import Ending
from support.builders import BUILT_AT
from support.inspections import an_inspection

EXPIRY = dt.date(2026, 12, 20)
LATER = BUILT_AT + dt.timedelta(days=1)


def test_it_is_open_until_it_ends() -> None:
    begun = an_inspection()
    assert begun.is_open
    begun.end(Ending.FINISHED, LATER)
    assert (begun.is_open, begun.ending, begun.ended_at) == (False, Ending.FINISHED, LATER)
    assert not begun.ended_by_hand


def test_what_ended_it_first_stays_true() -> None:
    ended = an_inspection(ending=Ending.STOPPED)
    ended.end(Ending.FINISHED, LATER)
    assert (ended.ending, ended.ended_at) == (Ending.STOPPED, BUILT_AT)


def test_one_that_a_clerk_gave_up_may_be_finished_nevertheless() -> None:
    ended = an_inspection(renews=EXPIRY, ending=Ending.STOPPED)
    ended.ended_by_hand, ended.reason = True, "客の都合"
    assert not ended.awaits_certificate_of(EXPIRY)
    ended.end(Ending.FINISHED, LATER)
    assert (ended.ending, ended.ended_at, ended.ended_by_hand, ended.reason) == (
        Ending.FINISHED,
        LATER,
        False,
        "客の都合",
    )
    assert ended.awaits_certificate_of(EXPIRY)


@pytest.mark.parametrize(
    ("ending", "renews", "expiry", "awaits"),
    [
        (None, EXPIRY, EXPIRY, False),
        (Ending.FINISHED, EXPIRY, EXPIRY, True),
        (Ending.COUNTER, EXPIRY, EXPIRY, True),
        (Ending.FINISHED, None, None, True),
        (Ending.FINISHED, EXPIRY, dt.date(2028, 12, 20), False),
        (Ending.FINISHED, None, EXPIRY, False),
        (Ending.RENEWED, EXPIRY, EXPIRY, False),
        (Ending.STOPPED, EXPIRY, EXPIRY, False),
    ],
)
def test_a_finished_one_awaits_its_certificate_while_the_car_has_the_old_day(
    ending: Ending | None,
    renews: dt.date | None,
    expiry: dt.date | None,
    awaits: bool,  # noqa: FBT001 - a row
) -> None:
    assert an_inspection(1, renews, ending).awaits_certificate_of(expiry) is awaits


def test_repr_shows_no_reason() -> None:
    ended = an_inspection(ending=Ending.STOPPED)
    ended.reason = "見本太郎様の都合"
    assert "見本太郎" not in repr(ended)
