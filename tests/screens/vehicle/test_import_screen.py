"""Tests of what 取込 knows, on the two invented sample files."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.screens.function_keys import IMPORT, IMPORT_BUTTONS
from onestop.screens.places import HelpPlace, MainPlace, VehiclePlace
from onestop.screens.ports import Tone
from onestop.screens.vehicle.import_screen import ImportScreen
from onestop.screens.vehicle.screen import NEW_PLACE
from onestop.services.vehicle.form import VehicleForm
from support.screens import Change, InlineBackground, Stage
from support.shaken import KEI, REGISTERED, a_file

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom


def opened(stage: Stage, path: Path = REGISTERED) -> ImportScreen:
    return stage.open(ImportScreen(stage.surroundings, (path,)))


def imported(room: DeskRoom, path: Path = REGISTERED, **changes: object) -> int:
    """Store the car of a file, then change it by hand."""
    plan = room.desk.imports.read(path)
    car = room.desk.imports.accept(plan, frozenset(plan.differences))
    if changes:
        before = room.desk.vehicles.open(car)
        room.desk.vehicles.save(before, dataclasses.replace(before.form, **changes))  # type: ignore[arg-type] # named by the test
    return car


def table(screen: ImportScreen) -> dict[str, tuple[str, str]]:
    return {row.label: (row.now, row.new) for row in screen.fields.records}


# --- a new car


@pytest.mark.parametrize(
    ("path", "plate", "chassis"),
    [(REGISTERED, "土浦300す12", "ABC12-0123456"), (KEI, None, None)],
)
def test_a_new_car_is_shown_and_saved(
    room: DeskRoom, stage: Stage, path: Path, plate: str | None, chassis: str | None
) -> None:
    screen = opened(stage, path)
    shown = table(screen)
    if plate is not None:
        assert shown["登録番号"] == ("–", plate)
        assert shown["車台番号"] == ("–", chassis)
    assert "新しい車両" in screen.heading
    assert path.name in screen.heading
    assert screen.count_text == f"{len(shown)}項目"
    assert screen.fields.checked(0) is None
    assert screen.fields.row(0)[0] == "新規"
    assert stage.press(IMPORT, "F10", screen) is None
    assert stage.navigator.changes == [Change(vehicle_id=1)]
    assert stage.navigator.put_in == [1]
    assert stage.navigator.went == [MainPlace(1)]
    assert stage.view.dismissed
    assert screen.plan is not None
    assert room.desk.vehicles.open(1).form == screen.plan.record_form


def test_a_sign_that_nobody_sees_is_shown_told_and_stored_as_it_came(
    room: DeskRoom, stage: Stage, tmp_path: Path
) -> None:
    screen = opened(stage, a_file(tmp_path, CarName="トヨタ\u200b"))
    assert table(screen)["車名"] == ("–", "トヨタ⟨U+200B⟩")
    assert "車名: 見えない文字「⟨U+200B⟩」が入っています。" in screen.notices
    stage.press(IMPORT, "F10", screen)
    assert room.desk.vehicles.open(1).form.vehicle_name == "トヨタ\u200b"


def test_a_car_whose_plate_another_has_is_a_question(room: DeskRoom, stage: Stage) -> None:
    other = room.a_car(plate="土浦300す12", chassis_number="OTHER-1")
    screen = opened(stage)
    assert "登録番号 土浦300す12 の車両は、すでに登録されています(車台番号 OTHER-1)。" in screen.notices
    stage.press(IMPORT, "F10", screen)
    assert stage.view.asked.title == "同じ登録番号"
    stage.view.answer("戻る")
    assert stage.navigator.changes == []
    stage.press(IMPORT, "F10", screen)
    stage.view.answer("既存の車両を開く")
    assert stage.navigator.went == [VehiclePlace(other)]
    stage.press(IMPORT, "F10", screen)
    stage.view.answer("このまま保存する")
    assert stage.navigator.changes == [Change(vehicle_id=other + 1)]


def test_a_known_car_that_takes_another_ones_plate_asks_only_when_it_is_taken(room: DeskRoom, stage: Stage) -> None:
    imported(room, serial="99", fuel="電気")
    room.a_car(plate="土浦300す12", chassis_number="OTHER-1")
    screen = opened(stage)
    rows = [row.label for row in screen.fields.records]
    screen.fields.toggle(rows.index("登録番号"))
    stage.press(IMPORT, "F10", screen)
    assert stage.view.questions == []
    assert stage.view.dismissed


def test_empty_fields_of_a_new_car_are_left_out(stage: Stage) -> None:
    assert "最大積載量(kg)" not in table(opened(stage))


# --- a known car


def test_a_known_car_shows_its_differences_all_ticked(room: DeskRoom, stage: Stage) -> None:
    imported(room, expiry_date="R6.12.5", serial="13", note_info="")
    screen = opened(stage)
    assert "登録済みの車両" in screen.heading
    assert "Space" in screen.heading
    shown = table(screen)
    assert shown["登録番号"] == ("土浦300す13", "土浦300す12")
    assert shown["有効期間の満了する日"] == ("2024/12/05", "2026/12/05")
    assert set(shown) == {"登録番号", "有効期間の満了する日", "備考"}
    assert screen.count_text == "違い 3項目 / 採用 3項目"
    assert screen.fields.row(0)[0] == "採用"


def test_only_what_is_ticked_is_taken_over(room: DeskRoom, stage: Stage) -> None:
    car = imported(room, expiry_date="R6.12.5", serial="13")
    screen = opened(stage)
    place = next(row.place for row in screen.fields.records if row.label == "登録番号")
    screen.fields.toggle(place)
    assert screen.fields.row(place)[0] == "そのまま"
    assert stage.press(IMPORT, "F10", screen) is None
    form = room.desk.vehicles.open(car).form
    assert (form.expiry_date, form.serial) == ("R8.12.5", "13")
    assert stage.navigator.changes == [Change(vehicle_id=car)]
    assert stage.navigator.went == [MainPlace(car)]
    assert stage.view.dismissed


def test_a_whole_plate_is_one_row(room: DeskRoom, stage: Stage) -> None:
    car = imported(room, area="水戸", class_number="500", kana="さ", serial="1")
    screen = opened(stage)
    assert table(screen) == {"登録番号": ("水戸500さ1", "土浦300す12")}
    screen.save()
    assert room.desk.vehicles.open(car).form.area == "土浦"


def test_what_the_file_does_not_say_is_not_ticked(room: DeskRoom, stage: Stage) -> None:
    imported(room, max_load_kg="100")
    screen = opened(stage)
    assert table(screen) == {"最大積載量(kg)": ("100", "–")}
    assert screen.fields.checked(0) is False
    why_not = stage.press(IMPORT, "F10", screen)
    assert why_not is not None
    assert "採用する項目がありません" in why_not


def test_the_users_name_goes_with_the_stars(room: DeskRoom, stage: Stage, tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        UsernameLowLevelChar="＊＊＊",
        UsernameHighLevelChar="＊＊＊",
        UserAddressChar="＊＊＊",
        UserAddressNumValue="",
    )
    car = imported(room)
    screen = opened(stage, path)
    shown = table(screen)
    assert shown["使用者は所有者に同じ"] == ("いいえ", "はい")
    assert "使用者の氏名・名称" not in shown
    screen.save()
    form = room.desk.vehicles.open(car).form
    assert (form.user_is_owner, form.user_name, form.user_address1) == (True, "", "")


def test_stars_that_went_show_as_stars(room: DeskRoom, stage: Stage) -> None:
    imported(room, user_is_owner=True, user_name="", user_address1="", user_address2="")
    shown = table(opened(stage))
    assert shown["使用者は所有者に同じ"] == ("はい", "いいえ")
    assert shown["使用者の氏名・名称"] == ("***", "髙橋花子")


def test_without_a_difference_there_is_nothing_to_save(room: DeskRoom, stage: Stage) -> None:
    imported(room)
    screen = opened(stage)
    assert "違いはありません" in screen.heading
    assert "Alt+W" in screen.empty_text
    assert screen.full_text == ""
    why_not = stage.press(IMPORT, "F10", screen)
    assert why_not is not None
    assert "違いがありません" in why_not
    assert stage.press(IMPORT_BUTTONS, "Alt+W", screen) is None
    assert stage.navigator.went == [MainPlace(1)]
    assert stage.view.dismissed


def test_f8_says_why_there_is_no_car_to_open(stage: Stage, tmp_path: Path) -> None:
    unread = opened(stage, tmp_path / "missing.json")
    assert "F11 別のファイル" in (stage.press(IMPORT_BUTTONS, "Alt+W", unread) or "")
    unread.open_car()
    new = opened(stage)
    assert "未登録の車両です" in (stage.press(IMPORT_BUTTONS, "Alt+W", new) or "")
    assert stage.navigator.went == []


# --- what stands on the glass


def test_the_chosen_row_is_shown_in_full(room: DeskRoom, stage: Stage) -> None:
    imported(room, note_info="", fuel="電気")
    screen = opened(stage)
    place = next(row.place for row in screen.fields.records if row.label == "備考")
    screen.choose(place)
    assert screen.full_text.startswith("備考\n今の値: –\n車検証の値: ")
    assert "\n自動車重量税額" in screen.full_text
    assert "\n" not in "".join(screen.fields.row(place))
    screen.choose(-1)
    assert screen.full_text == ""


def test_notices_of_the_file_are_shown(stage: Stage, tmp_path: Path) -> None:
    screen = opened(stage, a_file(tmp_path, CarWgt="重い"))
    assert screen.notices.startswith("▲ ")


def test_reading_is_said_while_it_lasts(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = opened(stage)
    assert screen.heading == REGISTERED.name
    assert screen.empty_text == "読み込んでいます。"
    assert (screen.count_text, screen.notices) == ("", "")
    stage.background.work_all()
    assert screen.fields.count > 20


# --- when it goes wrong


@pytest.mark.parametrize("name", ["missing.json", "folder", "text.json", "empty.json"])
def test_a_path_that_cannot_be_read_is_told_with_its_name(stage: Stage, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.json").write_text("これは違います", encoding="utf-8")
    (tmp_path / "empty.json").write_bytes(b"")
    screen = opened(stage, tmp_path / name)
    assert screen.message is not None
    assert screen.message.tone is Tone.ERROR
    assert screen.message.text.startswith(f"「{name}」を取り込めません: ")
    assert "F11 別のファイル" in screen.empty_text
    why_not = stage.press(IMPORT, "F10", screen)
    assert why_not is not None
    assert "F11 別のファイル" in why_not
    screen.save()
    assert stage.navigator.changes == []


def test_another_file_can_be_chosen(stage: Stage, tmp_path: Path) -> None:
    screen = opened(stage, tmp_path / "missing.json")
    stage.press(IMPORT, "F11", screen)
    assert stage.view.folder == ""
    stage.view.choose_file(REGISTERED)
    stage.press(IMPORT, "F11", screen)
    assert stage.view.folder == str(REGISTERED.parent)
    assert screen.document == REGISTERED
    assert screen.message is None
    assert screen.fields.count > 20


def test_a_car_changed_meanwhile_is_not_overwritten(room: DeskRoom, stage: Stage) -> None:
    car = imported(room, fuel="電気")
    screen = opened(stage)
    before = room.desk.vehicles.open(car)
    room.desk.vehicles.save(before, dataclasses.replace(before.form, fuel="軽油"))
    screen.save()
    assert room.desk.vehicles.open(car).form.fuel == "軽油"
    assert screen.message is not None
    assert not stage.view.dismissed


def incomplete(tmp_path: Path) -> Path:
    """Write a file without any owner."""
    nothing = dict.fromkeys(
        ("OwnernameLowLevelChar", "OwnernameHighLevelChar", "UsernameLowLevelChar", "UsernameHighLevelChar"), ""
    )
    return a_file(tmp_path, **nothing)


def test_a_new_car_that_lacks_something_can_be_completed_by_hand(room: DeskRoom, stage: Stage, tmp_path: Path) -> None:
    screen = opened(stage, incomplete(tmp_path))
    screen.save()
    assert "所有者の氏名" in stage.view.asked.text
    stage.view.answer("画面で補う")
    assert screen.plan is not None
    assert room.desk.typing.found(NEW_PLACE, VehicleForm()) == screen.plan.record_form
    assert stage.navigator.went == [VehiclePlace(None)]
    assert stage.view.dismissed


def test_going_back_from_an_incomplete_car_changes_nothing(room: DeskRoom, stage: Stage, tmp_path: Path) -> None:
    screen = opened(stage, incomplete(tmp_path))
    screen.save()
    stage.view.answer("戻る")
    assert not stage.view.dismissed
    assert room.desk.typing.found(NEW_PLACE, VehicleForm()) is None


def test_what_is_being_typed_for_another_new_car_is_not_overwritten(
    room: DeskRoom, stage: Stage, tmp_path: Path
) -> None:
    kept = VehicleForm(owner_name="別人")
    room.desk.typing.keep(NEW_PLACE, kept)
    screen = opened(stage, incomplete(tmp_path))
    screen.save()
    stage.view.answer("画面で補う")
    assert room.desk.typing.found(NEW_PLACE, VehicleForm()) == kept
    assert screen.message is not None
    assert screen.message.tone is Tone.WARNING
    assert not stage.view.dismissed


def test_what_a_known_car_would_lack_is_told(room: DeskRoom, stage: Stage) -> None:
    imported(room, user_is_owner=True, user_name="", user_address1="", user_address2="")
    screen = opened(stage)
    for row in screen.fields.records:
        if row.label == "使用者の氏名・名称":
            screen.fields.toggle(row.place)
    screen.save()
    assert screen.message is not None
    assert "使用者の氏名・名称" in screen.message.text
    assert stage.view.questions == []


def test_help_and_leaving(stage: Stage) -> None:
    screen = opened(stage)
    stage.press(IMPORT, "F1", screen)
    stage.press(IMPORT, "F12", screen)
    assert stage.navigator.went == [HelpPlace("import")]
    assert stage.view.dismissed


def test_the_rest_of_an_old_address_goes_with_its_beginning(room: DeskRoom, stage: Stage) -> None:
    car = imported(room, KEI, owner_address1="茨城県水戸市見本通", owner_address2="３－４")
    screen = opened(stage, KEI)
    assert table(screen)["所有者の住所2"] == ("３－４", "–")
    stage.press(IMPORT, "F10", screen)
    form = room.desk.vehicles.open(car).form
    assert (form.owner_address1, form.owner_address2) == ("茨城県水戸市試験町１－２", "")


def test_an_address_that_only_loses_its_rest_is_asked_about(room: DeskRoom, stage: Stage) -> None:
    imported(room, KEI, owner_address2="３－４")
    screen = opened(stage, KEI)
    assert screen.fields.ticked == set()
