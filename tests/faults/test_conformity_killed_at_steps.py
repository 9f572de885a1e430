"""A process killed at every named step of the automatic try and of 訂正: after a new start, one certificate."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from faults.kinds import CERTIFICATE, a_start_before, prepare, save_certificate
from faults.steps import ISSUE
from onestop import errors
from onestop.clock import SystemClock
from onestop.model.sending_state import Sending
from onestop_sandbox import Kind, SandboxServer, Trouble
from support.conformity import certificate, change, times_issued
from support.killed import a_start_later, run_and_die

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

CORRECT = {
    "before AIRAS is asked": ("before GET /certificates/2000000001", False),
    "before the intent": ("before a write, time 3", False),
    "in the intent, before its commit": ("before a commit, time 3", False),
    "after the intent's commit": ("after a commit, time 3", False),
    "before sending": ("before PUT /certificates/2000000001", False),
    "after AIRAS acted, before its answer is read": ("after PUT /certificates/2000000001", True),
    "after the answer, before it is written": ("before a write, time 4", True),
    "while it is written, before the commit": ("before a commit, time 4", True),
    "after the commit": ("after a commit, time 4", True),
}
"""Step: the driver's word for it, and whether AIRAS has the correction."""


@pytest.mark.parametrize("step", ISSUE)
def test_killed_during_the_automatic_try(tmp_path: Path, server: SandboxServer, step: str) -> None:
    word, state, certificates = ISSUE[step]
    wait = Trouble(Kind.REFUSE, "issueCertificate", status=409, code="127", retry_after=60)
    prepare(tmp_path, server, CERTIFICATE, wait, errors.Refused)
    run_and_die(tmp_path, server.url, "tend_conformity", word.format(path=CERTIFICATE.path))
    with a_start_later(tmp_path, server) as room:
        assert (certificate(room, 1).sending, times_issued(room, 1)) == (state, certificates)
        room.desk.conformity.tend()
        assert (certificate(room, 1).sending, times_issued(room, 1)) == (Sending.FILED, 1)
        assert certificate(room, 1).waiting_since is None
        assert room.desk.conformity.tend() == ()


@pytest.mark.parametrize("step", CORRECT)
def test_killed_during_a_correction(tmp_path: Path, server: SandboxServer, step: str) -> None:
    word, arrived = CORRECT[step]
    with a_start_before(tmp_path, server, dt.timedelta(0)) as room:
        save_certificate(room)
        room.desk.conformity.delivery.issue(1)
        room.desk.conformity.pull_back(1, "走行距離の誤り")
        for entry in server.sandbox.memory.entries("airas", ["2000000001"]).values():
            long_ago = (SystemClock().now() - dt.timedelta(hours=1)).isoformat()
            pulled = {**entry.life["pulled"], "at": long_ago}
            server.sandbox.memory.change(replace(entry, life={**entry.life, "pulled": pulled}))
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
