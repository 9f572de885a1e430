"""Practice desks that share one set of imitated services, as a shop shares the real ones."""

from __future__ import annotations

import platform
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onestop.app.opening import open_desk
from onestop.app.start import Start
from onestop.paths import RESOURCES, DataFolder
from onestop.store.keychain import MemorySecrets
from onestop_sandbox import Options, Sandbox, SandboxServer, World
from support.clock import FixedClock
from support.opening import opened
from support.postgres import a_server_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def services() -> Iterator[Sandbox]:
    """Return the practice world's services."""
    world = World.load(RESOURCES / "practice" / "services.json")
    with Sandbox(world, Options(contract_dir=RESOURCES / "contract")) as sandbox:
        yield sandbox


def test_what_one_practice_desk_files_the_other_can_ask_for(tmp_path: Path, services: Sandbox) -> None:
    with a_server_database("template0") as door, SandboxServer(services) as server:
        place = door.place
        url = f"postgresql://{place.user}@localhost:{place.port}/{place.database}?host={place.host}"
        shop = Start(DataFolder(tmp_path), practice=True, services_url=server.url, database_url=url)
        starts = [
            replace(shop, folder=DataFolder(tmp_path / name), terminal=name, secrets=MemorySecrets())
            for name in ("端末1", "端末2")
        ]
        with opened(starts[0]) as first, opened(starts[1]) as second:
            filed = first.desk.filings.delivery.issue(5)
            asked = second.desk.filings.delivery.progress.refresh(5)

            assert [desk.desk.standing.offline().terminal for desk in (first, second)] == ["端末1", "端末2"]
    assert filed.filing_id is not None
    assert asked.filing_id == filed.filing_id
    assert not [*tmp_path.rglob("services.db")]


def test_practice_asks_no_services_elsewhere(tmp_path: Path) -> None:
    start = Start(DataFolder(tmp_path), practice=True, services_url="https://oss.example", secrets=MemorySecrets())
    with opened(start) as desk:
        assert desk.desk.filings.delivery.issue(5).filing_id == "1000000011"


def test_a_desk_without_a_name_is_called_as_its_machine(tmp_path: Path) -> None:
    desk = open_desk(Start(DataFolder(tmp_path), practice=True), FixedClock())
    assert desk.desk.standing.offline().terminal == platform.node()
    desk.close()
