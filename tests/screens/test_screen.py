"""What every screen has."""

from __future__ import annotations

import pytest

from onestop import errors
from onestop.screens.screen import Screen
from onestop.screens.wording import explain
from support.screens import Stage, said


def test_a_screen_without_a_window_is_a_bug() -> None:
    screen = Screen(Stage().surroundings)
    with pytest.raises(RuntimeError, match="no view"):
        _ = screen.view


@pytest.mark.parametrize(
    ("error", "says"),
    [(errors.ServiceError(), "サーバーで問題が起きました"), (errors.EngineUnsafe(), "SQLiteの版が古く")],
)
def test_the_rarest_troubles_have_their_sentence_too(error: errors.OneStopError, says: str) -> None:
    assert says in explain(error).text


def test_what_is_not_so_any_more_is_unsaid() -> None:
    stage = Stage()
    screen = stage.open(Screen(stage.surroundings))
    screen.unsay("つながりません")
    screen.say("サーバーにつながりません。")
    screen.unsay("ほかのこと")
    assert screen.message is not None
    screen.unsay("ほかのこと", "つながりません")
    assert screen.message is None


def test_with_the_work_ends_what_a_key_said_of_it_and_nothing_else() -> None:
    screen = (stage := Stage()).open(Screen(stage.surroundings))
    for says, left in ("[F9 印刷] は使えません: {}", ""), ("ほかのこと", "ほかのこと"):
        screen.busy = "印刷を準備中"
        screen.say(says.format(screen.can_work().why_not))
        assert said(screen) == says.format("印刷を準備中。終わるまでお待ちください。")
        screen.busy = None
        assert said(screen) == left
