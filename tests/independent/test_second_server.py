"""12 kills of the real program at the second server, held wherever it can be held.

The long run is independent/kill_many.py: 1,000 kills.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Final

import pytest

from independent.bout import ROBOT, Bout
from independent.mischief import Mischief
from independent.server import Where
from independent.services import Character
from support.nursery import CAN_FORK, nurseries

if TYPE_CHECKING:
    from pathlib import Path

    from support.nursery import Nursery

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CAN_FORK, reason="each life is forked from one process")]

SHARE: Final = 0.2
"""Of all exchanges, how many go wrong."""
BOUTS: Final = ((Character.HONOURS, False), (Character.IGNORES, False), (Character.CANNOT_FIND, True))
KILLS: Final = (4, 4, 4)


def test_12_kills_under_faults_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(len(BOUTS)) as pool:
        bouts = [
            stack.enter_context(closing(_bout(tmp_path, seed, nursery, *each)))
            for seed, (nursery, each) in enumerate(zip(nurseries(ROBOT, len(BOUTS)), BOUTS, strict=True), 1)
        ]
        tallies = [*pool.map(Bout.run, bouts, KILLS)]
    assert tuple(tally.kills for tally in tallies) == KILLS
    assert [(tally.lost, tally.double, tally.wrong) for tally in tallies] == [(0, 0, ())] * len(BOUTS)
    assert sum(tally.interrupted for tally in tallies), "no kill hit a record that was being sent: nothing was tried"
    assert frozenset().union(*(tally.held for tally in tallies)) == {*Where}
    assert all(tally.faults for tally in tallies)


def _bout(root: Path, seed: int, nursery: Nursery, character: Character, tells_chassis: bool) -> Bout:  # noqa: FBT001 - a row
    folder = root / character.name
    folder.mkdir()
    mischief = Mischief(seed, SHARE)
    return Bout(folder, character, seed, mischief, tells_chassis=tells_chassis, nursery=nursery, cars=1)
