"""申請書発行: from 新規 to what AINAS says, with nothing lost, nothing sent twice and nothing changed once issued."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop.model.sending_state import Sending
from onestop.screens.draft_keeper import PAUSE
from onestop.screens.function_keys import ISSUE, ISSUE_BUTTONS
from onestop.screens.issue_screen import IssueScreen
from onestop.screens.ports import Tone
from onestop.screens.shown_filing import (
    CALL_THE_AGENT,
    FORGOTTEN,
    ISSUED_ALREADY,
    NOT_FILED,
    STILL_UNSETTLED,
    UNSETTLED_HINT,
)
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop_sandbox.trouble import Kind, Trouble
from support.desks import INITIAL_SECRETS, DeskRoom, a_desk
from support.screens import Change, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.clock import FixedClock

ODD: Final[dict[str, Any]] = {"plate": "土浦1あ1111", "chassis_number": "ABC123"}
"""The manual's sample: it may be filed, and three things about it are odd."""


@dataclass(frozen=True, slots=True)
class Here:
    """A stage with 申請書発行 on it."""

    room: DeskRoom
    stage: Stage
    screen: IssueScreen

    def press(self, key: str) -> str | None:
        return self.stage.press((*ISSUE, *ISSUE_BUTTONS), key, self.screen)

    def type(self, **values: object) -> None:
        for name, value in values.items():
            self.screen.edit(name, value)

    @property
    def said(self) -> str:
        return self.screen.message.text if self.screen.message else ""

    @property
    def tone(self) -> Tone | None:
        return self.screen.message.tone if self.screen.message else None

    @property
    def number(self) -> int:
        return self.screen.shown.control_number

    def sending(self) -> Sending:
        return self.room.filing(self.number).sending

    def again(self) -> Here:
        """Open the same car once more, in a window of its own."""
        stage = Stage(desk=lambda: self.room.desk)
        car = self.room.filing(self.number).vehicle_id if self.number else 1
        return Here(self.room, stage, stage.open(IssueScreen(stage.surroundings, car)))


