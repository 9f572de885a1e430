"""The fonts that are printed with: which has a character, and how wide it is."""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from onestop.documents.font_file import read_font
from onestop.model.text import characters
from onestop.paths import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GETA = "〓"
"""Stands where no font has the character."""
MM_PER_POINT = 25.4 / 72


class Face(Enum):
    """A font of resources/fonts; docs/decisions/fonts.md says why these."""

    REGULAR = "BIZUDGothic-Regular"
    BOLD = "BIZUDGothic-Bold"
    BEHIND = "NotoSansJP-Regular"
    """For the name kanji that the other two lack."""

    @property
    def path(self) -> Path:
        """The font file."""
        return RESOURCES / "fonts" / f"{self.value}.ttf"


@dataclass(frozen=True, slots=True)
class FontRun:
    """Characters in a row of one font."""

    face: Face
    text: str = field(repr=False)

    def width_mm(self, size_pt: float) -> float:
        """Return the width at a size in points."""
        widths = _widths(self.face)
        return sum(widths[ord(character)] for character in self.text) * size_pt * MM_PER_POINT


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text as the fonts can draw it, with the characters that none of them has (〓 stands for each)."""

    runs: tuple[FontRun, ...]
    missing: tuple[str, ...] = field(repr=False)

    def width_mm(self, size_pt: float) -> float:
        """Return the width at a size in points."""
        return sum(run.width_mm(size_pt) for run in self.runs)


def spell(text: str, *, bold: bool = False) -> Spelled:
    """Spread a text of one line over the fonts. Control characters are drawn as blanks.

    A variation selector asks for a shape that our fonts do not have: the plain character is drawn, and the whole is
    named as missing.
    """
    face = Face.BOLD if bold else Face.REGULAR
    if text.isprintable() and all(ord(character) in _widths(face) for character in text):
        return Spelled((FontRun(face, text),) if text else (), ())
    pieces: list[tuple[Face, str]] = []
    missing: list[str] = []
    for character in characters(text):
        found = _pieces(character, face)
        missing.extend([character] if "".join(piece for _, piece in found) != _drawn(character) else [])
        pieces.extend(found)
    runs = (
        FontRun(face, "".join(piece for _, piece in group)) for face, group in groupby(pieces, key=lambda each: each[0])
    )
    return Spelled(tuple(runs), tuple(dict.fromkeys(missing)))


def _pieces(character: str, face: Face) -> list[tuple[Face, str]]:
    """Return each code of a character with its font; a code that no font has is 〓, or nothing behind another."""
    found: list[tuple[Face, str]] = []
    for code in _drawn(character):
        fitting = next((each for each in (face, Face.BEHIND) if ord(code) in _widths(each)), None)
        if fitting is not None:
            found.append((fitting, code))
        elif not found:
            found.append((face, GETA))
    return found


def _drawn(character: str) -> str:
    return " " if unicodedata.category(character[0]) == "Cc" else character


@functools.cache
def _widths(face: Face) -> Mapping[int, float]:
    return read_font(face.path).widths()
