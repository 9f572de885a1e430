"""Which amounts add up to a sum: held against trying everything."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from onestop.model.combination import Combinations, Sums

AMOUNTS = st.lists(st.one_of(st.integers(1, 40), st.sampled_from([1450, 400, 24600, 6600])), max_size=9)


def by_trying(amounts: list[int], wanted: int) -> set[tuple[int, ...]]:
    """Return every way, found by trying everything."""
    places = range(len(amounts))
    ways = (way for count in range(1, len(amounts) + 1) for way in combinations(places, count))
    return {way for way in ways if sum(amounts[place] for place in way) == wanted}


@given(AMOUNTS, st.integers(0, 60_000), st.data())
def test_every_way_is_found_and_nothing_else(amounts: list[int], some: int, data: st.DataObject) -> None:
    among = data.draw(st.integers(0, len(amounts)))
    chosen = data.draw(st.sets(st.sampled_from(range(len(amounts))))) if amounts else set()
    wanted = sum(amounts[place] for place in chosen) or some
    found = Sums(amounts, max(wanted, some)).combinations(wanted, among, 600)
    assert found.complete
    assert len(set(found.found)) == len(found.found)
    assert set(found.found) == by_trying(amounts[:among], wanted)


@given(AMOUNTS, st.integers(1, 100), st.integers(1, 4))
def test_too_many_is_said_where_there_are_too_many_and_nowhere_else(amounts: list[int], wanted: int, most: int) -> None:
    found = Sums(amounts, wanted).combinations(wanted, len(amounts), most)
    every = by_trying(amounts, wanted)
    assert found.complete == (len(every) <= most)
    assert len(found.found) == min(len(every), most)
    assert set(found.found) <= every


@given(AMOUNTS, st.integers(1, 60_000), st.integers(1, 400))
def test_with_too_little_memory_nothing_wrong_is_said(amounts: list[int], wanted: int, most_bytes: int) -> None:
    found = Sums(amounts, wanted, most_bytes).combinations(wanted, len(amounts), 600)
    every = by_trying(amounts, wanted)
    assert set(found.found) == every if found.complete else set(found.found) <= every


def test_what_is_larger_than_everything_together_needs_no_search() -> None:
    assert Sums([3, 5], 100, most_bytes=3).combinations(100, 2, 9) == Combinations((), complete=True)
    assert Sums([60, 70], 100, most_bytes=3).combinations(100, 2, 9) == Combinations((), complete=False)


def test_nothing_makes_nothing() -> None:
    assert Sums([], 0).combinations(0, 0, 9) == Combinations((), complete=True)
    assert Sums([100, 200], 400).combinations(150, 2, 9) == Combinations((), complete=True)


def test_two_hundred_amounts_that_are_all_alike_are_no_trouble() -> None:
    found = Sums([1450] * 200, 145_000).combinations(145_000, 200, 20)
    assert (len(found.found), found.complete) == (20, False)
    assert {len(set(way)) for way in found.found} == {100}
