"""`onestop move` and `onestop export`: what a console is told, and with which code they end."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from onestop.__main__ import main
from onestop.app import moving
from onestop.app.console import (
    DONE,
    GONE_TEXT,
    IN_USE,
    NOBODY_SITS,
    NOT_DONE,
    NOT_USABLE,
    STOPPED_TEXT,
    ask_on_console,
)
from onestop.app.exporting import PRACTISED, export
from onestop.app.moving import Move, move
from onestop.app.opening import open_desk
from onestop.app.start import Start
from onestop.errors import WrongFolder
from onestop.store.instance import claim
from onestop.store.key_check import is_sealed
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.moved import Moved, Stage, note
from onestop.store.opening import open_database
from onestop.store.settings_file import Settings, load_settings, save_settings
from onestop.store.sqlite.engine import is_encrypted
from support.builders import a_vehicle
from support.clock import FixedClock
from support.databases import a_database_file
from support.postgres import a_server_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Listener
    from onestop.paths import DataFolder
    from onestop.store.postgres.connecting import Door

CLOCK = FixedClock()
NOWHERE = "postgresql://postgres@127.0.0.1:1/none"
STUCK_SECONDS = 300
"""After which a command counts as one that waits for ever."""


@pytest.fixture
def door() -> Iterator[Door]:
    with a_server_database() as way:
        yield way


@pytest.fixture
def url(door: Door) -> str:
    place = door.place
    return (
        f"postgresql://{place.user}@/{place.database}?host={place.host}"
        if place.host.startswith("/")
        else (f"postgresql://{place.user}@{place.host}:{place.port}/{place.database}")
    )


@pytest.fixture
def start(folder: DataFolder) -> Start:
    """Return a real desk's start, with a car in its data and secrets that nobody keeps."""
    a_database_file(folder.database)
    save_settings(folder.settings, Settings(practice=False))
    with closing(open_database(folder, CLOCK)) as database, database.write() as shelves:
        shelves.vehicles.add(a_vehicle())
    return Start(folder, secrets=MemorySecrets(ApiSecrets()))


def nobody(_question: str) -> str:
    return ""


