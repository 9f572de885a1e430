"""States × outcomes: what F5 leaves behind for every way in which it can end, and what F7 and the next F5 do then.

Every row goes over a real socket to the sandbox, with and without Idempotency-Keys.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.gateway.transport import Timeouts
from onestop.model.sending_state import Sending
from onestop.services.delivery.ask import subject_of
from onestop.services.delivery.settle import Settled
from onestop.services.filing.channel import ALREADY_ISSUED, STILL_UNKNOWN
from onestop_sandbox import REAL, Kind, SandboxServer, Trouble
from support.deciding import decide, settle_with_a_clerk
from support.desks import QUIET, a_desk, a_sandbox
from support.torn_server import closed_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

DRAFT, UNKNOWN, FILED = Sending.DRAFT, Sending.UNKNOWN, Sending.FILED
HURRIED = Timeouts(read=0.2)
FIELDS = (("chassis_number", "車台番号に誤りがあります。"), ("user.name", "氏名に誤りがあります。"))


@dataclass(frozen=True, slots=True)
class Row:
    """How F5 ends; what it leaves here and at AINAS; what F7 makes of it at once."""

    name: str
    trouble: Trouble | None
    error: type[errors.ServiceError]
    state: Sending
    filings: int
    settled: Sending
    """After F7 a moment later, and the clerk's word where AINAS keeps no keys."""
    refusal: str | None = None
    address: Callable[[str], str] = str
    timeouts: Timeouts | None = None


def no(status: int, code: str | None = None, **more: object) -> Trouble:
    return Trouble(Kind.REFUSE, "submitFiling", status=status, code=code, **more)  # type: ignore[arg-type] # by name


def bad(kind: Kind, **more: object) -> Trouble:
    return Trouble(kind, "submitFiling", **more)  # type: ignore[arg-type] # by name


def a_closed_port(_url: str) -> str:
    return f"http://127.0.0.1:{closed_port()}"


def a_name_nobody_knows(_url: str) -> str:
    return "https://ainas.invalid"


def by_tls(url: str) -> str:
    return url.replace("http://", "https://")


ROWS = (
    # nothing left this machine
    Row("refused connection", None, errors.NotReached, DRAFT, 0, DRAFT, address=a_closed_port),
    Row("DNS", None, errors.NotReached, DRAFT, 0, DRAFT, address=a_name_nobody_knows),
    Row("TLS failure", None, errors.NotTrusted, DRAFT, 0, DRAFT, address=by_tls),
    # sent, and no answer came
    Row("timeout before acting", bad(Kind.DELAY, seconds=60), errors.NoAnswer, UNKNOWN, 0, UNKNOWN, timeouts=HURRIED),
    Row(
        "timeout after acting",
        bad(Kind.DELAY, seconds=60, after=True),
        errors.NoAnswer,
        UNKNOWN,
        1,
        FILED,
        timeouts=HURRIED,
    ),
    Row("cut before acting", bad(Kind.CUT), errors.NoAnswer, UNKNOWN, 0, UNKNOWN),
    Row("cut after acting", bad(Kind.CUT, after=True), errors.NoAnswer, UNKNOWN, 1, FILED),
    Row("acts late", bad(Kind.LATE, seconds=90), errors.NoAnswer, UNKNOWN, 0, UNKNOWN),
    # an answer that is none
    Row("200 with HTML", bad(Kind.HTML, status=200, after=True), errors.ContractBroken, UNKNOWN, 1, FILED),
    Row("200 with HTML, not acted", bad(Kind.HTML, status=200), errors.ContractBroken, UNKNOWN, 0, UNKNOWN),
    Row("broken JSON", bad(Kind.BROKEN_JSON, after=True), errors.ContractBroken, UNKNOWN, 1, FILED),
    Row("answer for another filing", bad(Kind.OTHER_FILING), errors.AnswerOfAnother, UNKNOWN, 1, FILED),
    # a no
    Row("401", no(401), errors.CredentialsRefused, DRAFT, 0, DRAFT),
    Row("403", no(403), errors.Refused, DRAFT, 0, DRAFT, refusal="この依頼人拠点コードは使えません"),
    Row("404", no(404), errors.NotFound, DRAFT, 0, DRAFT, refusal="見つかりません"),
    Row(
        "409 vehicle_has_open_filing",
        no(409),
        errors.Refused,
        DRAFT,
        0,
        DRAFT,
        refusal="この車両には手続中の申請があります",
    ),
    Row("409 idempotency_key_reused", no(409, "idempotency_key_reused"), errors.Refused, UNKNOWN, 0, UNKNOWN),
    Row(
        "422 with fields",
        no(422, errors=FIELDS),
        errors.Refused,
        DRAFT,
        0,
        DRAFT,
        refusal="車台番号に誤りがあります。\n氏名に誤りがあります。",
    ),
    # not now
    Row("429 with Retry-After", no(429, retry_after=30), errors.Overloaded, DRAFT, 0, DRAFT),
    Row("503 closed with Retry-After", bad(Kind.CLOSED, retry_after=60), errors.ServiceClosed, DRAFT, 0, DRAFT),
    Row("503 maintenance", no(503, retry_after=60), errors.ServiceClosed, DRAFT, 0, DRAFT),
    # out of order
    Row("500", no(500), errors.NoAnswer, UNKNOWN, 0, UNKNOWN),
    Row("500 after acting", no(500, after=True), errors.NoAnswer, UNKNOWN, 1, FILED),
    Row("502", bad(Kind.HTML, status=502), errors.NoAnswer, UNKNOWN, 0, UNKNOWN),
    Row("502 after acting", bad(Kind.HTML, status=502, after=True), errors.NoAnswer, UNKNOWN, 1, FILED),
)


