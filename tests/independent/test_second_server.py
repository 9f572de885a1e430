"""12 kills of the real program at the second server, held wherever it can be held.

The long run is independent/kill_many.py: 1,000 kills.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Final

import pytest

from independent.bout import CAN_FORK, Bout
from independent.mischief import Mischief
from independent.server import Where
from independent.services import Character

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CAN_FORK, reason="each life is forked from one process")]

SHARE: Final = 0.2
"""Of all exchanges, how many go wrong."""
BOUTS: Final = ((Character.HONOURS, False), (Character.IGNORES, False), (Character.CANNOT_FIND, True))
KILLS: Final = (4, 4, 4)


def test_12_kills_under_faults_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(len(BOUTS)) as pool:
        bouts = [stack.enter_context(closing(_bout(tmp_path, seed, *each))) for seed, each in enumerate(BOUTS, 1)]
        tallies = [*pool.map(Bout.run, bouts, KILLS)]
    assert tuple(tally.kills for tally in tallies) == KILLS
    assert [(tally.lost, tally.double, tally.wrong) for tally in tallies] == [(0, 0, ())] * len(BOUTS)
    assert sum(tally.interrupted for tally in tallies), "no kill hit a record that was being sent: nothing was tried"
    assert frozenset().union(*(tally.held for tally in tallies)) == {*Where}
    assert all(tally.faults for tally in tallies)


def _bout(root: Path, seed: int, character: Character, tells_chassis: bool) -> Bout:  # noqa: FBT001 - a row
    folder = root / character.name
    folder.mkdir()
    return Bout(folder, character, seed, Mischief(seed, SHARE), tells_chassis=tells_chassis, cars=1)
