"""What is being typed is written down a second later, and what was forgotten stays forgotten."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from onestop.screens.draft_keeper import PAUSE, DraftKeeper
from support.desks import a_desk
from support.screens import InlineBackground

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from onestop.errors import OneStopError
    from onestop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Form:
    """Any form."""

    text: str = ""


@dataclass
class Table:
    """A keeper with its background, and what the desk remembers."""

    desk: Desk
    background: InlineBackground = dataclasses.field(default_factory=InlineBackground)
    failures: list[OneStopError] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        self.keeper = DraftKeeper(self.background, lambda: self.desk, self.failures.append)

    def kept(self, place: str) -> str | None:
        found = self.desk.typing.found(place, Form())
        return None if found is None else found.text


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    with a_desk(tmp_path) as room:
        table = Table(room.desk)
        yield table
        assert table.failures == []


def test_what_waits_can_be_written_at_once(table: Table) -> None:
    table.keeper.write_now()
    assert table.background.jobs == 0
    table.keeper.changed("filing/1", Form("a"))
    table.keeper.write_now()
    assert table.kept("filing/1") == "a"
    table.background.pass_time(PAUSE)
    assert table.background.jobs == 1


def test_the_newest_form_is_written_a_second_after_the_first_change(table: Table) -> None:
    table.keeper.changed("filing/1", Form("a"))
    table.background.pass_time(PAUSE - 1)
    table.keeper.changed("filing/1", Form("ab"))
    assert table.kept("filing/1") is None
    table.background.pass_time(1)
    assert table.kept("filing/1") == "ab"
    table.keeper.changed("filing/1", Form("abc"))
    table.background.pass_time(PAUSE)
    assert table.kept("filing/1") == "abc"


def test_forgetting_drops_what_was_written_and_what_was_about_to_be(table: Table) -> None:
    table.keeper.changed("filing/1", Form("a"))
    table.background.pass_time(PAUSE)
    table.keeper.changed("filing/1", Form("ab"))
    table.keeper.forget("filing/1")
    assert table.kept("filing/1") is None
    table.background.pass_time(2 * PAUSE)
    assert table.kept("filing/1") is None


def test_a_writing_that_comes_after_the_forgetting_does_nothing(table: Table) -> None:
    table.background.held = True
    table.keeper.changed("filing/1", Form("a"))
    table.background.pass_time(PAUSE)
    table.keeper.forget("filing/1")
    table.background.work_last()
    table.background.work_next()
    assert table.kept("filing/1") is None


def test_a_forgetting_that_comes_after_a_newer_writing_does_nothing(table: Table) -> None:
    table.background.held = True
    table.keeper.forget("filing/1")
    table.keeper.changed("filing/1", Form("newer"))
    table.background.pass_time(PAUSE)
    table.background.work_last()
    table.background.work_next()
    assert table.kept("filing/1") == "newer"
