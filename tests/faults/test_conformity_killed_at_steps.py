"""A process killed at every named step of issuing a 保適証, settling, the automatic try and 訂正: one certificate."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
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
from support.conformity import a_form, certificate, change, prepare_shop, times_issued
from support.desks import READY_SECRETS, a_desk, a_sandbox
from support.keychains import FileBackend
from support.killed import a_start_later, run_and_die

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.desks import DeskRoom

pytestmark = pytest.mark.slow

ISSUE = {
    "before the intent": ("before a write", Sending.DRAFT, 0),
    "in the intent, before its commit": ("before a commit", Sending.DRAFT, 0),
    "after the intent's commit": ("after a commit", Sending.SENDING, 0),
    "before sending": ("before POST /certificates", Sending.SENDING, 0),
    "after AIRAS acted, before its answer is read": ("after POST /certificates", Sending.SENDING, 1),
    "after the answer, before it is written": ("before a write, time 2", Sending.SENDING, 1),
    "while it is written, before the commit": ("before a commit, time 2", Sending.SENDING, 1),
    "after the commit": ("after a commit, time 2", Sending.FILED, 1),
}
"""Step: the driver's word for it, the state that it leaves here, the certificates at AIRAS."""

SETTLE = {
    "before asking": ("before GET /certificates", 0),
    "after asking": ("after GET /certificates, time 2", 0),
    "before the second sending is noted": ("before a write", 0),
    "after the second sending is noted": ("after a commit", 0),
    "before sending again": ("before POST /certificates", 0),
    "after AIRAS acted, before its answer is read": ("after POST /certificates", 1),
    "after the answer, before it is written": ("before a write, time 2", 1),
    "while it is written, before the commit": ("before a commit, time 2", 1),
    "after the commit": ("after a commit, time 2", 1),
}

CORRECT = {
    "before AIRAS is asked": ("before GET /certificates/2000000001", False),
    "before the intent": ("before a write, time 2", False),
    "in the intent, before its commit": ("before a commit, time 2", False),
    "after the intent's commit": ("after a commit, time 2", False),
    "before sending": ("before PUT /certificates/2000000001", False),
    "after AIRAS acted, before its answer is read": ("after PUT /certificates/2000000001", True),
    "after the answer, before it is written": ("before a write, time 3", True),
    "while it is written, before the commit": ("before a commit, time 3", True),
    "after the commit": ("after a commit, time 3", True),
}
"""Step: the driver's word for it, and whether AIRAS has the correction."""


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with a_sandbox(MachineClock()) as sandbox, SandboxServer(sandbox) as running:  # type: ignore[arg-type] # now() alone
        yield running


def a_saved_one(room: DeskRoom) -> None:
    """Store one 窓口申請 as number 1; its day is the machine's, as the sandbox goes by that."""
    prepare_shop(room)
    car = room.a_car()
    today = SystemClock().today().isoformat()
    form = a_form(room, car, new_insurance_number="A1", new_insurer="見本損保", inspection_date=today, issue_date=today)
    assert room.desk.conformity_book.save(form, car, None, None).control_number == 1


def prepare(folder: Path, server: SandboxServer, trouble: Trouble | None = None) -> None:
    """Store one; with a trouble it was sent, and that came of it."""
    keychain = Keychain(FileBackend(folder / "keychain.json"))
    keychain.write(READY_SECRETS)
    long_ago = FixedClock(SystemClock().now() - dt.timedelta(days=1))
    with a_desk(folder, url=server.url, sandbox=server.sandbox, secrets=keychain, clock=long_ago) as room:
        a_saved_one(room)
        if trouble is not None:
            server.sandbox.troubles.add(trouble)
            with pytest.raises(errors.ServiceError):
                room.desk.conformity.issue(1)


@pytest.mark.parametrize("step", ISSUE)
@pytest.mark.parametrize("keys", [True, False], ids=["with keys", "without keys"])
def test_killed_during_f5(tmp_path: Path, server: SandboxServer, step: str, keys: bool) -> None:  # noqa: FBT001 - a row
    word, state, certificates = ISSUE[step]
    if not keys:
        server.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    prepare(tmp_path, server)
    run_and_die(tmp_path, server.url, "certify", word)
    with a_start_later(tmp_path, server) as room:
        assert (certificate(room, 1).sending, times_issued(room, 1)) == (state, certificates)
        room.desk.conformity.settle()
        if state is Sending.DRAFT:
            room.desk.conformity.issue(1)
        assert (certificate(room, 1).sending, times_issued(room, 1)) == (Sending.FILED, 1)


@pytest.mark.parametrize("step", SETTLE)
def test_killed_while_settling(tmp_path: Path, server: SandboxServer, step: str) -> None:
    word, certificates = SETTLE[step]
    prepare(tmp_path, server, Trouble(Kind.CUT, "issueCertificate"))
    run_and_die(tmp_path, server.url, "settle_conformity", word)
    with a_start_later(tmp_path, server) as room:
        assert times_issued(room, 1) == certificates
        assert room.desk.conformity.settle() in (Settled(filed=1), Settled())
        assert (certificate(room, 1).sending, times_issued(room, 1)) == (Sending.FILED, 1)


@pytest.mark.parametrize("step", ISSUE)
def test_killed_during_the_automatic_try(tmp_path: Path, server: SandboxServer, step: str) -> None:
    word, state, certificates = ISSUE[step]
    wait = Trouble(Kind.REFUSE, "issueCertificate", status=409, code="127", retry_after=60)
    prepare(tmp_path, server, wait)
    run_and_die(tmp_path, server.url, "tend_conformity", word)
    with a_start_later(tmp_path, server) as room:
        assert (certificate(room, 1).sending, times_issued(room, 1)) == (state, certificates)
        room.desk.conformity.tend()
        assert (certificate(room, 1).sending, times_issued(room, 1)) == (Sending.FILED, 1)
        assert certificate(room, 1).waiting_since is None
        assert room.desk.conformity.tend() == ()


@pytest.mark.parametrize("step", CORRECT)
def test_killed_during_a_correction(tmp_path: Path, server: SandboxServer, step: str) -> None:
    word, arrived = CORRECT[step]
    keychain = Keychain(FileBackend(tmp_path / "keychain.json"))
    keychain.write(READY_SECRETS)
    with a_desk(
        tmp_path, url=server.url, sandbox=server.sandbox, secrets=keychain, clock=FixedClock(SystemClock().now())
    ) as room:
        a_saved_one(room)
        room.desk.conformity.issue(1)
        room.desk.conformity.pull_back(1, "走行距離の誤り")
        for entry in server.sandbox.ledger.entries("airas", ["2000000001"]).values():
            long_ago = (SystemClock().now() - dt.timedelta(hours=1)).isoformat()
            pulled = {**entry.life["pulled"], "at": long_ago}
            server.sandbox.ledger.change(replace(entry, life={**entry.life, "pulled": pulled}))
        assert room.desk.conformity.refresh(1).status == "作成中"
        change(room, 1, odometer_km="46000")
    run_and_die(tmp_path, server.url, "correct_conformity", word)
    with a_start_later(tmp_path, server) as room:
        refreshed = room.desk.conformity.refresh(1)
        assert (refreshed.status != "作成中") == arrived
        if not arrived:
            refreshed = room.desk.conformity.correct(1)
        assert refreshed.odometer_km == 46000
        assert times_issued(room, 1) == 1
