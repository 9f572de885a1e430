"""What is read from a bank's file: the lines of its book, and what is wrong with some of them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import IN_FILE, InvalidInput, Problem

if TYPE_CHECKING:
    import datetime as dt

MOST_PROBLEMS: Final = 100
"""More than a person reads; a file of another kind could bring a hundred thousand."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """One 出金."""

    day: dt.date
    amount: int
    """Yen."""
    text: str = dataclasses.field(repr=False)
    """摘要, as the bank wrote it."""
    balance: int | None = dataclasses.field(default=None, repr=False)
    """Yen after it, as the bank says or as it follows from what the bank says."""
    account: str = dataclasses.field(default="", repr=False)
    """Bank, branch, kind and number; empty where the file does not say."""


@dataclass(frozen=True, slots=True)
class BankFile:
    """One file of a bank's."""

    layout: str
    lines: tuple[BookLine, ...] = dataclasses.field(repr=False)
    """What went out, in the order of the file."""
    received: int
    """How many lines came in: they are counted, and not kept."""


class BookProblems:
    """A sentence for each line that cannot be read."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    @property
    def are_many(self) -> bool:
        """Whether it is no use to read on."""
        return len(self._found) >= MOST_PROBLEMS

    def add(self, number: int, sentence: str) -> None:
        """Note what is wrong with a line; nothing of its content is repeated."""
        self._found.append(Problem(IN_FILE, f"{number}行目: {sentence}"))

    def tell(self) -> None:
        """Refuse the file if anything is wrong with it.

        Raises:
            InvalidInput: one problem for each line.
        """
        if self._found:
            raise InvalidInput(*self._found)
