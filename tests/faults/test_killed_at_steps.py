"""A process killed at every named step of F5, of settling and of 再設定: after a new start, one filing and a way in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.issuing import Settled
from onestop.store.keychain import Keychain
from onestop_sandbox import Kind, SandboxServer, Trouble
from onestop_sandbox.clock import MachineClock
from support.clock import FixedClock
from support.desks import READY_SECRETS, a_desk, a_sandbox
from support.keychains import FileBackend
from support.killed import a_start_later, run_and_die

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

OTHER = "Mito-300sa1234"

ISSUE = {
    "before the intent": ("before a write", Sending.DRAFT, 0),
    "in the intent, before its commit": ("before a commit", Sending.DRAFT, 0),
    "after the intent's commit": ("after a commit", Sending.SENDING, 0),
    "before sending": ("before POST /filings", Sending.SENDING, 0),
    "after AINAS acted, before its answer is read": ("after POST /filings", Sending.SENDING, 1),
    "after the answer, before it is written": ("before a write, time 2", Sending.SENDING, 1),
    "while it is written, before the commit": ("before a commit, time 2", Sending.SENDING, 1),
    "after the commit": ("after a commit, time 2", Sending.FILED, 1),
}
"""Step: the driver's word for it, the state that it leaves here, the filings at AINAS."""

SETTLE = {
    "before asking": ("before GET /filings", 0),
    "after asking": ("after GET /filings, time 2", 0),
    "before the second sending is noted": ("before a write", 0),
    "after the second sending is noted": ("after a commit", 0),
    "before sending again": ("before POST /filings", 0),
    "after AINAS acted, before its answer is read": ("after POST /filings", 1),
    "after the answer, before it is written": ("before a write, time 2", 1),
    "while it is written, before the commit": ("before a commit, time 2", 1),
    "after the commit": ("after a commit, time 2", 1),
}

RESET = {
    "before the new password is stored": "before pending_password is stored",
    "after it is stored": "after pending_password is stored",
    "before the call": "before PUT /account/password",
    "after AINAS acted, before the answer is read": "after PUT /account/password",
    "before it is promoted": "before api_password is stored",
    "between promotion and clean-up": "after api_password is stored",
    "before the clean-up": "before pending_password is stored, time 2",
    "after the clean-up": "after pending_password is stored, time 2",
}


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with a_sandbox(MachineClock()) as sandbox, SandboxServer(sandbox) as running:  # type: ignore[arg-type] # now() alone
        yield running


def prepare(folder: Path, server: SandboxServer, *, lost: bool = False) -> None:
    """Store one filing as number 1; `lost`: it was sent and no answer came."""
    keychain = Keychain(FileBackend(folder / "keychain.json"))
    keychain.write(READY_SECRETS)
    long_ago = FixedClock(dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    with a_desk(folder, url=server.url, sandbox=server.sandbox, secrets=keychain, clock=long_ago) as room:
        assert room.a_draft() == 1
        if lost:
            server.sandbox.troubles.add(Trouble(Kind.CUT, "submitFiling"))
            with pytest.raises(errors.NoAnswer):
                room.desk.issuing.issue(1)


@pytest.mark.parametrize("step", ISSUE)
@pytest.mark.parametrize("keys", [True, False], ids=["with keys", "without keys"])
def test_killed_during_f5(tmp_path: Path, server: SandboxServer, step: str, keys: bool) -> None:  # noqa: FBT001 - a row
    word, state, filings = ISSUE[step]
    if not keys:
        server.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    prepare(tmp_path, server)
    run_and_die(tmp_path, server.url, "issue", word)
    with a_start_later(tmp_path, server) as room:
        assert (room.filing(1).sending, room.times_filed(1)) == (state, filings)
        room.desk.issuing.settle()
        if state is Sending.DRAFT:
            room.desk.issuing.issue(1)
        assert (room.filing(1).sending, room.times_filed(1)) == (Sending.FILED, 1)


@pytest.mark.parametrize("step", SETTLE)
def test_killed_while_settling(tmp_path: Path, server: SandboxServer, step: str) -> None:
    word, filings = SETTLE[step]
    prepare(tmp_path, server, lost=True)
    run_and_die(tmp_path, server.url, "settle", word)
    with a_start_later(tmp_path, server) as room:
        assert room.times_filed(1) == filings
        assert room.desk.issuing.settle() in (Settled(filed=1), Settled())
        assert (room.filing(1).sending, room.times_filed(1)) == (Sending.FILED, 1)


@pytest.mark.parametrize("step", RESET)
def test_killed_during_a_reset(tmp_path: Path, server: SandboxServer, step: str) -> None:
    prepare(tmp_path, server)
    run_and_die(tmp_path, server.url, "reset", RESET[step])
    with a_start_later(tmp_path, server) as room:
        room.desk.settings.check_connection()
        assert room.desk.issuing.issue(1).filing_id
        room.desk.settings.reset_password(OTHER)
        assert room.desk.settings.check_connection().organization
