"""How far a record has come: which states leave open what became of it."""

from __future__ import annotations

from onestop.model.sending_state import UNSETTLED_STATES, Sending


def test_what_was_sent_without_a_usable_answer_is_unsettled_and_nothing_else() -> None:
    assert {state for state in Sending if state.is_unsettled} == {Sending.SENDING, Sending.UNKNOWN}
    assert set(UNSETTLED_STATES) == {Sending.SENDING, Sending.UNKNOWN}
