"""A key that who sits at the desk may not use says so, as the services do; where the shop has no operators all work."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.model.right import Right
from onestop.screens.filing.issue_screen import IssueScreen
from onestop.screens.function_keys import ISSUE
from onestop.screens.help.pages import key_tables

if TYPE_CHECKING:
    from support.desks import DeskRoom
    from support.screens import Stage


@pytest.mark.parametrize(
    ("right", "save", "issue"),
    [(None, True, True), (Right.LOOK, False, False), (Right.PREPARE, True, False), (Right.ADMINISTER, True, True)],
)
def test_a_key_works_for_who_has_the_right(
    room: DeskRoom, stage: Stage, right: Right | None, *, save: bool, issue: bool
) -> None:
    number = room.a_draft()
    around = dataclasses.replace(stage.surroundings, right=lambda: right)
    screen = stage.open(IssueScreen(around, None, number))
    by_key = {row.key: row for row in ISSUE}

    assert bool(by_key["F10"].verdict(screen)) is save
    assert bool(by_key["F5"].verdict(screen)) is issue
    assert by_key["F1"].verdict(screen)
    if not issue:
        assert "「発行」の権限が要ります" in str(stage.press(ISSUE, "F5", screen))


def test_every_key_that_makes_a_service_do_something_needs_a_right() -> None:
    spends_paper = ("PREVIEW", "PREVIEW_BUTTONS")
    rows = [(name, row) for name, table in key_tables().items() for row in table if row.sends]

    of_a_draft = {("INSURANCE", "F2"), ("CONFORMITY", "F2"), ("ISSUE", "F2")}
    """What is only written here is deleted by who may prepare; the services tell the two apart."""
    without = {(name, row.key) for name, row in rows if row.needs is None and name not in spends_paper}
    assert without == of_a_draft
