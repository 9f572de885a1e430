"""適合証・証明証発行 without Qt: what is proposed, typed and looked at, and the wait for the registry."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.certificate_words import Origin
from onestop.model.sending_state import Sending
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.conformity.words import FILLED
from onestop.screens.minutes import MINUTE
from onestop.screens.ports import Tone
from support.conformity import CHASSIS, certificate, insure, prepare_shop
from support.conformity_screen import issued, press
from support.screens import InlineBackground, Stage, said

if TYPE_CHECKING:
    from support.clock import FixedClock
    from support.desks import DeskRoom

pytestmark = pytest.mark.usefixtures("shop")


# --- 新規


def test_it_is_prefilled_from_car_insurance_and_settings(conformity: ConformityScreen, stage: Stage) -> None:
    form = conformity.editor.form
    assert (form.application_kind, form.workshop_code, form.inspector_code) == ("OSS申請", "08-0123", "00112345")
    assert (form.vehicle_category, form.chassis_number, form.user_name) == ("小型自動車", CHASSIS, "見本太郎")
    assert (form.new_insurance_number, form.inspection_date) == ("A900000001", "R8.11.24")
    assert conformity.kind_reason == "自賠責が電子のため、OSS申請にできます。"
    assert conformity.inspectors == (("", "(選んでください)"), ("00112345", "00112345 検査一郎"))
    assert (conformity.shown.mode, conformity.shown.control_number, conformity.shown.status) == ("新規", 0, "未発行")
    assert stage.view.focused[-1] == "inspector_code"


def test_the_last_day_for_an_application_follows_what_is_typed(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    insure(room, car, start_date=dt.date(2026, 12, 20), end_date=dt.date(2028, 12, 21))
    screen = stage.open(ConformityScreen(stage.surroundings, car))
    assert screen.told("last_application_date") == "2026/12/08"
    screen.edit("inspection_date", "R8.11.20")
    assert screen.told("last_application_date") == "2026/12/04"
    screen.edit("inspection_date", "")
    assert screen.told("last_application_date") == "2026/12/21(検査日が未定)"
    assert "旧自賠責も要ります" in screen.old_insurance_words


def test_an_old_insurance_that_is_not_needed_is_empty_with_the_reason(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    insure(room, car, start_date=room.clock.today(), end_date=dt.date(2028, 12, 24))
    screen = stage.open(ConformityScreen(stage.surroundings, car))
    assert screen.editor.form.old_insurance_number == ""
    assert screen.kind_reason == "自賠責が電子のため、OSS申請にできます。"
    assert "旧自賠責は要らないので、空欄のままにします" in screen.old_insurance_words


def test_before_it_is_open_no_days_are_shown(stage: Stage) -> None:
    screen = ConformityScreen(stage.surroundings)
    assert screen.told("last_application_date") == screen.old_insurance_words == ""


@pytest.mark.parametrize(
    ("field", "year"), [("inspection_date", "令和8年"), ("issue_date", "令和8年"), ("expiry_date", "令和9年")]
)
def test_days_without_a_year_have_been_but_the_last_one(stage: Stage, field: str, year: str) -> None:
    screen = stage.open(ConformityScreen(stage.surroundings))
    assert screen.read_date(field, "5/1")[0].startswith(f"{year}5月1日")


@pytest.mark.parametrize(
    ("changes", "kind", "reason"),
    [
        ({"origin": Origin.PAPER}, "窓口申請", "「紙」"),
        ({"reported": False}, "窓口申請", "登録機関"),
        ({"status": "取消"}, "窓口申請", "まだありません"),
    ],
)
def test_the_kind_is_proposed_from_the_insurance_with_its_reason(
    room: DeskRoom, stage: Stage, changes: dict[str, object], kind: str, reason: str
) -> None:
    car = room.a_car()
    insure(room, car, **changes)  # type: ignore[arg-type]  # each row's own
    screen = stage.open(ConformityScreen(stage.surroundings, car))
    assert screen.editor.form.application_kind == kind
    assert reason in screen.kind_reason


def test_with_two_inspectors_the_clerk_says_which(room: DeskRoom, stage: Stage, insured_car: int) -> None:
    prepare_shop(room, "112345 検査一郎\n223344 検査二郎")
    screen = stage.open(ConformityScreen(stage.surroundings, insured_car))
    assert screen.editor.form.inspector_code == ""
    assert press("F5", screen) is None
    assert screen.problem("inspector_code") == "検査員を選んでください(F3 設定 で登録できます)。"
    screen.edit("inspector_code", "00223344")
    assert (screen.editor.form.inspector_name, screen.problem("inspector_code")) == ("検査二郎", None)


def test_f10_saves_and_sends_nothing(conformity: ConformityScreen, room: DeskRoom, stage: Stage) -> None:
    conformity.edit("odometer_km", "45,200")
    assert conformity.changed
    press("F10", conformity)
    assert said(conformity) == "保存しました。管理番号 1"
    assert (certificate(room, 1).odometer_km, certificate(room, 1).sending) == (45200, Sending.DRAFT)
    assert stage.navigator.changes[-1].vehicle_id == 1
    assert not conformity.changed


def test_errors_stand_at_their_fields_until_they_are_changed(conformity: ConformityScreen, stage: Stage) -> None:
    conformity.edit("user_name", "")
    conformity.edit("new_insurer", "")
    press("F5", conformity)
    assert said(conformity) == "使用者の氏名・名称を入力してください。(ほかに1件)"
    assert stage.view.focused[-1] == "user_name"
    assert conformity.problem("new_insurer")
    conformity.edit("user_name", "見本太郎")
    assert conformity.problem("user_name") is None


def test_what_cannot_be_read_is_named_at_its_field(conformity: ConformityScreen, stage: Stage) -> None:
    conformity.edit("inspection_date", "きのう")
    press("F5", conformity)
    assert conformity.problem("inspection_date")
    assert stage.view.focused[-1] == "inspection_date"
    assert press("F10", conformity) is None


def test_warnings_are_asked_about_first(conformity: ConformityScreen, stage: Stage, clock: FixedClock) -> None:
    clock.advance(hours=1)
    conformity.edit("user_name", "髙橋一郎")
    press("F5", conformity)
    assert "「髙」" in stage.view.asked.text
    assert press("F12", conformity) is None
    assert said(conformity) == "送信が終わるまでお待ちください。"
    stage.view.answer("戻って直す")
    assert stage.view.focused[-1] == "user_name"
    press("F5", conformity)
    stage.view.answer("このまま送信する")
    assert said(conformity) == "発行しました。交付番号 2000000001(作成済)"


def test_what_was_confirmed_for_the_car_is_asked_about_no_more(
    conformity: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    clock.advance(hours=1)
    conformity.edit("user_name", "髙橋一郎")
    press("F10", conformity)
    form, car = conformity.editor.form, certificate(room, 1).vehicle_id
    room.desk.confirming.confirm([(car, room.desk.conformity_book.findings(form, car))])
    press("F5", conformity)
    assert stage.view.questions == []
    assert said(conformity).startswith("発行しました。交付番号 2000000001(作成済) 確認済 2026/11/24: ")


def test_a_field_that_cannot_be_stored_gets_the_focus(conformity: ConformityScreen, stage: Stage) -> None:
    conformity.failed(errors.InvalidInput(errors.Problem("odometer_km", "x")))
    assert stage.view.focused[-1] == "odometer_km"


# --- 127


def test_127_is_shown_as_a_wait_and_ends_by_itself(
    conformity: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    conformity.edit("odometer_km", "45200")
    press("F5", conformity)
    assert conformity.message is not None
    assert conformity.message.tone is Tone.INFO
    assert "自動で送信" in conformity.message.text
    assert stage.view.alarms == 0
    assert "あと約50分" in conformity.wait_lines[1]
    refreshes = stage.view.refreshes
    clock.advance(minutes=1)
    stage.background.pass_time(MINUTE)
    assert stage.view.refreshes > refreshes
    assert "あと約49分" in conformity.wait_lines[1]
    clock.advance(minutes=51)
    (tended,) = room.desk.conformity.tend()
    conformity.reload(vehicle_id=tended.vehicle_id)
    assert (conformity.shown.status, conformity.wait_lines) == ("作成済", ())
    stage.background.pass_time(2 * MINUTE)
    assert not stage.background.timers


def test_typing_holds_the_automatic_try_and_saving_lets_go(
    conformity: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    conformity.edit("odometer_km", "45200")
    press("F5", conformity)
    clock.advance(minutes=51)
    conformity.edit("remarks", "x")
    assert room.desk.conformity.tend() == ()
    conformity.reload(vehicle_id=1)
    assert conformity.editor.form.remarks == "x"
    press("F12", conformity)
    stage.view.answer("破棄して閉じる")
    assert stage.view.dismissed
    assert len(room.desk.conformity.tend()) == 1


# --- unsaved typing, and work that takes time


def test_what_is_typed_while_it_is_saved_stays(room: DeskRoom, insured_car: int, clock: FixedClock) -> None:
    stage = Stage(desk=lambda: room.desk, clock=clock, background=InlineBackground(held=True))
    screen = stage.open(ConformityScreen(stage.surroundings, insured_car))
    assert "終わるまで" in (press("F10", screen) or "")
    stage.background.work_all()
    press("F10", screen)
    screen.edit("remarks", "あとから")
    stage.background.work_all()
    assert screen.editor.form.remarks == "あとから"
    assert screen.changed
    stage.background.pass_time(1000)
    stage.background.work_all()
    form = screen.editor.form
    assert room.desk.typing.found("conformity/1", dataclasses.replace(form, remarks="")) == form


def test_one_that_could_not_be_read_says_so(room: DeskRoom, stage: Stage) -> None:
    del room
    screen = stage.open(ConformityScreen(stage.surroundings, 99))
    assert "読み込まれていません" in (press("F5", screen) or "")
    assert screen.is_locked("pullback_reason")
    screen.edit("pullback_reason", "x")
    assert screen.pullback_reason == ""


def test_an_insurance_that_came_later_is_filled_in_and_said(room: DeskRoom, stage: Stage, clock: FixedClock) -> None:
    car = room.a_car()
    first = stage.open(ConformityScreen(stage.surroundings, car))
    assert first.kind_reason.startswith("この車両の自賠責がまだありません")
    assert press("F10", first) is None
    number = insure(room, car)
    first.reload(vehicle_id=car)
    assert said(first) == f"保存しました。管理番号 1 {FILLED}"
    screen = stage.open(ConformityScreen(stage.surroundings, car))
    assert (said(screen), screen.changed) == (FILLED, True)
    assert (screen.editor.form.application_kind, screen.editor.form.new_insurance_number) == ("OSS申請", number)
    screen.edit("application_kind", "窓口申請")
    assert screen.kind_reason == "窓口申請を選んでいますが、自賠責が電子のため、OSS申請にできます。"
    screen.edit("application_kind", "OSS申請")
    issued(screen, clock)
    assert certificate(room, 1).new_insurance_number == number
