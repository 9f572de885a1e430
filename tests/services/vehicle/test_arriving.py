"""監視フォルダー: what arrives waits, once, until a clerk has dealt with it; nothing is stored by itself."""

from __future__ import annotations

import dataclasses
import os
import sys
from typing import TYPE_CHECKING

import pytest

from onestop.services.vehicle import arriving
from onestop.services.vehicle.arriving import Arrivals
from onestop.services.vehicle.put_off_files import PutOffFiles
from support.shaken import KEI, REGISTERED

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


@pytest.fixture
def folder(room: DeskRoom, tmp_path: Path) -> Path:
    made = tmp_path / "arrives"
    made.mkdir()
    settings = room.desk.settings
    settings.save(dataclasses.replace(settings.state().form, watched_folder=f" {made} "))
    return made


def put(folder: Path, name: str, source: Path | bytes = KEI) -> Path:
    path = folder / name
    path.write_bytes(source if isinstance(source, bytes) else source.read_bytes())
    return path


def look(room: DeskRoom, times: int = 2) -> Arrivals:
    found = Arrivals()
    for _ in range(times):
        found = room.desk.arrivals.look()
    return found


def names(found: Arrivals) -> list[str]:
    return [each.path.name for each in found.files]


def test_without_a_folder_nothing_is_looked_at(room: DeskRoom) -> None:
    assert look(room) == Arrivals()


def test_a_file_waits_once_it_stays_as_it_was(room: DeskRoom, folder: Path) -> None:
    put(folder, "car.JSON")
    assert names(look(room, 1)) == []
    assert names(look(room, 1)) == ["car.JSON"]
    assert room.desk.vehicles.search("") == ()  # nothing is stored by itself


def test_a_file_that_is_still_being_written_waits_until_it_is_whole(room: DeskRoom, folder: Path) -> None:
    whole = KEI.read_bytes()
    put(folder, "car.json", b"")
    assert look(room) == Arrivals()
    put(folder, "car.json", whole[:200])
    assert look(room, 1) == Arrivals()
    put(folder, "car.json", whole[:400])
    assert look(room, 1) == Arrivals()
    assert look(room, 1).unreadable == ("car.json",)  # the writer made a pause
    put(folder, "car.json", whole)
    found = look(room)
    assert (names(found), found.unreadable) == (["car.json"], ())


def test_what_arrives_twice_waits_once_and_is_not_offered_again(room: DeskRoom, folder: Path) -> None:
    first, second = put(folder, "1.json"), put(folder, "2.json")
    os.utime(first, ns=(10**18, 10**18))
    os.utime(second, ns=(2 * 10**18, 2 * 10**18))
    assert names(look(room)) == ["1.json"]
    plan = room.desk.imports.read(first)
    room.desk.imports.accept(plan, frozenset(plan.differences))
    assert look(room) == Arrivals()
    put(folder, "3.json")
    assert look(room) == Arrivals()


def test_the_oldest_comes_first_and_what_a_clerk_left_is_not_offered_again(room: DeskRoom, folder: Path) -> None:
    for time, (name, source) in enumerate((("b.json", REGISTERED), ("a.json", KEI)), start=1):
        os.utime(put(folder, name, source), ns=(time * 10**18, time * 10**18))
    found = look(room)
    assert names(found) == ["b.json", "a.json"]
    room.desk.arrivals.settle(found.files[0].digest)
    assert names(look(room)) == ["a.json"]


def test_a_file_that_goes_again_waits_no_more(room: DeskRoom, folder: Path) -> None:
    path = put(folder, "car.json")
    look(room)
    path.unlink()
    assert look(room) == Arrivals()


def test_a_folder_that_vanishes_is_told_and_is_looked_at_when_it_is_back(room: DeskRoom, folder: Path) -> None:
    put(folder, "car.json")
    away = folder.rename(folder.with_name("away"))
    assert look(room) == Arrivals(is_gone=True)
    away.rename(folder)
    assert names(look(room)) == ["car.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are Posix's")
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_is_tried_again(room: DeskRoom, folder: Path) -> None:
    path = put(folder, "car.json")
    path.chmod(0)
    assert look(room, 3) == Arrivals()
    path.chmod(0o600)
    assert names(look(room, 1)) == ["car.json"]


def test_a_file_that_cannot_be_opened_now_is_tried_again(
    room: DeskRoom, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, "car.json")

    def held(_path: Path) -> bytes:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(arriving, "bytes_of", held)
        assert look(room, 3) == Arrivals()
    assert names(look(room, 1)) == ["car.json"]


