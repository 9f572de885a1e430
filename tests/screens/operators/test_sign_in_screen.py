"""What 操作者の切替 knows: who may sit down, a PIN that is tried once, and no way past it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.errors import ServerGone
from onestop.model.right import Right
from onestop.screens.function_keys import SIGN_IN
from onestop.screens.operators.sign_in_screen import ABOUT, LEAVES, NO_OPERATORS, NO_PIN, SignInScreen
from onestop.screens.places import SignInPlace
from onestop.screens.settings.screen import SettingsScreen
from onestop.screens.wording import OWN
from onestop.services.operators.service import WRONG, OperatorForm
from support.screens import said

if TYPE_CHECKING:
    from onestop.services.desk import Desk
    from support.desks import DeskRoom
    from support.screens import Stage

pytestmark = pytest.mark.usefixtures("quick_pins")
PIN = "2580"


@pytest.fixture
def people(room: DeskRoom) -> None:
    """Let the shop have two operators, of whom the first is signed in."""
    operators = room.desk.operators
    boss = operators.save(OperatorForm("所長", "しょちょう", Right.ADMINISTER.value, PIN, PIN), None)
    operators.sign_in(boss.id, PIN)
    operators.save(OperatorForm("田中", "たなか", Right.PREPARE.value, "7410", "7410"), None)


@pytest.mark.usefixtures("people")
def test_opening_it_leaves_the_desk(room: DeskRoom, stage: Stage) -> None:
    screen = stage.open(SignInScreen(stage.surroundings, "施錠しました。"))

    assert room.desk.operators.present().right is None
    assert stage.navigator.sits == [("", None)]
    assert said(screen) == "施錠しました。"
    assert screen.names == (("1", "所長"), ("2", "田中"))


@pytest.mark.usefixtures("people")
def test_a_name_and_its_pin_let_in(room: DeskRoom, stage: Stage) -> None:
    screen = stage.open(SignInScreen(stage.surroundings))
    assert said(screen) == ""
    assert str(stage.press(SIGN_IN, "F5", screen)).endswith(NO_PIN)
    screen.edit("operator", "2")
    screen.edit("pin", "7410")
    assert stage.press(SIGN_IN, "F5", screen) is None

    assert room.desk.operators.present().name == "田中"
    assert stage.navigator.sits == [("", None), ("田中", Right.PREPARE)]
    assert (stage.view.dismissed, screen.pin) == (True, "")


@pytest.mark.usefixtures("people")
def test_a_wrong_pin_is_told_and_typed_again(stage: Stage) -> None:
    screen = stage.open(SignInScreen(stage.surroundings))
    screen.edit("pin", "9999")
    stage.press(SIGN_IN, "F5", screen)

    assert (said(screen), screen.pin) == (WRONG, "")
    assert stage.view.focused[-1] == "pin"
    assert not stage.view.dismissed


@pytest.mark.usefixtures("people")
def test_a_key_pressed_again_still_says_that_the_pin_was_wrong(stage: Stage) -> None:
    screen = stage.open(SignInScreen(stage.surroundings))
    screen.edit("pin", "9999")
    stage.press(SIGN_IN, "F5", screen)
    assert str(stage.press(SIGN_IN, "F5", screen)).endswith(WRONG)
    screen.edit("operator", "2")
    assert str(stage.press(SIGN_IN, "F5", screen)).endswith(NO_PIN)


@pytest.mark.usefixtures("people")
def test_there_is_no_way_past_it_but_the_end(stage: Stage) -> None:
    screen = stage.open(SignInScreen(stage.surroundings))
    stage.press(SIGN_IN, "F12", screen)
    assert stage.view.asked.text == LEAVES
    stage.view.answer("戻る")
    assert not stage.view.dismissed
    screen.leave()
    stage.view.answer("終了する")
    assert stage.navigator.went == ["end"]


@pytest.mark.usefixtures("people")
def test_the_help_stands_in_the_strip(stage: Stage) -> None:
    screen = stage.open(SignInScreen(stage.surroundings))
    stage.press(SIGN_IN, "F1", screen)
    assert said(screen) == ABOUT


def test_where_the_shop_has_no_operators_it_says_how_to_have_them(stage: Stage) -> None:
    screen = stage.open(SignInScreen(stage.surroundings))
    assert said(screen) == NO_OPERATORS
    assert str(stage.press(SIGN_IN, "F5", screen)).endswith(NO_OPERATORS)
    stage.press(SIGN_IN, "F12", screen)
    assert stage.view.dismissed


def test_every_window_has_the_key_that_leads_there(stage: Stage) -> None:
    settings = stage.open(SettingsScreen(stage.surroundings))
    settings.change_operator()
    assert stage.navigator.went == [SignInPlace()]


@pytest.mark.usefixtures("people")
def test_while_the_server_is_gone_nobody_gets_past_it_and_f5_asks_again(room: DeskRoom, stage: Stage) -> None:
    there = False

    def desk() -> Desk:
        if not there:
            raise ServerGone
        return room.desk

    screen = stage.open(SignInScreen(dataclasses.replace(stage.surroundings, desk=desk)))
    assert stage.navigator.sits == [("", None)]
    assert said(screen) == OWN[ServerGone]
    screen.edit("pin", PIN)
    stage.press(SIGN_IN, "F5", screen)
    assert (said(screen), screen.names) == (OWN[ServerGone], ())
    stage.press(SIGN_IN, "F12", screen)
    assert stage.view.asked.text == LEAVES
    stage.view.answer("戻る")
    assert not stage.view.dismissed

    there = True
    screen.reload()
    assert screen.names == (("1", "所長"), ("2", "田中"))
    assert not said(screen)
    screen.reload()
    screen.edit("pin", PIN)
    stage.press(SIGN_IN, "F5", screen)
    assert room.desk.operators.present().name == "所長"
