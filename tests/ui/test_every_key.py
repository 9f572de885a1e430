"""Walks all tables of function_keys.py and presses every key in the real window, and goes to each of its fields.

Each window is also looked at in every text size: nothing may be cut, nothing out of reach of the keyboard.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QTextBrowser, QWidget
from shiboken6 import isValid

from onestop.screens.function_key import SECONDS_TO_READ, YES, FunctionKey
from onestop.screens.help.pages import key_tables
from onestop.ui.fields.fields import CheckField, Field, ReadOnlyValue
from onestop.ui.keys.sending_guard import TOO_EARLY
from support.places import MAKERS, PANELS, WINDOWS, go_to
from support.qt import PRACTICE, SMALLEST, cut, grow, hold, press, press_key
from support.tables import tables_of, window_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from onestop.screens.screen import Screen
    from onestop.ui.desk_window import DeskWindow
    from onestop.ui.theme import Theme


def rows_of(name: str) -> Iterator[tuple[str, FunctionKey[Any]]]:
    """Yield every row of every table of a window, each with the name of its table."""
    for table in tables_of(name):
        for row in key_tables()[table]:
            yield table, row


def row_of(name: str, key: str) -> FunctionKey[Any]:
    return next(row for row in key_tables()[name] if row.key == key)


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
    tables = set(key_tables())
    assert {window_of(table) for table in tables} == MAKERS.keys() == {*WINDOWS}
    assert PANELS.keys() <= tables


# --- each key, where it does what it says


def state_of(window: DeskWindow[Any]) -> dict[str, object]:
    """Return what a screen is now, but for the sentence in its strip, which every key replaces."""
    screen = window.screen_shown
    of_the_strip = ("_answer", "_note", "_keys_before")
    known: dict[str, object] = {name: value for name, value in vars(screen).items() if name not in of_the_strip}
    return known | {"works run": screen.background.jobs}


def only_led_elsewhere(window: DeskWindow[Any], before: dict[str, object], ways: int) -> bool:
    """Tell whether a key has opened another window and done nothing else: none of it was work, nothing here changed."""
    if not isValid(window) or QApplication.activeWindow() is not window or QApplication.activePopupWidget():
        return False
    return len(window.screen_shown.navigator.went) > ways and state_of(window) == before


@pytest.mark.parametrize("name", WINDOWS)
def test_a_key_works_or_says_why_not(open_place: Callable[[str], DeskWindow[Any]], name: str) -> None:
    """Where a key has done something the next one is pressed in a new window, at a new desk."""
    window: DeskWindow[Any] | None = None
    for table, row in rows_of(name):
        if window is None:
            window = open_place(name)
            first = window.focusWidget()
        go_to(window, table, first)
        screen = window.screen_shown
        before, ways = state_of(window), len(screen.navigator.went)
        allowed, called = row.can(screen), row.called(screen)
        press_key(window, row.key)
        refused = f"[{row.key} {called}] は使えません"
        if allowed:
            assert refused not in window.strip.text.text()
            if not only_led_elsewhere(window, before, ways):
                window.deleteLater()
                window = None
        else:
            assert window.strip.text.text() == f"{refused}: {allowed.why_not}"
            assert allowed.why_not.endswith("。")
            assert state_of(window) == before


# --- each key, where all of them are only noted


SENDING = [(name, row.key) for name, table in key_tables().items() for row in table if row.sends]


def test_the_keys_that_make_a_service_do_something_are_these() -> None:
    assert SENDING == [
        ("RELAY", "F5"),
        ("RESET_BUTTONS", "Alt+J"),
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
    ]


Noted: TypeAlias = "list[tuple[FunctionKey[Any], Screen]]"


def a_place_where_everything_is_noted(
    open_place: Callable[[str], DeskWindow[Any]], name: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[DeskWindow[Any], Noted]:
    """Open a window whose keys all work, and do nothing but to be noted."""
    window = open_place(name)
    done: Noted = []

    def noted(row: FunctionKey[Any], screen: Screen) -> None:
        done.append((row, screen))

    monkeypatch.setattr(FunctionKey, "press", noted)
    return window, done


@pytest.mark.parametrize("name", dict.fromkeys(window_of(table) for table, _ in SENDING))
def test_a_key_that_sends_does_not_act_before_its_window_was_seen(
    open_place: Callable[[str], DeskWindow[Any]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, done = a_place_where_everything_is_noted(open_place, name, monkeypatch)
    clock, first = window.screen_shown.clock, window.focusWidget()
    monkeypatch.setattr(FunctionKey, "can", lambda _row, _screen: YES)
    for table, row in rows_of(name):
        if not row.sends:
            continue
        go_to(window, table, first)
        for _ in range(2):
            window.come_forward()
            clock.wait(SECONDS_TO_READ - 0.01)
            press_key(window, row.key)
            assert done == []
            assert TOO_EARLY in window.strip.text.text()
            clock.wait(0.02)
            press_key(window, row.key)
            assert done.pop() == (row, window.screen_shown)


@pytest.mark.parametrize("name", WINDOWS)
def test_enter_sends_nothing_and_each_key_does_what_its_row_says_and_once_and_nothing_while_it_is_held(
    open_place: Callable[[str], DeskWindow[Any]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one window, where nothing that is pressed does anything."""
    window, done = a_place_where_everything_is_noted(open_place, name, monkeypatch)
    first = window.focusWidget()
    assert first is not None
    held_enter_neither_moves_nor_presses(window, done)
    first.setFocus()
    enter_from_every_place_presses_nothing_that_sends(window, done)
    for table, row in rows_of(name):
        go_to(window, table, first)
        hold_key(window, row.key)
        assert done == [], row.key
        go_to(window, table, first)
        press_key(window, row.key)
        assert done == [(row, window.screen_shown)], row.key
        done.clear()
    monkeypatch.undo()


