"""What a start says on its line is read behind the first frame, and what a command says before anything is shown."""

from __future__ import annotations

import pytest

from onestop.__main__ import OPTIONS, OPTIONS_WITH_A_VALUE, _opens_a_desk
from onestop.app.arguments import options, parsed


def test_a_start_knows_every_option_of_the_desk_by_name() -> None:
    actions = [each for each in options()._actions if each.option_strings and each.dest != "version"]
    assert {name for each in actions for name in each.option_strings if each.nargs == 0} == set(OPTIONS)
    assert {name for each in actions for name in each.option_strings if each.nargs is None} == set(OPTIONS_WITH_A_VALUE)


@pytest.mark.parametrize(
    "said",
    [
        [],
        ["--practice"],
        ["--data-dir", "move", "--terminal=tour"],
        ["--open", "車検証.json"],
        ["--data-dir"],
    ],
)
def test_a_start_of_the_desk_is_known_without_reading_what_it_says(said: list[str]) -> None:
    assert _opens_a_desk(said)


@pytest.mark.parametrize("said", [["tour"], ["--practice", "export"], ["--help"], ["--version"], ["--prac"], ["--no"]])
def test_anything_else_is_read_first(said: list[str]) -> None:
    assert not _opens_a_desk(said)


def test_an_option_that_is_cut_short_still_opens_the_desk() -> None:
    assert parsed(["--prac"]).practice
    assert parsed(["--prac"]).command is None


def test_a_command_is_told_from_a_value() -> None:
    assert parsed(["--terminal", "move"]).command is None
    assert parsed(["--practice", "export", "--to", "a"]).command == "export"
