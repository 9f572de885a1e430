"""What 操作者 knows: making the first one, changing and stopping others, and when the desk is locked."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.model.right import Right
from onestop.screens.function_keys import OPERATORS, OPERATORS_BUTTONS, SETTINGS_BUTTONS
from onestop.screens.operators.screen import (
    BEGIN_FIRST,
    BEGUN,
    DROPS_TYPED,
    LOADING,
    NO_ROW,
    NOBODY_YET,
    OPENED,
    SAVED,
    SIGN_IN_NOW,
    OperatorsScreen,
)
from onestop.screens.places import ChangesPlace, OperatorsPlace, SignInPlace
from onestop.screens.settings.screen import SettingsScreen
from onestop.screens.vehicle.changes_screen import ChangesScreen
from onestop.services.operators.service import LAST_ADMINISTRATOR, PIN_RULE, OperatorForm
from support.screens import InlineBackground, Stage, said

if TYPE_CHECKING:
    from support.desks import DeskRoom

pytestmark = pytest.mark.usefixtures("quick_pins")
PIN = "2580"


@pytest.fixture
def screen(stage: Stage) -> OperatorsScreen:
    return stage.open(OperatorsScreen(stage.surroundings))


def a_boss(room: DeskRoom) -> None:
    """Make one who may administer, and let her sign in."""
    operators = room.desk.operators
    boss = operators.save(OperatorForm("所長", "しょちょう", Right.ADMINISTER.value, PIN, PIN), None)
    operators.sign_in(boss.id, PIN)


def type_in(screen: OperatorsScreen, **values: object) -> None:
    for name, value in values.items():
        screen.edit(name, value)


def names(screen: OperatorsScreen) -> list[str]:
    return [row.name for row in screen.rows.records]


def test_the_first_operator_may_administer_and_signs_in_at_once(
    room: DeskRoom, stage: Stage, screen: OperatorsScreen
) -> None:
    assert screen.empty_text == NOBODY_YET
    assert str(stage.press(OPERATORS, "F10", screen)).endswith(BEGIN_FIRST)
    assert screen.typing_text == BEGIN_FIRST
    assert stage.press(OPERATORS, "F4", screen) is None
    assert said(screen) == BEGUN
    assert (screen.typing_text, screen.editor.form.right) == ("新しい操作者", "管理")

    type_in(screen, name="所長", pin=PIN, pin_again=PIN)
    assert stage.press(OPERATORS, "F10", screen) is None

    assert stage.navigator.went == [SignInPlace(SIGN_IN_NOW)]
    assert stage.view.dismissed
    assert room.desk.operators.names() == ((1, "所長"),)


def test_another_is_made_and_changed(room: DeskRoom, stage: Stage) -> None:
    a_boss(room)
    screen = stage.open(OperatorsScreen(stage.surroundings))
    stage.press(OPERATORS, "F4", screen)
    assert screen.editor.form.right == "準備"
    type_in(screen, name="田中", reading="たなか", pin=PIN, pin_again=PIN)
    stage.press(OPERATORS, "F10", screen)
    assert said(screen) == SAVED
    assert names(screen) == ["所長", "田中"]
    assert not screen.changed

    screen.choose(1)
    assert stage.press(OPERATORS, "F5", screen) is None
    assert (said(screen), screen.typing_text) == (OPENED, "修正: 田中")
    assert (screen.editor.form.name, screen.editor.form.pin) == ("田中", "")
    type_in(screen, right="発行", is_active=False)
    stage.press(OPERATORS, "F10", screen)

    assert list(screen.rows.row(1)) == ["田中", "たなか", "発行", "停止"]
    assert screen.chosen is not None
    assert screen.chosen.name == "田中"


def test_what_cannot_be_stored_stands_at_its_field(room: DeskRoom, stage: Stage) -> None:
    a_boss(room)
    screen = stage.open(OperatorsScreen(stage.surroundings))
    stage.press(OPERATORS, "F4", screen)
    type_in(screen, name="田中", pin="1")
    stage.press(OPERATORS, "F10", screen)
    assert screen.editor.problem("pin") == PIN_RULE

    screen.view.refresh()
    stage.press(OPERATORS, "F12", screen)
    stage.view.answer("破棄")
    assert stage.view.dismissed


def test_the_last_administrator_cannot_be_stopped(room: DeskRoom, stage: Stage) -> None:
    a_boss(room)
    room.desk.operators.save(OperatorForm("田中", "たなか", Right.LOOK.value, PIN, PIN), None)
    screen = stage.open(OperatorsScreen(stage.surroundings))
    stage.press(OPERATORS, "F5", screen)
    type_in(screen, is_active=False)
    stage.press(OPERATORS, "F10", screen)

    assert said(screen) == LAST_ADMINISTRATOR
    assert screen.typing


def test_the_only_one_may_be_stopped_and_then_nobody_signs_in_any_more(room: DeskRoom, stage: Stage) -> None:
    a_boss(room)
    screen = stage.open(OperatorsScreen(stage.surroundings))
    stage.press(OPERATORS, "F5", screen)
    type_in(screen, is_active=False)
    stage.press(OPERATORS, "F10", screen)

    assert said(screen) == SAVED
    assert list(screen.rows.row(0))[3] == "停止"
    assert not room.desk.operators.present().is_used


def test_who_stops_herself_signs_in_as_another(room: DeskRoom, stage: Stage) -> None:
    a_boss(room)
    room.desk.operators.save(OperatorForm("部長", "", Right.ADMINISTER.value, PIN, PIN), None)
    screen = stage.open(OperatorsScreen(stage.surroundings))
    screen.choose(1)
    assert screen.chosen is not None
    assert screen.chosen.name == "所長"
    stage.press(OPERATORS, "F5", screen)
    type_in(screen, is_active=False)
    stage.press(OPERATORS, "F10", screen)

    assert stage.navigator.went == [SignInPlace()]


def test_what_is_typed_is_not_dropped_unasked(room: DeskRoom, stage: Stage) -> None:
    a_boss(room)
    screen = stage.open(OperatorsScreen(stage.surroundings))
    stage.press(OPERATORS, "F4", screen)
    type_in(screen, name="田中")
    stage.press(OPERATORS, "F5", screen)
    assert stage.view.asked.text == DROPS_TYPED
    stage.view.answer("戻る")
    assert screen.editor.form.name == "田中"
    stage.press(OPERATORS, "F5", screen)
    stage.view.answer("破棄して進む")
    assert screen.editor.form.name == "所長"


def test_without_a_chosen_one_nothing_is_opened(stage: Stage, screen: OperatorsScreen) -> None:
    screen.choose(5)
    assert str(stage.press(OPERATORS, "F5", screen)).endswith(NO_ROW)


def test_the_minutes_hold_at_once(room: DeskRoom, stage: Stage, screen: OperatorsScreen) -> None:
    screen.edit("lock_minutes", "0")
    assert said(screen) == ""
    screen.edit("lock_minutes", "10")
    assert (said(screen), room.desk.settings.lock_minutes()) == (SAVED, 10)
    again = stage.open(OperatorsScreen(stage.surroundings))
    assert again.lock_minutes == "10"


def test_before_it_is_read_nothing_is_set(room: DeskRoom) -> None:
    stage = Stage(desk=lambda: room.desk, background=InlineBackground(held=True))
    screen = stage.open(OperatorsScreen(stage.surroundings))
    screen.edit("lock_minutes", "10")

    assert (screen.empty_text, screen.lock_minutes) == (LOADING, "0")


def test_what_is_about_no_car_is_told_in_words_of_the_glass(room: DeskRoom, stage: Stage) -> None:
    a_boss(room)
    state = room.desk.settings.state().form
    room.desk.settings.save(dataclasses.replace(state, workshop_name="見本整備", api_key="NEWKEY"))
    screen = stage.open(OperatorsScreen(stage.surroundings))
    assert stage.press(OPERATORS_BUTTONS, "Alt+H", screen) is None
    assert stage.navigator.went == [ChangesPlace(None)]

    changes = stage.open(ChangesScreen(stage.surroundings, None))
    told = [(row.operator, row.record, row.field, row.old, row.new) for row in changes.rows.records]
    assert told[:2] == [
        ("所長", "設定", "APIキー", "–", "(変更)"),
        ("所長", "設定", "事業場の名称", "–", "見本整備"),
    ]
    assert ("(なし)", "操作者", "新規", "–", "所長 / しょちょう / 管理 / 使用中") in told
    assert not any("NEWKEY" in text for row in told for text in row)
    room.desk.settings.save(room.desk.settings.state().form)
    assert len(room.desk.changes.of_car(None)) == len(told)


def test_the_key_in_the_settings_leads_there(stage: Stage) -> None:
    settings = stage.open(SettingsScreen(stage.surroundings))
    assert stage.press(SETTINGS_BUTTONS, "Alt+U", settings) is None
    assert stage.navigator.went == [OperatorsPlace()]
