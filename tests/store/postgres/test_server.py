"""A database on a server: opened by any desk, told in the words of this program when something fails."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from onestop import errors
from onestop.model.filing import Filing
from onestop.model.lists import FilingColumn, FilingQuery
from onestop.store.database import Database
from onestop.store.migrations import HEAD
from onestop.store.postgres import connecting
from onestop.store.postgres.backing import WRITE_LOCK, WRITES, Server, create_server_engine
from onestop.store.postgres.connecting import LONGEST_NAME, Door, application_name, try_server
from onestop.store.postgres.failures import told, translate_server_errors
from onestop.store.postgres.opening import NOT_OF_PRACTICE, OF_PRACTICE, bring_up_to_date, lead_up, open_server
from onestop.store.postgres.place import ServerPlace
from onestop.store.postgres.server_clock import ServerClock
from support.builders import a_filing, a_vehicle
from support.clock import FixedClock
from support.databases import url_of
from support.postgres import SWORN, TEMPLATE, a_server_database, server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def door() -> Iterator[Door]:
    with a_server_database() as way:
        yield way


@pytest.fixture
def database(door: Door) -> Iterator[Database]:
    opened = open_server(door, ServerClock(FixedClock()))
    yield opened
    opened.close()


def said(door: Door, question: str) -> list[tuple[object, ...]]:
    """Ask the server past the program."""
    driver = door.connect(autocommit=True)
    try:
        return driver.execute(question.encode()).fetchall()
    finally:
        driver.close()


# --- opening


def test_an_empty_database_gets_its_tables_and_a_second_desk_finds_them() -> None:
    with a_server_database("template0") as way:
        for _ in range(2):
            bring_up_to_date(way, ServerClock(FixedClock()))

        assert said(way, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_of_desks_that_come_at_once_one_makes_the_tables() -> None:
    with a_server_database("template0") as way:
        desks = [
            threading.Thread(target=bring_up_to_date, args=(way, ServerClock(FixedClock())), name=f"desk {number}")
            for number in range(3)
        ]
        for desk in desks:
            desk.start()
        for desk in desks:
            desk.join()

        assert said(way, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_texts_compare_as_their_bytes_and_numbers_have_64_bits(door: Door) -> None:
    found = said(
        door,
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND table_name <> 'alembic_version' AND (data_type = 'integer'"
        " OR data_type IN ('text', 'character varying') AND collation_name IS DISTINCT FROM 'C')",
    )
    assert found == []
    assert said(door, "SELECT sequencename FROM pg_sequences WHERE data_type = 'integer'::regtype") == []


@pytest.mark.parametrize(
    "spoilt", ["UPDATE alembic_version SET version_num = '9999'", "DROP TABLE alembic_version"], ids=["newer", "other"]
)
def test_tables_of_a_newer_program_or_another_one_are_left_alone(door: Door, spoilt: str) -> None:
    with door.connect(autocommit=True) as driver:
        driver.execute(spoilt.encode())

    with pytest.raises(errors.DatabaseNewer):
        open_server(door, ServerClock(FixedClock()))


@pytest.mark.parametrize(("practice", "sentence"), [(True, NOT_OF_PRACTICE), (False, OF_PRACTICE)])
def test_practice_and_real_work_never_meet(*, practice: bool, sentence: str) -> None:
    with a_server_database("template0") as way:
        open_server(way, ServerClock(FixedClock()), practice=not practice).close()

        with pytest.raises(errors.WrongFolder, match=sentence):
            open_server(way, ServerClock(FixedClock()), practice=practice)


def test_a_shared_database_has_no_file_here(database: Database) -> None:
    assert database.is_shared
    with pytest.raises(LookupError):
        _ = database.path


# --- desks beside each other


def test_whoever_writes_holds_the_only_lock_and_sees_what_the_one_before_wrote(door: Door, database: Database) -> None:
    other = Database(Server(door, ServerClock(FixedClock())), FixedClock())
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle(capacity=0))

    def count_up(desk: Database) -> None:
        for _ in range(25):
            with desk.write() as shelves:
                car = shelves.vehicles.get(1)
                car.capacity = (car.capacity or 0) + 1

    desks = [threading.Thread(target=count_up, args=(desk,), name="desk") for desk in (database, other, database)]
    for each in desks:
        each.start()
    for each in desks:
        each.join()
    with other.read() as shelves:
        assert shelves.vehicles.get(1).capacity == 75
    other.close()


def test_a_lock_that_is_held_too_long_is_told_as_busy(
    door: Door, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connecting.OPTIONS, "lock_timeout", 20)
    with door.connect() as holding:
        holding.execute("SELECT pg_advisory_xact_lock(%s)", (WRITE_LOCK,))
        with pytest.raises(errors.ServerBusy), database.write():
            pass


@pytest.mark.parametrize(
    ("template", "kind"), [("template0", errors.ServerPreparing), (TEMPLATE, errors.ServerBusy)], ids=["made", "busy"]
)
def test_a_desk_that_waited_too_long_knows_whether_another_one_makes_the_tables(
    monkeypatch: pytest.MonkeyPatch, template: str, kind: type[errors.StoreError]
) -> None:
    with a_server_database(template) as way:
        engine = create_server_engine(way, ServerClock(FixedClock())).execution_options(**{WRITES: True})
        with engine.begin() as connection:
            lead_up(connection, practice=False)
            monkeypatch.setitem(connecting.OPTIONS, "lock_timeout", 20)
            with pytest.raises(errors.ServerBusy) as caught:
                bring_up_to_date(way, ServerClock(FixedClock()))
            assert type(caught.value) is kind
        engine.dispose()
        bring_up_to_date(way, ServerClock(FixedClock()))


def test_whoever_waits_gets_the_lock_of_a_desk_that_fell_asleep_while_it_wrote(
    door: Door, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert connecting.WRITER_IDLE_MS < connecting.LOCK_MS
    with closing(Database(Server(door, ServerClock(FixedClock())), FixedClock())) as other:

        def fall_asleep() -> None:
            monkeypatch.setattr(connecting, "WRITER_IDLE_MS", 50)
            with database.write():
                monkeypatch.undo()
                with other.write() as shelves:
                    shelves.vehicles.add(a_vehicle())

        with pytest.raises(errors.ServerGone):
            fall_asleep()
        assert len(other.lists.vehicles("")) == 1


@pytest.mark.parametrize(("template", "patience"), [("template0", "0"), (TEMPLATE, "8s")])
def test_the_server_waits_for_as_long_as_the_tables_are_led_up(template: str, patience: str) -> None:
    with a_server_database(template) as there:
        engine = create_server_engine(there, ServerClock(FixedClock())).execution_options(**{WRITES: True})
        with engine.begin() as connection:
            lead_up(connection, practice=False)
            assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == patience
        engine.dispose()


def test_numbers_above_what_was_given_elsewhere_go_on_from_there(database: Database) -> None:
    with database.write() as shelves:
        assert shelves.restored.highest_given(Filing) == 0
        shelves.vehicles.add(a_vehicle())
        shelves.restored.give_only_above(Filing, 8_000_000_000)
        shelves.restored.give_only_above(Filing, 7)
        assert shelves.filings.add(a_filing()).control_number == 8_000_000_001
        shelves.restored.mark_compared(Filing)
        assert not shelves.restored.is_unsure(Filing)


# --- what is found, and how


def test_names_are_found_by_two_kanji_in_the_middle_by_an_index(door: Door, database: Database) -> None:
    with database.write() as shelves:
        shelves.vehicles.add(a_vehicle(owner_name="株式会社見本商事"))
        shelves.vehicles.add(a_vehicle(owner_name="山田太郎"))

    assert [row.user_name for row in database.lists.vehicles("本商")] == ["株式会社見本商事"]
    assert [row.user_name for row in database.lists.vehicles("郎")] == ["山田太郎"]
    with door.connect() as driver:
        driver.execute("SET LOCAL enable_seqscan = off")
        asked = "EXPLAIN SELECT id FROM vehicle WHERE name_grams(owner_key) @> sought_grams('本商')"
        assert "ix_vehicle_owner_key_grams" in str(driver.execute(asked.encode()).fetchall())


@pytest.mark.parametrize("column", FilingColumn)
@pytest.mark.parametrize("descending", [False, True])
def test_a_list_is_sorted_by_an_index_both_ways(door: Door, column: FilingColumn, *, descending: bool) -> None:
    from onestop.store.compiled import limited  # noqa: PLC0415 - of this test alone
    from onestop.store.shelves.filings import numbers_query  # noqa: PLC0415 - the same

    query = limited(numbers_query(FilingQuery(sort=column, descending=descending)), 50)
    backing = Server(door, ServerClock(FixedClock()))
    with backing.reading.connect() as connection:
        for way in ("seqscan", "bitmapscan", "sort"):  # a table without rows is read in any way
            connection.execute(text(f"SET LOCAL enable_{way} = off"))
        sql = str(query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
        plan = str(connection.exec_driver_sql(f"EXPLAIN {sql}".replace("%", "%%")).all())
    assert "Index" in plan
    assert "->  Sort" not in plan
    backing.close()


# --- troubles


def test_a_server_that_goes_away_is_told_as_gone_and_is_found_again(door: Door, database: Database) -> None:
    mine = door.place.database
    ended = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{mine}'"  # noqa: S608 - of the test

    def cut_off() -> None:
        with database.write() as shelves:
            shelves.vehicles.add(a_vehicle())
            server().say(ended)

    assert database.lists.vehicles("") == ()
    with pytest.raises(errors.ServerGone):
        cut_off()
    with database.read() as shelves:
        assert shelves.vehicles.count() == 0
    with pytest.raises(errors.ServerGone):
        database.lists.vehicles("")
    assert database.lists.vehicles("") == ()


def test_nobody_listens_there() -> None:
    with pytest.raises(errors.ServerGone):
        try_server("postgresql://desk@127.0.0.1:1/onestop", "secret")


@pytest.mark.parametrize(("user", "database"), [("postgres", "no_such"), ("nobody_known", "postgres")])
def test_an_unknown_database_or_user_is_told_as_gone_or_refused(user: str, database: str) -> None:
    place = server().place(database)
    with pytest.raises(errors.StoreError), translate_server_errors():
        Door(ServerPlace(place.host, place.port, database, user)).connect()


def test_a_wrong_password_is_refused_and_the_right_one_is_not() -> None:
    place = server().place("postgres")
    sworn = ServerPlace(place.host, place.port, place.database, SWORN)

    for wrong in ("", "wrong"):
        with pytest.raises(errors.ServerRefused), translate_server_errors():
            Door(sworn, wrong).connect()
    Door(sworn, SWORN).connect().close()


def test_what_a_try_finds_good_is_left_at_once(door: Door) -> None:
    try_server(url_of(door.place), "")


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("08006", errors.ServerGone),
        ("57P01", errors.ServerGone),
        ("57014", errors.ServerBusy),
        ("40001", errors.ServerBusy),
        ("53300", errors.ServerBusy),
        ("53100", errors.ServerFull),
        ("28P01", errors.ServerRefused),
        ("42501", errors.ServerRefused),
        ("XX001", errors.StoreError),
    ],
)
def test_what_the_server_says_has_an_error_of_its_own(state: str, kind: type[errors.StoreError]) -> None:
    error = psycopg.errors.lookup(state)("said by the server")
    assert type(told(error)) is kind


def test_a_certificate_that_proves_nothing_is_told_as_that() -> None:
    error = psycopg.OperationalError("connection failed: SSL error: certificate verify failed")
    assert type(told(error)) is errors.ServerNotTrusted
    assert told(ValueError("a bug")) is None
    assert told(psycopg.ProgrammingError("a bug")) is None


def test_an_answer_that_does_not_come_ends_the_connection(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "ANSWER_SECONDS", 0.1)
    driver = door.connect(autocommit=True)
    with pytest.raises(psycopg.OperationalError, match="no answer"):
        driver.execute(b"SELECT pg_sleep(30)")
    assert driver.closed


def test_a_bug_stays_one_and_shows_nobody(database: Database) -> None:
    wrong = text("SELECT CAST(:name AS integer)")

    def ask() -> None:
        with database.write() as shelves:
            shelves.vehicles._session.execute(wrong, {"name": "カーネット太郎"})

    with pytest.raises(DBAPIError) as caught:
        ask()
    assert "InvalidTextRepresentation" in str(caught.value)
    assert "太郎" not in str(caught.value)


def test_a_bug_of_a_list_stays_one_and_shows_nobody(database: Database) -> None:
    def wrong(driver: psycopg.Connection[tuple[object, ...]], name: str, _limit: int) -> None:
        driver.execute("SELECT CAST(%s AS integer)", (name,))

    with pytest.raises(psycopg.errors.InvalidTextRepresentation) as caught:
        database.lists._asked(wrong, "カーネット太郎", 1)  # type: ignore[arg-type]  # of a server
    assert "太郎" not in str(caught.value)


def test_a_plan_for_any_values_serves_what_finds_a_car_and_nothing_else(database: Database) -> None:
    database.lists.vehicles("カーネット")
    database.lists.filings(FilingQuery(), 1)
    modes = [idle[0].execute("SHOW plan_cache_mode").fetchone() for idle in database.lists._idle]
    assert modes == [("auto",), ("force_generic_plan",)]


def test_nothing_can_be_written_through_the_lists(database: Database) -> None:
    driver = database.lists._asked_of.connect(planned_once=True)
    try:
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            driver.execute("DELETE FROM filing")
    finally:
        driver.close()


# --- who is seen there


def test_the_administrator_sees_which_desk_it_is_and_nobody_sees_the_password(door: Door) -> None:
    assert application_name("FRONT-1") == "onestop FRONT-1"
    assert application_name("受付") == "onestop ??"
    assert len(application_name("x" * 100)) == LONGEST_NAME
    shown = Door(door.place, "s3cret", "FRONT-1")
    assert "s3cret" not in repr(shown) + str(shown.place)
    with shown.connect() as driver:
        found = driver.execute("SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()")
        assert found.fetchone() == ("onestop FRONT-1",)
        assert driver.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert driver.execute("SHOW statement_timeout").fetchone() == ("30s",)
