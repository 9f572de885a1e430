"""What is the same in every window: the letters with Alt, the input method, and the slots of the function keys."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from onestop.screens.help.pages import key_tables
from onestop.ui.desk_window import DeskWindow
from onestop.ui.fields.fields import Field
from onestop.ui.rows.view import RowsView
from onestop.ui.windows.lookup import LookupWindow
from support.places import WINDOWS
from support.qt import KEYS, SampleScreen, lets_compose

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.qt import Stand
    from support.screens import Stage

Slots: TypeAlias = "tuple[object, ...]"
# --- letters with Alt

LETTER = re.compile(r"&([A-Za-z0-9])|\(Alt\+([A-Za-z0-9])\)")


def letters_of(window: DeskWindow[Any]) -> list[str]:
    """Return every letter that does something with Alt, also where it is hidden now."""
    parts = [each for each in window.findChildren(QWidget) if isinstance(each, QLabel | QAbstractButton)]
    words = [each.text() for each in parts]
    found = [match for each in words for match in LETTER.finditer(each)]
    return sorted((match[1] or match[2]).upper() for match in found)


def no_two_letters_with_alt_are_alike(window: DeskWindow[Any]) -> None:
    letters = letters_of(window)
    assert letters == sorted({*letters})


def every_letter_on_the_glass_is_one_that_was_counted(window: DeskWindow[Any]) -> None:
    shortcuts = {keys.toString() for action in window.actions() for keys in action.shortcuts()}
    with_alt = {each.removeprefix("Alt+") for each in shortcuts if re.fullmatch(r"Alt\+\w", each)}
    assert with_alt <= {*letters_of(window)}


# --- the input method

NAMES = {
    *("owner_name", "owner_address1", "owner_address2", "user_name", "user_representative", "name_reading"),
    *("user_address1", "user_address2", "user_address", "base_location", "policyholder_name", "policyholder_address"),
    *("vehicle_name", "body_shape", "note_info", "fuel", "insurer", "new_insurer", "old_insurer", "remarks"),
    *("pullback_reason", "reason", "inspector", "inspectors", "work_summary", "workshop_name"),
    *("second_backup_folder", "watched_folder", "search_text", "plate", "answered_by"),
    *("registration_number_area", "registration_number_kana"),
}
"""What has kana and kanji; everything else that is typed is a code, a number or a day."""


def is_read_only(line: QWidget) -> bool:
    """Tell whether nothing at all can be typed there now."""
    return not line.isEnabled() or (isinstance(line, QLineEdit | QPlainTextEdit) and line.isReadOnly())


def the_input_method_writes_names_and_nothing_else(window: DeskWindow[Any]) -> None:
    kinds = QLineEdit, QPlainTextEdit, QComboBox
    lines = [each for each in window.findChildren(QWidget) if isinstance(each, kinds)]
    own = [each for each in lines if isinstance(each.parent(), Field) and not is_read_only(each)]
    others = [each for each in window.findChildren(QWidget) if each not in lines]
    assert {each.objectName() for each in own if lets_compose(each)} == NAMES & {each.objectName() for each in own}
    composes = [each for each in others if each.focusPolicy() != Qt.FocusPolicy.NoFocus and lets_compose(each)]
    assert composes == ([window.rows] if isinstance(window, LookupWindow) else [])  # it writes in the search


# --- tables


def a_columns_title_ends_before_the_next_one(window: DeskWindow[Any]) -> None:
    headers = [each.horizontalHeader() for each in window.findChildren(RowsView)]
    assert {header.textElideMode() for header in headers} <= {Qt.TextElideMode.ElideRight}


# --- the bar


def the_bar_shows_every_function_key_with_its_meaning(window: DeskWindow[Any], name: str) -> None:
    for row in key_tables()[name]:
        button, called = window.bar.buttons[row.key], row.called(window.screen_shown)
        assert called in row.label.split("・") or called.endswith(row.label)  # 発行, or 1件を発行
        assert button.text() == called
        assert button.accessibleName() == f"{row.key} {called}"
        assert button.isVisible()
        assert Qt.FocusPolicy.ClickFocus not in button.focusPolicy()


def test_the_twelve_slots_are_as_wide_as_each_other_and_stand_in_three_groups(
    open_place: Callable[[str], DeskWindow[Any]],
) -> None:
    bar = open_place("CONFORMITY").bar
    for width in (800, 1024, 1280, 1281, 1287, 1920):
        bar.resize(width, bar.height())
        places = [button.geometry() for button in bar.buttons.values()]
        assert len({place.size().toTuple() for place in places}) == 1, width
        gaps = [right.left() - left.right() - 1 for left, right in itertools.pairwise(places)]
        assert [place for place, gap in enumerate(gaps, 1) if gap > min(gaps)] == [4, 8], width
        assert (places[0].left() >= 0, places[-1].right() < width) == (True, True), width


def slots_of(window: DeskWindow[Any]) -> Slots:
    """Return how large a slot of the bar is, and where each stands in its window."""
    slots = [button.mapTo(window, QPoint()).toTuple() for button in window.bar.buttons.values()]
    return window.bar.buttons["F1"].size().toTuple(), *slots


@pytest.fixture
def usual_slots(stand: Stand, stage: Stage) -> Slots:
    """Return where the slots stand in a window of nothing but keys, looked at once per test process."""
    if not _USUAL:
        bare = DeskWindow[SampleScreen]()
        bare.bind(SampleScreen(stage.surroundings), KEYS, "見本")
        _USUAL.append(slots_of(stand(bare)))
        bare.dismiss()
    return _USUAL[0]


_USUAL: list[Slots] = []


# --- for those who hear what others see


def heard(widget: QWidget) -> tuple[str, QAccessible.Role]:
    """Return what a screen reader calls a widget, and as what kind of thing."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface.text(QAccessible.Text.Name), interface.role()


def everything_that_takes_the_focus_has_a_name_and_a_role(window: DeskWindow[Any]) -> None:
    takers = [
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus and each.focusProxy() is None and each.isVisible()
    ]
    told = {each.objectName(): heard(each) for each in takers}
    nameless = {key: role for key, (words, role) in told.items() if not words.strip()}
    without = (QAccessible.Role.Client, QAccessible.Role.NoRole)
    roleless = [key for key, (_words, role) in told.items() if role in without and key != "pages"]  # Qt's own preview
    assert (nameless, roleless) == ({}, [])
    assert heard(window)[0] == window.windowTitle()


# --- each window


@pytest.mark.parametrize("name", WINDOWS)
def test_every_window_is_like_every_other(
    open_place: Callable[[str], DeskWindow[Any]], usual_slots: Slots, name: str
) -> None:
    """In one window, which nobody touches."""
    window = open_place(name)
    no_two_letters_with_alt_are_alike(window)
    every_letter_on_the_glass_is_one_that_was_counted(window)
    the_input_method_writes_names_and_nothing_else(window)
    a_columns_title_ends_before_the_next_one(window)
    the_bar_shows_every_function_key_with_its_meaning(window, name)
    assert slots_of(window) == usual_slots
    everything_that_takes_the_focus_has_a_name_and_a_role(window)
