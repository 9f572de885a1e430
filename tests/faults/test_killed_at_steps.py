"""A process killed at every named step of F5 and of settling: after a new start, one at the service and filed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.kinds import KINDS, cut, prepare
from faults.steps import ISSUE, SETTLE
from onestop.model.sending_state import Sending
from onestop.services.delivery.settle import Settled
from onestop_sandbox import Kind, SandboxServer, Trouble
from support.deciding import decide
from support.killed import a_start_later, run_and_die

if TYPE_CHECKING:
    from pathlib import Path

    from faults.kinds import Sent

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)]


@pytest.mark.parametrize("step", ISSUE)
@pytest.mark.parametrize("keys", [True, False], ids=["with keys", "without keys"])
def test_killed_during_f5(tmp_path: Path, server: SandboxServer, kind: Sent, step: str, keys: bool) -> None:  # noqa: FBT001 - a row
    word, state, times = ISSUE[step]
    if not keys:
        server.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    prepare(tmp_path, server, kind)
    run_and_die(tmp_path, server.url, kind.issue, word.format(path=kind.path))
    with a_start_later(tmp_path, server) as room:
        assert (kind.stored(room).sending, kind.times(room)) == (state, times)
        if kind.service(room).settle().waiting:  # without keys there is one of our number, and the clerk knows it
            assert (keys, times) == (False, 1)
            decide(kind.service(room), 1)
        if state is Sending.DRAFT:
            kind.service(room).issue(1)
        assert (kind.stored(room).sending, kind.times(room)) == (Sending.FILED, 1)


@pytest.mark.parametrize("step", SETTLE)
def test_killed_while_settling(tmp_path: Path, server: SandboxServer, kind: Sent, step: str) -> None:
    word, times = SETTLE[step]
    prepare(tmp_path, server, kind, cut(kind))
    run_and_die(tmp_path, server.url, kind.settle, word.format(path=kind.path))
    with a_start_later(tmp_path, server) as room:
        assert kind.times(room) == times
        assert kind.service(room).settle() in (Settled(filed=1), Settled())
        assert (kind.stored(room).sending, kind.times(room)) == (Sending.FILED, 1)