@pytest.fixture(params=[True, False], ids=["with keys", "without keys"])
def sandbox(request: pytest.FixtureRequest, clock: FixedClock) -> Iterator[Sandbox]:
    with a_sandbox(clock, sleep=None, pace=REAL) as services:
        if not request.param:
            services.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
        yield services


@pytest.fixture
def server(sandbox: Sandbox) -> Iterator[SandboxServer]:
    with SandboxServer(sandbox) as running:
        yield running


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_one_filing_whatever_comes_of_the_first_f5(
    row: Row, tmp_path: Path, clock: FixedClock, server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = server.sandbox
    with (
        a_desk(tmp_path, clock=clock, sandbox=services, url=row.address(server.url), timeouts=row.timeouts) as room,
        monkeypatch.context() as patch,
    ):
        if row.address is a_name_nobody_knows:
            patch.setattr(socket, "getaddrinfo", _unknown)
        number = room.a_draft()
        if row.trouble is not None:
            services.troubles.add(row.trouble)
        with pytest.raises(errors.ServiceError) as caught:
            room.desk.filings.delivery.issue(number)
        assert type(caught.value) is row.error
        filing = room.filing(number)
        assert (filing.sending, room.times_filed(number)) == (row.state, row.filings)
        assert filing.refusal == row.refusal
        assert (filing.request_key is None) == (row.state is DRAFT)
    with a_desk(tmp_path, clock=clock, sandbox=services, url=server.url) as room:
        clock.advance(seconds=1)
        keys = not services.troubles.keys_ignored
        if row.settled is FILED:
            settle_with_a_clerk(room.desk.filings.delivery, number, keys=keys)
        else:
            assert room.desk.filings.delivery.settle() == (Settled() if row.state is DRAFT else Settled(waiting=1))
        assert room.filing(number).sending is row.settled
        next_f5(room, number, row.settled)
        clock.advance(seconds=QUIET.total_seconds())
        if room.desk.filings.delivery.settle().reason is not None:
            assert (row.name, keys) == ("acts late", False)
            decide(room.desk.filings.delivery, number)
        filing = room.filing(number)
        assert (filing.sending, filing.status, filing.refusal) == (FILED, "受付前", None)
        assert room.times_filed(number) == 1
        assert room.ainas.fetch(subject_of(filing)).control_number == number


def next_f5(room: DeskRoom, number: int, state: Sending) -> None:
    if state is DRAFT:
        assert room.desk.filings.delivery.issue(number).sending is FILED
        return
    with pytest.raises(errors.NotAllowed) as caught:
        room.desk.filings.delivery.issue(number)
    assert str(caught.value) == (ALREADY_ISSUED if state is FILED else STILL_UNKNOWN)


def _unknown(*_: object, **__: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
