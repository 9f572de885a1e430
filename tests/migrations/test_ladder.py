"""The ladder of migrations: it leads to the models, every rung goes up and down, every release can be opened."""

from __future__ import annotations

import shutil
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from migrations.write_newest import climbed, rows
from onestop.model.sending_state import Sending
from onestop.paths import MIGRATIONS
from onestop.store.database import Database
from onestop.store.migrations import HEAD, alembic_config, migrate, one_transaction, version_of
from onestop.store.postgres.backing import create_server_engine
from onestop.store.postgres.server_clock import ServerClock
from onestop.store.schema import BOOKS, METADATA, RECORDS
from onestop.store.sqlite.backing import SqliteFile
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.row_sums import is_schema_whole
from onestop.store.sqlite.transactions import create_sqlite_engine
from support.builders import BUILT_AT
from support.clock import FixedClock
from support.databases import a_database_file, template
from support.postgres import a_server_database

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

FILES = Path(__file__).parent / "files"
RELEASES = sorted(FILES.glob("*.sql"))


def rungs() -> list[str]:
    """Return all migrations, the oldest first."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def a_release(release: Path, path: Path) -> Path:
    """Make the database of a release."""
    with closing(connect_raw(path)) as raw:
        raw.executescript(release.read_text(encoding="utf-8"))
    return path


@cache
def come_up(release: Path) -> Path:
    """Return the database of a release, migrated as the program does at start."""
    path = a_release(release, template().with_name(f"{release.stem}.db"))
    migrate(path, path.with_name("backups"), FixedClock())
    return path


def schema(raw: Connection) -> list[str]:
    """Return all statements that made tables and indexes, with constraints in an order that does not matter."""
    found = raw.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    return [_with_constraints_in_order(sql) for (sql,) in found]


def _with_constraints_in_order(sql: str) -> str:
    """SQLite tells foreign keys backwards, so that each rebuilding of a table turns them round."""
    lines = [line.rstrip().rstrip(",") for line in sql.splitlines()]
    constraints = [line for line in lines if line.lstrip().startswith(("CONSTRAINT", "FOREIGN KEY"))]
    return "\n".join([*(line for line in lines if line not in constraints), *sorted(constraints)])


def test_the_program_knows_the_top_of_the_ladder() -> None:
    assert rungs()[-1] == HEAD


def test_every_migration_has_its_number_in_its_name() -> None:
    names = sorted(file.name[:4] for file in (MIGRATIONS / "versions").glob("*.py"))

    assert names == rungs() == [f"{number:04}" for number in range(1, len(names) + 1)]


def test_no_package_shadows_the_library() -> None:
    assert list(MIGRATIONS.rglob("__init__.py")) == []


def test_the_top_of_the_ladder_is_what_the_models_say(tmp_path: Path) -> None:
    engine = create_sqlite_engine(a_database_file(tmp_path / "onestop.db"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_the_top_of_the_ladder_is_made_as_the_models_would_make_it(tmp_path: Path) -> None:
    """Autogenerate does not see AUTOINCREMENT, WHERE of an index, or ON DELETE."""
    engine = create_sqlite_engine(tmp_path / "models.db")
    METADATA.create_all(engine)
    engine.dispose()
    migrated = a_database_file(tmp_path / "onestop.db")

    with closing(connect_raw(tmp_path / "models.db")) as ours, closing(connect_raw(migrated)) as theirs:
        for line in ("AUTOINCREMENT", "WHERE is_open = 1", "WHERE ended_at IS NULL", "ON DELETE CASCADE"):
            counted = ["\n".join(schema(raw)).count(line) for raw in (ours, theirs)]
            assert counted[0] == counted[1] > 0


def test_a_new_database_is_as_the_whole_ladder_would_leave_it(tmp_path: Path) -> None:
    sums = "SELECT * FROM row_sum WHERE of <> 'sqlite_schema' ORDER BY of, key"
    with closing(connect_raw(template())) as made, closing(connect_raw(climbed(tmp_path / "onestop.db"))) as led:
        assert schema(made) == schema(led), "python tests/migrations/write_newest.py"
        assert rows(made) == rows(led), "the same"
        assert made.execute(sums).fetchall() == led.execute(sums).fetchall()
        assert is_schema_whole(made)


def test_every_record_has_its_table() -> None:
    assert {record.__tablename__ for record in RECORDS} | {book.name for book in BOOKS} == set(METADATA.tables)


@cache
def at_rung(rung: str) -> Path:
    """Return a database that stands at a rung: the one below, gone up by one."""
    below = rungs().index(rung) - 1
    path = template().with_name(f"{rung}.db")
    if below >= 0:
        shutil.copyfile(at_rung(rungs()[below]), path)
    go(command.upgrade, path, rung)
    return path


def go(way: Callable[[Config, str], None], path: Path, revision: str) -> None:
    """Go up or down, in a transaction."""
    with one_transaction(path) as config:
        way(config, revision)


@pytest.mark.parametrize("rung", rungs())
def test_each_rung_goes_up_and_down_and_up(tmp_path: Path, rung: str) -> None:
    path = Path(shutil.copyfile(at_rung(rung), tmp_path / "onestop.db"))
    with closing(connect_raw(path)) as raw:
        first = schema(raw)
    go(command.downgrade, path, "-1")
    go(command.upgrade, path, rung)
    with closing(connect_raw(path)) as raw:
        assert schema(raw) == first


def test_the_ladder_leads_down_to_nothing(tmp_path: Path) -> None:
    path = a_database_file(tmp_path / "onestop.db")
    with one_transaction(path) as config:
        command.downgrade(config, "base")
    with closing(connect_raw(path)) as raw:
        assert raw.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence'"
        ).fetchall() == [("alembic_version",)]


def test_each_rung_goes_up_and_down_on_a_server() -> None:
    with a_server_database("template0") as door:
        engine = create_server_engine(door, ServerClock(FixedClock()))
        for way in ("head", *["-1"] * len(rungs()), "head"):
            lead = command.upgrade if way == "head" else command.downgrade
            with engine.begin() as connection:
                lead(alembic_config(connection), way)
        with engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
        engine.dispose()
    assert tables == (set(METADATA.tables) - {book.name for book in BOOKS}) | {"alembic_version", "server_note"}


def test_a_server_has_what_the_models_say() -> None:
    with a_server_database() as door:
        engine = create_server_engine(door, ServerClock(FixedClock()))
        with engine.connect() as connection:
            for table in METADATA.tables.values():
                if table in BOOKS:
                    continue
                found = {each["name"]: each["nullable"] for each in inspect(connection).get_columns(table.name)}
                assert found == {column.name: column.nullable for column in table.columns}
                indexes = {str(each["name"]): each["unique"] for each in inspect(connection).get_indexes(table.name)}
                assert indexes.items() >= {str(each.name): each.unique for each in table.indexes}.items()
            partial = connection.scalars(text("SELECT indexdef FROM pg_indexes WHERE indexdef LIKE '%WHERE%'")).all()
        engine.dispose()
    assert sorted(each.partition("WHERE ")[2] for each in partial if "uq_" in each) == ["(ended_at IS NULL)", "is_open"]


def test_there_is_a_file_of_a_release() -> None:
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.stem)
def test_each_release_comes_up_with_its_data(tmp_path: Path, release: Path) -> None:
    path = Path(shutil.copyfile(come_up(release), tmp_path / "onestop.db"))

    assert version_of(path) == HEAD
    database = Database(SqliteFile(path), FixedClock())
    with database.write() as shelves:
        first, second = shelves.vehicles.get(1), shelves.vehicles.get(2)
        draft, filed = shelves.filings.get(1), shelves.filings.get(2)
        assert (first.owner_name, first.note_info) == ("髙橋　一郎", "備考\n二行目")
        assert (second.chassis_number, second.officially_stamped) == ("国[01]00001国", True)
        assert (draft.sending, draft.filing_id, draft.fees) == (Sending.DRAFT, None, [])
        assert (filed.sending, filed.filing_id, filed.is_finished) == (Sending.FILED, "1000000008", True)
        assert (filed.requested_at, filed.payload) == (BUILT_AT, '{"control_number": "2"}')
        assert [(fee.kind, fee.amount) for fee in filed.fees] == [("検査登録手数料", 1800)]
        assert shelves.insurance.get(1).insurer == "見本損害保険"
        assert shelves.conformity.get(1).application_kind == "OSS申請"
        assert shelves.conformity.get(1).work_summary == ""
        assert [typed.form for typed in shelves.typing.all()] == ['{"user_name": "見本"}']
        draft.status = "取消"
        shelves.filings.add(draft)
    database.close()
    with closing(connect_raw(path)) as raw:  # 管理番号 3 was given once and is never given again
        assert raw.execute("SELECT seq FROM sqlite_sequence WHERE name = 'filing'").fetchone() == (3,)


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.stem)
def test_t64_what_a_release_stored_is_found_by_the_variants_of_its_name(tmp_path: Path, release: Path) -> None:
    path = a_release(release, tmp_path / "onestop.db")
    with closing(connect_raw(path)) as raw:
        raw.execute("UPDATE vehicle SET owner_name = '渡邉　花子', owner_key = '渡邉花子' WHERE id = 1")
        raw.execute("UPDATE filing SET chassis_number = 'AB─1', chassis_tail = '1─BA' WHERE control_number = 1")
    migrate(path, tmp_path / "backups", FixedClock())

    database = Database(SqliteFile(path), FixedClock())
    assert [row.vehicle_id for row in database.lists.vehicles("渡辺花子", 10)] == [1]
    with database.read() as shelves:
        assert shelves.vehicles.get(1).owner_name == "渡邉　花子"
        assert shelves.filings.get(1).chassis_tail == "1BA"
    database.close()


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.stem)
def test_each_release_goes_down_and_up_again_with_its_data(tmp_path: Path, release: Path) -> None:
    path = Path(shutil.copyfile(come_up(release), tmp_path / "onestop.db"))
    for rung in rungs()[-2::-1]:
        with one_transaction(path) as config:
            command.downgrade(config, rung)
    with one_transaction(path) as config:
        command.upgrade(config, "head")
    with closing(connect_raw(path)) as raw:
        assert raw.execute("SELECT count(*) FROM vehicle").fetchone() == (2,)
        assert raw.execute("SELECT count(*) FROM filing").fetchone() == (2,)


def test_a_number_that_only_a_deleted_record_had_is_not_given_again_after_any_rung(tmp_path: Path) -> None:
    last = {"filing": 7, "insurance_certificate": 8, "conformity_certificate": 9}
    path = Path(shutil.copyfile(at_rung("0001"), tmp_path / "onestop.db"))
    with closing(connect_raw(path)) as raw:
        raw.execute("DELETE FROM sqlite_sequence")
        raw.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", last.items())
    with one_transaction(path) as config:
        command.upgrade(config, "head")
        command.downgrade(config, "0001")
        command.upgrade(config, "head")
    with closing(connect_raw(path)) as raw:
        found = dict(raw.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    assert {table: found.get(table) for table in last} == last


def test_words_that_have_come_to_mean_more_say_so_in_what_was_derived_from_them(tmp_path: Path) -> None:
    path = a_release(RELEASES[-1], tmp_path / "onestop.db")
    migrate(path, tmp_path / "backups", FixedClock())
    with one_transaction(path) as config:
        command.downgrade(config, "0003")
    with closing(connect_raw(path)) as raw:
        raw.execute("UPDATE filing SET oss_status = '取り下げ', holds_vehicle = 1 WHERE control_number = 1")
        raw.execute("UPDATE conformity_certificate SET status = '却下', origin = '電子', is_closed = 1")
        raw.commit()
    migrate(path, tmp_path / "backups", FixedClock())
    with closing(connect_raw(path)) as raw:
        assert raw.execute("SELECT is_open FROM filing WHERE control_number = 1").fetchone() == (0,)
        assert raw.execute("SELECT DISTINCT is_closed FROM conformity_certificate").fetchall() == [(0,)]
