"""A font file, read once for the run; each document takes a small font out of it with just its own characters.

A font of ours has 12,000 to 17,000 glyphs, of which a page uses a hundred. fpdf2 alone reads them all and gives each a
name: 0.3 s for each font of each document.
"""

from __future__ import annotations

import functools
import logging
import struct
from array import array
from dataclasses import dataclass, field
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

NOTDEF: Final = 0
"""The place of the glyph that stands for what a font lacks: the first of every font."""
KEPT: Final = ("head", "hhea", "maxp", "OS/2", "name", "post", "cvt ", "fpgm", "prep", "gasp")
"""The tables that a small font has in common with the whole one; the others tell of vertical lines and of ligatures."""
COUNTED: Final = ("head", "hhea", "maxp")
"""Those of them that say how many glyphs there are and how they are told; what is in the others is not looked at."""
LONG_OFFSETS: Final = 1


@dataclass(frozen=True, slots=True)
class FontFile:
    """What documents need of a font, in plain values: what is done with one small font cannot spoil the next."""

    path: Path
    unit: int
    """The size of the font in the numbers of `advances`."""
    glyphs: Mapping[int, int] = field(repr=False)
    """The place of each character's glyph."""
    advances: Sequence[int] = field(repr=False)
    bearings: Sequence[int] = field(repr=False)
    """The room at the left of each glyph."""
    outlines: Sequence[int] = field(repr=False)
    """Where the outline of each glyph begins in the file, and where the last one ends."""
    tables: Mapping[str, bytes] = field(repr=False)

    def widths(self) -> Mapping[int, float]:
        """Return the advance of every character, as a part of the font's size."""
        return {code: self.advances[glyph] / self.unit for code, glyph in self.glyphs.items()}

    def cut(self, characters: Iterable[str]) -> BytesIO:
        """Return a font with these characters and the blank, the same for the same characters.

        Raises:
            KeyError: the font lacks one of them.
        """
        from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415 - see read_font
        from fontTools.ttLib import TTFont  # noqa: PLC0415

        codes = {code: self.glyphs[code] for code in sorted({ord(" "), *map(ord, characters)})}
        places = sorted({NOTDEF, *codes.values()})
        outlines = self._outlines(places)
        font = TTFont(recalcBBoxes=False, recalcTimestamp=False)
        font.setGlyphOrder([_name(place) for place in places])
        for tag, content in self.tables.items():
            _put(font, tag, content)
        font["head"].indexToLocFormat = LONG_OFFSETS
        font["hhea"].numberOfHMetrics = len(places)
        FontBuilder(font=font).setupCharacterMap({code: _name(place) for code, place in codes.items()})
        _put(font, "hmtx", b"".join(struct.pack(">Hh", self.advances[place], self.bearings[place]) for place in places))
        _put(font, "loca", b"".join(struct.pack(">I", end) for end in accumulate(map(len, outlines), initial=0)))
        _put(font, "glyf", b"".join(outlines))
        written = BytesIO()
        font.save(written)
        return written

    def _outlines(self, places: Sequence[int]) -> list[bytes]:
        found = []
        with self.path.open("rb") as file:
            for place in places:
                file.seek(self.outlines[place])
                found.append(file.read(self.outlines[place + 1] - self.outlines[place]))
        return found


@functools.cache
def read_font(path: Path) -> FontFile:
    """Read a TrueType font, in about 0.05 s. No glyph of it is put together from others: a test looks at ours."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - takes a while and is needed at the first print only

    logging.getLogger("fontTools").setLevel(logging.WARNING)  # else it logs tables here, and characters in write_pdf
    with TTFont(path, recalcTimestamp=False, recalcBBoxes=False, lazy=True) as font:
        tables = {tag: font.getTableData(tag) for tag in KEPT if tag in font}
        font.setGlyphOrder([_name(place) for place in range(font["maxp"].numGlyphs)])
        glyphs = {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}
        metrics = [font["hmtx"][name] for name in font.getGlyphOrder()]
        advances, bearings = array("H", (each for each, _ in metrics)), array("h", (each for _, each in metrics))
        start = font.reader.tables["glyf"].offset
        outlines = array("L", (start + offset for offset in font["loca"].locations))
        return FontFile(path, font["head"].unitsPerEm, glyphs, advances, bearings, outlines, tables)


def _name(place: int) -> str:
    return f"g{place}" if place != NOTDEF else ".notdef"


def _put(font: Any, tag: str, content: bytes) -> None:  # noqa: ANN401 - fontTools ships no types
    from fontTools.ttLib import newTable  # noqa: PLC0415 - see read_font
    from fontTools.ttLib.tables.DefaultTable import DefaultTable  # noqa: PLC0415

    font[tag] = newTable(tag) if tag in COUNTED else DefaultTable(tag)
    font[tag].decompile(content, font)
