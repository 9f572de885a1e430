"""The tool that changes the program: what it changes, and that a test which looks notices."""

from __future__ import annotations

import ast

import pytest

from mutation.mutants import mutants, mutated
from mutation.mutate_many import ROOMS, SOURCES, victims

FILE = '''
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import datetime

MOST = 7

@dataclass(frozen=True)
class Thing:
    """Nothing is changed in a docstring."""
    name: str = field(default="", repr=False)

def chosen(days: list[int], most: int = MOST) -> int:
    log.info("%d", len(days))
    if not days:
        return 0
    return max(day for day in days if day <= most and day % 2 == 1)
'''


def test_each_is_one_change_of_what_is_run() -> None:
    told = [(each.line, each.was, each.now, each.at_import) for each in mutants(FILE)]
    assert told == [
        (7, "7", "8", True),
        (7, "7", "6", True),
        (12, "False", "True", True),
        (16, "not days", "days", False),
        (17, "0", "1", False),
        (17, "0", "-1", False),
        (18, "max", "min", False),
        (
            18,
            "(day for day in days if day <= most and day % 2 == 1)",
            "(day for day in days)",
            False,
        ),
        (18, "day <= most and day % 2 == 1", "day <= most or day % 2 == 1", False),
        (18, "day <= most", "day < most", False),
        (18, "day % 2 == 1", "day % 2 != 1", False),
        (18, "day % 2", "day * 2", False),
        (18, "2", "3", False),
        (18, "2", "1", False),
        (18, "1", "2", False),
        (18, "1", "0", False),
    ]


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("while found:\n    break", ["while not found:\n    break", "while found:\n    continue"]),
        ("for n in a:\n    continue", ["for n in a:\n    break"]),
        ("save(a)", ["pass"]),
        ("a += b", ["a -= b"]),
        ("a = any(b) | c", ["a = any(b) & c", "a = all(b) | c"]),
        ("a = b is None < c", ["a = b is not None < c", "a = b is None <= c"]),
    ],
)
def test_a_mutant_stands_in_the_place_of_what_it_changes(source: str, changed: list[str]) -> None:
    assert [ast.unparse(mutated(source, each.number)) for each in mutants(source)] == changed


def test_every_room_has_some_and_a_sample_can_be_of_one_file() -> None:
    everyone = victims([])
    assert {each.file.relative_to(SOURCES / "onestop").parts[0] for each in everyone} == {*ROOMS}
    assert {each.name for each in victims(["gateway/verdict.py"])} == {"onestop.gateway.verdict"}
    assert {each.name for each in victims(["services/inspection/__init__"])} == set()
