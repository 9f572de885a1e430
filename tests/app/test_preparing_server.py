"""`onestop prepare-server`: the tables are there before any desk is."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.__main__ import main
from onestop.app.console import DONE, NOT_DONE, NOT_USABLE
from onestop.app.preparing_server import prepare_server
from onestop.app.start import Start
from onestop.store.migrations import HEAD
from support.postgres import SWORN, a_server_database, server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Listener
    from onestop.paths import DataFolder
    from onestop.store.postgres.connecting import Door

EMPTY = "template0"


@pytest.fixture
def door() -> Iterator[Door]:
    with a_server_database(EMPTY) as way:
        yield way


def address(door: Door, user: str = "") -> str:
    place = door.place
    return f"postgresql://{user or place.user}@localhost:{place.port}/{place.database}?host={place.host}"


def version(door: Door) -> list[tuple[object, ...]]:
    with closing(door.connect()) as driver:
        return driver.execute("SELECT version_num FROM alembic_version").fetchall()


def test_an_empty_database_gets_its_tables_and_a_second_time_nothing(
    folder: DataFolder, door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert main(["--data-dir", str(folder.root), "prepare-server", "--at", address(door)]) == DONE
        assert f"この版の onestop のもの({HEAD})になっています" in capsys.readouterr().out
    assert version(door) == [(HEAD,)]
    assert [each.name for each in folder.root.iterdir()] == ["log"]


def test_the_owners_password_is_asked_for_and_a_role_without_the_right_is_told(
    folder: DataFolder, door: Door, capsys: pytest.CaptureFixture[str], loud_lines: Listener
) -> None:
    start = Start(folder, database_url=address(door, SWORN))
    loud_lines.expect("the server's tables were not made")
    assert prepare_server(start, lambda _question: "wrong") == NOT_DONE
    assert prepare_server(start, lambda _question: SWORN) == NOT_DONE  # it may not make tables
    assert capsys.readouterr().out.count("接続を断りました") == 2

    server().say(f"ALTER DATABASE {door.place.database} OWNER TO {SWORN}")
    assert prepare_server(start, lambda _question: SWORN) == DONE
    assert version(door) == [(HEAD,)]


def test_one_for_practice_is_none_for_real_work(
    folder: DataFolder, door: Door, capsys: pytest.CaptureFixture[str], loud_lines: Listener
) -> None:
    at = ["prepare-server", "--at", address(door)]
    assert main(["--data-dir", str(folder.root), "--practice", *at]) == DONE
    loud_lines.expect("the server's tables were not made")
    assert main(["--data-dir", str(folder.root), *at]) == NOT_DONE
    assert "練習モードのデータベースです" in capsys.readouterr().out


def test_an_address_that_is_none_is_told(folder: DataFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data-dir", str(folder.root), "prepare-server", "--at", "http://見本"]) == NOT_USABLE
    assert "postgresql://" in capsys.readouterr().out
