"""The running program shows what other desks change, and outlives the server that they share."""

from __future__ import annotations

import datetime as dt
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from onestop.app import sharing
from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.errors import ServerGone, ServerPreparing
from onestop.model.added_rate import AddedRate
from onestop.model.change import Author
from onestop.model.rate_book import rates
from onestop.model.rate_tables import RateTable
from onestop.screens.desk.server_words import AT_START, BY_ITSELF, CHANGE, TITLE
from onestop.screens.desk.sharing_words import BACK, GONE, GONE_SHORT, changed_meanwhile
from onestop.screens.ports import Choice, Question
from onestop.store.database import Database
from onestop.store.keychain import MemorySecrets
from onestop.store.postgres import connecting
from onestop.store.postgres.backing import WRITE_LOCK, Server
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.server_clock import ServerClock
from onestop.ui.question import asked_over
from support.builders import a_vehicle
from support.clock import FixedClock
from support.databases import url_of
from support.postgres import a_server_database, a_server_that_dies, practised_template
from support.program import a_program, an_open_car, asked, click, rows, strip, until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop.app.program import Program
    from onestop.paths import DataFolder
    from support.postgres import TestServer

NAME = "practised"
OTHER = Question("終了", "終了しますか。", (Choice("キャンセル", lambda: None, safe=True),))
DEARER = 7_777


@pytest.fixture
def mortal() -> Iterator[TestServer]:
    template = practised_template()
    with a_server_that_dies() as (mortal, _):
        mortal.say(f"CREATE DATABASE {NAME} TEMPLATE {template}")
        yield mortal


@contextmanager
def another_desk(mortal: TestServer) -> Iterator[Database]:
    clock = ServerClock(FixedClock())
    database = Database(Server(Door(mortal.place(NAME)), clock), clock)
    yield database
    database.close()


@contextmanager
def a_desk_there(app: QApplication, folder: DataFolder, mortal: TestServer) -> Iterator[Program]:
    start = Start(folder, practice=True, database_url=url_of(mortal.place(NAME)), secrets=MemorySecrets())
    with a_program(app, start) as program:
        until(lambda: rows(program) > 0)
        yield program


def test_windows_show_what_another_desk_changes(qapp: QApplication, folder: DataFolder, mortal: TestServer) -> None:
    with a_desk_there(qapp, folder, mortal) as program, another_desk(mortal) as other:
        car, before = an_open_car(program), rows(program)
        with other.write() as shelves:
            shelves.vehicles.add(a_vehicle(chassis_number="OTHER-1"))
            shelves.vehicles.get(1).owner_name = "別端末 花子"
        until(lambda: rows(program) == before + 1)
        until(lambda: car.editor.form.owner_name == "別端末 花子")
        with other.write() as shelves:
            shelves.editing.hold("theirs", 1, Author("田中", "端末2"), SystemClock().now())
        until(lambda: car.edited_elsewhere == "端末2 の 田中 が修正中")
        with other.write() as shelves:
            shelves.editing.let_go("theirs")
        until(lambda: car.edited_elsewhere == "")
        car.edit("owner_name", "入力中")
        other.author = lambda: Author("鈴木", "端末2")
        with other.write() as shelves:
            shelves.vehicles.get(1).owner_name = "別端末 次郎"
        told = changed_meanwhile(other.author())
        until(lambda: car.message is not None and told in car.message.text)
        assert car.editor.form.owner_name == "入力中"


def test_of_many_changes_at_once_the_windows_read_once(
    qapp: QApplication, folder: DataFolder, mortal: TestServer
) -> None:
    with a_desk_there(qapp, folder, mortal) as program, another_desk(mortal) as other:
        car, before = an_open_car(program), rows(program)
        with other.write() as shelves:
            for number in range(sharing.MANY + 1):
                shelves.vehicles.add(a_vehicle(chassis_number=f"OTHER-{number}"))
            shelves.vehicles.get(1).owner_name = "別端末 花子"
        until(lambda: rows(program) == before + sharing.MANY + 1)
        until(lambda: car.editor.form.owner_name == "別端末 花子")


def test_a_row_of_rates_that_another_desk_adds_holds_here_at_once(
    qapp: QApplication, folder: DataFolder, mortal: TestServer
) -> None:
    with a_desk_there(qapp, folder, mortal), another_desk(mortal) as other:
        assert DEARER not in fees()
        with other.write() as shelves:
            shelves.added_rates.add([a_dearer_fee()])
        until(lambda: DEARER in fees())
        with other.write() as shelves:
            shelves.added_rates.take_away(RateTable.FEES)
        until(lambda: DEARER not in fees())