class Opened:
    """Opens desks and closes them at the end of the test."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack

    def room(self, secrets: ApiSecrets | None = None, **options: object) -> DeskRoom:
        held = MemorySecrets(secrets) if secrets is not None else None
        return self._stack.enter_context(a_desk(self._folder, secrets=held, **options))  # type: ignore[arg-type]

    def on(self, room: DeskRoom, vehicle_id: int | None, control_number: int | None = None) -> Here:
        stage = Stage(desk=lambda: room.desk)
        return Here(room, stage, stage.open(IssueScreen(stage.surroundings, vehicle_id, control_number)))

    def __call__(self, secrets: ApiSecrets | None = None, **car: object) -> Here:
        room = self.room(secrets)
        return self.on(room, room.a_car(**car))

    def issued(self) -> Here:
        here = self()
        assert here.press("F5") is None
        assert here.screen.shown.filing_id
        return here

    def lost(self, *, acted: bool) -> Here:
        """Issue, and lose the answer after or before AINAS acted."""
        here = self()
        here.room.sandbox.troubles.add(Trouble(Kind.HTML, "submitFiling", status=200, after=acted))
        here.press("F5")
        return here


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    with ExitStack() as stack:
        yield Opened(tmp_path, stack)


# --- 新規 and 保存


def test_a_new_filing_is_prefilled_from_the_car_with_the_owner_for_stars(opened: Opened) -> None:
    screen = opened(**ODD).screen
    assert (screen.shown.mode, screen.shown.control_number, screen.shown.procedure) == ("新規", 0, "継続検査")
    assert (screen.form.area, screen.form.class_number, screen.form.kana, screen.form.serial) == (
        "土浦",
        "1",
        "あ",
        "1111",
    )
    assert screen.form.chassis_number == "ABC123"
    assert screen.form.user_name == "見本太郎"
    assert screen.form.user_address1 == "茨城県古河市見本一丁目"
    assert screen.form.planned_date == ""
    assert (screen.shown.status, screen.shown.filing_id, screen.shown.oss_status) == ("依頼前", "", "")
    assert screen.shown.status_updated_at == screen.shown.agent_message == ""
    assert not screen.changed


def test_the_fees_are_estimated_until_ainas_says_its_own(opened: Opened) -> None:
    here = opened()
    assert [line.kind for line in here.screen.fee_rows.records][:2] == ["検査登録手数料", "自動車重量税"]
    assert here.screen.fee_rows.row(0)[1].startswith("見込 ¥")


def test_the_estimate_follows_the_planned_day_once_it_is_saved(opened: Opened) -> None:
    here = opened(first_registration="2014-02")
    before = here.screen.fee_rows.row(1)[1]
    here.type(planned_date="R8.12.1")
    here.press("F10")
    here.screen.reload(control_number=1)
    assert here.screen.fee_rows.row(1)[1] != before


def test_saving_gives_the_number_and_stays_before_the_request(opened: Opened) -> None:
    here = opened()
    here.type(planned_date="12/1", user_representative="見本太郎")
    assert here.press("F10") is None
    assert here.said == "保存しました。管理番号 1"
    assert (here.screen.shown.mode, here.number) == ("修正", 1)
    assert here.screen.form.planned_date == "R8.12.1"
    assert here.sending() is Sending.DRAFT
    assert here.room.times_filed(1) == 0
    assert here.stage.navigator.changes == [Change(1, 1)]
    here.type(planned_date="")
    here.press("F10")
    assert here.room.filing(1).planned_date is None


def test_a_filing_opened_by_its_number_shows_what_is_stored(opened: Opened) -> None:
    room = opened.room()
    number = room.a_draft(user_name="見本花子")
    here = opened.on(room, None, number)
    assert (here.number, here.screen.form.user_name) == (number, "見本花子")


def test_what_cannot_be_stored_is_blamed_at_its_field_until_it_is_changed(opened: Opened) -> None:
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


def test_what_is_typed_while_it_is_saved_stays(opened: Opened) -> None:
    here = opened()
    here.type(user_name="見本一郎")
    here.stage.background.held = True
    here.press("F10")
    here.type(user_name="見本一郎太")
    here.stage.background.work_all()
    assert here.screen.form.user_name == "見本一郎太"
    assert here.screen.changed
    assert here.room.filing(1).user_name == "見本一郎"


def test_a_day_is_echoed_in_both_calendars(opened: Opened) -> None:
    assert opened().screen.read_day("+3") == ("令和8年11月27日(金) 2026/11/27", None)


# --- 発行


def test_f5_saves_and_files_once_and_shows_the_number(opened: Opened) -> None:
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


def test_a_saved_filing_is_sent_as_it_stands(opened: Opened) -> None:
    here = opened()
    here.press("F10")
    version = here.room.filing(1).version
    here.press("F5")
    assert here.room.times_filed(1) == 1
    assert here.room.filing(1).version > version


def test_once_issued_nothing_can_be_changed_saved_or_issued(opened: Opened) -> None:
    here = opened.issued()
    assert here.screen.is_locked("user_name")
    form = here.screen.form
    here.type(user_name="別人")
    assert here.screen.form is form
    assert here.press("F5") == f"[F5 発行] は使えません: {ISSUED_ALREADY}"
    assert here.press("F10") == f"[F10 保存] は使えません: {ISSUED_ALREADY}"
    assert here.room.times_filed(1) == 1


def test_f5_pressed_again_while_it_is_sent_does_nothing(opened: Opened) -> None:
    here = opened()
    here.stage.background.held = True
    here.press("F5")
    while here.stage.background.waiting:
        assert "終わるまでお待ちください" in (here.press("F5") or "")
        here.type(user_name="別人")
        here.stage.background.work_next()
    assert here.room.times_filed(1) == 1
    assert here.room.filing(1).user_name == "見本太郎"


def test_f5_in_two_windows_is_one_filing(opened: Opened) -> None:
    here = opened()
    here.press("F10")
    other = here.again()
    here.press("F5")
    assert other.press("F5") is None
    assert other.screen.shown.filing_id == here.screen.shown.filing_id
    assert other.screen.is_locked("user_name")
    assert other.tone is Tone.WARNING
    assert here.room.times_filed(1) == 1


def test_two_windows_that_save_a_new_filing_make_one(opened: Opened) -> None:
    here = opened()
    other = here.again()
    here.press("F10")
    other.press("F10")
    assert other.tone is Tone.WARNING
    assert other.number == 0


def test_what_cannot_be_filed_is_blamed_and_not_sent(opened: Opened) -> None:
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


def test_odd_things_are_asked_about_once_and_the_safe_way_goes_back(opened: Opened) -> None:
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


def test_while_the_question_stands_the_window_neither_closes_nor_changes(opened: Opened) -> None:
    here = opened(**ODD)
    here.press("F5")
    here.press("F12")
    assert here.said == "発行が終わるまでお待ちください。"
    assert not here.stage.view.dismissed
    assert here.screen.is_locked("user_name")


def test_missing_settings_are_named_with_the_way_there(opened: Opened) -> None:
    here = opened(ApiSecrets())
    here.press("F5")
    assert "APIキー・APIパスワード" in here.said
    assert "F3 設定" in here.said
    assert here.stage.view.alarms == 1
    assert here.sending() is Sending.DRAFT
    here.press("F3")
    assert here.stage.navigator.went == [("show_settings",)]


def test_an_initial_password_is_refused_with_the_way_out(opened: Opened) -> None:
    here = opened(INITIAL_SECRETS)
    here.press("F5")
    assert "再設定" in here.said
    assert here.sending() is Sending.DRAFT
    assert not here.screen.is_locked("user_name")


def test_what_ainas_refuses_is_shown_at_its_fields_and_told_again_at_the_next_opening(opened: Opened) -> None:
    here = opened()
    errors = (("user.address1", "住所が見つかりません。"), ("registration_number.kana", "かなが違います。"))
    here.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "submitFiling", status=422, errors=errors))
    here.press("F5")
    assert here.screen.problem("user_address1") == "住所が見つかりません。"
    assert here.screen.problem("registration_number") == "かなが違います。"
    assert here.stage.view.focused[-1] == "user_address1"
    assert here.stage.view.alarms == 1
    assert not here.screen.is_locked("user_name")
    again = here.again()
    assert again.said == "前回の発行は受け付けられませんでした: 住所が見つかりません。\nかなが違います。"
    assert again.tone is Tone.WARNING


def test_a_filing_deleted_in_another_window_while_it_is_issued_is_told(opened: Opened) -> None:
    here = opened()
    here.press("F10")
    here.stage.background.held = True
    here.press("F5")
    here.stage.background.work_next()
    here.room.desk.filings.delete(1)
    here.stage.background.work_all()
    assert here.tone is Tone.WARNING
    assert here.room.times_filed(1) == 0


# --- the answer is lost


@pytest.mark.parametrize("acted", [True, False])
def test_a_lost_answer_locks_the_filing_and_says_what_to_do(opened: Opened, *, acted: bool) -> None:
    here = opened.lost(acted=acted)
    assert "応答がありませんでした" in here.said or "読み取れない応答" in here.said
    assert here.screen.shown.status == "確認中"
    assert here.screen.is_locked("user_name")
    assert here.stage.view.alarms == 1
    again = here.again()
    assert again.said == UNSETTLED_HINT
    assert "申請確認 を行ってください" in (again.press("F2") or "")


def test_the_check_finds_a_filing_that_had_arrived(opened: Opened) -> None:
    here = opened.lost(acted=True)
    assert here.press("Alt+K") is None
    assert here.screen.shown.status == "受付前"
    assert here.said == "申請確認: 受付前"
    assert here.room.times_filed(1) == 1


def test_the_check_waits_until_no_answer_can_be_on_its_way_and_then_sends_again_with_the_same_key(
    opened: Opened,
) -> None:
    here = opened.lost(acted=False)
    here.press("Alt+K")
    assert (here.said, here.tone) == (STILL_UNSETTLED, Tone.WARNING)
    assert here.room.times_filed(1) == 0
    _clock(here).advance(seconds=200)
    here.press("Alt+K")
    assert here.screen.shown.status == "受付前"
    assert here.room.times_filed(1) == 1


def test_a_filing_that_ainas_then_refuses_is_ours_again(opened: Opened) -> None:
    here = opened.lost(acted=False)
    _clock(here).advance(seconds=200)
    trouble = Trouble(Kind.REFUSE, "submitFiling", status=422, errors=(("user.name", "使えない文字です。"),))
    here.room.sandbox.troubles.add(trouble)
    here.press("Alt+K")
    assert here.said == f"{NOT_FILED}使えない文字です。"
    assert not here.screen.is_locked("user_name")
    assert here.screen.shown.status == "依頼前"


# --- 申請確認


def test_before_it_is_issued_there_is_nothing_to_check(opened: Opened) -> None:
    here = opened()
    assert here.press("Alt+K") == "[Alt+K 申請確認] は使えません: まだ発行していません。"
    here.press("F10")
    assert here.press("Alt+K") == "[Alt+K 申請確認] は使えません: まだ発行していません。"


def test_the_check_brings_states_the_agents_words_and_any_kind_of_fee(opened: Opened) -> None:
    here = opened.issued()
    here.room.sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS, "getFiling"))
    assert here.press("Alt+K") is None
    assert here.said == "申請確認: 特別調整中 / 特別調整中"
    assert here.screen.shown.oss_status == "特別調整中"
    assert here.screen.shown.status_updated_at == "令和8年11月24日(火) 2026/11/24 9:15"
    assert ("特別調整金", "¥120", "–", "–") in [line.texts() for line in here.screen.fee_rows.records]
    assert here.stage.navigator.changes[-1] == Change(1, 1)


def test_a_check_that_fails_leaves_what_is_shown(opened: Opened) -> None:
    here = opened.issued()
    here.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "getFiling", status=503))
    here.press("Alt+K")
    assert here.tone is Tone.ERROR
    assert here.screen.shown.status == "受付前"
    assert here.press("Alt+K") is None
    assert here.said == "申請確認: 受付前"


def test_a_filing_that_ainas_has_forgotten_is_kept(opened: Opened) -> None:
    here = opened.issued()
    here.room.sandbox.troubles.add(Trouble(Kind.REFUSE, "getFiling", status=404))
    here.press("Alt+K")
    assert here.said == FORGOTTEN
    assert here.again().said == FORGOTTEN
    assert here.screen.shown.filing_id


# --- 削除 and 取消


def test_what_is_not_saved_cannot_be_deleted(opened: Opened) -> None:
    assert opened().press("F2") == "[F2 削除] は使えません: まだ保存されていません。"


def test_a_draft_is_deleted_after_a_question(opened: Opened) -> None:
    here = opened()
    here.press("F10")
    here.press("F2")
    here.stage.view.answer("戻る")
    assert here.sending() is Sending.DRAFT
    here.press("F2")
    assert "管理番号 1" in here.stage.view.asked.text
    here.stage.view.answer("削除する")
    assert here.stage.view.dismissed
    assert here.room.desk.filings.open(1, None).filing is None
    assert here.stage.navigator.changes[-1] == Change(1, 1)


def test_while_it_waits_for_the_agent_it_is_withdrawn_at_ainas(opened: Opened) -> None:
    here = opened.issued()
    assert here.press("F2") is None
    here.stage.view.answer("取消する")
    assert here.said == "取消しました。申請ステータス 取消"
    assert here.press("F2") == "[F2 削除] は使えません: 取消です。"
    assert here.screen.is_locked("user_name")


def test_once_the_agent_has_it_the_agent_is_called(opened: Opened) -> None:
    here = opened.issued()
    here.room.sandbox.troubles.add(Trouble(Kind.UNKNOWN_WORDS, "getFiling"))
    here.press("Alt+K")
    assert here.press("F2") == f"[F2 削除] は使えません: {CALL_THE_AGENT}"


# --- 閉じる, and typing that survives


def test_closing_asks_only_when_something_was_changed(opened: Opened) -> None:
    here = opened()
    here.type(user_name="見本一郎")
    here.stage.background.pass_time(PAUSE)
    here.press("F12")
    here.stage.view.answer("戻る")
    stayed = not here.stage.view.dismissed
    here.press("F12")
    here.stage.view.answer("破棄して閉じる")
    assert (stayed, here.stage.view.dismissed) == (True, True)
    again = here.again()
    assert again.stage.view.questions == []
    assert again.screen.form.user_name == "見本太郎"
    again.press("F12")
    assert again.stage.view.dismissed


def test_typing_survives_a_crash_and_is_offered_at_the_next_opening(opened: Opened) -> None:
    here = opened()
    here.type(user_name="見本一")
    here.type(user_name="見本一郎")
    here.stage.background.pass_time(PAUSE)
    again = here.again()
    assert [choice.label for choice in again.stage.view.asked.choices if choice.safe] == ["復元する"]
    again.stage.view.answer("復元する")
    assert again.screen.form.user_name == "見本一郎"
    assert again.screen.changed
    again.press("F10")
    assert again.room.filing(1).user_name == "見本一郎"
    assert here.again().stage.view.questions == []


def test_typing_on_a_saved_filing_is_kept_under_its_number_and_may_be_dropped(opened: Opened) -> None:
    here = opened()
    here.press("F10")
    here.type(user_name="見本一郎")
    here.stage.background.pass_time(PAUSE)
    again = opened.on(here.room, None, 1)
    again.stage.view.answer("破棄する")
    assert again.screen.form.user_name == "見本太郎"
    assert opened.on(here.room, None, 1).stage.view.questions == []


def test_typing_that_was_issued_after_all_is_not_offered(opened: Opened) -> None:
    here = opened()
    here.press("F10")
    here.type(user_name="見本一郎")
    here.stage.background.pass_time(PAUSE)
    here.room.desk.issuing.issue(1)
    again = opened.on(here.room, None, 1)
    assert again.stage.view.questions == []
    assert again.room.desk.typing.found("filing/1", again.screen.form) is None


# --- changes elsewhere


def test_a_change_elsewhere_is_read_again_unless_something_is_being_typed(opened: Opened) -> None:
    here = opened()
    here.press("F10")
    other = here.again()
    other.type(user_name="見本二郎")
    other.press("F10")
    here.screen.reload(vehicle_id=1, control_number=1)
    assert here.screen.form.user_name == "見本二郎"
    here.type(user_name="見本三郎")
    other.type(user_name="見本四郎")
    other.press("F10")
    here.screen.reload(control_number=1)
    assert here.screen.form.user_name == "見本三郎"
    here.press("F10")
    assert "別の画面で変更されました" in here.said


def test_what_was_issued_elsewhere_is_locked_here_even_while_typing(opened: Opened) -> None:
    here = opened()
    here.press("F10")
    here.type(user_name="見本三郎")
    here.room.desk.issuing.issue(1)
    here.screen.reload()
    assert here.screen.is_locked("user_name")
    assert here.screen.form.user_name == "見本太郎"


def test_what_does_not_concern_it_is_not_read(opened: Opened) -> None:
    here = opened()
    jobs = here.stage.background.jobs
    here.screen.reload(vehicle_id=99)
    here.screen.reload(control_number=99)
    assert here.stage.background.jobs == jobs
    here.stage.background.held = True
    here.press("F10")
    here.screen.reload()
    assert here.stage.background.jobs == jobs + 1


def test_a_car_that_is_gone_is_told_and_nothing_can_be_done(opened: Opened) -> None:
    room = opened.room()
    here = opened.on(room, 99)
    assert here.tone is Tone.WARNING
    assert here.press("F10") == "[F10 保存] は使えません: 申請が読み込まれていません。"
    here.type(user_name="見本")
    assert here.screen.form.user_name == ""
    here.screen.reload()
    here.press("F1")
    assert here.stage.navigator.went == [("show_help", "issue")]


def _clock(here: Here) -> FixedClock:
    return here.room.clock  # type: ignore[return-value]  # a_desk makes a fixed one
