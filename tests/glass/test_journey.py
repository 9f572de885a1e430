"""The job of each day, by keys that the X server sends to whichever window is active."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from glass.keys import key_of
from glass.processes import until

if TYPE_CHECKING:
    from glass.conftest import Open
    from glass.desk import Desk

CAR: Final = "2608"
"""The last figures of a car whose 申請 is prepared; it has one 注意, which is asked about."""
OPEN_CAR: Final = key_of("LOOKUP", "ワンストップサービス")
MAIN: Final = "ワンストップサービス"
FORM: Final = "AINAS申請"
LIST: Final = "AINAS一覧"
QUESTION: Final = "発行前の確認"


@pytest.mark.glance
def test_a_prepared_filing_goes_from_the_search_to_the_list(open_desk: Open) -> None:
    desk = open_desk()
    before = desk.filed()
    desk.go(CAR, "照会")
    desk.go((OPEN_CAR,), MAIN)
    desk.go(("Alt+a", "1"), FORM)
    ask_to_send(desk)
    desk.go(("Tab", "Enter"), FORM)
    until("one filing more", lambda: len(desk.filed()) == len(before) + 1)
    desk.go(("F12",), MAIN)
    desk.go(("Alt+a", "2"), LIST)
    desk.go(("F7",), LIST)
    desk.glass.picture("journey-list")


def test_a_held_key_acts_neither_twice_nor_in_the_window_that_it_opens(open_desk: Open) -> None:
    desk = open_desk()
    glass, before = desk.glass, desk.filed()
    desk.go(CAR, "照会")
    glass.hold(key_of("LOOKUP", "申請書一覧"))
    glass.wait_for(LIST)
    desk.rest()
    desk.go(("F12",), "照会")
    desk.go((OPEN_CAR,), MAIN)
    glass.hold(key_of("MAIN", "車両修正"))
    glass.wait_for("車両")
    desk.go(("F12",), MAIN)
    desk.go(("Alt+a", "1"), FORM)
    ask_to_send(desk)
    desk.go(("Enter",), FORM)
    glass.hold("F5")
    glass.wait_for(QUESTION)
    assert desk.filed() == before
    glass.press("Tab")
    glass.hold("Enter")
    glass.wait_for(FORM)
    desk.rest()
    assert len(desk.filed()) == len(before) + 1
    glass.hold("F5")
    desk.rest()
    assert len(desk.filed()) == len(before) + 1


def test_the_safe_answer_has_the_focus_and_enter_sends_nothing(open_desk: Open) -> None:
    desk = open_desk()
    before = desk.filed()
    desk.go(CAR, "照会")
    desk.go((OPEN_CAR,), MAIN)
    desk.go(("Alt+a", "1"), FORM)
    ask_to_send(desk)
    desk.go(("Enter",), FORM)
    assert desk.filed() == before


def test_alt_with_a_letter_that_nothing_uses_types_nothing(open_desk: Open) -> None:
    desk = open_desk()
    glass = desk.glass
    glass.press("1", "Alt+z", "2", "Ctrl+a", "Ctrl+c")
    until("the text of the field", lambda: glass.copied() != "")
    assert glass.copied() == "12"


def ask_to_send(desk: Desk) -> None:
    """Press F5 until it asks: at first it is refused, for nobody has read the window yet."""
    glass = desk.glass

    def is_asked() -> bool:
        glass.press("F5")
        desk.rest()
        return glass.title().startswith(QUESTION)

    until(QUESTION, is_asked)
