"""A row of bars, such as one for each day or month: what it shows, and which bar is chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. Its parts stand on each other; words, not colours, tell them apart."""

    key: str
    """What is chosen with it, such as 2026-12-05."""
    words: str
    """What it says when it is chosen: 令和8年12月5日(土) 3台."""
    parts: tuple[int, ...]
    tick: str = ""
    """What stands below it."""
    pale: bool = False
    """Whether nobody works then; its ground is marked."""


@dataclass(frozen=True, slots=True)
class Bars:
    """All bars, and the chosen one."""

    bars: tuple[Bar, ...]
    chosen: str
    title: str
    """What is counted."""
    before: str = ""
    """The key of what is chosen by going on before the first bar, if anything."""
    after: str = ""
    """The same behind the last."""

    @property
    def position(self) -> int:
        """Return where the chosen bar stands; the first where none is chosen."""
        return next((place for place, bar in enumerate(self.bars) if bar.key == self.chosen), 0)

    def at(self, position: int) -> str:
        """Return the key of a bar; beyond an end, of what follows there, or of the bar at the end."""
        if position < 0:
            return self.before or self.bars[0].key
        return self.bars[position].key if position < len(self.bars) else self.after or self.bars[-1].key

    @property
    def words(self) -> str:
        """Return what the chosen bar says."""
        return self.bars[self.position].words

    @property
    def highest(self) -> int:
        """Return the height that the highest bar has, at least 1."""
        return max(1, *(sum(bar.parts) for bar in self.bars))
