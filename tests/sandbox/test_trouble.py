"""Which request a trouble hits, and how often."""

from __future__ import annotations

import pytest

from onestop_sandbox.trouble import Kind, Trouble, Troubles


def hits(troubles: Troubles, label: str, times: int) -> int:
    return sum(troubles.take(label) is not None for _ in range(times))


@pytest.mark.parametrize(
    ("operation", "hit"),
    [
        (None, True),
        ("ainas.submitFiling", True),
        ("submitFiling", True),
        ("ainas", True),
        ("airas", False),
        ("ainas.getFiling", False),
    ],
)
def test_an_operation_can_be_named_in_four_ways(operation: str | None, hit: bool) -> None:  # noqa: FBT001 - a table
    troubles = Troubles()
    troubles.add(Trouble(Kind.CUT, operation))
    assert (troubles.take("ainas.submitFiling") is not None) is hit


def test_a_trouble_is_over_after_so_many_requests() -> None:
    troubles = Troubles()
    troubles.add(Trouble(Kind.CUT, times=2), Trouble(Kind.HTML, times=None))
    assert [taken.kind for taken in (troubles.take("a.b") for _ in range(4)) if taken] == [
        Kind.CUT,
        Kind.CUT,
        Kind.HTML,
        Kind.HTML,
    ]
    assert troubles.rules == (Trouble(Kind.HTML, times=None),)
    troubles.clear()
    assert troubles.take("a.b") is None


def test_chance_can_be_repeated_with_its_seed() -> None:
    def some(seed: int) -> list[bool]:
        troubles = Troubles(seed)
        troubles.add(Trouble(Kind.CUT, times=None, probability=0.3))
        return [troubles.take("a.b") is not None for _ in range(200)]

    assert some(1) == some(1) != some(2)
    assert 30 < sum(some(1)) < 90


def test_without_keys_is_a_state_and_hits_no_request() -> None:
    troubles = Troubles()
    troubles.add(Trouble(Kind.WITHOUT_KEYS), Trouble(Kind.CUT))
    assert troubles.keys_ignored
    assert hits(troubles, "a.b", 3) == 1
    assert troubles.keys_ignored


def test_troubles_are_read_from_json() -> None:
    document = {"kind": "refuse", "status": 422, "times": None, "errors": [["chassis_number", "誤りです。"]]}
    trouble = Trouble.of(document)
    assert trouble == Trouble(Kind.REFUSE, times=None, status=422, errors=(("chassis_number", "誤りです。"),))
    for wrong in ({"kind": "flood"}, {}, {"kind": "cut", "colour": 1}):
        with pytest.raises(ValueError, match=r"Kind|colour"):
            Trouble.of(wrong)


def test_a_refusal_of_an_unusual_status_has_words_too() -> None:
    problem = Trouble(Kind.REFUSE, status=418).problem()
    assert (problem.status, problem.code, problem.retry_after) == (418, "trouble", None)
