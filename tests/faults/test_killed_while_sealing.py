"""A process killed in the middle of encrypting a data folder: the next one encrypts it, and every car is there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from onestop.paths import DataFolder
from onestop.store.opening import open_database
from onestop.store.sqlite.engine import connect_raw, is_encrypted
from onestop.store.sqlite.key import new_key
from support.builders import a_vehicle
from support.clock import FixedClock
from support.databases import a_database
from support.killed import KILLED
from support.nursery import run_script

SEALER = Path(__file__).parent / "sealer.py"
CANARY = "金糸雀太郎"
CARS = 300


def chassis_numbers(folder: DataFolder) -> list[str]:
    """Return what is in a legible database."""
    with closing(connect_raw(folder.database, read_only=True)) as raw:
        return [number for (number,) in raw.execute("SELECT chassis_number FROM vehicle ORDER BY id")]


@pytest.mark.parametrize("step", ["1", "2", "3"])
def test_whoever_is_killed_while_encrypting_loses_nothing(tmp_path: Path, step: str) -> None:
    folder, key = DataFolder(tmp_path), new_key()
    with a_database(folder.root) as database, database.write() as shelves:
        for number in range(CARS):
            shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{100000 + number}", owner_name=CANARY))
    stored = chassis_numbers(folder)

    code, said = run_script(SEALER, [str(tmp_path), key.secret.hex(), step])

    assert code == KILLED, said
    assert (tmp_path / "onestop.db-part").exists()
    assert not is_encrypted(folder.database)
    assert chassis_numbers(folder) == stored

    told: list[tuple[int, int]] = []
    with closing(open_database(folder, FixedClock(), key, lambda *report: told.append(report))) as opened:
        assert is_encrypted(folder.database)
        assert {each for each, _ in told} >= {2, 3}
        with opened.read() as shelves:
            assert [shelves.vehicles.get(n).chassis_number for n in range(1, CARS + 1)] == stored
    assert not [each.name for each in tmp_path.iterdir() if CANARY.encode() in each.read_bytes()]