def test_what_is_no_file_of_the_app_is_named_and_its_kin_passed_over(room: DeskRoom, folder: Path) -> None:
    put(folder, "old.csv", b"a,b\n1,2\n")
    look(room)
    put(folder, "other.csv", b"a,b\n1,2\n")
    put(folder, "note.txt")
    put(folder, ".hidden.json")
    put(folder, "~$open.csv")
    (folder / "folder.json").mkdir()
    found = look(room)
    assert (names(found), found.unreadable) == ([], ("other.csv",))


class Going:
    """An entry of a folder whose file goes between two looks at it."""

    name = "car.json"

    def is_file(self, *, follow_symlinks: bool) -> bool:
        raise FileNotFoundError(follow_symlinks)


def test_a_file_that_goes_while_it_is_looked_at_is_passed_over() -> None:
    assert [*arriving._candidate(Going())] == []  # type: ignore[arg-type]  # as much of an entry as is asked for


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_that_leads_elsewhere_is_passed_over(room: DeskRoom, folder: Path) -> None:
    (folder / "link.json").symlink_to(KEI)
    assert look(room) == Arrivals()


def test_a_file_that_is_longer_than_its_folder_says_is_not_whole_yet(folder: Path) -> None:
    path = put(folder, "car.json")
    size = path.stat().st_size
    assert arriving._digest(path, size=size - 1) is None
    assert arriving._digest(path, size=size)


def test_of_very_many_files_the_newest_are_looked_at(
    room: DeskRoom, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "MOST_FILES", 1)
    os.utime(put(folder, "old.json", REGISTERED), ns=(10**18, 10**18))
    put(folder, "new.json", KEI)
    (waits,) = look(room).files
    assert waits.path.name == "new.json"
    room.desk.arrivals.settle(waits.digest)
    look(room)
    assert names(look(room)) == ["old.json"], "one that is dealt with takes nobody's place"
    put(folder, "new.json", KEI.read_bytes() + b" ")
    assert names(look(room)) == ["new.json"], "it came anew"


# --- what a clerk put off in 取込


def test_what_was_put_off_waits_wherever_it_lies_until_it_is_dealt_with(room: DeskRoom, tmp_path: Path) -> None:
    path = put(tmp_path, "dropped.json")
    room.desk.arrivals.put_off([path, path])
    assert names(look(room, 1)) == []
    assert names(look(room, 1)) == ["dropped.json"]
    plan = room.desk.imports.read(path)
    room.desk.imports.accept(plan, frozenset(plan.differences))
    assert look(room) == Arrivals()
    assert PutOffFiles(room.desk.typing).paths() == ()


def test_it_waits_over_a_restart_and_while_it_is_not_there(room: DeskRoom, tmp_path: Path) -> None:
    path = put(tmp_path, "on_a_stick.json")
    room.desk.arrivals.put_off([path])
    path.unlink()
    assert look(room) == Arrivals()
    assert PutOffFiles(room.desk.typing).paths() == (path,)
    put(tmp_path, path.name)
    assert names(look(room)) == [path.name]


def test_one_whose_name_is_no_text_waits_until_the_program_ends(room: DeskRoom, tmp_path: Path) -> None:
    try:
        path = put(tmp_path, "\udc82.json")
    except FileNotFoundError:
        pytest.skip("Wine makes no file with such a name")
    other = put(tmp_path, "car.json", KEI.read_bytes() + b" ")
    room.desk.arrivals.put_off([path, other])
    look(room)
    assert [each.path for each in look(room).files] == [path, other]
    assert PutOffFiles(room.desk.typing).paths() == (other,)


def test_what_is_put_off_and_no_file_of_the_app_is_told_and_forgotten(room: DeskRoom, tmp_path: Path) -> None:
    room.desk.arrivals.put_off([put(tmp_path, "other.json", b"{}")])
    assert look(room) == Arrivals()
    assert PutOffFiles(room.desk.typing).paths() == ()


def test_what_was_put_off_is_offered_while_the_folder_is_gone(room: DeskRoom, folder: Path, tmp_path: Path) -> None:
    room.desk.arrivals.put_off([put(tmp_path, "dropped.json")])
    folder.rmdir()
    found = look(room)
    assert (names(found), found.is_gone) == (["dropped.json"], True)


def test_what_was_put_off_and_lies_in_the_folder_is_offered_once(room: DeskRoom, folder: Path) -> None:
    room.desk.arrivals.put_off([put(folder, "car.json")])
    assert names(look(room)) == ["car.json"]


def test_many_files_are_settled_at_once(room: DeskRoom, folder: Path) -> None:
    paths = [put(folder, "one.json"), put(folder, "two.json", REGISTERED), folder / "gone.json"]
    assert names(look(room)) == ["one.json", "two.json"]
    room.desk.arrivals.settle_files(paths)
    assert names(look(room)) == []
