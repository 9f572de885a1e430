"""500 operations at four desks on one server, one killed now and then: none lost, none double."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.many_desks import a_database_url
from faults.shop_floor import ShopFloor

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_many_desks(tmp_path: Path) -> None:
    with a_database_url() as url, ShopFloor(tmp_path, url, processes=4, seed=1) as floor:
        count = floor.run(500)
    assert (count.lost, count.double, count.unknown) == (0, 0, 0)
    assert count.operations >= 500
    assert count.kills >= 3
    assert count.filed >= 20