def hold_key(window: DeskWindow[Any], key: str) -> None:
    combined = QKeySequence(key)[0]  # type: ignore[index]  # as in press_key()
    hold(window.focusWidget(), combined.key(), key if len(key) == 1 else "", combined.keyboardModifiers())


def held_enter_neither_moves_nor_presses(window: DeskWindow[Any], done: Noted) -> None:
    for focused in round_trip(window):
        hold(focused, Qt.Key.Key_Return, "\r")
        assert window.focusWidget() is focused
    assert done == []


def enter_from_every_place_presses_nothing_that_sends(window: DeskWindow[Any], done: Noted) -> None:
    for focused in round_trip(window):
        press(focused, Qt.Key.Key_Return)
    assert [row.key for row, _ in done if row.sends] == []
    done.clear()


@pytest.mark.parametrize("name", WINDOWS)
def test_every_window_has_its_help_at_f1_and_its_end_at_f12(name: str) -> None:
    labels = {row.key: row.label for row in key_tables()[name]}
    assert labels["F1"].startswith("ヘルプ")
    assert labels["F12"] in ("閉じる", "中止", "終了")


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
def test_tab_and_alt_come_to_every_field_that_can_be_worked(
    open_place: Callable[[str], DeskWindow[Any]], name: str
) -> None:
    window = open_place(name)
    tab_comes_to_every_field_that_can_be_worked_and_to_none_that_is_locked_and_empty(window)
    alt_and_its_letter_come_to_every_field_that_has_one(window)


def tab_comes_to_every_field_that_can_be_worked_and_to_none_that_is_locked_and_empty(window: DeskWindow[Any]) -> None:
    wanted = [each.name for each in unlocked(window) if not by_click_alone(each)]
    reached = by_tab(window)
    assert [each for each in wanted if each not in reached] == []
    idle = {each.name for each in window.findChildren(Field) if each.locked and says_nothing(each)}
    assert reached & idle == set()


def alt_and_its_letter_come_to_every_field_that_has_one(window: DeskWindow[Any]) -> None:
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


@pytest.mark.parametrize("name", [*WINDOWS, "RESET_BUTTONS"])
def test_nothing_is_cut_at_any_text_size(
    open_place: Callable[[str], DeskWindow[Any]], theme: Theme, qtbot: QtBot, name: str
) -> None:
    window = open_place(name)
    window.show_standing(PRACTICE)
    body = window.body.layout()
    assert body is not None
    for percent in (100, 150, 200):
        grow(theme, percent)
        for size in ((1280, 720), SMALLEST):
            window.resize(*size)
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
