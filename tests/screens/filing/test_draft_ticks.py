"""The ticks of 申請書一覧: a set like any other, kept as numbers in their order."""

from __future__ import annotations

from array import array

from onestop.screens.filing.draft_ticks import DraftTicks

DRAFTS = array("q", [2, 3, 5, 9_999_999_999])


def test_all_drafts_are_ticked_but_for_those_left_out() -> None:
    ticks = DraftTicks(DRAFTS, {3, 4})
    assert list(ticks) == [2, 5, 9_999_999_999]
    assert len(ticks) == 3
    assert [number for number in (*range(7), 9_999_999_999, 10_000_000_000) if number in ticks] == list(ticks)


def test_they_are_the_same_as_a_set_of_them() -> None:
    ticks: object = DraftTicks(DRAFTS, {3})
    assert ticks == {2, 5, 9_999_999_999}
    assert ticks != {2, 3, 5}


def test_without_drafts_nothing_is_ticked() -> None:
    assert not DraftTicks((), {1})
