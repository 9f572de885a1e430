"""Widths, search keys and the character sets that the services accept.

A stored name or address is never normalised: even NFC changes name kanji (神 福 都 in their compatibility forms).
What is folded here is either a code field (plates, chassis numbers) or a key for searching that is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from onestop.files import FULL_WIDTH_BLANK
from onestop.model.shipped import rows_of

_ASCII_TO_FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_FULL_TO_ASCII = {full: half for half, full in _ASCII_TO_FULL.items()}

HYPHENS = "-‐‑‒–—―−－﹣"
"""What is typed for a hyphen. The long vowel mark ー is not one: it belongs to names."""
LINES = "─━┄┅┈┉╌╍╴╶╸╺╼╾⎯⏤⁃⁻₋˗﹘⸺⸻➖"
"""What looks like a hyphen in a pasted text: lines of tables, and other dashes."""

_HYPHENS_TO_ONE: dict[int, str | None] = dict.fromkeys(map(ord, HYPHENS + LINES), "-")
_CODE_HYPHENS = dict.fromkeys(map(ord, HYPHENS + "ーｰ"), "-")
_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_HALF_WIDTH_KANA = re.compile("[｡-ﾟ]+")
_SPOKEN = re.compile("([ぁ-ゖゝゞー]+)[nｎ]?")
_UNFINISHED = re.compile("[A-Za-zＡ-Ｚａ-ｚ]+$")
_BEFORE_COMBINING = re.compile(
    "(.?[\u0300-\u036f\u3099\u309a\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]+)|(.)", re.DOTALL
)
_DIRECTIONS = (0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x2070))
"""Marks that turn the direction of what follows: a text that is read in another order than it stands."""
UNSEEN = (
    *(*range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF, 0xAD, *_DIRECTIONS),
    *(*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),
)
"""Code points that take no room: joiners, marks of direction, byte order marks, soft hyphens, variation selectors."""
_WITHOUT_UNSEEN: Final = dict.fromkeys(UNSEEN)
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Drawn as nothing, although Unicode counts them as letters or signs."""
_FILLER = re.compile(f"[{_FILLERS}]")
_NOT_SEEN_KINDS = ("Cc", "Cf", "Zl", "Zp")
_LAYOUT = "\t\n\r"
_OTHER_SPELLINGS = "～－∥￠￡￢—"
"""Characters of JIS X 0208 as Windows (cp932) spells them in Unicode; the codec knows only the other spelling."""
AROUND_YEN: Final = str.maketrans("", "", "¥￥\\円,， 　")
"""What people and files write around figures of money. Shift_JIS has ¥ where others have the backslash."""


def to_half_width(text: str) -> str:
    """Return the text with full-width letters, digits, signs and blanks of ASCII in half width; the rest stays."""
    return text if text.isascii() else text.translate(_FULL_TO_ASCII)


def to_capitals(text: str) -> str:
    """Return a short word of a code in half-width capitals, without blanks at its ends."""
    return to_half_width(text).strip().upper()


def to_full_width(text: str) -> str:
    """Return the text with ASCII and half-width katakana in full width; the rest stays."""
    return _HALF_WIDTH_KANA.sub(_in_nfkc, text).translate(_ASCII_TO_FULL)


def to_full_width_kana(text: str) -> str:
    """Return the text with half-width katakana in full width; the rest stays."""
    return text if text.isascii() else _HALF_WIDTH_KANA.sub(_in_nfkc, text)


def without_unseen(text: str) -> str:
    """Return the text of a code without the signs that take no room.

    They come along with what is copied: Windows' own properties put marks of direction around each part of a day.
    """
    return text if text.isascii() else text.translate(_WITHOUT_UNSEEN)


def fold_hyphens(text: str) -> str:
    """Return the text with every kind of hyphen, and what looks like one, as '-'; the long vowel mark ー stays."""
    return text if text.isascii() else text.translate(_HYPHENS_TO_ONE)


def to_code(text: str) -> str:
    """Return a text as it stands in a code: in half width, with '-' for each hyphen and for ー, which no code has."""
    return to_half_width(text).translate(_CODE_HYPHENS)


def to_hiragana(text: str) -> str:
    """Return the text with full-width katakana as hiragana, character by character."""
    return text.translate(_KATAKANA_TO_HIRAGANA)


