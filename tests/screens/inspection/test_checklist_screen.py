"""確認票 without Qt: what is asked, what its answers stand in the way of, and the 承諾書 for all cars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from onestop.model.ending import Ending
from onestop.screens.conformity.screen import ConformityScreen
from onestop.screens.filing.batch_screen import BatchScreen
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.function_keys import (
    BATCH_BUTTONS,
    CHECKLIST,
    CHECKLIST_BUTTONS,
    CONFORMITY_BUTTONS,
    ISSUE_BUTTONS,
    MAIN_BUTTONS,
    MAIN_ENTER,
    RELAY_BUTTONS,
)
from onestop.screens.inspection.checklist_screen import (
    NO_FLEET,
    NOT_READ,
    NOT_SAVED,
    REVOKED,
    SAVE_FIRST,
    SAVED,
    STILL_UNASKED,
    ChecklistScreen,
)
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.inspection.relay_screen import RelayScreen
from onestop.screens.places import ChecklistPlace
from onestop.screens.ports import Tone
from onestop.services.inspection.belonging import AWAITS_CERTIFICATE
from onestop.services.inspection.checklist_form import NO_NAME
from support.checklist import answer
from support.screens import Change, InlineBackground, Stage, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.screens.function_key import FunctionKey
    from onestop.screens.screen import Screen, Surroundings
    from support.desks import DeskRoom

BUTTONS: dict[str, tuple[tuple[FunctionKey[Any], ...], Callable[[Surroundings, int], Screen]]] = {
    "main": (MAIN_BUTTONS, MainScreen),
    "relay": (RELAY_BUTTONS, RelayScreen),
    "issue": (ISSUE_BUTTONS, IssueScreen),
    "conformity": (CONFORMITY_BUTTONS, ConformityScreen),
}


@pytest.fixture
def car(room: DeskRoom) -> int:
    return room.a_car()


@pytest.fixture
def screen(stage: Stage, car: int) -> ChecklistScreen:
    return stage.open(ChecklistScreen(stage.surroundings, car))


def answer_all(screen: ChecklistScreen, **changes: str) -> None:
    """Answer as it is for most cars."""
    usual = {"consent": "あり", "tax": "確認済", "parking": "滞納なし", "recall": "対象なし", "answered_by": "見本花子"}
    for name, value in {**usual, **changes}.items():
        screen.edit(name, value)


# --- what stands on the glass


def test_it_opens_with_whose_page_it_is_and_what_is_not_answered(screen: ChecklistScreen) -> None:
    assert screen.car == "土浦300さ1234  ZN6-012345  見本太郎"
    assert (screen.verdict, screen.tone) == ("未確認: 承諾書・納税・放置違反金・リコール", Tone.WARNING)
    assert screen.history_text == "まだ答えがありません。"
    assert (screen.fleet_text, screen.asks_obd, screen.has_consent, screen.rests_on_fleet) == ("", False, False, False)


def test_before_it_is_read_it_says_nothing_and_saves_nothing(stage: Stage, car: int) -> None:
    background = InlineBackground(held=True)
    held = Stage(desk=stage.surroundings.desk, background=background)
    screen = held.open(ChecklistScreen(held.surroundings, car))
    assert (screen.car, screen.verdict, screen.tone, screen.asks_obd) == ("", "", None, False)
    assert "読み込み中" in str(held.press(CHECKLIST, "F10", screen))
    background.work_all()
    assert screen.car


def test_one_that_could_not_be_read_does_nothing(stage: Stage) -> None:
    screen = stage.open(ChecklistScreen(stage.surroundings, 99))
    assert stage.press(CHECKLIST, "F10", screen) == f"[F10 保存] は使えません: {NOT_READ}"
    for action in (screen.save, screen.print, screen.print_consent, screen._revoke):
        action()
    screen.pdf()
    stage.view.answer("確認票")
    assert (stage.view.previews, stage.view.save_requests) == ([], [])


def test_a_car_with_obd_in_its_note_is_asked_for_it(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car(note_info="OBD検査対象")
    screen = stage.open(ChecklistScreen(stage.surroundings, car))
    assert screen.asks_obd
    screen.edit("obd", "特例")
    assert screen.needs_obd_number
    screen.edit("obd_number", "T-1")
    assert not screen.needs_obd_number


# --- answering


def test_a_consent_is_dated_today_and_a_typed_date_stays(screen: ChecklistScreen) -> None:
    screen.edit("consent", "あり")
    assert screen.editor.form.consent_day == "R8.11.24"
    screen.edit("consent_day", "R8.11.20")
    screen.edit("consent", "まとめてあり")
    assert screen.editor.form.consent_day == "R8.11.20"
    assert (screen.has_consent, screen.gives_fleet_consent) == (True, True)
    screen.edit("consent", "なし")
    assert not screen.has_consent
    assert screen.verdict.startswith("未確認: 納税・放置違反金・リコール 使用者の承諾書がないため")
    assert (screen.verdict.endswith(NOT_SAVED), screen.tone) == (True, Tone.ERROR)


def test_what_is_answered_and_not_saved_is_told_as_that(screen: ChecklistScreen) -> None:
    answer_all(screen)
    assert (screen.verdict, screen.tone) == (f"すべて確認済です。{NOT_SAVED}", Tone.WARNING)


@pytest.mark.parametrize(
    ("field", "value", "unsaved"),
    [("consent_day", "R8.11.1", True), ("obd_number", "T-2", True), ("answered_by", "見本次郎", False)],
)
def test_a_day_or_a_number_is_no_more_stored_than_an_answer_but_a_name_answers_nothing(
    room: DeskRoom, stage: Stage, field: str, value: str, *, unsaved: bool
) -> None:
    screen = stage.open(ChecklistScreen(stage.surroundings, room.a_car(note_info="OBD検査対象")))
    answer_all(screen, obd="特例", obd_number="T-1")
    stage.press(CHECKLIST, "F10", screen)
    screen.edit(field, value)
    assert screen.verdict.endswith(NOT_SAVED) is unsaved
    assert stage.press(CHECKLIST, "F9", screen) == (f"[F9 印刷] は使えません: {SAVE_FIRST}" if unsaved else None)


def test_what_is_answered_is_kept_and_told_to_the_other_windows(
    room: DeskRoom, stage: Stage, screen: ChecklistScreen, car: int
) -> None:
    answer_all(screen)
    stage.press(CHECKLIST, "F10", screen)
    assert said(screen) == SAVED
    assert (screen.verdict, screen.tone) == ("すべて確認済です。", None)
    assert screen.history_text.splitlines()[-1].endswith("承諾書: あり(2026/11/24) 見本花子")
    assert stage.navigator.changes == [Change(car, None)]
    assert room.desk.checklists.open(car).form == screen.editor.form
    stage.press(CHECKLIST, "F12", screen)
    assert stage.view.dismissed


def test_what_is_left_open_is_told_and_has_the_focus(stage: Stage, screen: ChecklistScreen) -> None:
    answer_all(screen, tax="未確認")
    stage.press(CHECKLIST, "F10", screen)
    assert said(screen) == STILL_UNASKED.format(items="納税")
    assert stage.view.focused[-1] == "tax"


def test_a_bad_answer_is_told_with_what_it_stops(stage: Stage, screen: ChecklistScreen) -> None:
    answer_all(screen, parking="滞納あり")
    stage.press(CHECKLIST, "F10", screen)
    assert "放置違反金の滞納があります" in said(screen)
    assert "放置違反金の滞納があります" in screen.verdict
    assert screen.tone is Tone.ERROR


def test_a_missing_name_is_told_at_its_field(stage: Stage, screen: ChecklistScreen) -> None:
    answer_all(screen, answered_by="")
    stage.press(CHECKLIST, "F10", screen)
    assert screen.editor.problem("answered_by") == NO_NAME
    assert stage.view.focused[-1] == "answered_by"


def test_closing_with_an_answer_that_is_not_saved_asks(stage: Stage, screen: ChecklistScreen) -> None:
    screen.edit("tax", "確認済")
    stage.press(CHECKLIST, "F12", screen)
    assert "答え" in stage.view.asked.text
    assert not stage.view.dismissed


def test_many_older_answers_are_counted(stage: Stage, screen: ChecklistScreen) -> None:
    for word in ("未納", "確認済", "未納", "確認済"):
        answer_all(screen, tax=word)
        stage.press(CHECKLIST, "F10", screen)
    assert screen.history_text.splitlines()[-1] == "ほか1件(F9 印刷 で全部が出ます)"


def test_what_another_window_saves_is_shown_unless_something_is_typed(
    room: DeskRoom, stage: Stage, screen: ChecklistScreen, car: int
) -> None:
    answer(room, car)
    screen.reload(vehicle_id=99)
    screen.reload(vehicle_id=car, control_number=1)
    assert screen.opened is not None
    assert screen.opened.history == ()
    screen.edit("tax", "未納")
    screen.reload(vehicle_id=car)
    assert screen.opened.history == ()
    screen.edit("tax", "未確認")
    screen.reload(vehicle_id=car)
    assert screen.verdict == "すべて確認済です。"
    del stage


def test_what_is_typed_while_it_is_read_again_stays(room: DeskRoom, stage: Stage, car: int) -> None:
    background = InlineBackground(held=True)
    held = Stage(desk=lambda: room.desk, background=background)
    screen = held.open(ChecklistScreen(held.surroundings, car))
    background.work_all()
    screen.reload()
    screen.edit("tax", "未納")
    background.work_all()
    assert screen.editor.form.tax == "未納"
    del stage


# --- まとめての承諾書


def test_a_consent_for_all_is_shown_and_revoked_after_a_question(
    stage: Stage, screen: ChecklistScreen, car: int
) -> None:
    assert stage.press(CHECKLIST, "F2", screen) == f"[F2 承諾の取消] は使えません: {NO_FLEET}"
    answer_all(screen, consent="まとめてあり", consent_until="R9.11.20")
    stage.press(CHECKLIST, "F10", screen)
    assert "2026/11/24から2027/11/20まで" in screen.fleet_text
    assert (screen.rests_on_fleet, screen.gives_fleet_consent) == (True, False)
    screen.edit("tax", "未納")
    assert stage.press(CHECKLIST, "F2", screen) == f"[F2 承諾の取消] は使えません: {SAVE_FIRST}"
    screen.edit("tax", "確認済")
    stage.press(CHECKLIST, "F2", screen)
    stage.view.answer("承諾を取り消す")
    assert said(screen) == REVOKED
    assert (screen.fleet_text, screen.editor.form.consent, screen.editor.form.consent_day) == ("", "未確認", "")
    assert "承諾書: まとめての承諾を取消(2026/11/24の承諾書) 見本花子" in screen.history_text
    assert stage.navigator.changes == [Change(car, None), Change(None, None)]


# --- printing


def test_the_page_and_the_consent_are_printed_from_a_preview(stage: Stage, screen: ChecklistScreen) -> None:
    stage.press(CHECKLIST, "F9", screen)
    stage.press(CHECKLIST_BUTTONS, "Alt+P", screen)
    assert [sheets[0].document.title for sheets, _ in stage.view.previews] == ["確認票", "承諾書"]
    screen.edit("tax", "未納")
    assert stage.press(CHECKLIST, "F9", screen) == f"[F9 印刷] は使えません: {SAVE_FIRST}"


@pytest.mark.parametrize(("word", "begins"), [("確認票", "確認票_1_20261124"), ("承諾書", "承諾書_1_20261124")])
def test_either_is_saved_as_a_pdf(
    stage: Stage, screen: ChecklistScreen, tmp_path: Path, word: str, begins: str
) -> None:
    stage.press(CHECKLIST, "F8", screen)
    stage.view.answer(word)
    proposed, _, chosen = stage.view.save_requests.pop()
    assert proposed.name == f"{begins}.pdf"
    chosen(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    stage.press(CHECKLIST_BUTTONS, "Alt+O", screen)
    assert stage.view.folders == [tmp_path]


# --- the ways to it


@pytest.mark.parametrize("name", BUTTONS)
def test_it_opens_from_the_windows_that_need_it(room: DeskRoom, stage: Stage, name: str, car: int) -> None:
    table, make = BUTTONS[name]
    opened: Screen = stage.open(make(stage.surroundings, car))
    assert stage.press(table, "Alt+Q", opened) is None
    assert stage.navigator.went == [ChecklistPlace(car)]
    del room


def test_it_opens_from_a_row_of_many(room: DeskRoom, stage: Stage) -> None:
    first, second = room.drafts(2)
    screen = stage.open(BatchScreen(stage.surroundings, (first, second)))
    screen.choose(1)
    assert stage.press(BATCH_BUTTONS, "Alt+Q", screen) is None
    assert stage.navigator.went == [ChecklistPlace(2)]


def test_enter_leads_to_it_where_it_comes_next(stage: Stage, car: int) -> None:
    main = stage.open(MainScreen(stage.surroundings, car))
    assert main.hint.endswith("件に答えます → Alt+Q 確認票")
    stage.press(MAIN_ENTER, "Enter", main)
    assert stage.navigator.went == [ChecklistPlace(car)]


def test_it_stays_shut_between_two_inspections(room: DeskRoom, stage: Stage) -> None:
    number = room.a_draft()
    with room.database.write() as shelves:
        filing = shelves.filings.get(number)
        filing.status = "手続完了"
        shelves.inspections.get(filing.inspection_id or 0).end(Ending.FINISHED, room.clock.now())
    done = stage.open(MainScreen(stage.surroundings, filing.vehicle_id))
    assert stage.press(MAIN_BUTTONS, "Alt+Q", done) == f"[Alt+Q 確認票] は使えません: {AWAITS_CERTIFICATE}"
    assert stage.navigator.went == []


@pytest.mark.parametrize("kind", [IssueScreen, ConformityScreen])
def test_before_its_car_is_known_a_form_opens_no_page(stage: Stage, kind: type[IssueScreen | ConformityScreen]) -> None:
    screen = kind(stage.surroundings, None, 1)
    screen.open_checklist()
    assert stage.navigator.went == []
