"""What a scanner's keys wrote, brought back to what stands in the symbol.

A scanner that plays keyboard writes small letters while Caps Lock is on, wrong signs where it is set to another
keyboard than the computer, and bytes of Shift_JIS as half-width kana or Latin letters. The strict layout tells which
way of reading is right: only that one fits.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from onestop.documents.shaken_qr_layout import layout
from onestop.model.shipped import document_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITALS = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_FIRST_KANA, _LAST_KANA = 0xFF61, 0xFF9F
_BYTE_OF_FIRST_KANA = 0xA1
_BYTES = 0x100


def recognised(text: str) -> str | None:
    """Return the piece of a code that was meant by what keys wrote, or None where it is no such piece.

    A piece that stands alone must be long enough to be told from anything else.
    """
    return next((each for each in _ways_to_read(text) if _is_piece(each)), None)


def needless(text: str) -> str:
    """Return what is said of a symbol that a sheet has and nobody needs; empty for any other text."""
    return next((notice for head, notice in layout().needless.items() if text.startswith(head)), "")


def decoded(content: bytes) -> str | None:
    """Return the text of a symbol's bytes, or None if they are none."""
    try:
        return content.decode(layout().encoding)
    except UnicodeDecodeError:
        return None


def _is_piece(text: str) -> bool:
    places = [place for code in layout().codes for place in code.places(text)]
    whole = any(place.begins and place.ends for place in places)
    return whole or (bool(places) and len(text) >= layout().shortest)


def _ways_to_read(text: str) -> Iterator[str]:
    """Yield every way in which it may be meant, the likeliest first; the codes have no small letters."""
    for keyboard in ({}, *_mistaken_keyboards()):
        typed = text.translate(keyboard)
        yield typed.translate(_CAPITALS)
        if not typed.isascii():
            yield from filter(None, map(_from_bytes, (typed, _other_case(typed))))


@cache
def _mistaken_keyboards() -> tuple[dict[int, str], ...]:
    return tuple(str.maketrans(signs) for signs in document_of("shaken/keyboards.json")["mistaken"].values())


def _other_case(text: str) -> str:
    """Return a text with Caps Lock the other way: the second byte of a kanji may look like a letter."""
    return "".join(sign.swapcase() if sign.isascii() else sign for sign in text)


def _from_bytes(text: str) -> str:
    """Return a text of which each sign stands for a byte; empty if it is none, or if Caps Lock was the other way."""
    content = bytearray()
    for sign in text:
        if ord(sign) < _BYTES:
            content.append(ord(sign))
        elif _FIRST_KANA <= ord(sign) <= _LAST_KANA:
            content.append(ord(sign) - _FIRST_KANA + _BYTE_OF_FIRST_KANA)
        else:
            try:
                content += sign.encode("cp1252")
            except UnicodeEncodeError:
                return ""
    meant = decoded(bytes(content)) or ""
    return "" if meant.translate(_CAPITALS) != meant else meant
