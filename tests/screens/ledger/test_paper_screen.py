"""Tests of 紙の適合証 追加 and 修正 without Qt, on a real database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.errors import StoreError
from onestop.screens.function_keys import PAPER
from onestop.screens.ledger import paper_screen as told
from onestop.screens.ledger.ledger_screen import LedgerScreen
from onestop.screens.ledger.paper_screen import PaperScreen
from onestop.screens.ports import Tone
from onestop.services.ledger.paper_book import CHANGED_ELSEWHERE, NO_SUCH_CAR
from onestop.services.ledger.paper_form import PaperForm
from support.screens import InlineBackground, Stage

if TYPE_CHECKING:
    from support.desks import DeskRoom


def words(screen: PaperScreen) -> str:
    return "" if screen.message is None else screen.message.text


# --- 追加


@pytest.fixture
def paper(stage: Stage) -> PaperScreen:
    return stage.open(PaperScreen(stage.surroundings))


def fill(paper: PaperScreen) -> None:
    for name, value in (("certificate_number", "12"), ("chassis_number", "ZN6-012345"), ("inspector", "検査一郎")):
        paper.editor.edit(name, value)


def test_a_paper_is_added_and_the_next_begins_with_its_days(room: DeskRoom, stage: Stage, paper: PaperScreen) -> None:
    room.a_car()
    fill(paper)
    stage.press(PAPER, "F10", paper)
    assert words(paper) == "元帳に追加しました(管理番号 1)。続けて入力できます。"
    assert stage.view.focused[-1] == "certificate_number"
    assert (paper.editor.form.certificate_number, paper.editor.form.inspector) == ("", "検査一郎")
    assert len(stage.navigator.changes) == 1
    paper.close()
    assert stage.view.dismissed
    assert paper.read_day("")[0] == ""


def test_the_days_of_a_paper_have_been(room: DeskRoom, stage: Stage, paper: PaperScreen) -> None:
    room.a_car()
    fill(paper)
    paper.editor.edit("inspection_date", "4/30")
    paper.editor.edit("issue_date", "5/1")
    assert paper.read_day("5/1")[0] == "令和8年5月1日(金) 2026/05/01"
    stage.press(PAPER, "F10", paper)
    form = room.desk.paper_book.open(1).form
    assert (form.inspection_date, form.issue_date) == ("R8.4.30", "R8.5.1")


def test_what_is_wrong_stands_at_its_field_until_it_is_changed(stage: Stage, paper: PaperScreen) -> None:
    fill(paper)
    stage.press(PAPER, "F10", paper)
    assert paper.editor.problem("chassis_number") == NO_SUCH_CAR
    assert stage.view.focused[-1] == "chassis_number"
    assert words(paper) == NO_SUCH_CAR
    paper.editor.edit("chassis_number", "ZN6-1")
    assert paper.editor.problem("chassis_number") is None
    assert words(paper) == ""


def test_trouble_of_the_machine_blames_no_field(paper: PaperScreen) -> None:
    paper.failed(StoreError("disk"))
    assert paper.editor.problems == ()


@pytest.mark.parametrize(("answer", "stored", "gone"), [("保存", 1, False), ("破棄", 0, True), ("戻る", 0, False)])
def test_an_unsaved_paper_asks(  # noqa: PLR0913, PLR0917 - fixtures and columns
    room: DeskRoom,
    stage: Stage,
    paper: PaperScreen,
    answer: str,
    stored: int,
    gone: bool,  # noqa: FBT001 - a column
) -> None:
    room.a_car()
    fill(paper)
    stage.press(PAPER, "F12", paper)
    stage.view.answer(answer)
    ledger = stage.open(LedgerScreen(stage.surroundings))
    assert (ledger.rows.count, stage.view.dismissed) == (stored, gone)


def test_a_new_one_is_voided_by_its_tick_with_a_reason(room: DeskRoom, stage: Stage, paper: PaperScreen) -> None:
    room.a_car()
    fill(paper)
    assert (paper.title, paper.about) == ("紙の適合証の追加", told.ABOUT_ADDING)
    assert stage.press(PAPER, "F2", paper) == f"[F2 書損] は使えません: {told.TICK_INSTEAD}"
    paper.editor.edit("voided", value=True)
    stage.press(PAPER, "F10", paper)
    assert stage.view.focused[-1] == "reason"
    paper.editor.edit("reason", "印字ずれ")
    stage.press(PAPER, "F10", paper)
    assert (paper.editor.form.voided, paper.editor.form.reason) == (False, "")
    assert room.desk.paper_book.open(1).form.voided


# --- 修正


@pytest.fixture
def stored(room: DeskRoom) -> int:
    room.a_car()
    form = PaperForm(
        certificate_number="12",
        chassis_number="ZN6-012345",
        inspection_date="11/20",
        issue_date="11/21",
        inspector="検査一郎",
    )
    return room.desk.paper_book.add(form)


@pytest.fixture
def correction(stage: Stage, stored: int) -> PaperScreen:
    return stage.open(PaperScreen(stage.surroundings, stored))


def test_it_stands_as_it_was_typed_and_is_saved(room: DeskRoom, stage: Stage, correction: PaperScreen) -> None:
    assert (correction.title, correction.about) == ("紙の適合証の修正", told.ABOUT_CORRECTING)
    assert (correction.editor.form.certificate_number, correction.editor.form.issue_date) == ("12", "R8.11.21")
    correction.editor.edit("certificate_number", "13")
    stage.press(PAPER, "F10", correction)
    assert words(correction) == told.CORRECTED
    assert len(stage.navigator.changes) == 1
    assert room.desk.paper_book.open(1).form.certificate_number == "13"
    stage.press(PAPER, "F12", correction)
    assert stage.view.dismissed


def test_before_it_is_read_nothing_can_be_done(room: DeskRoom, stored: int) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(PaperScreen(stage.surroundings, stored))
    assert "終わるまでお待ちください" in (stage.press(PAPER, "F10", screen) or "")
    screen.void()
    stage.background.work_all()
    assert stage.press(PAPER, "F10", screen) is None


def test_one_that_is_gone_says_so_and_cannot_be_saved(room: DeskRoom, stage: Stage, stored: int) -> None:
    with room.database.write() as shelves:
        shelves.conformity.delete(stored)
    screen = stage.open(PaperScreen(stage.surroundings, stored))
    assert "削除されています" in words(screen)
    for key, label in (("F2", "書損"), ("F10", "保存")):
        assert stage.press(PAPER, key, screen) == f"[{key} {label}] は使えません: {told.NOT_READ}"


def test_without_a_reason_f2_asks_for_one(stage: Stage, correction: PaperScreen) -> None:
    stage.press(PAPER, "F2", correction)
    assert words(correction) == correction.editor.problem("reason") == told.NO_REASON
    assert stage.view.focused[-1] == "reason"
    assert correction.message is not None
    assert correction.message.tone is Tone.WARNING


@pytest.mark.parametrize(("answer", "voided"), [("戻る", False), ("書損にする", True)])
def test_f2_voids_after_a_question_alone(
    room: DeskRoom,
    stage: Stage,
    correction: PaperScreen,
    answer: str,
    voided: bool,  # noqa: FBT001 - a column
) -> None:
    correction.editor.edit("reason", " 印字ずれ ")
    stage.press(PAPER, "F2", correction)
    assert "交付番号 12 を書損にします" in stage.view.asked.text
    assert "理由: 印字ずれ" in stage.view.asked.text
    stage.view.answer(answer)
    assert room.desk.paper_book.open(1).form.voided is voided
    assert (words(correction) == told.VOIDED) is voided
    assert (correction.about == told.ABOUT_VOIDED) is voided
    assert len(stage.navigator.changes) == voided


def test_f2_takes_it_back_after_a_question(room: DeskRoom, stage: Stage, correction: PaperScreen) -> None:
    correction.editor.edit("reason", "印字ずれ")
    stage.press(PAPER, "F2", correction)
    stage.view.answer("書損にする")
    stage.press(PAPER, "F2", correction)
    stage.view.answer("書損を取り消す")
    assert words(correction) == told.RESTORED
    assert room.desk.paper_book.open(1).form.voided is False
    assert correction.editor.form.reason == ""


def test_what_is_not_saved_is_saved_before_it_is_voided(stage: Stage, correction: PaperScreen) -> None:
    correction.editor.edit("inspector", "点検二郎")
    assert stage.press(PAPER, "F2", correction) == f"[F2 書損] は使えません: {told.SAVE_FIRST}"


def test_what_was_changed_elsewhere_is_told(room: DeskRoom, stage: Stage, correction: PaperScreen) -> None:
    room.desk.paper_book.void(room.desk.paper_book.open(1), "印字ずれ")
    correction.editor.edit("inspector", "点検二郎")
    stage.press(PAPER, "F10", correction)
    assert words(correction) == CHANGED_ELSEWHERE
    assert correction.editor.form.inspector == "点検二郎"
