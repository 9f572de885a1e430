"""What is proposed for the lines of a bank's book: exactly what adds up, and honestly how sure that is."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from onestop.clock import JST
from onestop.model.bank import BankLine
from onestop.model.proposing import propose
from support.payments import a_payment

if TYPE_CHECKING:
    from onestop.model.payment import Payment

NOVEMBER = dt.datetime(2026, 11, 1, 10, tzinfo=JST)


def a_line(amount: int, number: int = 1, day: int = 28) -> BankLine:
    made = BankLine(statement_id=1, day=dt.date(2026, 11, day), amount=amount, text="国土交通省", key=str(number))
    made.id = number
    return made


def payments_of(amounts: list[int], days: list[int] | None = None) -> list[Payment]:
    """Return an amount for each, of a filing of its own."""
    return [
        a_payment(
            amount,
            control_number=number,
            requested_at=NOVEMBER + dt.timedelta(days=days[number] if days else 0),
            due_date=dt.date(2026, 11, 1) + dt.timedelta(days=number),
        )
        for number, amount in enumerate(amounts)
    ]


AMOUNTS = st.lists(st.sampled_from([400, 1450, 1500, 6600, 24600, 7]), min_size=1, max_size=8)


@given(AMOUNTS, st.data())
def test_each_way_adds_up_uses_nothing_twice_and_one_is_found_where_there_is_one(
    amounts: list[int], data: st.DataObject
) -> None:
    days = [data.draw(st.integers(0, 27)) for _ in amounts]
    mine = payments_of(amounts, days)
    chosen = data.draw(st.sets(st.sampled_from(range(len(amounts))), min_size=1))
    line = a_line(sum(amounts[place] for place in chosen), day=data.draw(st.integers(1, 28)))
    proposal = propose([line], mine, most=data.draw(st.integers(1, 300)))[1]
    by_key = {each.key: each for each in mine}
    may = [each for each in mine if each.day <= line.day]
    every = {
        frozenset(each.key for each in way)
        for count in range(1, len(may) + 1)
        for way in combinations(may, count)
        if sum(each.amount for each in way) == line.amount
    }
    found = [frozenset(way) for way in proposal.ways]
    for way in proposal.ways:
        assert len(set(way)) == len(way)
        assert sum(by_key[key].amount for key in way) == line.amount
    assert len(set(found)) == len(found)
    assert set(found) <= every
    assert bool(found) == bool(every)
    assert proposal.complete == (set(found) == every)
    assert proposal.is_sole == (len(every) == 1)


def test_what_a_bank_merges_stands_before_what_only_adds_up() -> None:
    mine = [
        a_payment(400, control_number=1),
        a_payment(1450, control_number=2, kind="a"),
        a_payment(400, control_number=2, kind="b"),
        a_payment(24600, control_number=2, kind="c"),
    ]
    proposal = propose([a_line(26_450)], mine)[1]
    assert [{key.control_number for key in way} for way in proposal.ways] == [{2}, {1, 2}]
    assert (proposal.complete, proposal.is_sole) == (True, False)


def test_a_whole_day_is_one_way_however_many_others_there_are() -> None:
    mine = payments_of([1450] * 60)
    for place in range(30):
        mine[place] = a_payment(1450, control_number=place, due_date=dt.date(2027, 11, 30))
    proposal = propose([a_line(1450 * 30)], mine)[1]
    assert {key.control_number for key in proposal.ways[0]} == set(range(30))
    assert (len(proposal.ways), proposal.complete) == (20, False)


def test_two_lines_that_want_the_same_amount_clash() -> None:
    mine = payments_of([1450, 24600])
    proposals = propose([a_line(1450, 1), a_line(1450, 2), a_line(24600, 3)], mine)
    assert [proposals[number].clashes for number in (1, 2, 3)] == [True, True, False]
    assert [proposals[number].is_sole for number in (1, 2, 3)] == [False, False, True]


def test_nothing_is_proposed_of_nothing() -> None:
    assert propose([], []) == {}
    proposal = propose([a_line(5)], [])[1]
    assert (proposal.ways, proposal.complete) == ((), True)
