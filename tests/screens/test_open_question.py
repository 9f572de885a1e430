"""What the clerk is asked where the program cannot know what became of something that was sent."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from faults.kinds import CERTIFICATE, cut
from onestop.errors import NoAnswer, Undecided
from onestop.model.sending_state import Sending
from onestop.screens.filing.shown import NOT_FILED, UNSETTLED_HINT
from onestop.screens.open_question import LATER, MOST, NONE, Answers, open_question
from onestop.screens.ports import Tone
from onestop.services.delivery.resolve import Candidate
from onestop_sandbox.trouble import Kind, Trouble
from support.clock import FixedClock
from support.desks import a_desk
from support.forms import CONFORMITY_FORM, InsuranceForms, IssueForms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as closing:
        yield closing


def test_the_clerk_says_which_one_it_is(tmp_path: Path, stack: ExitStack) -> None:
    here = IssueForms(tmp_path, stack).lost(acted=True)
    here.room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    assert here.press("Alt+K") is None
    asked = here.stage.view.asked
    assert "1件" in asked.text
    assert "・申請ID 1000000011(令和8年11月24日(火) 2026/11/24 9:15 受付前)" in asked.text
    assert [choice.label for choice in asked.choices] == ["申請ID 1000000011 にする", NONE, LATER]
    here.stage.view.answer("申請ID 1000000011 にする")
    assert (here.screen.shown.filing_id, here.said) == ("1000000011", "申請確認: 受付前")
    assert here.room.times_filed(1) == 1


def test_what_is_decided_later_stays_as_it_is(tmp_path: Path, stack: ExitStack) -> None:
    here = IssueForms(tmp_path, stack).lost(acted=True)
    here.room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    here.press("Alt+K")
    here.stage.view.answer(LATER)
    assert here.screen.shown.status == "確認中"
    assert here.again().said == UNSETTLED_HINT


def test_the_clerk_says_that_there_is_none(tmp_path: Path, stack: ExitStack) -> None:
    here = IssueForms(tmp_path, stack).lost(acted=False)
    here.stage.clock.advance(hours=9)
    here.press("Alt+K")
    assert [choice.label for choice in here.stage.view.asked.choices] == [NONE, LATER]
    here.stage.view.answer(NONE)
    assert (here.said, here.tone) == (NOT_FILED, Tone.WARNING)
    assert not here.screen.is_locked("user_name")
    assert here.room.filing(1).sending is Sending.DRAFT


def test_too_early_is_told(tmp_path: Path, stack: ExitStack) -> None:
    here = IssueForms(tmp_path, stack).lost(acted=True)
    here.room.sandbox.troubles.add(Trouble(Kind.WITHOUT_KEYS, times=None))
    here.press("Alt+K")
    here.stage.view.answer(NONE)
    assert "数分たってから" in here.said
    assert here.screen.shown.status == "確認中"


def test_a_policy_is_decided_in_its_own_window(tmp_path: Path, stack: ExitStack) -> None:
    here = InsuranceForms(tmp_path, stack).lost(acted=False)
    here.stage.clock.advance(hours=9)
    here.press("F7")
    here.stage.view.answer(NONE)
    assert here.screen.record.editable


def test_a_certificate_is_decided_in_its_own_window(tmp_path: Path, stack: ExitStack) -> None:
    room = stack.enter_context(a_desk(tmp_path))
    CERTIFICATE.save(room)
    room.sandbox.troubles.add(cut(CERTIFICATE))
    with pytest.raises(NoAnswer):
        room.desk.conformity.delivery.issue(1)
    assert isinstance(room.clock, FixedClock)
    room.clock.advance(hours=9)
    here = CONFORMITY_FORM.open(room, None, 1)
    here.press("F7")
    here.stage.view.answer(NONE)
    assert here.screen.record.editable


def test_the_newest_are_offered() -> None:
    def nothing(*_: str) -> None:
        return None

    many = [Candidate(f"A{place}", None, "発行済") for place in range(5)]
    question = open_question(Undecided("?"), many, "保険証番号", Answers(nothing, nothing, nothing))
    assert len(question.choices) == MOST + 2
    assert "保険証番号 A0(発行済)" in question.text
