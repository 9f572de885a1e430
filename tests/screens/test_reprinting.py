"""What was issued can be printed again from wherever it is named, by one key: panels, 一覧, 元帳 and 車検の履歴."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from onestop.model.certificate_words import Origin
from onestop.model.ending import Ending
from onestop.screens.filing.list_screen import NO_ROW, FilingListScreen
from onestop.screens.function_keys import FILING_LIST_BUTTONS, HISTORY_BUTTONS, LEDGER_BUTTONS, MAIN_BUTTONS
from onestop.screens.inspection.history_screen import NOT_CHOSEN, HistoryScreen
from onestop.screens.inspection.main_screen import MainScreen
from onestop.screens.ledger.ledger_screen import LedgerScreen
from onestop.screens.reprinting import ASKED, NOTHING, OLD, TITLE
from onestop.services.papers import issued_papers
from support.builders import a_conformity_certificate
from support.screens import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.desks import DeskRoom
    from support.screens import Stage

KEY = "Alt+L"
ALL = ("適合証", "適合標章", "自賠責証明書の控え", "キャンセル")


def the_car(room: DeskRoom) -> int:
    """Store a car with a filing that may be sent, and so with both certificates."""
    car = room.a_car()
    room.a_draft(car)
    return car


def main(stage: Stage, _room: DeskRoom, car: int) -> str | None:
    return stage.press(MAIN_BUTTONS, KEY, stage.open(MainScreen(stage.surroundings, car)))


def filing_list(stage: Stage, _room: DeskRoom, _car: int) -> str | None:
    screen = stage.open(FilingListScreen(stage.surroundings))
    screen.choose(0)
    return stage.press(FILING_LIST_BUTTONS, KEY, screen)


def ledger(stage: Stage, _room: DeskRoom, _car: int) -> str | None:
    screen = stage.open(LedgerScreen(stage.surroundings))
    screen.choose(0)
    return stage.press(LEDGER_BUTTONS, KEY, screen)


def history(stage: Stage, _room: DeskRoom, car: int) -> str | None:
    return stage.press(HISTORY_BUTTONS, KEY, stage.open(HistoryScreen(stage.surroundings, car)))


@pytest.mark.parametrize("press", [main, filing_list, ledger, history])
def test_every_window_that_names_it_prints_it(
    room: DeskRoom, stage: Stage, press: Callable[[Stage, DeskRoom, int], str | None]
) -> None:
    assert press(stage, room, the_car(room)) is None
    question = stage.view.questions.pop()
    assert (question.title, question.text) == (TITLE, ASKED)
    assert tuple(each.label for each in question.choices) == ALL
    assert [each.label for each in question.choices if each.safe] == [ALL[0]]
    for choice, title in zip(
        question.choices, ("保安基準適合証", "保安基準適合標章", "自賠責保険証明書"), strict=False
    ):
        choice.action()
        assert stage.view.previews.pop()[0][0].document.title.startswith(title)
    question.choices[-1].action()
    assert stage.view.previews == []


def test_where_nothing_was_issued_it_says_what_to_do(room: DeskRoom, stage: Stage) -> None:
    screen = stage.open(MainScreen(stage.surroundings, room.a_car()))
    stage.press(MAIN_BUTTONS, KEY, screen)
    assert said(screen) == NOTHING


def test_where_nothing_is_chosen_it_says_so(room: DeskRoom, stage: Stage) -> None:
    car = room.a_car()
    nobody = stage.open(MainScreen(stage.surroundings, 99))  # it could not be read
    empty = stage.open(HistoryScreen(stage.surroundings, car))
    assert stage.press(HISTORY_BUTTONS, KEY, empty) == f"[{KEY} {TITLE}] は使えません: {NOT_CHOSEN}"
    filings = stage.open(FilingListScreen(stage.surroundings))
    assert stage.press(FILING_LIST_BUTTONS, KEY, filings) == f"[{KEY} {TITLE}] は使えません: {NO_ROW}"
    for screen in (nobody, empty, filings):
        screen.reprint()
    assert stage.view.questions == []


def test_after_its_fifteen_days_the_certificate_alone_is_printed_as_a_copy(room: DeskRoom, stage: Stage) -> None:
    car = the_car(room)
    stage.clock.advance(days=30)
    history(stage, room, car)
    question = stage.view.questions.pop()
    assert question.text == f"{ASKED}\n{OLD}"
    assert tuple(each.label for each in question.choices) == (ALL[0], *ALL[2:])


def test_what_is_written_on_paper_is_not_printed_from_here(room: DeskRoom) -> None:
    filed: dict[str, Any] = {"certificate_number": "1-1", "origin": Origin.PAPER}
    assert issued_papers(None, a_conformity_certificate(**filed), room.clock.now()) == ()


def test_the_panels_name_the_last_inspection_while_nothing_new_is_made(room: DeskRoom, stage: Stage) -> None:
    car = the_car(room)
    room.desk.inspections.end(car, Ending.FINISHED, "手続完了を確認")
    assert main(stage, room, car) is None
    assert tuple(each.label for each in stage.view.questions.pop().choices) == ALL
