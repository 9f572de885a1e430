"""Walks all tables of function_keys.py and presses every key in the real window, and goes to each of its fields.

Each window is also looked at in every text size: nothing may be cut, nothing out of reach of the keyboard.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget

from onestop.screens.function_key import SECONDS_TO_READ, YES, FunctionKey
from onestop.screens.key_card import CARD, key_tables
from onestop.ui.fields.fields import CheckField, Field, ReadOnlyValue
from onestop.ui.keys.sending_guard import TOO_EARLY
from support.places import PLACES, WINDOWS
from support.qt import PRACTICE, SMALLEST, cut, grow, hold, press, press_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from onestop.screens.screen import Screen
    from onestop.ui.desk_window import DeskWindow
    from onestop.ui.theme import Theme

ROWS = [(name, row.key) for name, table in key_tables().items() for row in table]


def row_of(name: str, key: str) -> FunctionKey[Any]:
    return next(row for row in key_tables()[name] if row.key == key)


def from_the_same_place(window: DeskWindow[Any], name: str) -> Iterator[FunctionKey[Any]]:
    """Yield the rows of a table, each with the focus where it was first."""
    first = window.focusWidget()
    assert first is not None
    for row in key_tables()[name]:
        first.setFocus()
        yield row


MOST_STOPS = 100
"""More than any window has, the links of a page of the help among them."""


def round_trip(window: DeskWindow[Any]) -> Iterator[QWidget]:
    """Yield where the focus is, then press Tab, until it comes to a place again: from there on it would go round.

    The links of one text are many places in one widget.
    """
    seen = set[QWidget]()
    for _stop in range(MOST_STOPS):
        focused = window.focusWidget()
        assert focused is not None
        if focused in seen:
            return
        if not isinstance(focused, QTextBrowser):
            seen.add(focused)
        yield focused
        press(window.focusWidget(), Qt.Key.Key_Tab)


def test_every_table_has_its_window() -> None:
    assert PLACES.keys() == {name for name, _ in CARD}


@pytest.mark.parametrize("name", PLACES)
def test_each_key_does_what_its_row_says_and_once(
    open_place: Callable[[str], DeskWindow[Any]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_place(name)
    done: list[tuple[FunctionKey[Any], Screen]] = []

    def noted(row: FunctionKey[Any], screen: Screen) -> None:
        done.append((row, screen))

    monkeypatch.setattr(FunctionKey, "press", noted)
    for row in from_the_same_place(window, name):
        press_key(window, row.key)
        assert done == [(row, window.screen_shown)], row.key
        done.clear()
    monkeypatch.undo()


@pytest.mark.parametrize(("name", "key"), ROWS)
def test_a_key_works_or_says_why_not(open_place: Callable[[str], DeskWindow[Any]], name: str, key: str) -> None:
    window = open_place(name)
    row = row_of(name, key)
    allowed = row.can(window.screen_shown)
    press_key(window, key)
    if allowed:
        assert f"[{key} {row.called(window.screen_shown)}] は使えません" not in window.strip.text.text()
    else:
        called = row.called(window.screen_shown)
        assert window.strip.text.text() == f"[{key} {called}] は使えません: {allowed.why_not}"
        assert allowed.why_not.endswith("。")


SENDING = [(name, row.key) for name, table in key_tables().items() for row in table if row.sends]


def test_the_keys_that_make_a_service_do_something_are_these() -> None:
    assert SENDING == [
        ("RELAY", "F5"),
        ("INSURANCE", "F2"),
        ("INSURANCE", "F5"),
        ("CONFORMITY", "F2"),
        ("CONFORMITY", "F5"),
        ("CONFORMITY_BUTTONS", "Alt+P"),
        ("ISSUE", "F2"),
        ("ISSUE", "F5"),
        ("BATCH", "F5"),
        ("PREVIEW", "F9"),
        ("PREVIEW_BUTTONS", "Alt+T"),
        ("RESET_BUTTONS", "Alt+J"),
    ]


def a_place_where_everything_is_noted(
    open_place: Callable[[str], DeskWindow[Any]], name: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[DeskWindow[Any], list[FunctionKey[Any]]]:
    """Open a window whose keys all work, and do nothing but to be noted."""
    window = open_place(name)
    done: list[FunctionKey[Any]] = []

    def noted(row: FunctionKey[Any], _screen: Screen) -> None:
        done.append(row)

    monkeypatch.setattr(FunctionKey, "press", noted)
    return window, done


@pytest.mark.parametrize(("name", "key"), SENDING)
def test_a_key_that_sends_does_not_act_before_its_window_was_seen(
    open_place: Callable[[str], DeskWindow[Any]], name: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, done = a_place_where_everything_is_noted(open_place, name, monkeypatch)
    row, clock = row_of(name, key), window.screen_shown.clock
    monkeypatch.setattr(FunctionKey, "can", lambda _row, _screen: YES)
    for _ in range(2):
        window.come_forward()
        clock.wait(SECONDS_TO_READ - 0.01)
        press_key(window, key)
        assert done == []
        assert TOO_EARLY in window.strip.text.text()
        clock.wait(0.02)
        press_key(window, key)
        assert done.pop() == row


@pytest.mark.parametrize("name", PLACES)
def test_a_held_key_does_nothing_at_all(
    open_place: Callable[[str], DeskWindow[Any]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, done = a_place_where_everything_is_noted(open_place, name, monkeypatch)
    for row in from_the_same_place(window, name):
        combined = QKeySequence(row.key)[0]  # type: ignore[index]  # as in press_key()
        text = row.key if len(row.key) == 1 else ""
        hold(window.focusWidget(), combined.key(), text, combined.keyboardModifiers())
        assert done == [], row.key


@pytest.mark.parametrize("name", WINDOWS)
def test_enter_from_every_place_presses_nothing_that_sends(
    open_place: Callable[[str], DeskWindow[Any]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, done = a_place_where_everything_is_noted(open_place, name, monkeypatch)
    for focused in round_trip(window):
        press(focused, Qt.Key.Key_Return)
    assert [row.key for row in done if row.sends] == []


@pytest.mark.parametrize("name", WINDOWS)
def test_held_enter_neither_moves_nor_presses(
    open_place: Callable[[str], DeskWindow[Any]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, done = a_place_where_everything_is_noted(open_place, name, monkeypatch)
    for focused in round_trip(window):
        hold(focused, Qt.Key.Key_Return, "\r")
        assert window.focusWidget() is focused
    assert done == []


@pytest.mark.parametrize("name", WINDOWS)
def test_every_window_has_its_help_at_f1_and_its_end_at_f12(name: str) -> None:
    labels = {row.key: row.label for row in key_tables()[name]}
    assert labels["F1"].startswith("ヘルプ")
    assert labels["F12"] in ("閉じる", "中止", "終了")


@pytest.mark.parametrize("name", WINDOWS)
def test_the_bar_shows_every_function_key_with_its_meaning(
    open_place: Callable[[str], DeskWindow[Any]], name: str
) -> None:
    window = open_place(name)
    for row in key_tables()[name]:
        button, called = window.bar.buttons[row.key], row.called(window.screen_shown)
        assert called in row.label.split("・") or called.endswith(row.label)  # 発行, or 1件を発行
        assert button.text() == called
        assert button.accessibleName() == f"{row.key} {called}"
        assert button.isVisible()
        assert Qt.FocusPolicy.ClickFocus not in button.focusPolicy()


# --- each field


def unlocked(window: DeskWindow[Any]) -> list[Field]:
    """Return the fields that a clerk can change now."""
    fields = [each for each in window.findChildren(Field) if each.isVisible() and not each.locked]
    return [each for each in fields if not isinstance(each, ReadOnlyValue)]


def says_nothing(field: Field) -> bool:
    value = field.value()
    return not any(value) if isinstance(value, tuple) else not value


def has_focus(field: Field) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and field.isAncestorOf(focused)


def by_click_alone(field: Field) -> bool:
    """Tell whether a field is no stop for Tab and Enter, on purpose: Alt reaches it."""
    first = field.focusProxy()
    return first is not None and first.focusPolicy() == Qt.FocusPolicy.ClickFocus


def by_tab(window: DeskWindow[Any]) -> set[str]:
    """Leave the first field by Tab and go all the way round; return the names of the fields that it came to."""
    fields, seen = window.findChildren(Field), set[str]()
    trip = round_trip(window)
    next(trip)
    for _ in trip:
        seen |= {each.name for each in fields if has_focus(each)}
    return seen | {each.name for each in fields if has_focus(each)}


@pytest.mark.parametrize("name", WINDOWS)
def test_tab_comes_to_every_field_that_can_be_worked_and_to_none_that_is_locked_and_empty(
    open_place: Callable[[str], DeskWindow[Any]], name: str
) -> None:
    window = open_place(name)
    wanted = [each.name for each in unlocked(window) if not by_click_alone(each)]
    reached = by_tab(window)
    assert [each for each in wanted if each not in reached] == []
    idle = {each.name for each in window.findChildren(Field) if each.locked and says_nothing(each)}
    assert reached & idle == set()


@pytest.mark.parametrize("name", WINDOWS)
def test_alt_and_its_letter_come_to_every_field_that_has_one(
    open_place: Callable[[str], DeskWindow[Any]], name: str
) -> None:
    window = open_place(name)
    for field in unlocked(window):
        letter = re.search(r"\(&(\w)\)", field.caption.text() or getattr(field.focusProxy(), "text", str)())
        if letter is None:
            assert not by_click_alone(field), field.name
            continue
        before = field.value()
        window.bar.setFocus()
        press(window.focusWidget(), Qt.Key(ord(letter[1])), Qt.KeyboardModifier.AltModifier)
        assert has_focus(field), field.name
        assert field.value() == before or isinstance(field, CheckField), field.name


# --- each text size


@pytest.mark.parametrize("size", [(1280, 720), SMALLEST], ids=str)
@pytest.mark.parametrize("name", [*WINDOWS, "RESET_BUTTONS"])
def test_nothing_is_cut_at_any_text_size(
    open_place: Callable[[str], DeskWindow[Any]], theme: Theme, qtbot: QtBot, name: str, size: tuple[int, int]
) -> None:
    window = open_place(name)
    window.show_standing(PRACTICE)
    window.resize(*size)
    body = window.body.layout()
    assert body is not None
    for percent in (100, 150, 200):
        grow(theme, percent)
        qtbot.waitUntil(lambda: cut(window) == [])
        qtbot.waitUntil(lambda: window.body.size().expandedTo(body.minimumSize()) == window.body.size())
        assert window.size().toTuple() == size, percent


@pytest.mark.parametrize("name", WINDOWS)
def test_what_tab_comes_to_is_seen_in_the_largest_text(
    open_place: Callable[[str], DeskWindow[Any]], theme: Theme, name: str
) -> None:
    open_place(name)
    grow(theme, 200)
    first = focused = QApplication.focusWidget()
    for _press in range(MOST_STOPS):
        assert focused is not None
        assert focused.visibleRegion().boundingRect() == focused.rect(), focused.objectName()
        press(focused, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is first:
            break
