"""50 kills of the real program at the second server, and what a program may expect of that server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Final

import pytest

from independent.bout import CAN_FORK, Bout
from independent.mischief import Mischief
from independent.services import Character

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CAN_FORK, reason="each life is forked from one process")]

SHARE: Final = 0.2
"""Of all exchanges, how many go wrong."""
BOUTS: Final = ((Character.HONOURS, False), (Character.IGNORES, False), (Character.CANNOT_FIND, True))
KILLS: Final = (17, 17, 16)


def test_50_kills_under_faults_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(len(BOUTS)) as pool:
        bouts = [stack.enter_context(closing(_bout(tmp_path / each[0].name, *each))) for each in BOUTS]
        tallies = [*pool.map(Bout.run, bouts, KILLS)]
    assert tuple(tally.kills for tally in tallies) == KILLS
    assert [(tally.lost, tally.double, tally.wrong) for tally in tallies] == [(0, 0, ())] * len(BOUTS)
    assert sum(tally.interrupted for tally in tallies), "no kill hit a record that was being sent: nothing was tried"
    assert all(tally.faults for tally in tallies)


def _bout(folder: Path, character: Character, tells_chassis: bool) -> Bout:  # noqa: FBT001 - a row
    folder.mkdir()
    return Bout(folder, character, 1, Mischief(1, SHARE), tells_chassis=tells_chassis)
