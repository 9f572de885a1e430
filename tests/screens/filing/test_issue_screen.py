"""申請書発行: from 新規 to what AINAS says, with nothing lost, nothing sent twice and nothing changed once issued."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from onestop.model.sending_state import Sending
from onestop.screens.filing.shown import (
    ISSUED_ALREADY,
)
from onestop.screens.places import SettingsPlace
from onestop.screens.ports import Tone
from onestop.services.delivery.send import CHANGED_SINCE_READ
from onestop.services.saving import CHANGED_BEFORE_DELETION
from onestop.store.keychain import ApiSecrets
from onestop_sandbox.trouble import Kind, Trouble
from support.builders import an_insurance_certificate
from support.desks import INITIAL_SECRETS
from support.inspections import of_now
from support.screens import Change

if TYPE_CHECKING:
    from support.forms import IssueForms

ODD: Final[dict[str, Any]] = {"plate": "土浦1あ1111", "chassis_number": "ABC123"}
"""The manual's sample: it may be filed, and three things about it are odd."""


# --- 新規 and 保存


def test_the_last_day_for_an_application_is_shown_by_the_certificates_of_the_filing(opened: IssueForms) -> None:
    room = opened.room()
    here = opened.on(room, room.a_car())
    assert here.screen.shown.last_application_date == ""
    with here.room.database.write() as shelves:
        held = {"chassis_number": "ZN6-012345", "end_date": dt.date(2028, 12, 21), "sending": Sending.FILED}
        shelves.insurance.add(of_now(shelves, an_insurance_certificate(vehicle_id=here.vehicle_id, **held)))
    here.type(insurance_certificate_number="A123456789")
    here.press("F10")
    assert here.screen.shown.last_application_date == "2026/12/21(検査日が未定)"


def test_a_new_filing_is_prefilled_from_the_car_with_the_owner_for_stars(opened: IssueForms) -> None:
    screen = opened(**ODD).screen
    assert (screen.shown.mode, screen.shown.control_number, screen.shown.procedure) == ("新規", 0, "継続検査")
    form = screen.editor.form
    assert (form.area, form.class_number, form.kana, form.serial) == ("土浦", "1", "あ", "1111")
    assert form.chassis_number == "ABC123"
    assert form.user_name == "見本太郎"
    assert form.user_address1 == "茨城県古河市見本一丁目"
    assert form.planned_date == ""
    assert (screen.shown.status, screen.shown.filing_id, screen.shown.oss_status) == ("依頼前", "", "")
    assert screen.shown.status_updated_at == screen.shown.agent_message == ""
    assert not screen.changed


def test_the_fees_are_estimated_until_ainas_says_its_own(opened: IssueForms) -> None:
    here = opened()
    assert [line.kind for line in here.screen.fee_rows.records][:2] == ["検査登録手数料", "自動車重量税"]
    assert here.screen.fee_rows.row(0)[1].startswith("見込 ¥")


def test_the_estimate_follows_the_planned_day_once_it_is_saved(opened: IssueForms) -> None:
    here = opened(first_registration="2014-02")
    before = here.screen.fee_rows.row(1)[1]
    here.type(planned_date="R8.12.1")
    here.press("F10")
    here.screen.reload(control_number=1)
    assert here.screen.fee_rows.row(1)[1] != before


def test_saving_gives_the_number_and_stays_before_the_request(opened: IssueForms) -> None:
    here = opened()
    here.type(planned_date="12/1", user_representative="見本太郎")
    assert here.press("F10") is None
    assert here.said == "保存しました。管理番号 1"
    assert (here.screen.shown.mode, here.number) == ("修正", 1)
    assert here.screen.editor.form.planned_date == "R8.12.1"
    assert here.room.filing(here.number).sending is Sending.DRAFT
    assert here.room.times_filed(1) == 0
    assert here.stage.navigator.changes == [Change(1, 1)]
    here.type(planned_date="")
    here.press("F10")
    assert here.room.filing(1).planned_date is None


def test_a_filing_opened_by_its_number_shows_what_is_stored(opened: IssueForms) -> None:
    room = opened.room()
    number = room.a_draft(user_name="見本花子")
    here = opened.on(room, None, number)
    assert (here.number, here.screen.editor.form.user_name) == (number, "見本花子")


def test_what_cannot_be_stored_is_blamed_at_its_field_until_it_is_changed(opened: IssueForms) -> None:
    here = opened()
    here.type(registration_number=("土浦", "300", "さ", "0"), chassis_number="", planned_date="13/45")
    here.press("F10")
    assert here.number == 0
    assert here.tone is Tone.ERROR
    assert here.stage.view.focused[-1] == "planned_date"
    assert here.screen.problem("registration_number")
    assert here.screen.problem("chassis_number") == "車台番号を入力してください。"
    assert here.screen.problem("user_name") is None
    here.type(registration_number=("土浦", "300", "さ", "1"))
    assert here.screen.problem("registration_number") is None
    assert here.screen.problem("chassis_number")


