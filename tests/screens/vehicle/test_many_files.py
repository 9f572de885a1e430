"""取込 of many files at once: what is asked, what is told, and what waits."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onestop.screens.function_key import SECONDS_TO_READ
from onestop.screens.function_keys import IMPORT, IMPORT_BUTTONS
from onestop.screens.live_task import JUST_ENDED
from onestop.screens.ports import Tone
from onestop.screens.vehicle import many_files as words
from onestop.screens.vehicle.import_screen import ImportScreen
from onestop.services.vehicle import importing_many
from onestop.store.sqlite.engine import connect_raw
from support.screens import Change, InlineBackground, Stage
from support.shaken import KEI, REGISTERED

if TYPE_CHECKING:
    from onestop.services.vehicle.importing import ImportPlan
    from support.desks import DeskRoom

CODE = "TwodimensionCodeInfo"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Write four new cars; something is to be said of the third."""
    return [a_file(tmp_path, number, "9.9" if number == 3 else "1.0") for number in range(1, 5)]


def a_file(folder: Path, number: int, version: str = "1.0") -> Path:
    document = json.loads(REGISTERED.read_text(encoding="utf-8"))
    document["CertInfoImportFileVersion"] = version
    plate = f"土浦　　300す{number:4}"
    document["CertInfo"] |= {f"{CODE}CarNo": f"ABC12-{number:07}", "CarNo": ""}
    document["CertInfo"] |= dict.fromkeys(("EntryNoCarNo", f"{CODE}EntryNoCarNo"), plate)
    path = folder / f"{number}.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def opened(stage: Stage, *documents: Path | ImportPlan) -> ImportScreen:
    return stage.open(ImportScreen(stage.surroundings, documents))


def said(screen: ImportScreen) -> str:
    return "" if screen.message is None else screen.message.text


def cars(room: DeskRoom) -> int:
    return len(room.desk.vehicles.search(""))


def scanned(room: DeskRoom) -> ImportPlan:
    """Read the symbols of a car, as QR読取 hands it over."""
    symbols = json.loads((Path("resources") / "practice" / "codes.json").read_text(encoding="utf-8"))["registered"]
    return room.desk.scans.hand_over(room.desk.scans.take(symbols).records[0])


def take_all(stage: Stage, screen: ImportScreen) -> None:
    assert stage.press(IMPORT_BUTTONS, "Alt+A", screen) is None
    stage.view.answer("まとめて登録")


def test_new_cars_are_registered_at_once_and_the_others_are_shown_one_by_one(
    room: DeskRoom, stage: Stage, files: list[Path]
) -> None:
    screen = opened(stage, *files)
    take_all(stage, screen)
    assert said(screen) == words.NEW.format(count=3) + words.REST.format(count=1)
    assert (screen.document, screen.left, screen.busy) == (files[2], [], None)
    assert "新しい車両" in screen.heading
    assert (cars(room), stage.navigator.changes, stage.navigator.put_in) == (3, [Change(vehicle_id=3)], [3])
    stage.clock.wait(SECONDS_TO_READ)
    stage.press(IMPORT, "F10", screen)
    assert (cars(room), stage.view.dismissed) == (4, True)


def test_nothing_is_registered_where_the_question_is_answered_by_going_back(
    room: DeskRoom, stage: Stage, files: list[Path]
) -> None:
    screen = opened(stage, *files)
    stage.press(IMPORT_BUTTONS, "Alt+A", screen)
    assert stage.view.asked.text == words.ASKED.format(count=4)
    stage.view.answer("戻る")
    assert (cars(room), screen.left) == (0, files[1:])


def test_the_car_on_the_glass_is_compared_anew_if_it_stays(room: DeskRoom, stage: Stage, files: list[Path]) -> None:
    screen = opened(stage, files[2], files[0])
    take_all(stage, screen)
    assert (screen.document, screen.left, cars(room)) == (files[2], [], 1)
    assert said(screen) == words.NEW.format(count=1) + words.REST.format(count=1)


def test_once_nothing_is_left_the_window_says_what_was_done(room: DeskRoom, stage: Stage, files: list[Path]) -> None:
    plan = room.desk.imports.read(files[0])
    room.desk.imports.accept(plan, frozenset(plan.differences))
    screen = opened(stage, files[0], files[1])
    take_all(stage, screen)
    told = words.NEW.format(count=1) + words.SAME.format(count=1)
    assert (screen.heading, screen.empty_text) == ("", told + words.ALL_DONE)
    assert words.NOTHING_OPEN in str(stage.press(IMPORT_BUTTONS, "Alt+N", screen))
    assert words.FEW in str(stage.press(IMPORT_BUTTONS, "Alt+A", screen))
    screen.take_files((KEI,))
    assert (screen.document, screen.many.ended) == (KEI, "")
    screen.close()  # meant for 中止, perhaps
    assert (said(screen), stage.view.dismissed) == (JUST_ENDED, False)
    stage.clock.wait(SECONDS_TO_READ)
    screen.close()
    assert stage.view.dismissed


def test_what_was_done_is_said_also_where_the_next_file_cannot_be_read(
    room: DeskRoom, stage: Stage, files: list[Path]
) -> None:
    files[2].write_bytes(b"{")
    screen = opened(stage, files[2], *files[:2])
    take_all(stage, screen)
    assert said(screen).startswith(
        words.NEW.format(count=2) + words.REST.format(count=1) + " 「3.json」を取り込めません"
    )
    assert screen.message is not None
    assert (screen.message.tone, cars(room)) == (Tone.ERROR, 2)
    screen.read(files[2])
    assert said(screen).startswith("「3.json」を取り込めません")


