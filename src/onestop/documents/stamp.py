"""What stands across pages: 見本 on all that practice prints, 控 on the copy of a certificate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

SHARE = 0.92
"""Of the largest size at which the word, turned into the diagonal, is still whole on the page."""


class Stamp(Enum):
    """The word across a page; the order is the one in which they win."""

    SAMPLE = "見本"
    """Printed while practising, whatever it is."""
    COPY = "控"
    """A copy of a certificate, which is none itself."""
    NONE = ""
    """What is the shop's own (元帳, 報告書), and bare values on an official form."""


@dataclass(frozen=True, slots=True)
class Diagonal:
    """The straight line from the lower left to the upper right, for a word of some characters; all in mm."""

    width: float
    height: float
    characters: int

    @property
    def degrees(self) -> float:
        """How far the word is turned, against the clock."""
        return math.degrees(math.atan2(self.height, self.width))

    @property
    def size(self) -> float:
        """The height of a character, which is as wide."""
        across, up = self._turned
        count = self.characters
        return SHARE * min(self.width / (count * across + up), self.height / (count * up + across))

    def start(self, ascent: float) -> tuple[float, float]:
        """Return the left end of the base line, `ascent` heights of a character below its top."""
        across, up = self._turned
        left, down = -self.characters * self.size / 2, (ascent - 0.5) * self.size
        return self.width / 2 + left * across + down * up, self.height / 2 - left * up + down * across

    @property
    def _turned(self) -> tuple[float, float]:
        longest = math.hypot(self.width, self.height)
        return self.width / longest, self.height / longest
