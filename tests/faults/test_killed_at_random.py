"""10 kills of the real program during 一括申請 of 20, with and without Idempotency-Keys: none lost, none double.

The long run is faults/kill_many.py: 1,000 kills.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

import pytest

from faults.killing import CLERK, Slaughter
from support.nursery import CAN_FORK, nurseries

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CAN_FORK, reason="each life is forked from one process")]

KILLS = 5


def test_killed_at_random(tmp_path: Path) -> None:
    """Both at a time: each life mostly waits."""
    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        shops = [
            stack.enter_context(closing(Slaughter(tmp_path / str(keys), 1, keys=keys, nursery=nursery)))
            for keys, nursery in zip((True, False), nurseries(CLERK, 2), strict=True)
        ]
        tallies = [*pool.map(Slaughter.run, shops, (KILLS, KILLS))]
    for tally in tallies:
        assert (tally.lost, tally.double) == (0, 0)
        assert tally.kills >= KILLS
        assert tally.issued >= 20
        assert tally.interrupted, "no kill hit a filing that was being sent: nothing was tried"
