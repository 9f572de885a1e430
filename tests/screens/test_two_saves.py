"""A save on top of another's: nothing is lost of either, and the clerk says what is kept."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from onestop.model.certificate_words import ContractKind
from onestop.model.change import Author
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.desk.sharing_words import changed_meanwhile, deleted_meanwhile
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.function_keys import CONFORMITY, INSURANCE, ISSUE, VEHICLE
from onestop.screens.insurance.screen import InsuranceScreen
from onestop.screens.two_saves import MINE, THEIRS, TITLE
from onestop.store.database import Database
from onestop.store.sqlite.backing import SqliteFile
from support.screens import said
from support.vehicles import opened, stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.desks import DeskRoom
    from support.screens import Stage

SUZUKI = Author("鈴木", "端末2")


@contextmanager
def at_the_other_desk(room: DeskRoom) -> Iterator[Database]:
    """Give the other desk's way to the same file."""
    database = Database(SqliteFile(room.database.path), room.clock)
    database.author = lambda: SUZUKI
    with closing(database):
        yield database


def saved_elsewhere(room: DeskRoom, car: int, **changes: Any) -> None:  # noqa: ANN401 - any fields
    """Let the other desk save a car."""
    with at_the_other_desk(room) as database, database.write() as shelves:
        for name, value in changes.items():
            setattr(shelves.vehicles.get(car), name, value)