def test_all_moves_there_and_back_and_the_settings_follow_where_they_should(
    start: Start, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert move(start, Move(url), CLOCK, nobody) == DONE
    assert load_settings(start.folder.settings).settings.database_url == ""
    told = capsys.readouterr().out
    assert "件数とハッシュが一致しました" in told
    assert "--use を付けて" in told

    assert move(start, Move(url, use=True), CLOCK, lambda _question: "見本の合言葉") == DONE
    assert load_settings(start.folder.settings).settings.database_url == url
    assert start.secrets is not None
    assert start.secrets.read().database_password == "見本の合言葉"
    with closing(open_desk(start, CLOCK)) as desk:
        assert len(desk.desk.vehicles.search("012345")) == 1

    assert move(start, Move(url, back=True, use=True), CLOCK, nobody) == DONE
    assert load_settings(start.folder.settings).settings.database_url == ""
    assert "から戻しました" in capsys.readouterr().out


def test_ctrl_c_stops_a_command_with_a_sentence(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(_question: str) -> str:
        raise KeyboardInterrupt

    assert move(start, Move(NOWHERE), CLOCK, stopped) == NOT_DONE
    assert capsys.readouterr().out == f"{STOPPED_TEXT}\n"


def test_a_console_is_told_of_a_server_that_is_gone_and_of_no_window(
    start: Start, capsys: pytest.CaptureFixture[str], loud_lines: Listener
) -> None:
    loud_lines.expect("the data were not moved")
    assert move(start, Move(NOWHERE), CLOCK, nobody) == NOT_DONE
    assert GONE_TEXT in capsys.readouterr().out


@pytest.fixture
def no_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take this machine's keychain away: Windows always has one."""
    monkeypatch.setattr("onestop.store.keychain.BACKENDS", {})


@pytest.mark.usefixtures("no_keychain")
def test_without_a_keychain_what_comes_back_stays_legible_for_now(
    folder: DataFolder, url: str, capsys: pytest.CaptureFixture[str], loud_lines: Listener
) -> None:
    loud_lines.expect("no keychain")
    assert move(Start(folder), Move(url, back=True), CLOCK, nobody) == DONE
    assert "暗号化していません" in capsys.readouterr().out
    assert not is_encrypted(folder.database)


@pytest.mark.usefixtures("no_keychain")
@pytest.mark.parametrize("says_more", [False, True])
def test_what_was_moved_is_not_opened_and_nobody_is_asked_for_a_key(
    start: Start, loud_lines: Listener, *, says_more: bool
) -> None:
    note(start.folder, Moved(1, "db.example.jp:5432/onestop", Stage.GONE))
    if says_more:  # settings that only settings_file.py can tell
        loud_lines.expect("no keychain")
        start.folder.settings.write_text("{", encoding="utf-8")
    begun = Start(start.folder, services_url="https://ainas.invalid")
    with pytest.raises(WrongFolder, match=r"db\.example\.jp"):
        open_desk(begun, CLOCK)
    assert not is_sealed(start.folder)


def test_a_large_table_tells_how_far_it_is(
    start: Start, url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "STEP", 1)
    assert move(start, Move(url), CLOCK, nobody) == DONE
    assert "vehicle 1 件…" in capsys.readouterr().out


def test_while_the_folder_is_open_nothing_moves(start: Start, capsys: pytest.CaptureFixture[str]) -> None:
    held = claim(start.folder)
    try:
        assert move(start, Move(NOWHERE), CLOCK, nobody) == IN_USE
        assert export(start, start.folder.root / "out", CLOCK) == IN_USE
    finally:
        held.release()
    assert "閉じてから" in capsys.readouterr().out


def test_an_address_that_is_none_and_a_server_that_is_not_there_are_told(
    start: Start, capsys: pytest.CaptureFixture[str], loud_lines: Listener
) -> None:
    loud_lines.expect("the data were not moved")
    assert move(start, Move("http://見本"), CLOCK, nobody) == NOT_USABLE
    assert move(start, Move(NOWHERE), CLOCK, nobody) == NOT_DONE
    assert "サーバー" in capsys.readouterr().out


def test_the_commands_are_read_from_the_command_line(
    folder: DataFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Move] = []

    def noted(_start: Start, wanted: Move) -> int:
        asked.append(wanted)
        return DONE

    monkeypatch.setattr(moving, "move", noted)
    at = ["--data-dir", str(folder.root)]
    assert main([*at, "move", "--to", NOWHERE, "--use"]) == DONE
    assert main([*at, "move", "--from", NOWHERE]) == DONE
    assert asked == [Move(NOWHERE, use=True), Move(NOWHERE, back=True)]
    assert main([*at, "--practice", "export", "--to", str(tmp_path / "out")]) == DONE
    told = capsys.readouterr().out
    assert "書き出しました" in told
    assert PRACTISED in told
    assert (tmp_path / "out" / "manifest.json").exists()


def test_into_a_folder_that_holds_something_nothing_is_written(
    start: Start, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").touch()
    assert export(start, tmp_path, CLOCK) == NOT_USABLE
    assert "空のフォルダー" in capsys.readouterr().out


def test_what_cannot_be_written_is_told(
    start: Start, tmp_path: Path, capsys: pytest.CaptureFixture[str], loud_lines: Listener
) -> None:
    loud_lines.expect("the data were not taken out")
    (tmp_path / "a file").touch()
    assert export(start, tmp_path / "a file" / "out", CLOCK) == NOT_DONE
    assert capsys.readouterr().out


def test_a_machine_without_settings_is_a_real_desk(folder: DataFolder, url: str) -> None:
    begun = Start(folder, secrets=MemorySecrets(ApiSecrets()))
    assert move(begun, Move(url, back=True, use=True), CLOCK, nobody) == DONE
    assert not load_settings(folder.settings).settings.practice


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lends nobody a terminal")
def test_a_password_is_asked_for_where_somebody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    import pty  # noqa: PLC0415 - Windows has none

    answers = iter(["typed"])

    def typed(_question: str) -> str:
        for answer in answers:
            return answer
        raise EOFError

    monkeypatch.setattr("getpass.getpass", typed)
    keys, terminal = pty.openpty()
    with open(keys, "wb"), open(terminal, encoding="utf-8") as stdin:  # noqa: PTH123 - both are open already
        monkeypatch.setattr("sys.stdin", stdin)
        assert ask_on_console("?") == "typed"
        assert ask_on_console("?") == "", "she ended the input"


def test_where_nobody_can_be_asked_it_goes_on_without_a_password_and_ends(tmp_path: Path) -> None:
    """NUL is a terminal to Windows, and no key comes out of it."""
    for command in (("move", "--to"), ("prepare-server", "--at")):
        words = (sys.executable, "-P", "-m", "onestop", "--data-dir", str(tmp_path), *command, NOWHERE)
        ended = subprocess.run(  # noqa: S603 - the program itself
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=STUCK_SECONDS,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        assert ended.returncode == NOT_DONE
        asked, why = ended.stdout.decode().splitlines()
        assert asked == NOBODY_SITS
        assert why


def test_without_a_console_the_code_alone_tells_how_it_went(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As Windows starts a program of windows: there is nothing to write to, and nobody to ask."""
    monkeypatch.setattr("sys.stdout", None)
    monkeypatch.setattr("sys.stdin", None)
    assert move(start, Move("http://見本"), CLOCK) == NOT_USABLE
    assert export(start, tmp_path / "out", CLOCK) == DONE
    assert ask_on_console("?") == ""
