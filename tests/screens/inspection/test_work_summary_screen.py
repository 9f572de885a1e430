"""Tests of 点検・整備・検査の概要 without Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.screens.function_keys import LEDGER_BUTTONS, WORK_SUMMARY
from onestop.screens.inspection.work_summary_screen import NOT_READ, SAVED, WorkSummaryScreen
from onestop.screens.ledger.ledger_screen import NO_ROW, LedgerScreen
from onestop.screens.places import WorkSummaryPlace
from onestop.services.inspection.work_summary import TOO_LONG
from support.desks import DeskRoom, a_desk
from support.ledger import a_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.screens import Stage


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as made:
        yield made


@pytest.fixture
def screen(room: DeskRoom, stage: Stage) -> WorkSummaryScreen:
    return stage.open(WorkSummaryScreen(stage.surroundings, a_certificate(room)))


def said(screen: WorkSummaryScreen) -> str:
    return screen.message.text if screen.message else ""


def test_what_is_typed_is_kept_and_told_to_the_other_windows(
    room: DeskRoom, stage: Stage, screen: WorkSummaryScreen
) -> None:
    assert "1112345678" in screen.car
    screen.editor.edit("work_summary", "検査合格")
    stage.press(WORK_SUMMARY, "F10", screen)
    assert said(screen) == SAVED
    assert room.desk.work_summaries.open(1).text == screen.editor.form.work_summary == "検査合格"
    stage.press(WORK_SUMMARY, "F12", screen)
    assert stage.view.dismissed


def test_a_text_that_is_too_long_is_told(stage: Stage, screen: WorkSummaryScreen) -> None:
    screen.editor.edit("work_summary", "あ" * 101)
    stage.press(WORK_SUMMARY, "F10", screen)
    assert TOO_LONG in said(screen)
    assert len(screen.editor.form.work_summary) == 101


@pytest.mark.parametrize(("answer", "stored"), [("保存", "検査合格"), ("破棄", ""), ("戻る", "")])
def test_closing_with_a_changed_text_asks(
    room: DeskRoom, stage: Stage, screen: WorkSummaryScreen, answer: str, stored: str
) -> None:
    screen.editor.edit("work_summary", "検査合格")
    stage.press(WORK_SUMMARY, "F12", screen)
    assert not stage.view.dismissed
    stage.view.answer(answer)
    assert stage.view.dismissed == (answer == "破棄")
    assert room.desk.work_summaries.open(1).text == stored


def test_one_that_is_gone_cannot_be_saved_and_closes_at_once(room: DeskRoom, stage: Stage) -> None:
    del room
    screen = stage.open(WorkSummaryScreen(stage.surroundings, 99))
    assert (screen.car, stage.press(WORK_SUMMARY, "F10", screen)) == ("", f"[F10 保存] は使えません: {NOT_READ}")
    screen.save()
    stage.press(WORK_SUMMARY, "F12", screen)
    assert stage.view.dismissed


def test_f11_in_the_ledger_opens_it_for_the_chosen_row(room: DeskRoom, stage: Stage) -> None:
    number = a_certificate(room)
    room.desk.work_summaries.save(room.desk.work_summaries.open(number), "検査合格")
    ledger = stage.open(LedgerScreen(stage.surroundings))
    ledger.choose(-1)
    assert stage.press(LEDGER_BUTTONS, "Alt+G", ledger) == f"[Alt+G 概要] は使えません: {NO_ROW}"
    ledger.summarise()
    assert stage.navigator.went == []
    ledger.choose(0)
    stage.press(LEDGER_BUTTONS, "Alt+G", ledger)
    assert stage.navigator.went == [WorkSummaryPlace(number)]
    assert "  概要 検査合格" in ledger.full_text
