"""What the services' clock shows, by the dates of their answers."""

from __future__ import annotations

import contextlib
import datetime as dt
from email.utils import format_datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from onestop import errors
from onestop.gateway.service_time import PROMPT, ServiceTime, moment_of
from onestop.gateway.transport import Call, Credentials, Transport
from onestop.gateway.wire import ServiceState
from support.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = dt.datetime(2026, 11, 24, 0, 15, tzinfo=dt.UTC)
SERVICE = Call("getService", "GET", "/ainas/v1/service", is_public=True)
OPEN = {"state": "open", "opens_at": None, "closes_at": None, "message": None}


def told_by(clock: FixedClock, answer: Callable[[], httpx.Response]) -> ServiceTime:
    """Ask a service once; return what is known of its clock then."""
    way = httpx.MockTransport(lambda _request: answer())
    with Transport("http://127.0.0.1", lambda: Credentials("K", "p"), clock=clock, http=way) as transport:
        with contextlib.suppress(errors.ServiceError):
            transport.ask(SERVICE, ServiceState)
        return transport.service_time


def dated(moment: dt.datetime, status: int = 200, **more: object) -> httpx.Response:
    return httpx.Response(status, json=OPEN, headers={"Date": format_datetime(moment, usegmt=True)}, **more)  # type: ignore[arg-type]


def test_it_is_counted_on_from_the_date_of_an_answer_whatever_this_clock_shows() -> None:
    clock = FixedClock(NOW)
    told = told_by(clock, lambda: dated(NOW - dt.timedelta(hours=1)))
    assert told.now() == NOW - dt.timedelta(hours=1)
    assert told.ahead() == dt.timedelta(hours=1)
    clock.turn(days=365)
    clock.advance(minutes=5)
    assert told.now() == NOW - dt.timedelta(minutes=55)
    assert told.ahead() == dt.timedelta(days=365, hours=1)
    clock.turn(days=-366)
    assert told.ahead() == dt.timedelta(hours=-23)


@pytest.mark.parametrize(
    "answer",
    [
        lambda: httpx.Response(200, json=OPEN),
        lambda: httpx.Response(200, json=OPEN, headers={"Date": "yesterday"}),
        lambda: httpx.Response(200, html="<p>", headers={"Date": "Tue, 24 Nov 2026 00:15:00 GMT"}),
    ],
    ids=["no date", "no date that can be read", "somebody else on the way"],
)
def test_what_does_not_tell_the_services_time_is_not_heard(answer: Callable[[], httpx.Response]) -> None:
    told = told_by(FixedClock(NOW), answer)
    assert (told.now(), told.ahead()) == (None, None)


def test_a_refusal_tells_the_time_as_well() -> None:
    assert told_by(FixedClock(NOW), lambda: dated(NOW, 500)).now() == NOW


@pytest.mark.parametrize(("took", "heard"), [(PROMPT, True), (PROMPT + 0.1, False)])
def test_an_answer_that_took_long_says_little_of_the_time_now(took: float, heard: bool) -> None:  # noqa: FBT001 - a row
    clock = FixedClock(NOW)

    def slowly() -> httpx.Response:
        clock.wait(took)
        return dated(NOW)

    assert (told_by(clock, slowly).now() == NOW) is heard


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        (None, None),
        ("", None),
        ("Tue, 24 Nov 2026 00:15:00 GMT", NOW),
        ("Tue, 24 Nov 2026 00:15:00 -0000", NOW),
        ("Tue, 24 Nov 2026 09:15:00 +0900", NOW),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("Tue, 99 Nov 2026 00:15:00 GMT", None),
    ],
)
def test_a_date_is_read_or_is_none(date: str | None, moment: dt.datetime | None) -> None:
    assert moment_of(date) == moment


def test_a_date_to_wait_for_is_held_against_the_clock_of_the_service() -> None:
    clock = FixedClock(NOW + dt.timedelta(hours=3))
    again = format_datetime(NOW + dt.timedelta(minutes=10), usegmt=True)
    headers = {"Date": format_datetime(NOW, usegmt=True), "Retry-After": again}
    way = httpx.MockTransport(lambda _request: httpx.Response(429, headers=headers))
    with (
        Transport("http://127.0.0.1", lambda: None, clock=clock, http=way) as transport,
        pytest.raises(errors.Overloaded) as caught,
    ):
        transport.ask(SERVICE, ServiceState)
    assert caught.value.retry_after == 600
