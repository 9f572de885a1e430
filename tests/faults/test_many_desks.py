"""160 operations at four desks on one server, where desks are killed and the server is torn: none lost, none double.

The long run is faults/many_desks.py: 20,000 operations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.many_desks import a_database_url, restart
from faults.shop_floor import ShopFloor
from support.nursery import CAN_FORK

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CAN_FORK, reason="each desk is forked from one process")]


def test_many_desks(tmp_path: Path) -> None:
    with a_database_url() as url, ShopFloor(tmp_path, url, processes=4, seed=1, restart=restart(), every=20) as floor:
        count = floor.run(160)
    assert (count.lost, count.double, count.unknown) == (0, 0, 0)
    assert count.operations >= 160
    assert count.kills >= 2
    assert count.restarts >= 1
    assert count.interrupted >= 1, "no kill hit a filing that was being sent: nothing was tried"
    assert count.filed >= 10
