"""Which rows of 申請書一覧 are ticked: all drafts but for a few. A hundred thousand are 8 bytes each, not objects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class DraftTicks(AbstractSet[int]):
    """管理番号 of drafts that are ticked; nothing in it changes."""

    def __init__(self, drafts: Sequence[int] = (), left_out: Iterable[int] = ()) -> None:
        """`drafts` are in the order of their numbers; `left_out` may name others too."""
        self._drafts = drafts
        self._left_out: frozenset[int] = frozenset()
        self._left_out = frozenset(number for number in left_out if number in self)

    def __contains__(self, number: object) -> bool:
        """Tell whether it is a draft, and was not left out."""
        place = bisect_left(self._drafts, cast("int", number))
        return place < len(self._drafts) and self._drafts[place] == number and number not in self._left_out

    def __iter__(self) -> Iterator[int]:
        """Yield them in their order."""
        return (number for number in self._drafts if number not in self._left_out)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._drafts) - len(self._left_out)