def test_a_server_that_goes_is_told_what_is_typed_is_kept_and_all_is_read_again_when_it_is_back(
    qapp: QApplication, folder: DataFolder, mortal: TestServer
) -> None:
    with a_desk_there(qapp, folder, mortal) as program:
        car = an_open_car(program)
        mortal.stop()
        until(lambda: car.message is not None and GONE in car.message.text)
        window = program.windows.last()
        assert window.standing is not None
        assert GONE_SHORT in window.status.warning.text()
        car.edit("owner_name", "つながらない間の入力")
        car.keep_typing()
        until(lambda: folder.practice.beside_server.database.exists() and not program.background.busy)
        mortal.start()
        with another_desk(mortal) as other, other.write() as shelves:
            shelves.vehicles.get(2).owner_name = "別端末 花子"
        until(lambda: car.message is not None and BACK in car.message.text)
        assert GONE_SHORT not in window.status.warning.text()
        assert car.editor.form.owner_name == "つながらない間の入力"
    with a_desk_there(qapp, folder, mortal) as program:
        car = an_open_car(program)
        assert "保存していない入力が残っています" in asked().findChildren(QLabel)[0].text()
        click("復元する")
        assert car.editor.form.owner_name == "つながらない間の入力"


def test_a_desk_that_finds_no_server_opens_by_itself_once_it_is_there(
    qapp: QApplication, folder: DataFolder, mortal: TestServer
) -> None:
    mortal.stop()
    start = Start(folder, practice=True, database_url=url_of(mortal.place(NAME)), secrets=MemorySecrets())
    with a_program(qapp, start) as program:
        until(lambda: AT_START[ServerGone] in strip(program))
        until(lambda: BY_ITSELF in question_shown(program))
        program.windows.first().ask(OTHER)
        mortal.start()
        until(lambda: rows(program) > 0)
        assert asked_over(program.windows.first(), OTHER.title) is not None, "nobody takes back another question"
        assert AT_START[ServerGone] not in strip(program)
        until(lambda: question_shown(program) == "")  # the rows may be there a moment earlier


def test_a_desk_that_comes_while_another_makes_the_tables_says_so_and_opens_by_itself(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "pause", lambda _failed: 0.05)
    monkeypatch.setitem(connecting.OPTIONS, "lock_timeout", 20)
    with a_server_database("template0") as way, closing(way.connect()) as driver:
        start = Start(folder, practice=True, database_url=url_of(way.place), secrets=MemorySecrets())
        driver.execute("SELECT pg_advisory_xact_lock(%s)", (WRITE_LOCK,))
        with a_program(qapp, start) as program:
            until(lambda: AT_START[ServerPreparing] in strip(program))
            until(lambda: question_shown(program) == AT_START[ServerPreparing] + BY_ITSELF)
            driver.rollback()
            until(lambda: rows(program) > 0)
            assert AT_START[ServerPreparing] not in strip(program)
            until(lambda: question_shown(program) == "")  # the rows may be there a moment earlier


def test_nothing_opens_beneath_another_connection_that_is_being_typed(
    qapp: QApplication, folder: DataFolder, mortal: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "pause", lambda _failed: 0.05)
    mortal.stop()
    start = Start(folder, practice=True, database_url=url_of(mortal.place(NAME)), secrets=MemorySecrets())
    with a_program(qapp, start) as program:
        until(lambda: BY_ITSELF in question_shown(program))
        click(CHANGE)
        until(lambda: "server_door" in program.windows._open)
        looked = program._rounds.tickets.get("again")
        mortal.start()
        until(lambda: program._rounds.tickets.get("again") not in (None, looked))
        assert program.desk_access.open_now() is None
        program.windows._open["server_door"].screen_shown.close()
        until(lambda: rows(program) > 0)


def fees() -> list[int | None]:
    """Return what the fees come to that this desk reckons with."""
    return [row.total for row in rates().fees]


def a_dearer_fee() -> AddedRate:
    """Return a row that an administrator adds elsewhere."""
    amounts = f"{DEARER - 400},400,{DEARER}"
    return AddedRate(
        rate_table=RateTable.FEES,
        key="futsu/oss",
        first_day=dt.date(2027, 4, 1),
        amounts=amounts,
        source="官報",
        added_at=FixedClock().now(),
    )


def question_shown(program: Program) -> str:
    question = asked_over(program.windows.first(), TITLE)
    return "" if question is None else question.text.text()
