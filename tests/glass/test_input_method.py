"""Japanese typed with Mozc: the keys of a composition belong to it, and a code is typed without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glass.processes import until

if TYPE_CHECKING:
    from glass.desk import Desk


def typed(desk: Desk) -> str:
    """Return all that stands in the focused field."""
    desk.glass.press("Ctrl+a", "Ctrl+c")
    until("a text in the clipboard", desk.glass.copied)
    return desk.glass.copied()


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ((), "わたなべ"),
        (("F6",), "わたなべ"),
        (("F7",), "ワタナベ"),
        (("F8",), "ﾜﾀﾅﾍﾞ"),
        (("F9",), "ｗａｔａｎａｂｅ"),
        (("F10",), "watanabe"),
        (("Space", "Esc"), "わたなべ"),
    ],
    ids="+".join,
)
def test_a_key_that_composes_does_nothing_else(open_japanese: Desk, keys: tuple[str, ...], text: str) -> None:
    desk = open_japanese
    desk.glass.type_text("watanabe")
    desk.glass.press(*keys, "Enter")
    desk.rest()
    assert typed(desk) == text
    assert desk.glass.title().startswith("照会")


def test_space_down_and_enter_choose_a_name(open_japanese: Desk) -> None:
    desk = open_japanese
    desk.glass.type_text("watanabe")
    desk.glass.press("Space", "Down")
    desk.rest()
    desk.glass.picture("mozc-candidates")
    desk.glass.press("Enter")
    desk.rest()
    assert typed(desk) not in ("watanabe", "わたなべ")
    assert desk.glass.title().startswith("照会")


def test_what_was_taken_back_stays_away_when_the_field_is_left(open_japanese: Desk) -> None:
    desk = open_japanese
    desk.glass.type_text("mi")
    desk.glass.press("Enter")
    desk.glass.type_text("watanabe")
    desk.rest()
    desk.glass.press("Esc")
    desk.rest()
    desk.glass.press("Tab")
    desk.rest()
    desk.glass.press("Shift+Tab")
    assert typed(desk) == "み"


def test_a_code_is_typed_without_the_input_method(open_japanese: Desk) -> None:
    desk = open_japanese
    desk.go(("F3",), "設定")
    desk.glass.press("Alt+i")  # 依頼人拠点コード
    desk.glass.type_text("a1-23")
    desk.rest()
    desk.glass.picture("mozc-code")
    assert typed(desk) == "a1-23"
