"""What QR読取 shows of what was scanned, and where it goes on from there."""

from __future__ import annotations

import datetime as dt
from threading import Event
from typing import TYPE_CHECKING

import pytest

from onestop.errors import StoreError
from onestop.screens.function_key import SECONDS_TO_READ
from onestop.screens.function_keys import IMPORT, LOOKUP_BUTTONS, SCAN, SCAN_BUTTONS
from onestop.screens.live_task import JUST_ENDED
from onestop.screens.places import ImportPlace, ScanPlace, VehiclePlace
from onestop.screens.scanner_standing import AWAY, NO_PORT, THERE
from onestop.screens.vehicle.car_file import places_of
from onestop.screens.vehicle.import_screen import TAKEN_UP, ImportScreen
from onestop.screens.vehicle.lookup_screen import LookupScreen
from onestop.screens.vehicle.scan_screen import (
    AGAIN,
    BEGIN,
    COMPLETE,
    DARK,
    GOES_ON,
    LIT,
    MIXED,
    STILL_MIXED,
    STOPPED,
    STOPPING,
    ScanScreen,
    _read,
)
from onestop.screens.vehicle.screen import REPLACES, STILL_SCANNED, TAKEN, VehicleScreen
from onestop.screens.wording import explain
from onestop.services.vehicle.importing import ImportPlan
from onestop.services.vehicle.scanning import COMPOSED, Scan, ScanService, scanned
from support.codes import CODE_2, CODE_3, KEI_2, OTHER_2, OTHER_3, SYMBOLS, a_picture
from support.vehicles import opened, stored

if TYPE_CHECKING:
    from pathlib import Path

    from support.clock import FixedClock
    from support.desks import DeskRoom
    from support.screens import Stage


def scans(*texts: str) -> tuple[Scan, ...]:
    return tuple(scan for text in texts if (scan := scanned(text)) is not None)


def scan_screen(stage: Stage, *texts: str, files: tuple[Path, ...] = ()) -> ScanScreen:
    return stage.open(ScanScreen(stage.surroundings, scans(*texts), files))


def said(screen: ScanScreen) -> str:
    return "" if screen.message is None else screen.message.text


def test_it_says_how_to_begin(stage: Stage) -> None:
    screen = scan_screen(stage)
    assert (screen.heading, screen.count_text, said(screen)) == (BEGIN, "読み取ったシンボル 0個", "")
    assert stage.press(SCAN, "F5", screen) == "[F5 車両へ進む] は使えません: コードがまだそろっていません。"
    assert stage.press(SCAN_BUTTONS, "Alt+C", screen) == "[Alt+C クリア] は使えません: まだ何も読み取っていません。"
    assert screen.no_lamps == "まだ何も読み取っていません。"
    assert screen.no_cars == "コードがそろうと、ここに車両が出ます。"
    assert screen.notices == ""


def test_lamps_light_as_codes_come(stage: Stage) -> None:
    screen = scan_screen(stage, SYMBOLS[3])
    assert (screen.heading, said(screen)) == (GOES_ON, "1つ読み取りました。")
    assert [screen.lamps.row(place)[2] for place in range(5)] == [DARK, DARK, DARK, LIT, DARK]
    screen.take(scans(*SYMBOLS))
    assert (screen.heading, screen.cars.row(0)[:3]) == (COMPLETE, ("土浦300す12", "ABC12-0123456", "XAA-ABC12"))
    assert screen.cars.row(0)[3:] == ("令和3年12月", "1,380 kg")
    assert "満了する日がありません" in screen.notices
    screen.take(scans(SYMBOLS[0]))
    assert said(screen) == AGAIN


def test_going_on_waits_for_what_was_scanned_before(stage: Stage) -> None:
    screen = scan_screen(stage, *SYMBOLS)
    stage.background.held = True
    screen.take(scans(KEI_2))
    screen.take(scans(SYMBOLS[0]))
    stage.press(SCAN, "F5", screen)
    assert screen.busy is None
    stage.background.work_next()
    assert screen.busy is None
    stage.background.work_next()
    assert screen.busy == "車両を検索中"


def test_nobody_goes_on_with_what_is_cleared_meanwhile(stage: Stage) -> None:
    screen = scan_screen(stage, *SYMBOLS)
    stage.background.held = True
    screen.take(scans(KEI_2))
    stage.press(SCAN, "F5", screen)
    stage.press(SCAN_BUTTONS, "Alt+C", screen)
    stage.background.work_next()
    assert (screen.busy, screen.heading) == ("消去中", MIXED)
    stage.background.work_next()
    assert screen.heading == BEGIN


