"""Tests of the words of 納付消込."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.model.payment import PaymentKey
from onestop.model.proposing import Proposal
from onestop.screens.payment import book_words as words
from onestop.screens.payment.reconciling_screen import ReconcilingScreen
from support.payments import a_bank_file, a_paid_filing

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom
    from support.screens import Stage


@pytest.mark.parametrize(
    ("proposal", "told"),
    [
        (Proposal((), complete=False), "未消込 候補が多すぎます"),
        (Proposal((((PaymentKey(1, "a", 1)),),), complete=False), "未消込 候補 1通り以上"),
        (Proposal((((PaymentKey(1, "a", 1)),),), complete=True, clashes=True), "未消込 候補 1通り(ほかの行と重なる)"),
    ],
)
def test_what_is_not_sure_is_said_honestly(
    room: DeskRoom, stage: Stage, tmp_path: Path, proposal: Proposal, told: str
) -> None:
    a_paid_filing(room, filing_id="1000000011")
    screen = stage.open(ReconcilingScreen(stage.surroundings))
    screen.bank.read(a_bank_file(tmp_path, "2026/11/23,国土交通省,26450,,"))
    line = screen.lines.record(0)
    assert screen.book is not None
    screen.book.proposals[line.id] = proposal
    assert words.line_state(line, screen.book) == told


def test_too_many_ways_to_search_are_told() -> None:
    assert words.why_no_way(Proposal((), complete=False)) == words.NOT_SEARCHED