def reading_of(composed: str) -> str:
    """Return how a text is read that an input method has not converted yet, in hiragana; empty for any other text.

    The n at its end is the ん that it becomes.
    """
    spoken = to_hiragana(to_full_width_kana(composed))
    if not _SPOKEN.fullmatch(spoken):
        return ""
    return f"{spoken[:-1]}ん" if spoken[-1] in "nｎ" else spoken


def without_unfinished(composed: str) -> str:
    """Return a text that is being composed without the letters at its end that are no kana yet."""
    return _UNFINISHED.sub("", composed)


def fold_for_search(text: str) -> str:
    """Return a key that is equal for texts a clerk would call the same. Never show it and never store it as a name.

    Width, case, kinds of hyphen, かな/カナ, blanks, signs that nobody sees and the variants of kanji that are common in
    names (髙 高, 邉 邊 辺; resources/names/variants.csv) make no difference.
    """
    if text.isascii():  # most of what is typed, and none of what follows changes it
        return "".join(text.split()).upper()
    wide = unicodedata.normalize("NFKC", "".join(text.split()))
    return unicodedata.normalize("NFKC", "".join(wide.split()).translate(_search_signs()).upper())


@cache
def _search_signs() -> dict[int, str | None]:
    """Return the one table of all that a search key is folded by: hyphens, kana, variants, what is not seen."""
    variants: dict[int, str | None] = {ord(row["variant"]): row["folded"] for row in rows_of("names/variants.csv")}
    kana = {code: chr(folded) for code, folded in _KATAKANA_TO_HIRAGANA.items()}
    return _HYPHENS_TO_ONE | kana | dict.fromkeys(UNSEEN) | variants


def characters(text: str) -> tuple[str, ...]:
    """Return the characters of a text, each with the combining marks and variation selectors that follow it."""
    return tuple(match.group() for match in _BEFORE_COMBINING.finditer(text))


def whole_number(figures: str, highest: int) -> int | None:
    """Return the number that half-width figures say; None for anything else, and for one above `highest`.

    Python reads no number of thousands of digits, as a file or a slip of the hand may bring them.
    """
    if not (figures.isascii() and figures.isdigit()) or len(figures := figures.lstrip("0")) > len(str(highest)):
        return None
    number = int(figures or "0")
    return number if number <= highest else None


def outside_jis_x_0208(text: str) -> tuple[str, ...]:
    """Return the characters that AIRAS and AINAS do not take (髙 﨑 ① ㈱ …), each once, in order.

    Inside are JIS X 0201 and JIS X 0208, in either Unicode spelling of ～ － ∥ ￠ ￡ ￢ ―.
    A combining mark or a variation selector is named together with the character before it.
    """
    return tuple(dict.fromkeys(character for character in characters(text) if not _in_jis(character)))


def unseen_signs(text: str, *, one_line: bool = False) -> tuple[str, ...]:
    """Return the signs of a text that nobody sees, each once, in order; a variation selector changes what is seen.

    Ends of lines are such signs in what has one line alone.
    """
    layout = "" if one_line else _LAYOUT
    usual = text
    for blank in (FULL_WIDTH_BLANK, *layout):
        usual = usual.replace(blank, " ")
    if usual.isprintable() and not _FILLER.search(usual):  # most are, and are not to be gone through sign by sign
        return ()
    return tuple(dict.fromkeys(sign for sign in text if _is_unseen(sign) and sign not in layout))


def with_unseen_shown(text: str, *, one_line: bool = False) -> str:
    """Return a text in which signs that nobody sees stand as what they are: ⟨U+200B⟩. For the glass, never to store."""
    signs = {ord(sign): f"⟨U+{ord(sign):04X}⟩" for sign in unseen_signs(text, one_line=one_line)}
    return text.translate(signs) if signs else text


def unseen_notice(signs: tuple[str, ...]) -> str:
    """Say that there are such signs, and what to do."""
    shown = with_unseen_shown("".join(signs), one_line=True)
    return f"見えない文字「{shown}」が入っています。要らないときは、入力し直してください。"


def _is_unseen(sign: str) -> bool:
    return (not sign.isprintable() and unicodedata.category(sign) in _NOT_SEEN_KINDS) or sign in _FILLERS


@lru_cache(4096)
def _in_jis(character: str) -> bool:
    if character.isascii():
        return character.isprintable()
    if "｡" <= character <= "ﾟ" or character in _OTHER_SPELLINGS:
        return True
    try:
        character.encode("iso2022_jp")
    except UnicodeEncodeError:
        return False
    return True


def _in_nfkc(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())