# --- 発行


def test_f5_saves_and_files_once_and_shows_the_number(opened: IssueForms) -> None:
    here = opened()
    here.type(planned_date="")
    assert here.press("F5") is None
    assert here.stage.view.questions == []
    filing = here.room.filing(1)
    assert here.said == f"発行しました。申請ID {filing.filing_id}(受付前)"
    assert (here.screen.shown.filing_id, here.screen.shown.status) == (filing.filing_id, "受付前")
    assert filing.planned_date is None
    assert here.room.times_filed(1) == 1
    assert here.stage.view.alarms == 0
    assert here.stage.navigator.changes[-1] == Change(1, 1)


def test_a_saved_filing_is_sent_as_it_stands(opened: IssueForms) -> None:
    here = opened()
    here.press("F10")
    version = here.room.filing(1).version
    here.press("F5")
    assert here.room.times_filed(1) == 1
    assert here.room.filing(1).version > version


def test_once_issued_nothing_can_be_changed_saved_or_issued(opened: IssueForms) -> None:
    here = opened.issued()
    assert here.screen.is_locked("user_name")
    form = here.screen.editor.form
    here.type(user_name="別人")
    assert here.screen.editor.form is form
    assert here.press("F5") == f"[F5 発行] は使えません: {ISSUED_ALREADY}"
    assert here.press("F10") == f"[F10 保存] は使えません: {ISSUED_ALREADY}"
    assert here.room.times_filed(1) == 1


def test_f5_pressed_again_while_it_is_sent_does_nothing(opened: IssueForms) -> None:
    here = opened()
    here.stage.background.held = True
    here.press("F5")
    while here.stage.background.waiting:
        assert "終わるまでお待ちください" in (here.press("F5") or "")
        here.type(user_name="別人")
        here.stage.background.work_next()
    assert here.room.times_filed(1) == 1
    assert here.room.filing(1).user_name == "見本太郎"


def test_f5_in_two_windows_is_one_filing(opened: IssueForms) -> None:
    here = opened()
    here.press("F10")
    other = here.again()
    here.press("F5")
    assert other.press("F5") is None
    assert other.screen.shown.filing_id == here.screen.shown.filing_id
    assert other.screen.is_locked("user_name")
    assert other.tone is Tone.WARNING
    assert here.room.times_filed(1) == 1


def test_two_windows_that_save_a_new_filing_make_one(opened: IssueForms) -> None:
    here = opened()
    other = here.again()
    here.press("F10")
    other.press("F10")
    assert other.tone is Tone.WARNING
    assert other.number == 0


def test_what_cannot_be_filed_is_blamed_and_not_sent(opened: IssueForms) -> None:
    here = opened()
    here.type(user_address1="", user_name="")
    here.press("F5")
    assert here.said == "使用者氏名・名称を入力してください。(ほかに1件)"
    assert here.stage.view.focused[-1] == "user_name"
    assert here.screen.problem("user_address1") == "使用者住所1を入力してください。"
    assert not here.screen.is_locked("user_name")
    assert (here.number, here.room.times_filed(1)) == (1, 0)
    here.type(user_name="見本太郎")
    here.press("F5")
    assert here.said == "使用者住所1を入力してください。"


def test_odd_things_are_asked_about_once_and_the_safe_way_goes_back(opened: IssueForms) -> None:
    here = opened(**ODD)
    here.press("F5")
    question = here.stage.view.asked
    assert [choice.label for choice in question.choices if choice.safe] == ["戻って直す"]
    assert "車台番号にハイフンがありません" in question.text
    here.stage.view.answer("戻って直す")
    assert here.stage.view.focused[-1] == "registration_number_class_number"
    assert not here.screen.is_locked("user_name")
    assert here.room.times_filed(1) == 0
    here.press("F5")
    here.stage.view.answer("このまま発行する")
    assert here.room.times_filed(1) == 1


def test_the_manuals_own_car_is_asked_about_once_and_then_shown_as_confirmed(opened: IssueForms) -> None:
    here = opened(**ODD)
    here.press("F5")
    assert "次からはたずねません" in here.stage.view.asked.text
    here.stage.view.answer("このまま発行する")
    assert "確認済" not in here.said
    with here.room.database.write() as shelves:
        shelves.filings.get(1).status = "取消"
    here.stage.clock.advance(days=3)
    later = here.again()
    later.press("F5")
    assert later.stage.view.questions == []
    assert later.room.times_filed(2) == 1
    assert later.said.startswith("発行しました。")
    assert "確認済 2026/11/24: 車台番号にハイフンがありません。" in later.said


