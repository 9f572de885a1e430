"""復元キー: shown until it is typed in, tried by F7, printed by F9, and asked for again where it was not typed in."""

from __future__ import annotations

import pytest

from onestop.screens.desk import recovery_words as words
from onestop.screens.desk.recovery_screen import RecoveryScreen
from onestop.screens.function_keys import RECOVERY
from onestop.services.recovery import ANOTHER, Recovery
from onestop.services.settings.form import PrintOffset
from onestop.store.sqlite.key import new_key
from support.recovering import KEY, a_recovery
from support.screens import Stage


class Desk:
    """Notes what became of the window."""

    def __init__(self, recovery: Recovery) -> None:
        self.stage = Stage()
        self.told: list[str] = []
        screen = RecoveryScreen(
            self.stage.surroundings, recovery, lambda: self.told.append("done"), lambda: self.told.append("left")
        )
        self.screen = self.stage.open(screen)

    def press(self, key: str) -> str | None:
        return self.stage.press(RECOVERY, key, self.screen)

    @property
    def said(self) -> str:
        return self.screen.message.text if self.screen.message else ""


@pytest.fixture
def desk() -> Desk:
    return Desk(a_recovery())


def test_the_key_is_hidden_while_something_is_typed(desk: Desk) -> None:
    assert desk.screen.about == words.TO_WRITE_DOWN
    assert desk.screen.shown_key.replace("\n", " ") == KEY.written.replace("-", " ")
    desk.screen.edit("recovery_key", "0")
    assert desk.screen.shown_key == words.HIDDEN
    desk.screen.edit("recovery_key", "")
    assert desk.screen.shown_key != words.HIDDEN


def test_it_begins_in_the_field(desk: Desk) -> None:
    assert desk.stage.view.focused == ["recovery_key"]


def test_the_right_key_closes_it_and_is_told(desk: Desk) -> None:
    desk.screen.edit("recovery_key", KEY.written.lower())
    desk.press("F7")
    assert desk.told == ["done"]
    assert desk.stage.view.dismissed


def test_another_key_is_refused_and_can_be_mended(desk: Desk) -> None:
    desk.screen.edit("recovery_key", new_key().written)
    desk.press("F7")
    assert desk.said == ANOTHER
    assert not desk.stage.view.dismissed
    desk.screen.edit("recovery_key", "0")
    assert desk.said == ""


def test_nothing_is_tried_where_nothing_is_typed(desk: Desk) -> None:
    assert words.EMPTY in (desk.press("F7") or "")
    desk.screen.edit("recovery_key", "  ")
    assert words.EMPTY in (desk.press("F7") or "")


def test_the_paper_is_shown_as_it_will_be_printed(desk: Desk) -> None:
    desk.press("F9")
    ((sheets, kept),) = desk.stage.view.previews
    kept("復元キーの控え", PrintOffset())
    assert sheets[0].document.title == "復元キーの控え"
    assert sheets[0].document.missing == ()
    assert KEY.written[:5] not in repr(sheets)


def test_who_closes_it_is_asked_again(desk: Desk) -> None:
    desk.press("F12")
    assert desk.told == ["left"]
    assert desk.stage.view.dismissed


def test_a_key_that_is_only_asked_for_is_not_shown_and_not_printed() -> None:
    desk = Desk(Recovery(lambda _typed: None))
    assert desk.screen.about == words.TO_ENTER
    assert desk.screen.shown_key == ""
    assert words.NOT_SHOWN in (desk.press("F9") or "")


def test_nothing_that_is_typed_is_kept_as_a_draft(desk: Desk) -> None:
    desk.screen.edit("recovery_key", KEY.written)
    desk.screen.keep_typing()
    assert not desk.screen.changed
    assert desk.stage.background.timers == []
