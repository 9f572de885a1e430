"""What the program does with a database of another age: create, upgrade after a backup, refuse, or take it all back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.errors import DatabaseNewer, StoreError
from onestop.paths import MIGRATIONS
from onestop.store import migrations
from onestop.store.migrations import HEAD, has_lost_version, migrate, version_of
from onestop.store.sqlite import engine
from onestop.store.sqlite.engine import connect_raw
from support.builders import a_filing, a_vehicle
from support.clock import FixedClock
from support.databases import a_database, a_database_file

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

    from conftest import Listener

CLOCK = FixedClock()
NEXT = '''"""A migration of tomorrow."""
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"
def upgrade():
    op.create_table("tomorrow", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("filing") as batch:
        batch.add_column(sa.Column("colour", sa.String(), nullable=False, server_default="red"))
    {more}
'''


def tomorrow(folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    """Let the program be one migration further than it is."""
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_tomorrow.py").write_text(NEXT.format(head=HEAD, more=more), encoding="utf-8")
    monkeypatch.setattr(migrations, "MIGRATIONS", folder)
    monkeypatch.setattr(migrations, "HEAD", "9999")


def a_filled_file(folder: Path) -> Path:
    """Make a database of today with a filing in it."""
    with a_database(folder) as database, database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
        shelves.filings.add(a_filing())
    return database.path


def test_a_new_database_is_made(tmp_path: Path) -> None:
    path = tmp_path / "folder with % and 日本語" / "onestop.db"
    path.parent.mkdir()
    migrate(path, tmp_path / "backups", CLOCK)

    assert version_of(path) == HEAD
    assert not (tmp_path / "backups").exists()


def test_an_empty_file_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "onestop.db"
    path.touch()
    migrate(path, tmp_path / "backups", CLOCK)

    assert version_of(path) == HEAD


def test_a_present_one_is_left_alone_and_alembic_is_not_even_imported(tmp_path: Path) -> None:
    path = a_database_file(tmp_path / "onestop.db")
    before = path.read_bytes()
    program = (
        "import sys; from pathlib import Path\n"
        "from onestop.clock import SystemClock; from onestop.store.migrations import migrate\n"
        "migrate(Path(sys.argv[1]), Path('nowhere'), SystemClock())\n"
        "sys.exit('alembic' in sys.modules)\n"
    )

    subprocess.run([sys.executable, "-c", program, str(path)], check=True)  # noqa: S603 - our own program
    assert path.read_bytes() == before


def test_an_older_one_is_backed_up_and_upgraded_with_its_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_filled_file(tmp_path)
    tomorrow(tmp_path / "alembic", monkeypatch)
    migrate(path, tmp_path / "backups", CLOCK)

    assert version_of(path) == "9999"
    with closing(connect_raw(path)) as raw:
        assert raw.execute("SELECT user_name, colour FROM filing").fetchall() == [("見本太郎", "red")]
        assert raw.execute("PRAGMA foreign_key_list(filing_fee)").fetchone()[2] == "filing"
    (backup,) = (tmp_path / "backups").iterdir()
    assert version_of(backup) == HEAD


def with_something_deleted(path: Path) -> Path:
    """Delete a row as an older program did: it stays in the file."""
    with closing(connect_raw(path)) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("INSERT INTO typing_draft VALUES ('filing/1', ?, '2026-11-24')", ("消した氏名" * 2000,))
        raw.execute("DELETE FROM typing_draft")
    assert "消した氏名".encode() in path.read_bytes()
    return path


def test_an_upgrade_wipes_out_what_older_programs_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_something_deleted(a_filled_file(tmp_path))
    tomorrow(tmp_path / "alembic", monkeypatch)
    migrate(path, tmp_path / "backups", CLOCK)

    assert "消した氏名".encode() not in path.read_bytes()
    assert version_of(path) == "9999"


def test_an_upgrade_after_which_that_fails_is_one_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    loud_lines.expect("could not be wiped out")
    path = a_filled_file(tmp_path)
    tomorrow(tmp_path / "alembic", monkeypatch)
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    with closing(connect_raw(path)) as other:

        def held(path: Path, key: None, **how: bool) -> Connection:
            if not how:
                other.execute("BEGIN IMMEDIATE")
            return connect_raw(path, key, **how)

        monkeypatch.setattr(migrations, "connect_raw", held)
        migrate(path, tmp_path / "backups", CLOCK)
    assert version_of(path) == "9999"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ("raise RuntimeError('on purpose')", RuntimeError),
        ("op.execute('UPDATE filing SET vehicle_id = 99')", StoreError),
    ],
    ids=["the migration fails", "the result fails its check"],
)
def test_an_upgrade_is_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, error: type[Exception]
) -> None:
    path = a_filled_file(tmp_path)
    tomorrow(tmp_path / "alembic", monkeypatch, more)

    with pytest.raises(error):
        migrate(path, tmp_path / "backups", CLOCK)
    assert version_of(path) == HEAD
    with closing(connect_raw(path)) as raw:
        assert raw.execute("SELECT vehicle_id FROM filing").fetchall() == [(1,)]
        assert raw.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'tomorrow'").fetchone() == (0,)


def test_a_newer_one_is_refused_and_untouched(tmp_path: Path) -> None:
    path = a_database_file(tmp_path / "onestop.db")
    with closing(connect_raw(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()

    with pytest.raises(DatabaseNewer, match="9999"):
        migrate(path, tmp_path / "backups", CLOCK)
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "onestop.db"
    with closing(connect_raw(path)) as raw:
        raw.execute("CREATE TABLE somebody_elses (id INTEGER)")

    with pytest.raises(DatabaseNewer):
        migrate(path, tmp_path / "backups", CLOCK)


def test_a_ladder_left_at_its_foot_is_climbed(tmp_path: Path) -> None:
    path = tmp_path / "onestop.db"
    with closing(connect_raw(path)) as raw:
        raw.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    migrate(path, tmp_path / "backups", CLOCK)

    assert version_of(path) == HEAD


def test_developers_migrate_a_file_of_their_own(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    path = tmp_path / "developer.db"
    alembic = [sys.executable, "-m", "alembic", "-x", f"database={path}", "upgrade", "head"]

    subprocess.run(alembic, check=True, cwd=pytestconfig.rootpath)  # noqa: S603 - Alembic with our own arguments
    assert version_of(path) == HEAD


def test_only_a_database_of_ours_can_lose_its_version(tmp_path: Path) -> None:
    path = tmp_path / "onestop.db"
    with closing(connect_raw(path)) as raw:
        raw.execute("CREATE TABLE somebody_elses (id INTEGER)")

    assert not has_lost_version(path)
    assert not has_lost_version(a_database_file(tmp_path / "ours.db"))


def test_asking_for_the_version_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        has_lost_version(tmp_path / "onestop.db")
    assert list(tmp_path.iterdir()) == []