def test_what_was_confirmed_stands_below_what_is_asked_now(opened: IssueForms) -> None:
    here = opened(**ODD)
    here.press("F5")
    here.stage.view.answer("このまま発行する")
    with here.room.database.write() as shelves:
        shelves.filings.get(1).status = "取消"
    again = here.again()
    again.type(kana="い")
    again.press("F5")
    asked, _, confirmed = again.stage.view.asked.text.partition("確認済 ")
    assert "かな「い」" in asked
    assert "ハイフン" in confirmed
    assert "ハイフン" not in asked


def test_what_is_sent_back_to_be_mended_is_not_confirmed(opened: IssueForms) -> None:
    here = opened(**ODD)
    for _ in range(2):
        here.press("F5")
        assert "車台番号にハイフンがありません" in here.stage.view.asked.text.partition("確認済 ")[0]
        here.stage.view.answer("戻って直す")


def test_while_the_question_stands_the_window_neither_closes_nor_changes(opened: IssueForms) -> None:
    here = opened(**ODD)
    here.press("F5")
    here.press("F12")
    assert here.said == "発行が終わるまでお待ちください。"
    assert not here.stage.view.dismissed
    assert here.screen.is_locked("user_name")


def test_missing_settings_are_named_with_the_way_there(opened: IssueForms) -> None:
    here = opened(ApiSecrets())
    here.press("F5")
    assert "APIキー・APIパスワード" in here.said
    assert "F3 設定" in here.said
    assert here.stage.view.alarms == 1
    assert here.room.filing(here.number).sending is Sending.DRAFT
    here.press("F3")
    assert here.stage.navigator.went == [SettingsPlace()]


def test_an_initial_password_is_refused_with_the_way_out(opened: IssueForms) -> None:
    here = opened(INITIAL_SECRETS)
    here.press("F5")
    assert "再設定" in here.said
    assert here.room.filing(here.number).sending is Sending.DRAFT
    assert not here.screen.is_locked("user_name")


def test_what_ainas_refuses_is_shown_at_its_fields_and_told_again_at_the_next_opening(opened: IssueForms) -> None:
    here = opened()
    errors = (("user.address1", "住所が見つかりません。"), ("registration_number.kana", "かなが違います。"))
    here.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=422, errors=errors))
    here.press("F5")
    assert here.screen.problem("user_address1") == "住所が見つかりません。"
    assert here.screen.problem("registration_number") == "かなが違います。"
    assert here.stage.view.focused[-1] == "user_address1"
    assert here.stage.view.alarms == 1
    assert not here.screen.is_locked("user_name")
    here.screen.reload()  # as the change itself makes every window do
    assert here.screen.problem("user_address1") == "住所が見つかりません。"
    again = here.again()
    assert again.said == "前回の発行は受け付けられませんでした: 住所が見つかりません。\nかなが違います。"
    assert again.tone is Tone.WARNING


def test_a_filing_deleted_in_another_window_while_it_is_issued_is_told(opened: IssueForms) -> None:
    here = opened()
    here.press("F10")
    here.stage.background.held = True
    here.press("F5")
    here.stage.background.work_next()
    here.room.desk.filings.delete(1)
    here.stage.background.work_all()
    assert here.tone is Tone.WARNING
    assert here.room.times_filed(1) == 0


# --- changes elsewhere


def test_a_change_of_this_filing_alone_is_read_too(opened: IssueForms) -> None:
    here = opened()
    here.press("F10")
    other = here.again()
    other.type(user_name="見本二郎")
    other.press("F10")
    here.screen.reload(control_number=1)
    assert here.screen.editor.form.user_name == "見本二郎"


def test_what_another_desk_saves_under_the_question_is_shown_and_not_sent(opened: IssueForms) -> None:
    here = opened(**ODD)
    here.press("F5")
    with here.room.database.write() as shelves:
        shelves.filings.get(here.number).user_name = "見本花子"
    here.stage.view.answer("このまま発行する")
    assert here.said == CHANGED_SINCE_READ
    assert here.room.times_filed(here.number) == 0
    assert here.screen.editor.form.user_name == "見本花子"
    here.press("F5")
    here.stage.view.answer("このまま発行する")
    assert here.room.filing(here.number).sending is Sending.FILED


def test_what_another_desk_saves_under_the_question_is_not_deleted_unread(opened: IssueForms) -> None:
    here = opened()
    here.press("F10")
    here.press("F2")
    with here.room.database.write() as shelves:
        shelves.filings.get(here.number).user_name = "見本花子"
    here.stage.view.answer("削除する")
    assert here.said == CHANGED_BEFORE_DELETION
    here.screen.reload(control_number=here.number)
    assert here.screen.editor.form.user_name == "見本花子"
