"""What is typed while the server is gone lies on this machine, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.paths import DataFolder
from onestop.services.kept_here import KeptHere
from onestop.store.opening import open_database
from support.clock import FixedClock

if TYPE_CHECKING:
    from pathlib import Path


def test_a_place_is_made_when_something_is_kept_and_stays_over_a_restart(tmp_path: Path) -> None:
    folder, clock = DataFolder(tmp_path / "beside"), FixedClock()

    def a_place() -> KeptHere:
        return KeptHere(folder.database, lambda: open_database(folder, clock))

    here = a_place()
    here.drop("filing/1")
    assert here.get("filing/1") is None
    here.close()
    assert not folder.root.exists()
    here.put("filing/1", "{}", clock.now())
    here.put("filing/2", "{}", clock.now())
    here.close()
    here = a_place()
    kept = here.get("filing/1")
    assert kept is not None
    assert kept.form == "{}"
    here.drop("filing/1")
    here.drop("filing/1")
    assert here.get("filing/1") is None
    assert here.get("filing/2") is not None
    here.close()
