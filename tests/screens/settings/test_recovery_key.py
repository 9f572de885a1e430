"""The 復元キー from 設定: never shown unasked, and not there where the data are legible."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.paths import DataFolder
from onestop.screens.desk import recovery_words
from onestop.screens.function_keys import SETTINGS_BUTTONS
from onestop.screens.places import RecoveryPlace
from onestop.screens.settings.screen import SettingsScreen
from onestop.services.recovery import RecoveryService
from support.desks import DeskRoom, a_desk
from support.recovering import KEY
from support.screens import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DeskRoom]:
    with a_desk(tmp_path) as room:
        yield room


def said(screen: SettingsScreen) -> str:
    return screen.message.text if screen.message else ""


def test_legible_data_have_none(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk)
    screen = stage.open(SettingsScreen(stage.surroundings))
    stage.press(SETTINGS_BUTTONS, "Alt+Y", screen)
    assert said(screen) == recovery_words.NOT_ENCRYPTED


def test_it_is_shown_after_a_question(room: DeskRoom, tmp_path: Path) -> None:
    desk = dataclasses.replace(room.desk, recovery=RecoveryService(DataFolder(tmp_path), KEY))
    stage = Stage(desk=lambda: desk)
    screen = stage.open(SettingsScreen(stage.surroundings))
    stage.press(SETTINGS_BUTTONS, "Alt+Y", screen)
    (question,) = stage.view.questions
    assert question.text == recovery_words.SHOW_QUESTION
    next(choice for choice in question.choices if choice.label == recovery_words.SHOW).action()
    (place,) = stage.navigator.went
    assert isinstance(place, RecoveryPlace)
    assert place.recovery.key == KEY
    place.left()
    place.done()
    assert said(screen) == recovery_words.KEPT