def test_where_nothing_could_be_registered_that_is_said(room: DeskRoom, stage: Stage, tmp_path: Path) -> None:
    screen = opened(stage, *(a_file(tmp_path, number, "9.9") for number in (1, 2)))
    take_all(stage, screen)
    assert said(screen) == words.NOTHING + words.REST.format(count=2)
    assert (stage.navigator.changes, cars(room)) == ([], 0)


def test_one_file_alone_has_no_others(stage: Stage) -> None:
    screen = opened(stage, KEI)
    assert words.FEW in str(stage.press(IMPORT_BUTTONS, "Alt+A", screen))
    assert words.NONE_LEFT in str(stage.press(IMPORT_BUTTONS, "Alt+M", screen))


def test_it_is_stopped_by_f12_and_says_how_far_it_came(room: DeskRoom, files: list[Path]) -> None:
    background = InlineBackground()
    held = Stage(desk=lambda: room.desk, background=background)
    screen = opened(held, *files)
    background.held = True
    take_all(held, screen)
    assert screen.many.live.progress is not None
    assert screen.many.live.progress.total == 4
    screen.close()
    assert (said(screen), held.view.dismissed) == (words.STOPPING, False)
    background.held = False
    background.work_all()
    assert said(screen) == words.STOPPED + words.NOTHING + words.REST.format(count=4)
    assert cars(room) == 0


def test_a_disk_that_fails_leaves_all_that_is_not_stored(room: DeskRoom, stage: Stage, files: list[Path]) -> None:
    screen = opened(stage, *files)
    room.database.close()
    with closing(connect_raw(room.database.path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    room.database.path.write_bytes(b"no database" * 1000)
    take_all(stage, screen)
    assert screen.message is not None
    assert (screen.busy, screen.left, screen.document) == (None, files[1:], files[0])


def let_the_disk_fail_at(room: DeskRoom, serial: str) -> None:
    with closing(connect_raw(room.database.path)) as raw:
        raw.execute(
            f"CREATE TRIGGER stops BEFORE INSERT ON vehicle WHEN NEW.serial = '{serial}'"
            " BEGIN SELECT RAISE(ABORT, 'onestop: the row is not what was written'); END"
        )


def test_a_car_that_was_stored_before_the_disk_failed_is_not_shown_as_new(
    room: DeskRoom, stage: Stage, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_many, "LOT", 1)
    let_the_disk_fail_at(room, "2")
    screen = opened(stage, *files)
    take_all(stage, screen)
    assert screen.message is not None
    assert screen.message.tone is Tone.ERROR
    assert (screen.plan, screen.left, cars(room), stage.navigator.put_in) == (None, files[1:], 1, [1])
    told = words.NEW.format(count=1) + words.REST.format(count=3)
    assert (screen.heading, screen.empty_text) == ("", told + words.GO_ON)
    assert stage.press(IMPORT_BUTTONS, "Alt+N", screen) is None
    assert (screen.document, screen.heading != "") == (files[1], True)


def test_a_disk_that_fails_is_told_with_what_was_stored_before(
    room: DeskRoom, stage: Stage, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_many, "LOT", 2)
    let_the_disk_fail_at(room, "4")
    screen = opened(stage, files[2], files[0], files[3], files[1])
    take_all(stage, screen)
    assert said(screen).startswith(words.NEW.format(count=1) + words.REST.format(count=3) + " ")
    assert (screen.document, screen.left, screen.plan is None) == (files[2], [files[3], files[1]], False)


# --- those that wait


def test_all_that_wait_may_be_left(room: DeskRoom, stage: Stage, files: list[Path], tmp_path: Path) -> None:
    screen = opened(stage, *files, tmp_path / "gone.json")
    digest = room.desk.imports.read(files[3]).source.digest
    assert stage.press(IMPORT_BUTTONS, "Alt+M", screen) is None
    assert stage.view.asked.text == words.SKIPPED.format(count=5)
    stage.view.answer("見送って閉じる")
    assert (stage.view.dismissed, cars(room)) == (True, 0)
    with room.database.read() as shelves:
        assert shelves.settled_files.among([digest]) == {digest}


def test_f12_asks_what_becomes_of_those_that_wait_and_going_back_leaves_them(stage: Stage, files: list[Path]) -> None:
    screen = opened(stage, *files)
    stage.press(IMPORT, "F12", screen)
    assert stage.view.asked.text == words.WAITING.format(count=4)
    stage.view.answer("戻る")
    assert (stage.view.dismissed, len(screen.left)) == (False, 3)


def test_what_is_put_off_is_offered_again(room: DeskRoom, stage: Stage, files: list[Path]) -> None:
    screen = opened(stage, *files)
    stage.press(IMPORT, "F12", screen)
    stage.view.answer("あとで取り込む")
    assert stage.view.dismissed
    room.desk.arrivals.look()
    assert [each.path for each in room.desk.arrivals.look().files] == files


def test_a_car_that_was_scanned_goes_back_to_where_it_was_scanned(room: DeskRoom, stage: Stage) -> None:
    screen = opened(stage, KEI, scanned(room), scanned(room))
    assert room.desk.scans.state().count == 0
    stage.press(IMPORT, "F12", screen)
    assert stage.view.asked.text == words.WAITING.format(count=3) + words.CODES
    stage.view.answer("あとで取り込む")
    assert (room.desk.scans.state().count, stage.view.dismissed) == (5, True)
