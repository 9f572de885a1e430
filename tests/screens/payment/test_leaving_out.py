"""Tests of Alt+J 除外・解除 of 納付消込 without Qt, on a real database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.screens.function_keys import RECONCILING, RECONCILING_BUTTONS
from onestop.screens.payment import book_words as words
from onestop.screens.payment.reconciling_screen import ReconcilingScreen
from support.payments import END, a_bank_file, a_paid_filing, header, line, trailer, zengin_of
from support.screens import said

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom
    from support.screens import Stage

ROWS = ("2026/10/23,国土交通省,26450,,", "2026/11/23,国土交通省,26450,,", "2026/11/24,国土交通省,999,,")


@pytest.fixture
def screen(stage: Stage, room: DeskRoom, tmp_path: Path) -> ReconcilingScreen:
    """Return the screen with two lines of a CSV, the first of which comes in 全銀's file as well."""
    a_paid_filing(room)
    made = stage.open(ReconcilingScreen(stage.surroundings))
    made.bank.read(a_bank_file(tmp_path, *ROWS))
    return made


def read_again(stage: Stage, screen: ReconcilingScreen, folder: Path, answer: str) -> None:
    """Read 全銀's file, and say what its line is."""
    path = folder / "zengin.txt"
    path.write_bytes(zengin_of(header(), line("081123", 26_450), trailer([26_450]), END))
    screen.bank.read(path)
    stage.view.answer(answer)


def press(stage: Stage, screen: ReconcilingScreen, key: str = "Alt+J") -> str:
    """Press a key; return why it does not work."""
    table = RECONCILING if key.startswith("F") else RECONCILING_BUTTONS
    return (stage.press(table, key, screen) or "").partition("は使えません: ")[2]


def labels(stage: Stage) -> list[str]:
    return [each.label for each in stage.view.asked.choices]


def test_a_line_taken_in_by_mistake_is_left_out_and_put_back_by_the_same_key(
    stage: Stage, screen: ReconcilingScreen, tmp_path: Path
) -> None:
    read_again(stage, screen, tmp_path, "別の出金(取り込む)")
    assert words.OTHERS_TAKEN in said(screen)
    screen.choose(1)
    assert press(stage, screen) == ""
    assert labels(stage) == ["戻る", "この1件を除外する"]
    assert "2026/11/23 ¥26,450" in stage.view.asked.text
    stage.view.answer("この1件を除外する")
    assert said(screen) == words.LEFT_OUT_NOW.format(count=1)
    assert (screen.lines.row(1)[-1], screen.lines.tone(1)) == ("– 除外", None)
    assert (press(stage, screen, "Alt+N"), press(stage, screen, "F10")) == (words.IS_LEFT_OUT, words.IS_LEFT_OUT)
    press(stage, screen)
    stage.view.answer("この1件の除外を解除する")
    assert said(screen) == words.PUT_BACK_NOW.format(count=1)
    assert "未消込" in screen.lines.row(1)[-1]


def test_all_of_a_file_is_left_out_at_once_and_not_gone_to(stage: Stage, screen: ReconcilingScreen) -> None:
    press(stage, screen)
    stage.view.answer("この月の同じファイルの2件を除外する")
    assert said(screen) == words.LEFT_OUT_NOW.format(count=2)
    press(stage, screen, "F7")
    assert said(screen) == words.ALL_DONE


def test_an_answer_given_by_mistake_is_taken_back_on_the_line_that_was_there(
    stage: Stage, screen: ReconcilingScreen, tmp_path: Path
) -> None:
    read_again(stage, screen, tmp_path, "同じ出金(取り込まない)")
    assert words.SAME_NOT_TAKEN in said(screen)
    assert words.SAID_SAME in screen.full_text
    press(stage, screen, "Alt+N")
    press(stage, screen, "F10")
    assert press(stage, screen) == ""
    assert labels(stage) == ["戻る", words.UNSAY]
    stage.view.answer(words.UNSAY)
    assert said(screen) == words.UNSAID_NOW
    assert words.SAID_SAME not in screen.full_text
    assert press(stage, screen) == words.IS_MATCHED
    read_again(stage, screen, tmp_path, "別の出金(取り込む)")
    assert screen.lines.count == 3


def test_the_line_that_is_asked_about_has_the_last_button_which_alt_y_presses(
    stage: Stage, screen: ReconcilingScreen, tmp_path: Path
) -> None:
    read_again(stage, screen, tmp_path, "同じ出金(取り込まない)")
    press(stage, screen)
    assert labels(stage) == ["戻る", words.UNSAY, "この月の同じファイルの2件を除外する", "この1件を除外する"]


def test_an_answer_of_a_line_that_is_left_out_promises_no_question(
    stage: Stage, screen: ReconcilingScreen, tmp_path: Path
) -> None:
    read_again(stage, screen, tmp_path, "同じ出金(取り込まない)")
    for answer in ("この1件を除外する", words.UNSAY):
        press(stage, screen)
        stage.view.answer(answer)
    assert said(screen) == words.UNSAID_OF_LEFT_OUT
    screen.bank.read(tmp_path / "zengin.txt")
    assert "出金 1件を取り込みました" in said(screen)


def test_without_a_line_there_is_nothing_to_leave_out(stage: Stage) -> None:
    screen = stage.open(ReconcilingScreen(stage.surroundings))
    assert press(stage, screen) == words.NO_LINE
    screen.leave_out()
    assert stage.view.questions == []