def test_what_only_the_other_desk_changed_is_taken_in_and_named(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car(fuel="ガソリン")
    screen = opened(stage, car)
    screen.edit("vehicle_name", "ホンダ")
    saved_elsewhere(room, car, fuel="軽油")

    stage.press(VEHICLE, "F10", screen)

    assert said(screen).startswith("端末2 の 鈴木 が先に保存した 燃料の種類 を取り込みました。")
    assert (screen.editor.form.fuel, screen.editor.form.vehicle_name) == ("軽油", "ホンダ")
    assert screen.changed
    stage.press(VEHICLE, "F10", screen)
    assert stage.view.dismissed
    assert (stored(room, car).fuel, stored(room, car).vehicle_name) == ("軽油", "ホンダ")


def test_who_changed_what_is_being_typed_about_is_named_at_once(room: DeskRoom, stage: Stage) -> None:
    car, number = room.a_car(), room.a_draft()
    screen, filing = opened(stage, car), stage.open(IssueScreen(stage.surroundings, None, number))
    screen.edit("vehicle_name", "ホンダ")
    filing.edit("user_representative", "見本")
    saved_elsewhere(room, car, fuel="軽油")
    with at_the_other_desk(room) as database, database.write() as shelves:
        shelves.filings.get(number).user_representative = "別人"

    screen.reload(vehicle_id=car)
    filing.reload(control_number=number)

    assert said(screen) == said(filing) == changed_meanwhile(SUZUKI)
    assert "端末2 の 鈴木 が" in said(screen)


def test_who_deleted_what_is_being_typed_about_is_named(room: DeskRoom, stage: Stage) -> None:
    number = room.a_draft()
    filing = stage.open(IssueScreen(stage.surroundings, None, number))
    filing.edit("user_representative", "見本")
    with at_the_other_desk(room) as database, database.write() as shelves:
        shelves.filings.delete(number)

    filing.reload(control_number=number)
    assert said(filing) == deleted_meanwhile(SUZUKI, "申請")
    filing.quiet()
    stage.press(ISSUE, "F10", filing)
    assert said(filing) == deleted_meanwhile(SUZUKI, "申請")
    assert filing.editor.form.user_representative == "見本"


def test_what_both_changed_is_asked_field_by_field(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car(fuel="ガソリン", use="乗用")
    screen = opened(stage, car)
    screen.edit("fuel", "電気")
    screen.edit("use", "貨物")
    saved_elsewhere(room, car, fuel="軽油", use="")

    stage.press(VEHICLE, "F10", screen)
    asked = stage.view.asked
    assert asked.title == TITLE
    assert "(1/2)" in asked.text
    assert "用途\n・この画面: 貨物\n・保存済み: (空欄)\n・開いたとき: 乗用" in asked.text
    stage.view.answer(MINE)
    assert "(2/2)" in stage.view.asked.text
    stage.view.answer(THEIRS)

    assert (screen.editor.form.use, screen.editor.form.fuel) == ("貨物", "軽油")
    assert "鈴木 が先に保存した 燃料の種類 を取り込みました" in said(screen)
    assert "鈴木 が先に保存した 用途 は取り込まず、この画面の値を残しました。内容を" in said(screen)
    stage.press(VEHICLE, "F10", screen)
    assert (stored(room, car).use, stored(room, car).fuel) == ("貨物", "軽油")


def test_of_an_address_the_part_is_named_that_was_changed_and_a_plate_is_one_thing(
    room: DeskRoom, stage: Stage
) -> None:
    car = room.a_car(owner_address1="水戸市", plate="水戸300さ1")
    screen = opened(stage, car)
    screen.edit("fuel", "電気")
    saved_elsewhere(room, car, owner_address2="見本ビル", serial="77", kana="す")

    stage.press(VEHICLE, "F10", screen)

    assert "登録番号・所有者の住所2 を取り込みました" in said(screen)


def test_going_back_keeps_what_is_typed_and_changes_nothing(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car(fuel="ガソリン")
    screen = opened(stage, car)
    screen.edit("fuel", "電気")
    saved_elsewhere(room, car, fuel="軽油")

    stage.press(VEHICLE, "F10", screen)
    stage.view.answer("戻る")

    assert screen.editor.form.fuel == "電気"
    assert stored(room, car).fuel == "軽油"
    stage.press(VEHICLE, "F10", screen)
    assert stage.view.asked.title == TITLE


def test_a_tick_is_shown_in_words(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car(user_is_owner=True)
    screen = opened(stage, car)
    screen.edit("user_is_owner", value=False)
    screen.edit("user_name", "別人")
    saved_elsewhere(room, car, user_is_owner=False, user_name="他人")

    stage.press(VEHICLE, "F10", screen)

    assert "この画面: いいえ 別人" in stage.view.asked.text


def test_a_car_that_was_saved_elsewhere_with_nothing_in_the_form_is_saved_at_once(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car(fuel="ガソリン")
    screen = opened(stage, car)
    screen.edit("fuel", "電気")
    saved_elsewhere(room, car, type_designation=stored(room, car).type_designation, used_at=room.clock.now())
    saved_elsewhere(room, car, fuel="電気")

    stage.press(VEHICLE, "F10", screen)

    assert stage.view.dismissed
    assert stored(room, car).fuel == "電気"


def test_a_filing_takes_in_what_the_other_desk_saved(room: DeskRoom, stage: Stage) -> None:
    number = room.a_draft()
    screen = stage.open(IssueScreen(stage.surroundings, None, number))
    screen.edit("planned_date", "R8.12.1")
    with at_the_other_desk(room) as database, database.write() as shelves:
        shelves.filings.get(number).recording_contract_number = "12345"

    stage.press(ISSUE, "F10", screen)

    assert "端末2 の 鈴木 が先に保存した 委託番号 を取り込みました。" in said(screen)
    stage.press(ISSUE, "F10", screen)
    kept = room.filing(number)
    assert (kept.recording_contract_number, str(kept.planned_date)) == ("12345", "2026-12-01")


def test_f5_sends_nothing_before_both_were_brought_together(room: DeskRoom, stage: Stage) -> None:
    number = room.a_draft()
    screen = stage.open(IssueScreen(stage.surroundings, None, number))
    screen.edit("user_representative", "見本")
    with at_the_other_desk(room) as database, database.write() as shelves:
        shelves.filings.get(number).user_representative = "別人"

    stage.press(ISSUE, "F5", screen)
    assert stage.view.asked.title == TITLE
    stage.view.answer(THEIRS)

    assert room.times_filed(number) == 0
    assert screen.editor.form.user_representative == "別人"
    assert not screen.sending


def test_the_two_certificates_are_brought_together_in_the_same_way(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    screen = stage.open(InsuranceScreen(stage.surroundings, car))
    screen.edit("insurer", "見本火災")
    stage.press(INSURANCE, "F10", screen)
    number = screen.record.control_number or 0
    screen.edit("months", "25")
    with at_the_other_desk(room) as database, database.write() as shelves:
        shelves.insurance.get(number).contract_kind = ContractKind.NEW.value

    stage.press(INSURANCE, "F10", screen)

    assert "契約区分 を取り込みました" in said(screen)
    assert screen.editor.form.contract_kind == ContractKind.NEW.value

    screen.edit("months", "24")
    with at_the_other_desk(room) as database, database.write() as shelves:
        shelves.insurance.get(number).certificate_number = "A1"
    stage.press(INSURANCE, "F10", screen)
    assert "・保険証番号・" in said(screen)

    conformity = stage.open(ConformityScreen(stage.surroundings, car))
    conformity.edit("remarks", "一")
    stage.press(CONFORMITY, "F10", conformity)
    number = conformity.record.control_number or 0
    conformity.edit("remarks", "二")
    with at_the_other_desk(room) as database, database.write() as shelves:
        shelves.conformity.get(number).remarks = "三"
    stage.press(CONFORMITY, "F10", conformity)
    stage.view.answer(MINE)
    stage.press(CONFORMITY, "F10", conformity)
    with room.database.read() as shelves:
        assert shelves.conformity.get(number).remarks == "二"
        remarks = (each for each in shelves.changes.of_vehicle(car) if each.field == "remarks")
        told = [(each.old, each.new) for each in remarks]
    assert told[:2] == [("三", "二"), ("一", "三")]
