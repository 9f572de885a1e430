"""Joining the pieces of a 車検証's codes: in any order, repeated, some missing, of two cars mixed.

Nothing but the layout tells what belongs together: code 2 and code 3 share no key, and pieces of two cars may fit as
well as those of one. So every way of joining is found; where there is more than one, a person decides.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onestop.documents.shaken_qr_layout import Code, Kind

MOST_WAYS: Final = 16
"""Ways of joining one code that are looked for; nobody chooses among more."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """One symbol that a sheet has, and whether it was read."""

    label: str
    number: int
    of: int
    lit: bool


@dataclass(frozen=True, slots=True)
class JoinedCode:
    """What is known of one code: every way in which its pieces make a whole, and its lamps."""

    code: Code
    wholes: tuple[str, ...] = field(repr=False)
    lamps: tuple[Lamp, ...]

    @property
    def begun(self) -> bool:
        """Whether anything of it was read."""
        return any(lamp.lit for lamp in self.lamps)


def join(kind: Kind, pieces: Sequence[str]) -> tuple[JoinedCode, ...]:
    """Return what pieces, each of another text, tell of each code of a kind of car."""
    return tuple(_joined(code, [piece for piece in pieces if code.places(piece)]) for code in kind.codes)


def _joined(code: Code, pieces: Sequence[str]) -> JoinedCode:
    found = tuple(itertools.islice(dict.fromkeys(_wholes(code, pieces, ())), MOST_WAYS))
    lit = range(code.symbols) if found else {_number(code, piece) for piece in pieces}
    lamps = (Lamp(code.label, number + 1, code.symbols, number in lit) for number in range(code.symbols))
    return JoinedCode(code, found, tuple(lamps))


def _wholes(code: Code, pieces: Sequence[str], taken: tuple[str, ...]) -> Iterator[str]:
    """Yield every whole code that begins with the pieces taken so far.

    A scanner joins all the symbols of a code by itself, or none: some of them are no code, whatever they look like.
    """
    text = "".join(taken)
    if len(taken) in (1, code.symbols) and code.values(text) is not None:
        yield text
    if len(taken) < code.symbols:
        for piece in pieces:
            if piece not in taken and code.may_begin(text + piece):
                yield from _wholes(code, pieces, (*taken, piece))


def _number(code: Code, piece: str) -> int:
    """Return which symbol of a code a piece is of, counted from 0, as far as it tells."""
    places = code.places(piece)
    if any(place.begins for place in places):
        return 0
    return code.symbols - 1 if any(place.ends for place in places) else code.symbols // 2
