"""A process killed at every named step of 再設定: after a new start, there is a way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.kinds import FILING, prepare
from support.killed import a_start_later, run_and_die

if TYPE_CHECKING:
    from pathlib import Path

    from onestop_sandbox import SandboxServer

pytestmark = pytest.mark.slow

OTHER = "Mito-300sa1234"
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


@pytest.mark.parametrize("step", RESET)
def test_killed_during_a_reset(tmp_path: Path, server: SandboxServer, step: str) -> None:
    prepare(tmp_path, server, FILING)
    run_and_die(tmp_path, server.url, "reset", RESET[step])
    with a_start_later(tmp_path, server) as room:
        room.desk.settings.access.check_connection()
        assert room.desk.filings.delivery.issue(1).filing_id
        room.desk.settings.access.reset_password(OTHER)
        assert room.desk.settings.access.check_connection().organization
