"""取込 of several files, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.function_key import SECONDS_TO_READ
from onestop.screens.function_keys import IMPORT, IMPORT_BUTTONS
from onestop.screens.places import VehiclePlace
from onestop.screens.vehicle.import_screen import JUST_CAME, NEXT_INSTEAD, TAKEN_UP, ImportScreen
from support.screens import InlineBackground, Stage
from support.shaken import KEI, REGISTERED, a_file

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


def queued(stage: Stage, *paths: Path) -> ImportScreen:
    return stage.open(ImportScreen(stage.surroundings, paths))


def test_several_files_are_taken_one_after_the_other_and_the_clerk_is_back_at_the_list(
    room: DeskRoom, stage: Stage
) -> None:
    screen = queued(stage, REGISTERED, KEI)
    assert "F10 保存 で登録し、次のファイルへ進みます(残り1件)。" in screen.heading
    stage.press(IMPORT, "F10", screen)
    assert (screen.document, screen.left, stage.view.dismissed) == (KEI, [], False)
    assert screen.heading.endswith("、前の画面に戻ります。")
    for keys, key in ((IMPORT, "F10"), (IMPORT_BUTTONS, "Alt+N")):  # pressed twice
        stage.press(keys, key, screen)
        assert screen.message is not None
        assert (screen.message.text, stage.navigator.put_in) == (JUST_CAME, [1])
    stage.clock.wait(SECONDS_TO_READ)
    stage.press(IMPORT, "F10", screen)
    assert (stage.navigator.put_in, stage.navigator.went, stage.view.dismissed) == ([1, 2], [], True)
    assert len(room.desk.vehicles.search("")) == 2


def test_a_file_may_be_left_and_is_not_offered_again(room: DeskRoom, stage: Stage) -> None:
    screen = queued(stage, REGISTERED, KEI)
    assert screen.plan is not None
    digest = screen.plan.source.digest
    assert stage.press(IMPORT_BUTTONS, "Alt+N", screen) is None
    with room.database.read() as shelves:
        assert shelves.settled_files.among([digest]) == {digest}
    assert screen.document == KEI
    stage.clock.wait(SECONDS_TO_READ)
    stage.press(IMPORT_BUTTONS, "Alt+N", screen)
    assert stage.view.dismissed
    assert room.desk.vehicles.search("") == ()


def test_a_file_that_differs_in_nothing_leads_to_the_next(room: DeskRoom, stage: Stage) -> None:
    plan = room.desk.imports.read(REGISTERED)
    room.desk.imports.accept(plan, frozenset(plan.differences))
    screen = queued(stage, REGISTERED, KEI)
    assert screen.empty_text == "違いはありません。Alt+N 見送る で次のファイルへ進みます(残り1件)。"
    assert "Alt+N 見送る で次のファイルへ進みます" in screen.heading
    assert "Alt+N" in str(stage.press(IMPORT, "F10", screen))


def test_a_file_that_cannot_be_read_leads_to_the_next(stage: Stage, tmp_path: Path) -> None:
    screen = queued(stage, tmp_path / "none.json", KEI)
    assert screen.empty_text == NEXT_INSTEAD
    stage.press(IMPORT_BUTTONS, "Alt+N", screen)
    assert screen.plan is not None


def test_files_that_come_while_one_is_open_stand_behind_it_once(stage: Stage) -> None:
    screen = queued(stage, REGISTERED)
    screen.take_files((REGISTERED,))
    assert screen.left == []
    screen.take_files((KEI, REGISTERED, KEI))
    assert screen.left == [KEI]
    assert screen.message is not None
    assert screen.message.text == TAKEN_UP.format(count=1)


def test_files_that_come_where_none_could_be_read_are_opened_at_once(stage: Stage, tmp_path: Path) -> None:
    screen = queued(stage, tmp_path / "none.json")
    screen.take_files((KEI,))
    assert (screen.document, screen.left) == (KEI, [])
    assert screen.plan is not None


def test_a_file_that_could_not_be_read_is_read_anew_when_it_comes_again(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "half.json"
    screen = queued(stage, path)
    path.write_bytes(REGISTERED.read_bytes())
    screen.take_files((path,))
    assert (screen.plan is None, screen.left) == (False, [])


def test_files_that_come_while_one_is_read_wait_for_it(room: DeskRoom) -> None:
    held = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = queued(held, REGISTERED)
    screen.take_files((KEI,))
    assert (screen.document, screen.left) == (REGISTERED, [KEI])


def test_what_is_completed_by_hand_leaves_the_other_files_open(stage: Stage, tmp_path: Path) -> None:
    path = a_file(tmp_path, EntryNoCarNo="", TwodimensionCodeInfoEntryNoCarNo="")
    screen = queued(stage, path, KEI)
    stage.press(IMPORT, "F10", screen)
    stage.view.answer("画面で補う")
    assert stage.navigator.went == [VehiclePlace(None)]
    assert (screen.document, stage.view.dismissed) == (KEI, False)
