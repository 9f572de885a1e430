"""What a service, a proxy or the wire may do to one exchange, chosen by a seeded chance."""

from __future__ import annotations

import copy
import random
import threading
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from independent.services import Content


class Fault(Enum):
    """One thing that goes wrong."""

    # before anything is done
    CUT_BEFORE = "the line is cut before the service acts"
    UNAUTHORIZED = "401"
    BUSY = "429"
    CLOSED = "503 closed"
    MAINTENANCE = "503 maintenance"
    FAILED_BEFORE = "500 before acting"
    REDIRECT = "a redirect to nowhere"
    # while it acts
    SLOW = "slow before and after"
    # after it has acted
    CUT_AFTER = "the line is cut after the service has acted"
    CUT_MIDWAY = "half of the answer"
    FAILED_AFTER = "502 after acting"
    HTML = "a proxy's page with 200"
    WRONG_TYPE = "JSON that calls itself text"
    BROKEN_JSON = "broken JSON"
    PACKED = "an answer that says it is packed"
    ENDLESS_HEADERS = "headers without end"
    ENDLESS_BODY = "a body without end"
    ANOTHERS_CONTROL_NUMBER = "another's 管理番号"
    ANOTHERS_NUMBER = "another's 申請ID, 交付番号 or 保険証番号"
    FUTURE = "times in 2099"
    FAR_FUTURE = "times in 9999"
    HUGE_NUMBERS = "numbers that no database holds"
    HUGE_TEXTS = "texts of a million characters"
    INVENTED_WORDS = "words that no table knows"
    ODD_NUMBER = "a number that is a path"
    DOUBLED = "every entry twice"
    ANOTHERS_ENTRY = "an entry of somebody else besides"
    STRANGE_FIELDS = "fields that no contract knows"


BEFORE: Final = frozenset(
    {
        Fault.CUT_BEFORE,
        Fault.UNAUTHORIZED,
        Fault.BUSY,
        Fault.CLOSED,
        Fault.MAINTENANCE,
        Fault.FAILED_BEFORE,
        Fault.REDIRECT,
    }
)
"""With these the service does nothing."""
COMMON: Final = (Fault.SLOW, Fault.CUT_AFTER, Fault.CUT_BEFORE, Fault.FAILED_AFTER)
"""What happens most: they come several times as often as any other."""
MISNAMED: Final = frozenset({Fault.ANOTHERS_NUMBER, Fault.ODD_NUMBER})
"""Only where one was asked for by its number: else nobody could know that this one, with our 管理番号, is not ours."""
CHANCES: Final = (*Fault, *COMMON * 5)
FINAL_WORDS: Final = ("取消", "却下", "取下", "削除", "手続完了")
HUGE: Final = 2**63
LONG: Final = 1_000_000


@dataclass
class Mischief:
    """Chooses faults. It can be ended: then everything goes well.

    Args:
        seed: the same seed chooses the same faults for the same questions.
        share: of all exchanges, how many go wrong.
        without: faults that are left out.
    """

    seed: int
    share: float
    without: frozenset[Fault] = frozenset()

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - chance that can be repeated, not secrecy
        self._lock = threading.Lock()
        self.done: Counter[Fault] = Counter()

    def choose(self, *, names: bool) -> Fault | None:
        """Return what goes wrong with the next exchange, if anything does; `names`: it asks for numbers."""
        with self._lock:
            if self._random.random() >= self.share:
                return None
            fault: Fault = self._random.choice(CHANCES)
            if fault in self.without or (fault in MISNAMED and not names):
                return None
            self.done[fault] += 1
            return fault

    def end(self) -> None:
        """Let everything go well from now on."""
        self.share = 0.0

    def seconds(self) -> float:
        """Return how slow something is."""
        with self._lock:
            return self._random.uniform(0.02, 0.25)


def spoil(fault: Fault | None, content: Content, lists: str, number: str) -> Content:
    """Return an answer as the fault leaves it; `lists` names where entries lie, `number` what an entry is called by."""
    if fault is None or fault not in _CHANGES:
        return content
    change = _CHANGES[fault]
    spoilt = copy.deepcopy(content)
    if lists not in spoilt:
        return change(spoilt, number)
    entries = spoilt[lists]
    spoilt[lists] = _LISTS[fault](entries, number) if fault in _LISTS else [change(each, number) for each in entries]
    return spoilt


def _anothers(entry: Content, number: str) -> Content:
    return _finished(entry) | {number: _next_to(entry[number]), "control_number": entry["control_number"] + 5_000_000}


def _next_to(number: str) -> str:
    return number[:1] + f"{(int(number[1:]) + 500_000_000) % 10 ** len(number[1:]):0{len(number) - 1}}"


def _finished(entry: Content) -> Content:
    """Return what would let the car be filed anew, were it believed."""
    return entry | {"status": FINAL_WORDS[entry["control_number"] % len(FINAL_WORDS)]}


def _dated(entry: Content, year: str) -> Content:
    late = {name: f"{year}{value[4:]}" for name, value in entry.items() if name.endswith("_at") and value is not None}
    return entry | late


def _huge(entry: Content) -> Content:
    huge: dict[str, Any] = {name: HUGE for name in ("months", "premium") if name in entry}
    if "fees" in entry:
        huge["fees"] = [fee | {"amount": 10**30} for fee in entry["fees"]]
    return entry | huge


def _long(entry: Content) -> Content:
    return entry | {"status": "長" * 100_000} | ({"message": "文" * LONG} if "message" in entry else {})


def _odd(entry: Content, number: str) -> Content:
    return entry | {number: ("..", "", "9" * 100_000, "\u202e../..")[entry["control_number"] % 4]}


_CHANGES: Final[dict[Fault, Callable[[Content, str], Content]]] = {
    Fault.ANOTHERS_CONTROL_NUMBER: lambda entry, _number: (
        _finished(entry) | {"control_number": entry["control_number"] + 5_000_000}
    ),
    Fault.ANOTHERS_NUMBER: lambda entry, number: _finished(entry) | {number: _next_to(entry[number])},
    Fault.FUTURE: lambda entry, _number: _dated(entry, "2099"),
    Fault.FAR_FUTURE: lambda entry, _number: _dated(entry, "9999"),
    Fault.HUGE_NUMBERS: lambda entry, _number: _huge(entry),
    Fault.HUGE_TEXTS: lambda entry, _number: _long(entry),
    Fault.INVENTED_WORDS: lambda entry, _number: entry | {"status": "審議中(仮)<b>"},
    Fault.ODD_NUMBER: _odd,
    Fault.DOUBLED: lambda entry, _number: entry,
    Fault.ANOTHERS_ENTRY: _anothers,
    Fault.STRANGE_FIELDS: lambda entry, _number: entry | {"__class__": "x", "sending": "draft", "版": [None]},
}
"""What a fault makes of one entry."""
_LISTS: Final[dict[Fault, Callable[[list[Content], str], list[Content]]]] = {
    Fault.DOUBLED: lambda entries, _number: [*entries, *entries],
    Fault.ANOTHERS_ENTRY: lambda entries, number: [*(_anothers(each, number) for each in entries[:1]), *entries],
}
"""And of a list of them."""
