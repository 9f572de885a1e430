"""A desk on a server's database: two of them at one, practice beside real work, and an address that cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.app.opening import open_desk
from onestop.app.start import Start
from onestop.errors import InvalidInput, ServerGone, WrongFolder
from onestop.paths import DataFolder
from onestop.store.keychain import MemorySecrets
from onestop.store.settings_file import save_settings
from onestop.store.settings_mode import says_real
from support.clock import FixedClock
from support.databases import url_of
from support.opening import REAL, opened
from support.postgres import a_server_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def url() -> Iterator[str]:
    """Return the address of an empty database."""
    with a_server_database("template0") as door:
        yield url_of(door.place)


def test_two_practice_desks_work_on_one_server(tmp_path: Path, url: str) -> None:
    starts = [
        Start(DataFolder(tmp_path / name), practice=True, database_url=url, secrets=MemorySecrets())
        for name in ("desk1", "desk2")
    ]
    with opened(starts[0]) as first, opened(starts[1]) as second:
        first.desk.filings.delivery.issue(5)

        assert [row.filing_id for row in second.desk.filings.rows([5])] == ["1000000011"]
        assert second.desk.settings.missing() == ()
        assert len(second.desk.vehicles.search("0034")) == 1
        first.desk.backups.tend()
        assert not first.desk.backups.standing().late
    assert not starts[0].folder.practice.database.exists()


def test_the_settings_say_which_server_a_real_desk_works_on(tmp_path: Path, url: str) -> None:
    folder = DataFolder(tmp_path / "desk")
    save_settings(folder.settings, REAL.model_copy(update={"database_url": url}))
    assert not says_real(folder.settings)

    with opened(Start(folder, secrets=MemorySecrets())) as desk:
        assert desk.desk.settings.state().form.database_url == url
        assert desk.desk.vehicles.search("") == ()
    with pytest.raises(WrongFolder):
        open_desk(Start(folder, practice=True, database_url=url, secrets=MemorySecrets()), FixedClock())


@pytest.mark.parametrize(
    ("url", "kind"),
    [("postgresql://desk@127.0.0.1:1/onestop", ServerGone), ("https://db.example", InvalidInput)],
)
def test_a_server_that_is_not_there_leaves_the_folder_free(tmp_path: Path, url: str, kind: type[Exception]) -> None:
    folder = DataFolder(tmp_path / "desk")
    start = Start(folder, services_url="https://oss.example", database_url=url, secrets=MemorySecrets())
    for _ in range(2):
        with pytest.raises(kind):
            open_desk(start, FixedClock())
