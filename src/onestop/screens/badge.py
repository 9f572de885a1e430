"""The state badge of a panel: a word, a sign and a colour, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class BadgeKind(Enum):
    """The five kinds; the value is the sign that stands before the word."""

    NONE = "–"
    WAITING = "◷"
    DONE = "✓"
    ATTENTION = "!"
    REJECTED = "×"


@dataclass(frozen=True, slots=True)
class Badge:
    """A state as the panel shows it. The word may be one that came from a service and is new to us."""

    kind: BadgeKind
    word: str

    def __str__(self) -> str:
        return f"{self.kind.value} {self.word}"


NOT_ISSUED = Badge(BadgeKind.NONE, "未発行")
WAITING = Badge(BadgeKind.WAITING, "待ち")
ISSUED = Badge(BadgeKind.DONE, "発行済")
ATTENTION = Badge(BadgeKind.ATTENTION, "要対応")
REJECTED = Badge(BadgeKind.REJECTED, "却下")
