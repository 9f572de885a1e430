"""適合証・証明証発行 without Qt: from the proposal to every answer of AIRAS."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop import errors
from onestop.model.certificate_words import Origin
from onestop.model.sending_state import Sending
from onestop.screens.conformity_form_screen import FILLED, GONE, LOST
from onestop.screens.conformity_screen import ConformityScreen
from onestop.screens.conformity_words import MINUTE
from onestop.screens.function_keys import CONFORMITY
from onestop.screens.ports import Tone
from onestop_sandbox import REAL, Kind, Trouble
from support.clock import FixedClock
from support.conformity import CHASSIS, certificate, insure, prepare_shop, times_issued
from support.desks import a_desk, a_sandbox
from support.screens import InlineBackground, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.desks import DeskRoom


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    clock = FixedClock()
    with a_sandbox(clock, pace=REAL) as sandbox, a_desk(tmp_path, clock=clock, sandbox=sandbox) as made:
        prepare_shop(made)
        yield made


@pytest.fixture
def stage(room: DeskRoom) -> Stage:
    assert isinstance(room.clock, FixedClock)
    return Stage(desk=lambda: room.desk, clock=room.clock)


@pytest.fixture
def clock(stage: Stage) -> FixedClock:
    return stage.clock


@pytest.fixture
def car(room: DeskRoom) -> int:
    made = room.a_car()
    insure(room, made)
    return made


@pytest.fixture
def screen(stage: Stage, car: int) -> ConformityScreen:
    return stage.open(ConformityScreen(stage.surroundings, car))


def press(key: str, screen: ConformityScreen) -> str | None:
    return Stage.press(CONFORMITY, key, screen)


def said(screen: ConformityScreen) -> str:
    return screen.message.text if screen.message else ""


def issued(screen: ConformityScreen, clock: FixedClock) -> ConformityScreen:
    clock.advance(hours=1)
    assert press("F5", screen) is None
    assert screen.shown.status == "作成済", said(screen)
    return screen


def being_made(screen: ConformityScreen, stage: Stage) -> ConformityScreen:
    issued(screen, stage.clock)
    screen.edit("pullback_reason", "走行距離の誤り")
    press("F6", screen)
    stage.view.answer("引き戻す")
    stage.clock.advance(minutes=30)
    press("F7", screen)
    assert screen.editable
    return screen


# --- 新規


def test_it_is_prefilled_from_car_insurance_and_settings(screen: ConformityScreen, stage: Stage) -> None:
    form = screen.form
    assert (form.application_kind, form.workshop_code, form.inspector_code) == ("OSS申請", "08-0123", "00112345")
    assert (form.vehicle_category, form.chassis_number, form.user_name) == ("小型自動車", CHASSIS, "見本太郎")
    assert (form.new_insurance_number, form.inspection_date) == ("A900000001", "R8.11.24")
    assert screen.kind_reason == "自賠責が電子のため、OSS申請にできます。"
    assert screen.inspectors == (("", "(選んでください)"), ("00112345", "00112345 検査一郎"))
    assert (screen.shown.mode, screen.shown.control_number, screen.shown.status) == ("新規", 0, "未発行")
    assert stage.view.focused[-1] == "inspector_code"


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
    assert screen.form.application_kind == kind
    assert reason in screen.kind_reason


def test_with_two_inspectors_the_clerk_says_which(room: DeskRoom, stage: Stage, car: int) -> None:
    prepare_shop(room, "112345 検査一郎\n223344 検査二郎")
    screen = stage.open(ConformityScreen(stage.surroundings, car))
    assert screen.form.inspector_code == ""
    assert press("F5", screen) is None
    assert screen.problem("inspector_code") == "検査員を選んでください(F3 設定 で登録できます)。"
    screen.edit("inspector_code", "00223344")
    assert (screen.form.inspector_name, screen.problem("inspector_code")) == ("検査二郎", None)


def test_f10_saves_and_sends_nothing(screen: ConformityScreen, room: DeskRoom, stage: Stage) -> None:
    screen.edit("odometer_km", "45,200")
    assert screen.changed
    press("F10", screen)
    assert said(screen) == "保存しました。管理番号 1"
    assert (certificate(room, 1).odometer_km, certificate(room, 1).sending) == (45200, Sending.DRAFT)
    assert stage.navigator.changes[-1].vehicle_id == 1
    assert not screen.changed


def test_errors_stand_at_their_fields_until_they_are_changed(screen: ConformityScreen, stage: Stage) -> None:
    screen.edit("user_name", "")
    screen.edit("new_insurer", "")
    press("F5", screen)
    assert said(screen) == "使用者の氏名・名称を入力してください。(ほかに1件)"
    assert stage.view.focused[-1] == "user_name"
    assert screen.problem("new_insurer")
    screen.edit("user_name", "見本太郎")
    assert screen.problem("user_name") is None


def test_what_cannot_be_read_is_named_at_its_field(screen: ConformityScreen, stage: Stage) -> None:
    screen.edit("inspection_date", "きのう")
    press("F5", screen)
    assert screen.problem("inspection_date")
    assert stage.view.focused[-1] == "inspection_date"
    assert press("F10", screen) is None


def test_warnings_are_asked_about_first(screen: ConformityScreen, stage: Stage, clock: FixedClock) -> None:
    clock.advance(hours=1)
    screen.edit("user_name", "髙橋一郎")
    press("F5", screen)
    assert "「髙」" in stage.view.asked.text
    assert press("F12", screen) is None
    assert said(screen) == "送信が終わるまでお待ちください。"
    stage.view.answer("戻って直す")
    assert stage.view.focused[-1] == "user_name"
    press("F5", screen)
    stage.view.answer("このまま送信する")
    assert said(screen) == "発行しました。交付番号 2000000001(作成済)"


# --- 127


def test_127_is_shown_as_a_wait_and_ends_by_itself(
    screen: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    press("F5", screen)
    assert screen.message is not None
    assert screen.message.tone is Tone.INFO
    assert "自動で送信" in screen.message.text
    assert stage.view.alarms == 0
    assert "あと約50分" in screen.wait_lines[1]
    refreshes = stage.view.refreshes
    clock.advance(minutes=1)
    stage.background.pass_time(MINUTE)
    assert stage.view.refreshes > refreshes
    assert "あと約49分" in screen.wait_lines[1]
    clock.advance(minutes=51)
    (tended,) = room.desk.conformity.tend()
    screen.reload(vehicle_id=tended.vehicle_id)
    assert (screen.shown.status, screen.wait_lines) == ("作成済", ())
    stage.background.pass_time(2 * MINUTE)
    assert not stage.background.timers


def test_typing_holds_the_automatic_try_and_saving_lets_go(
    screen: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    press("F5", screen)
    clock.advance(minutes=51)
    screen.edit("remarks", "x")
    assert room.desk.conformity.tend() == ()
    screen.reload(vehicle_id=1)
    assert screen.form.remarks == "x"
    press("F12", screen)
    stage.view.answer("破棄して閉じる")
    assert stage.view.dismissed
    assert len(room.desk.conformity.tend()) == 1


# --- after 発行


def test_an_issued_one_is_locked_and_says_why(screen: ConformityScreen, clock: FixedClock) -> None:
    issued(screen, clock)
    assert "F6 引戻" in (press("F5", screen) or "")
    assert "F6 引戻" in (press("F10", screen) or "")
    assert "まだ使えます" in (press("F4", screen) or "")
    screen.edit("remarks", "x")
    assert screen.form.remarks == ""
    assert not screen.is_locked("pullback_reason")
    assert screen.first_field == "pullback_reason"
    assert "F4 新規" in screen.fixed_hint
    assert screen.days.text.startswith("1日目/15日")


def test_pulling_back_needs_a_reason_and_a_yes(screen: ConformityScreen, stage: Stage, clock: FixedClock) -> None:
    issued(screen, clock)
    press("F6", screen)
    assert stage.view.focused[-1] == "pullback_reason"
    assert screen.problem("pullback_reason")
    screen.edit("pullback_reason", "走行距離の誤り")
    press("F6", screen)
    assert "20～30分" in stage.view.asked.text
    stage.view.answer("戻る")
    assert not screen.wait_lines
    press("F6", screen)
    stage.view.answer("引き戻す")
    assert said(screen).startswith("引戻を依頼しました。")
    assert "あと約20～30分" in screen.wait_lines[1]
    assert screen.pullback_reason == ""
    assert "受け付け済み" in (press("F6", screen) or "")


def test_the_program_makes_it_editable_when_airas_says_so(
    screen: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    issued(screen, clock)
    screen.edit("pullback_reason", "理由")
    press("F6", screen)
    stage.view.answer("引き戻す")
    clock.advance(minutes=30)
    (tended,) = room.desk.conformity.tend()
    assert tended.editable
    screen.reload(vehicle_id=tended.vehicle_id)
    assert screen.editable
    assert said(screen) == "AIRASで作成中です。直して F5 で訂正を送信してください。"
    assert "引戻は要りません" in (press("F6", screen) or "")


def test_a_correction_keeps_the_three_fixed_fields(screen: ConformityScreen, stage: Stage, room: DeskRoom) -> None:
    being_made(screen, stage)
    assert screen.shown.mode == "訂正"
    for fixed in ("vehicle_category", "chassis_number", "issue_date"):
        assert screen.is_locked(fixed)
    screen.edit("chassis_number", "X")
    assert screen.form.chassis_number == CHASSIS
    screen.edit("odometer_km", "46000")
    press("F5", screen)
    assert said(screen) == "訂正しました。交付番号 2000000001(作成済)"
    assert certificate(room, 1).odometer_km == 46000


def test_what_is_typed_stays_through_f7(screen: ConformityScreen, stage: Stage) -> None:
    being_made(screen, stage)
    screen.edit("odometer_km", "46000")
    press("F7", screen)
    assert screen.form.odometer_km == "46000"
    assert screen.changed


def test_deleting_here_closes_and_at_airas_stays_for_f4(
    screen: ConformityScreen, stage: Stage, clock: FixedClock
) -> None:
    issued(screen, clock)
    press("F2", screen)
    assert "AIRASで削除" in stage.view.asked.text
    stage.view.answer("削除する")
    assert screen.shown.status == "削除"
    assert "削除済み" in (press("F2", screen) or "")
    press("F4", screen)
    assert (screen.shown.mode, screen.shown.control_number) == ("新規", 0)
    screen.reload()
    assert screen.shown.mode == "新規"
    press("F10", screen)
    press("F2", screen)
    stage.view.answer("削除する")
    assert stage.view.dismissed


def test_why_keys_do_not_work_on_a_new_one(screen: ConformityScreen) -> None:
    assert "まだ保存されていません" in (press("F2", screen) or "")
    assert "新規の入力中" in (press("F4", screen) or "")
    assert "まだ発行していません" in (press("F6", screen) or "")
    assert "まだ発行していません" in (press("F7", screen) or "")
    press("F10", screen)
    assert "まだ発行していません" in (press("F4", screen) or "")


def test_states_that_allow_nothing_say_so(screen: ConformityScreen, room: DeskRoom, clock: FixedClock) -> None:
    issued(screen, clock)
    with room.database.write() as shelves:
        shelves.conformity.get(1).status = "報告済"
    screen.reload()
    assert "報告済のため引戻できません" in (press("F6", screen) or "")
    assert "報告済のため削除できません" in (press("F2", screen) or "")


def test_f7_tells_what_airas_says(screen: ConformityScreen, clock: FixedClock) -> None:
    issued(screen, clock)
    press("F7", screen)
    assert said(screen) == "状態確認: 作成済 / 未報告"


# --- troubles


def test_a_lost_answer_is_cleared_up_by_f7(
    screen: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate", after=True))
    press("F5", screen)
    assert said(screen) == LOST
    assert stage.view.alarms == 1
    for key in ("F2", "F4", "F5", "F6"):
        assert "確認中" in (press(key, screen) or "")
    press("F7", screen)
    assert screen.shown.status == "作成済"
    assert times_issued(room, 1) == 1


def test_a_refusal_is_told_with_its_reason(
    screen: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.issueCertificate", status=422, code="invalid"))
    press("F5", screen)
    assert screen.message is not None
    assert screen.message.tone is Tone.ERROR
    again = stage.open(ConformityScreen(stage.surroundings, 1))
    assert said(again).startswith("前回の送信は受け付けられませんでした")


def test_opening_asks_airas_and_shows_what_is_stored_when_it_cannot(
    screen: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    issued(screen, clock)
    asked = room.sandbox.requests["airas.getCertificate"]
    stage.open(ConformityScreen(stage.surroundings, None, 1))
    assert room.sandbox.requests["airas.getCertificate"] == asked + 1
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.getCertificate", status=404, code="not_found"))
    again = stage.open(ConformityScreen(stage.surroundings, 1))
    assert (again.shown.status, said(again)) == ("作成済", GONE)


def test_a_field_that_cannot_be_stored_gets_the_focus(screen: ConformityScreen, stage: Stage) -> None:
    screen.failed(errors.InvalidInput(errors.Problem("odometer_km", "x")))
    assert stage.view.focused[-1] == "odometer_km"


# --- unsaved typing, and work that takes time


def test_what_is_typed_while_it_is_saved_stays(room: DeskRoom, car: int, clock: FixedClock) -> None:
    stage = Stage(desk=lambda: room.desk, clock=clock, background=InlineBackground(held=True))
    screen = stage.open(ConformityScreen(stage.surroundings, car))
    assert "終わるまで" in (press("F10", screen) or "")
    stage.background.work_all()
    press("F10", screen)
    screen.edit("remarks", "あとから")
    stage.background.work_all()
    assert screen.form.remarks == "あとから"
    assert screen.changed
    stage.background.pass_time(1000)
    stage.background.work_all()
    assert room.desk.typing.found("conformity/1", dataclasses.replace(screen.form, remarks="")) == screen.form


def test_one_that_could_not_be_read_says_so(room: DeskRoom, stage: Stage) -> None:
    del room
    screen = stage.open(ConformityScreen(stage.surroundings, 99))
    assert "読み込まれていません" in (press("F5", screen) or "")
    assert screen.is_locked("pullback_reason")
    screen.edit("pullback_reason", "x")
    assert screen.pullback_reason == ""


def test_after_its_15_days_the_mark_is_not_printed_and_the_certificate_after_a_question(
    screen: ConformityScreen, stage: Stage, clock: FixedClock
) -> None:
    issued(screen, clock)
    assert press("F11", screen) is None
    clock.advance(days=15)
    assert "有効期間" in (press("F11", screen) or "")
    shown = len(stage.view.previews)
    assert press("F9", screen) is None
    assert len(stage.view.previews) == shown
    stage.view.answer("このまま出す")
    assert len(stage.view.previews) == shown + 1
    assert press("F8", screen) is None
    stage.view.answer("適合証")
    stage.view.answer("このまま出す")
    assert len(stage.view.save_requests) == 1


def test_while_it_is_pulled_back_nothing_is_printed(screen: ConformityScreen, stage: Stage, clock: FixedClock) -> None:
    issued(screen, clock)
    screen.edit("pullback_reason", "型式の誤り")
    press("F6", screen)
    stage.view.answer("引き戻す")
    for key in ("F8", "F9", "F11"):
        assert "引戻を待っています" in (press(key, screen) or "")


def test_an_insurance_that_came_later_is_filled_in_and_said(room: DeskRoom, stage: Stage, clock: FixedClock) -> None:
    car = room.a_car()
    first = stage.open(ConformityScreen(stage.surroundings, car))
    assert first.kind_reason.startswith("この車両の自賠責がまだありません")
    assert press("F10", first) is None
    number = insure(room, car)
    first.reload(vehicle_id=car)
    assert said(first) == FILLED
    screen = stage.open(ConformityScreen(stage.surroundings, car))
    assert (said(screen), screen.changed) == (FILLED, True)
    assert (screen.form.application_kind, screen.form.new_insurance_number) == ("OSS申請", number)
    screen.edit("application_kind", "窓口申請")
    assert screen.kind_reason == "窓口申請を選んでいますが、自賠責が電子のため、OSS申請にできます。"
    screen.edit("application_kind", "OSS申請")
    issued(screen, clock)
    assert certificate(room, 1).new_insurance_number == number
