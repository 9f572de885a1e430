"""Column types: moments in UTC, words as their values."""

from __future__ import annotations

import datetime as dt

import pytest

from onestop.clock import JST
from onestop.model.base import Moment, Word
from onestop.model.sending_state import Sending

MORNING = dt.datetime(2026, 11, 24, 9, 15, tzinfo=JST)


def test_a_moment_is_stored_in_utc_and_comes_back_aware() -> None:
    stored = Moment().process_bind_param(MORNING, None)

    assert stored == dt.datetime(2026, 11, 24, 0, 15)  # noqa: DTZ001 - the database's own form
    assert Moment().process_result_value(stored, None) == MORNING


def test_a_naive_moment_is_a_bug() -> None:
    with pytest.raises(ValueError, match="aware"):
        Moment().process_bind_param(MORNING.replace(tzinfo=None), None)


def test_a_word_is_stored_as_its_value() -> None:
    column = Word(Sending)

    assert column.process_bind_param(Sending.FILED, None) == "filed"
    assert column.process_result_value("filed", None) is Sending.FILED


@pytest.mark.parametrize("column", [Moment(), Word(Sending)])
def test_nothing_stays_nothing(column: Moment | Word[Sending]) -> None:
    assert column.process_bind_param(None, None) is None
    assert column.process_result_value(None, None) is None
