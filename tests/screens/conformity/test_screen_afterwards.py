"""適合証・証明証発行 after F5: pulled back, corrected, deleted, refused, lost, and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.conformity.words import GONE, LOST
from onestop.screens.draft_keeper import PAUSE
from onestop.screens.ports import Tone
from onestop_sandbox import Kind, Trouble
from support.conformity import CHASSIS, certificate, times_issued
from support.conformity_screen import being_made, issued, press
from support.screens import Stage, said

if TYPE_CHECKING:
    from support.clock import FixedClock
    from support.desks import DeskRoom


# --- after 発行


def test_an_issued_one_is_locked_and_says_why(conformity: ConformityScreen, clock: FixedClock) -> None:
    issued(conformity, clock)
    assert "Alt+P 引戻" in (press("F5", conformity) or "")
    assert "Alt+P 引戻" in (press("F10", conformity) or "")
    assert "まだ使えます" in (press("F4", conformity) or "")
    conformity.edit("remarks", "x")
    assert conformity.editor.form.remarks == ""
    assert not conformity.is_locked("pullback_reason")
    assert conformity.record.first_field == "pullback_reason"
    assert "F4 新規" in conformity.fixed_hint
    assert conformity.days.text.endswith("まで(1日目)")
    assert conformity.record.shown.insurance_match == "一致(電子)"


def test_pulling_back_needs_a_reason_and_a_yes(conformity: ConformityScreen, stage: Stage, clock: FixedClock) -> None:
    issued(conformity, clock)
    press("Alt+P", conformity)
    assert stage.view.focused[-1] == "pullback_reason"
    assert conformity.problem("pullback_reason")
    conformity.edit("pullback_reason", "走行距離の誤り")
    press("Alt+P", conformity)
    assert "20～30分" in stage.view.asked.text
    stage.view.answer("戻る")
    assert not conformity.wait_lines
    press("Alt+P", conformity)
    stage.view.answer("引き戻す")
    assert said(conformity).startswith("引戻を依頼しました。")
    assert "あと約20～30分" in conformity.wait_lines[1]
    assert conformity.pullback_reason == ""
    assert "受け付け済み" in (press("Alt+P", conformity) or "")


def test_the_program_makes_it_editable_when_airas_says_so(
    conformity: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    issued(conformity, clock)
    conformity.edit("pullback_reason", "理由")
    press("Alt+P", conformity)
    stage.view.answer("引き戻す")
    clock.advance(minutes=30)
    (tended,) = room.desk.conformity.tend()
    assert tended.editable
    conformity.reload(vehicle_id=tended.vehicle_id)
    assert conformity.record.editable
    assert said(conformity).startswith("引戻を依頼しました。")  # it answers the last key that was pressed
    assert said(conformity).endswith("AIRASで作成中です。直して F5 で訂正を送信してください。")
    assert "引戻は要りません" in (press("Alt+P", conformity) or "")


def test_a_correction_keeps_the_three_fixed_fields(conformity: ConformityScreen, stage: Stage, room: DeskRoom) -> None:
    being_made(conformity, stage)
    assert conformity.shown.mode == "訂正"
    for fixed in ("vehicle_category", "chassis_number", "issue_date"):
        assert conformity.is_locked(fixed)
    conformity.edit("chassis_number", "X")
    assert conformity.editor.form.chassis_number == CHASSIS
    conformity.edit("odometer_km", "46000")
    press("F5", conformity)
    assert said(conformity) == "訂正しました。交付番号 2000000001(作成済)"
    assert certificate(room, 1).odometer_km == 46000


def test_what_is_typed_stays_through_f7(conformity: ConformityScreen, stage: Stage) -> None:
    being_made(conformity, stage)
    conformity.edit("odometer_km", "46000")
    press("F7", conformity)
    assert conformity.editor.form.odometer_km == "46000"
    assert conformity.changed


def test_deleting_here_closes_and_at_airas_stays_for_f4(
    conformity: ConformityScreen, stage: Stage, clock: FixedClock
) -> None:
    issued(conformity, clock)
    press("F2", conformity)
    assert "AIRASで削除" in stage.view.asked.text
    stage.view.answer("削除する")
    assert conformity.shown.status == "削除"
    assert "削除済み" in (press("F2", conformity) or "")
    press("F4", conformity)
    assert (conformity.shown.mode, conformity.shown.control_number) == ("新規", 0)
    conformity.reload()
    assert conformity.shown.mode == "新規"
    press("F10", conformity)
    press("F2", conformity)
    stage.view.answer("削除する")
    assert stage.view.dismissed


def test_typing_on_one_that_f4_began_survives_a_crash(
    conformity: ConformityScreen, stage: Stage, clock: FixedClock
) -> None:
    issued(conformity, clock)
    press("F2", conformity)
    stage.view.answer("削除する")
    press("F4", conformity)
    conformity.edit("remarks", "あとから")
    stage.background.pass_time(PAUSE)
    again = stage.open(ConformityScreen(stage.surroundings, 1, 1))
    press("F4", again)
    stage.view.answer("復元する")
    assert (again.shown.mode, again.editor.form.remarks) == ("新規", "あとから")


def test_why_keys_do_not_work_on_a_new_one(conformity: ConformityScreen) -> None:
    assert "まだ保存されていません" in (press("F2", conformity) or "")
    assert "新規の入力中" in (press("F4", conformity) or "")
    assert "まだ発行していません" in (press("Alt+P", conformity) or "")
    assert "まだ発行していません" in (press("F7", conformity) or "")
    press("F10", conformity)
    assert "まだ発行していません" in (press("F4", conformity) or "")


def test_states_that_allow_nothing_say_so(conformity: ConformityScreen, room: DeskRoom, clock: FixedClock) -> None:
    issued(conformity, clock)
    with room.database.write() as shelves:
        shelves.conformity.get(1).status = "報告済"
    conformity.reload()
    assert "報告済のため変更できません" in (press("Alt+P", conformity) or "")
    assert "報告済のため削除できません" in (press("F2", conformity) or "")


def test_f7_tells_what_airas_says(conformity: ConformityScreen, clock: FixedClock) -> None:
    issued(conformity, clock)
    press("F7", conformity)
    assert said(conformity) == "状態確認: 作成済 / 未報告"


# --- troubles


def test_a_lost_answer_is_cleared_up_by_f7(
    conformity: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.issueCertificate", after=True))
    conformity.edit("odometer_km", "45200")
    press("F5", conformity)
    assert said(conformity) == LOST
    assert stage.view.alarms == 1
    for key in ("F2", "F4", "F5", "Alt+P"):
        assert "確認中" in (press(key, conformity) or "")
    press("F7", conformity)
    assert conformity.shown.status == "作成済"
    assert times_issued(room, 1) == 1


def test_a_refusal_is_told_with_its_reason(
    conformity: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    clock.advance(hours=1)
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.issueCertificate", status=422, code="invalid"))
    conformity.edit("odometer_km", "45200")
    press("F5", conformity)
    assert conformity.message is not None
    assert conformity.message.tone is Tone.ERROR
    again = stage.open(ConformityScreen(stage.surroundings, 1))
    assert said(again).startswith("前回の送信は受け付けられませんでした")


def test_opening_asks_airas_and_shows_what_is_stored_when_it_cannot(
    conformity: ConformityScreen, room: DeskRoom, stage: Stage, clock: FixedClock
) -> None:
    issued(conformity, clock)
    asked = room.sandbox.requests["airas.getCertificate"]
    stage.navigator.changes.clear()
    stage.open(ConformityScreen(stage.surroundings, None, 1))
    assert room.sandbox.requests["airas.getCertificate"] == asked + 1
    assert stage.navigator.changes == []
    room.sandbox.troubles.add(Trouble(Kind.REFUSE, "airas.getCertificate", status=404, code="not_found"))
    room.sandbox.troubles.add(Trouble(Kind.CUT, "airas.findCertificates"))  # nor is it asked by the key
    again = stage.open(ConformityScreen(stage.surroundings, 1))
    assert (again.shown.status, said(again)) == ("作成済", GONE)


# --- printing


def test_after_its_15_days_the_mark_is_not_printed_and_the_certificate_after_a_question(
    conformity: ConformityScreen, stage: Stage, clock: FixedClock
) -> None:
    issued(conformity, clock)
    assert press("Alt+Y", conformity) is None
    clock.advance(days=15)
    assert "有効期間" in (press("Alt+Y", conformity) or "")
    shown = len(stage.view.previews)
    assert press("F9", conformity) is None
    assert len(stage.view.previews) == shown
    stage.view.answer("このまま出す")
    assert len(stage.view.previews) == shown + 1
    assert press("F8", conformity) is None
    stage.view.answer("適合証")
    stage.view.answer("このまま出す")
    assert len(stage.view.save_requests) == 1


def test_while_it_is_pulled_back_nothing_is_printed(
    conformity: ConformityScreen, stage: Stage, clock: FixedClock
) -> None:
    issued(conformity, clock)
    conformity.edit("pullback_reason", "型式の誤り")
    press("Alt+P", conformity)
    stage.view.answer("引き戻す")
    for key in ("F8", "F9", "Alt+Y"):
        assert "引戻を待っています" in (press(key, conformity) or "")