def test_nobody_goes_on_without_what_could_not_be_taken(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = scan_screen(stage, *SYMBOLS)
    stage.background.held = True
    screen.take(scans(KEI_2))
    stage.press(SCAN, "F5", screen)

    def fail(_service: ScanService, _pieces: object) -> None:
        raise StoreError

    monkeypatch.setattr(ScanService, "take", fail)
    stage.background.work_next()
    assert (screen.busy, said(screen)) == (None, explain(StoreError()).text)


def test_a_car_without_weights_or_month_shows_none(stage: Stage) -> None:
    bare = CODE_3.replace("2112", "9999").replace("0084", "-   ").replace("0054", "-   ")
    screen = scan_screen(stage, CODE_2.replace("土浦　　３００す　　１２", "　" * 12), bare)
    assert screen.cars.row(0) == ("", "ABC12-0123456", "XAA-ABC12", "", "")


def test_codes_of_two_cars_are_told(stage: Stage) -> None:
    screen = scan_screen(stage, CODE_2, OTHER_2)
    assert screen.heading == STILL_MIXED
    screen.take(scans(CODE_3))
    assert screen.heading == MIXED
    screen.choose(1)
    assert screen.chosen == 1
    assert stage.press(SCAN, "F5", screen) is None
    (place,) = stage.navigator.went
    assert isinstance(place, VehiclePlace)
    assert place.scanned is not None
    assert place.scanned.record_form.chassis_number == "XYZ99-7654321"


def test_what_lies_there_for_long_is_told_with_its_age(stage: Stage, clock: FixedClock) -> None:
    scan_screen(stage, SYMBOLS[0])
    clock.advance(minutes=12)
    screen = scan_screen(stage, SYMBOLS[1])
    assert said(screen).startswith("12分前までに読み取ったコードに加えました。")


def test_what_is_no_code_is_told(stage: Stage) -> None:
    assert "コード1は使いません" in said(scan_screen(stage, "1////ABC"))
    screen = stage.open(ScanScreen(stage.surroundings, (COMPOSED,)))
    assert "もう一度読み取ってください" in said(screen)


def test_an_answer_that_comes_late_takes_nothing_away(stage: Stage) -> None:
    screen = scan_screen(stage)
    stage.background.held = True
    screen.take(scans(SYMBOLS[0]))
    screen.take(scans(SYMBOLS[1]))
    first, second = stage.background.waiting
    stage.background.waiting.clear()
    second()
    first()
    assert screen.count_text == "読み取ったシンボル 2個"


def test_clearing_begins_with_another_car(stage: Stage) -> None:
    screen = scan_screen(stage, SYMBOLS[0])
    assert stage.press(SCAN_BUTTONS, "Alt+C", screen) is None
    assert (screen.heading, screen.lamps.count) == (BEGIN, 0)


def test_an_answer_with_less_than_is_shown_already_is_not_shown(stage: Stage) -> None:
    screen = scan_screen(stage)
    stage.background.held = True
    screen.take(())
    screen.take(scans(SYMBOLS[0]))
    first, second = stage.background.waiting
    stage.background.waiting.clear()
    old = screen.state
    second()
    screen._taken(old, 0, "")  # type: ignore[arg-type] # it was read
    assert screen.count_text == "読み取ったシンボル 1個"
    first()


# --- going on


def test_without_a_car_there_is_nowhere_to_go(stage: Stage) -> None:
    scan_screen(stage).go_on()
    assert stage.navigator.went == []


def test_a_second_stored_car_waits_behind_the_first_and_takes_nothing_from_it(room: DeskRoom, stage: Stage) -> None:
    for serial, chassis in (("12", "ABC12-0123456"), ("3456", "XYZ99-7654321")):
        room.a_car(plate=f"土浦300す{serial}", chassis_number=chassis)
    (record,) = room.desk.scans.take((CODE_2, CODE_3)).records
    plan = room.desk.scans.hand_over(record)
    screen = stage.open(ImportScreen(stage.surroundings, (plan,)))
    assert "ABC12-0123456  QR読取" in screen.heading
    (other,) = room.desk.scans.take((OTHER_2, OTHER_3)).records
    screen.take_files((room.desk.scans.hand_over(other),))
    assert screen.message is not None
    assert ("ABC12-0123456" in screen.heading, screen.message.text) == (True, TAKEN_UP.format(count=1))
    stage.press(IMPORT, "F10", screen)
    assert "XYZ99-7654321  QR読取" in screen.heading
    assert "更新して、前の画面に戻ります。" in screen.heading


def test_lookup_opens_it_by_its_key(stage: Stage) -> None:
    screen = stage.open(LookupScreen(stage.surroundings))
    assert stage.press(LOOKUP_BUTTONS, "Alt+X", screen) is None
    assert stage.navigator.went == [ScanPlace()]


def test_a_stored_car_goes_to_its_differences(room: DeskRoom, stage: Stage) -> None:
    room.a_car(plate="土浦300す12", chassis_number="ABC12-0123456")
    screen = scan_screen(stage, CODE_2, CODE_3)
    assert stage.press(SCAN, "F5", screen) is None
    (place,) = stage.navigator.went
    assert isinstance(place, ImportPlace)
    assert [type(each) for each in place.documents] == [ImportPlan]
    assert stage.view.dismissed


@pytest.mark.parametrize(("answer", "goes_on"), [("入力の訂正", True), ("新しい車検証", False)])
def test_a_later_day_in_the_codes_ends_no_inspection_unasked(
    room: DeskRoom, stage: Stage, answer: str, *, goes_on: bool
) -> None:
    car = room.a_car(plate="土浦300す12", chassis_number="ABC12-0123456", expiry_date=dt.date(2026, 12, 2))
    room.a_draft(car)
    (record,) = room.desk.scans.take((CODE_2, CODE_3.replace("999999/2112", "261220/2112"))).records
    screen = stage.open(ImportScreen(stage.surroundings, (room.desk.scans.hand_over(record),)))
    stage.press(IMPORT, "F10", screen)
    stage.view.answer("戻る")
    assert (stored(room, car).expiry_date, screen.busy) == ("R8.12.2", None)
    stage.press(IMPORT, "F10", screen)
    stage.view.answer(answer)
    with room.database.read() as shelves:
        mine = shelves.inspections.newest_for_vehicle(car)
    assert (stored(room, car).expiry_date, mine is not None and mine.is_open) == ("R8.12.20", goes_on)


def test_a_new_car_goes_to_its_form_filled(room: DeskRoom, stage: Stage) -> None:
    stage.press(SCAN, "F5", scan_screen(stage, CODE_2, CODE_3))
    (place,) = stage.navigator.went
    assert isinstance(place, VehiclePlace)
    screen = stage.open(VehicleScreen(stage.surroundings, None, place.scanned))
    assert said_by(screen).startswith(TAKEN)
    assert stage.view.focused[-1] == "expiry_date"
    assert [screen.value(name) for name in ("registration_number", "model_code", "use")] == [
        ("土浦", "300", "す", "12"),
        "XAA-ABC12",
        "乗用",
    ]
    assert [screen.proposals.origin(name) for name in ("registration_number", "model_code", "use")] == [
        "QRから",
        "QRから",
        "番号から",
    ]
    assert screen.is_passed_over("model_code")
    screen.edit("owner_name", "見本太郎")
    screen.edit("fuel", "軽油")
    screen.save()
    (row,) = room.desk.vehicles.search("")
    told = {each.field: each.kind.value for each in room.desk.sources.of_car(row.vehicle_id).fields}
    assert (told["serial"], told["model_code"], told["fuel"], told["use"]) == ("QRコード", "QRコード", "手入力", "計算")
    assert stored(room, row.vehicle_id).user_is_owner


def said_by(screen: VehicleScreen) -> str:
    return "" if screen.message is None else screen.message.text


def test_a_form_that_is_being_typed_is_not_written_over(room: DeskRoom, stage: Stage) -> None:
    (record,) = room.desk.scans.take((CODE_2, CODE_3)).records
    plan = room.desk.scans.hand_over(record)
    screen = opened(stage)
    screen.edit("owner_name", "見本花子")
    screen.take_codes(plan)
    assert stage.view.questions[-1].text == REPLACES
    stage.view.answer("入力を続ける")
    assert (screen.value("owner_name"), said_by(screen)) == ("見本花子", STILL_SCANNED)
    assert scan_screen(stage).heading == COMPLETE
    screen.take_codes(plan)
    stage.view.answer("QRの内容に替える")
    assert (screen.value("owner_name"), screen.value("chassis_number")) == ("", "ABC12-0123456")


def test_a_car_that_is_scanned_while_another_is_asked_about_is_asked_about_itself(room: DeskRoom, stage: Stage) -> None:
    room.a_car(chassis_number="ZN6-012345")
    screen = opened(stage)
    for name, value in (("chassis_number", "ZN6-012345"), ("registration_number", ("土浦", "300", "さ", "77"))):
        screen.edit(name, value)
    screen.save()
    (record,) = room.desk.scans.take((CODE_2, CODE_3)).records
    screen.take_codes(room.desk.scans.hand_over(record))
    room.a_car(plate="水戸500さ1", chassis_number="ABC12-0123456")
    stage.view.answer("QRの内容に替える")
    stage.view.answer("別の車両として保存")
    assert "ABC12-0123456" in stage.view.questions[-1].text


def test_an_unsaved_form_of_before_is_asked_about(room: DeskRoom, stage: Stage) -> None:
    first = opened(stage)
    first.edit("owner_name", "見本花子")
    first.keep_typing()
    (record,) = room.desk.scans.take((CODE_2, CODE_3.replace("999999/2112", "280331/2112"))).records
    plan = room.desk.scans.hand_over(record)
    screen = stage.open(VehicleScreen(stage.surroundings, None, plan))
    assert [question.text for question in stage.view.questions] == [REPLACES]
    stage.view.answer("入力を続ける")
    assert (screen.value("owner_name"), screen.changed) == ("見本花子", True)
    screen = stage.open(VehicleScreen(stage.surroundings, None, plan))
    stage.view.answer("QRの内容に替える")
    assert stage.view.focused[-1] == "owner_name"
    assert screen.value("chassis_number") == "ABC12-0123456"


# --- pictures


def test_pictures_are_read_one_after_the_other(stage: Stage, tmp_path: Path) -> None:
    for place, text in enumerate(SYMBOLS):
        a_picture((text,)).save(tmp_path / f"{place}.png")
    (tmp_path / "5.png").write_bytes(b"no picture")
    screen = scan_screen(stage, files=tuple(tmp_path / f"{place}.png" for place in range(6)))
    assert screen.heading == COMPLETE
    assert said(screen) == "「5.png」: 画像として読めません。JPEG・PNG・PDFなどの画像を選んでください。"


def test_pictures_that_come_while_others_are_read_are_read_behind_them(stage: Stage, tmp_path: Path) -> None:
    for place, text in enumerate(SYMBOLS[:2]):
        a_picture((text,)).save(tmp_path / f"{place}.png")
    screen = scan_screen(stage)
    stage.background.held = True
    screen.read_files((tmp_path / "0.png",))
    assert screen.live.progress is not None
    screen.read_files((tmp_path / "1.png",))
    stage.background.held = False
    stage.background.work_all()
    assert (screen.busy, screen.count_text) == (None, "読み取ったシンボル 2個")


def test_reading_pictures_is_stopped_by_f12_and_what_was_read_stays(stage: Stage, tmp_path: Path) -> None:
    a_picture((SYMBOLS[0],)).save(tmp_path / "0.png")
    screen = scan_screen(stage, SYMBOLS[1])
    stage.background.held = True
    screen.read_files((tmp_path / "0.png",))
    stage.press(SCAN, "F12", screen)
    assert (said(screen), stage.view.dismissed) == (STOPPING, False)
    stage.background.held = False
    stage.background.work_all()
    assert (said(screen), screen.busy, screen.count_text) == (STOPPED, None, "読み取ったシンボル 1個")
    stage.press(SCAN, "F12", screen)  # meant for 中止, perhaps
    assert (said(screen), stage.view.dismissed) == (f"{JUST_ENDED} {STOPPED}", False)
    stage.clock.wait(SECONDS_TO_READ)
    stage.press(SCAN, "F12", screen)
    assert stage.view.dismissed


def test_a_picture_that_is_stopped_half_way_is_no_trouble(room: DeskRoom, tmp_path: Path) -> None:
    a_picture((SYMBOLS[0],)).save(tmp_path / "0.png")
    stop = Event()
    stop.set()
    assert _read(room.desk, tmp_path / "0.png", stop) == ""


def test_it_says_where_the_scanner_at_a_port_stands(stage: Stage) -> None:
    screen = scan_screen(stage)
    scanner = screen.surroundings.scanner
    assert screen.port_text == NO_PORT
    scanner.port = "COM3"
    assert screen.port_text == AWAY.format(port="COM3")
    scanner.is_there = True
    assert screen.port_text == THERE.format(port="COM3")


def test_a_picture_is_chosen_by_key(stage: Stage, tmp_path: Path) -> None:
    a_picture((KEI_2,)).save(tmp_path / "kei.png")
    screen = scan_screen(stage)
    assert stage.press(SCAN, "F11", screen) is None
    _title, patterns, chosen = stage.view.file_requests[-1]
    assert "*.pdf" in patterns
    chosen(tmp_path / "kei.png")
    assert said(screen) == "1つ読み取りました。"
    stage.press(SCAN, "F11", screen)
    assert stage.view.folder == str(tmp_path)


@pytest.mark.parametrize(
    ("names", "kinds"),
    [(("a.json",), [ImportPlace]), (("a.JPG", "b.pdf"), [ScanPlace]), (("a.csv", "b.png"), [ImportPlace, ScanPlace])],
)
def test_files_go_where_they_are_read(tmp_path: Path, names: tuple[str, ...], kinds: list[type]) -> None:
    assert [type(place) for place in places_of(tuple(tmp_path / name for name in names))] == kinds
