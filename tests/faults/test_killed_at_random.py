"""30 kills of the real program during 一括申請 of 20, with and without Idempotency-Keys: none lost, none double."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from faults.killing import Slaughter
from support.nursery import CAN_FORK

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CAN_FORK, reason="each life is forked from one process")]

KILLS = 15


@pytest.mark.parametrize("seed", [1])
@pytest.mark.parametrize("keys", [True, False], ids=["with keys", "without keys"])
def test_killed_at_random(tmp_path: Path, seed: int, keys: bool) -> None:  # noqa: FBT001 - a row
    with closing(Slaughter(tmp_path, seed, keys=keys)) as slaughter:
        tally = slaughter.run(KILLS)
    assert (tally.kills, tally.lost, tally.double) == (KILLS, 0, 0)
    assert tally.issued >= 20
    assert tally.interrupted, "no kill hit a filing that was being sent: nothing was tried"
