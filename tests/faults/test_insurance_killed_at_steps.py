"""A process killed at every named step of issuing a 自賠責証明書 and of settling it: after a new start, one policy."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.clock import SystemClock
from onestop.model.sending_state import Sending
from onestop.services.once import Settled
from onestop.store.keychain import Keychain
from onestop_sandbox import Kind, SandboxServer, Trouble
from onestop_sandbox.clock import MachineClock
from support.clock import FixedClock
from support.desks import READY_SECRETS, a_desk, a_sandbox
from support.insurance import INSURER, a_form, certificate, times_issued
from support.keychains import FileBackend
from support.killed import a_start_later, run_and_die

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

ISSUE = {
    "before the intent": ("before a write", Sending.DRAFT, 0),
    "in the intent, before its commit": ("before a commit", Sending.DRAFT, 0),
    "after the intent's commit": ("after a commit", Sending.SENDING, 0),
    "before sending": ("before POST /policies", Sending.SENDING, 0),
    "after e-JIBAI acted, before its answer is read": ("after POST /policies", Sending.SENDING, 1),
    "after the answer, before it is written": ("before a write, time 2", Sending.SENDING, 1),
    "while it is written, before the commit": ("before a commit, time 2", Sending.SENDING, 1),
    "after the commit": ("after a commit, time 2", Sending.FILED, 1),
}
"""Step: the driver's word for it, the state that it leaves here, the policies at e-JIBAI."""

SETTLE = {
    "before asking": ("before GET /policies", 0),
    "after asking": ("after GET /policies, time 2", 0),
    "before the second sending is noted": ("before a write", 0),
    "after the second sending is noted": ("after a commit", 0),
    "before sending again": ("before POST /policies", 0),
    "after e-JIBAI acted, before its answer is read": ("after POST /policies", 1),
    "after the answer, before it is written": ("before a write, time 2", 1),
    "while it is written, before the commit": ("before a commit, time 2", 1),
    "after the commit": ("after a commit, time 2", 1),
}


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with a_sandbox(MachineClock()) as sandbox, SandboxServer(sandbox) as running:  # type: ignore[arg-type] # now() alone
        yield running


def prepare(folder: Path, server: SandboxServer, *, lost: bool = False) -> None:
    """Store one draft as number 1, for a period that is still to come; `lost`: it was sent and no answer came."""
    Keychain(FileBackend(folder / "keychain.json")).write(READY_SECRETS)
    long_ago = FixedClock(dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    keychain = Keychain(FileBackend(folder / "keychain.json"))
    with a_desk(folder, url=server.url, sandbox=server.sandbox, secrets=keychain, clock=long_ago) as room:
        start = SystemClock().today() + dt.timedelta(days=30)
        car = room.a_car(expiry_date=start)
        form = a_form(room, car, insurer=INSURER, start_date=start.isoformat(), months="25")
        assert room.desk.insurance.save(form, car, None, None).control_number == 1
        if lost:
            server.sandbox.troubles.add(Trouble(Kind.CUT, "issuePolicy"))
            with pytest.raises(errors.NoAnswer):
                room.desk.insurance.issue(1)


@pytest.mark.parametrize("step", ISSUE)
@pytest.mark.parametrize("keys", [True, False], ids=["with keys", "without keys"])
def test_killed_during_f5(tmp_path: Path, server: SandboxServer, step: str, keys: bool) -> None:  # noqa: FBT001 - a row
    word, state, policies = ISSUE[step]
    if not keys:
        server.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    prepare(tmp_path, server)
    run_and_die(tmp_path, server.url, "insure", word)
    with a_start_later(tmp_path, server) as room:
        assert (certificate(room, 1).sending, times_issued(room, 1)) == (state, policies)
        room.desk.insurance.settle()
        if state is Sending.DRAFT:
            room.desk.insurance.issue(1)
        assert (certificate(room, 1).sending, times_issued(room, 1)) == (Sending.FILED, 1)


@pytest.mark.parametrize("step", SETTLE)
def test_killed_while_settling(tmp_path: Path, server: SandboxServer, step: str) -> None:
    word, policies = SETTLE[step]
    prepare(tmp_path, server, lost=True)
    run_and_die(tmp_path, server.url, "settle_insurance", word)
    with a_start_later(tmp_path, server) as room:
        assert times_issued(room, 1) == policies
        assert room.desk.insurance.settle() in (Settled(filed=1), Settled())
        assert (certificate(room, 1).sending, times_issued(room, 1)) == (Sending.FILED, 1)
