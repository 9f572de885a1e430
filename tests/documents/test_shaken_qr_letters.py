"""What a scanner's keys wrote is brought back to what stands in the symbol, and nothing else is taken for it."""

from __future__ import annotations

import pytest

from onestop.documents.shaken_qr_letters import decoded, needless, recognised
from support.codes import CODE_2, CODE_3, KEI_2, KEI_3, KEI_3_DEFECT, KEI_3_OLD, KEI_PAPER, SYMBOLS

STAMPED = "2/土浦　　３００す　　１２/1/[41]12345/*FUMEI/1"
US_AT_JIS = str.maketrans({"[": "@", "]": "[", "*": "("})
JIS_AT_US = str.maketrans({"[": "]", "]": "\\", "*": '"'})


def as_bytes(text: str) -> str:
    """Return what a driver writes that knows no kanji: a sign for each byte, half-width kana where there are such."""
    kana = range(0xA1, 0xE0)
    return "".join(chr(byte - 0xA1 + 0xFF61) if byte in kana else chr(byte) for byte in text.encode("cp932"))


@pytest.mark.parametrize("text", [*SYMBOLS, CODE_2, CODE_3, KEI_2, KEI_3, KEI_3_OLD, KEI_3_DEFECT, *KEI_PAPER, STAMPED])
def test_a_piece_is_known_as_it_is(text: str) -> None:
    assert recognised(text) == text


@pytest.mark.parametrize("text", [*SYMBOLS, STAMPED, KEI_2])
def test_caps_lock_makes_no_difference(text: str) -> None:
    assert recognised(text.swapcase()) == text
    assert recognised(as_bytes(text)) == text
    swapped = "".join(sign.swapcase() if sign.isascii() else sign for sign in as_bytes(text))
    assert recognised(swapped) == text


def test_bytes_that_a_system_took_for_western_letters_are_read() -> None:
    western = CODE_2.encode("cp932").decode("latin-1").replace("\x93", "\u201c").replace("\x89", "\u2030")
    assert recognised(western) == CODE_2


@pytest.mark.parametrize("keyboard", [US_AT_JIS, JIS_AT_US])
def test_a_scanner_set_to_another_keyboard_is_understood(keyboard: dict[int, str]) -> None:
    assert recognised(STAMPED.translate(keyboard)) == STAMPED
    assert recognised(STAMPED.translate(keyboard).swapcase()) == STAMPED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2",
        "土浦300さ1234",
        "2024/4/1",
        "06/04/01",
        "abc/def/ghi/jkl",
        "http://example.jp/a/b",
        "1/2",
        "ABC12-0123456",
    ],
)
def test_what_people_write_is_no_piece(text: str) -> None:
    assert recognised(text) is None


@pytest.mark.parametrize("text", ["土浦｡\u3042", "\uff9f\uff9f/1/A", "2/\x81", "髙/\u2028/"])
def test_what_no_driver_writes_is_no_piece(text: str) -> None:
    assert recognised(text) is None


def test_symbols_that_nobody_needs_are_named() -> None:
    assert "コード1は使いません" in needless("1////ABC")
    assert needless("2/x") == ""


def test_bytes_are_read_as_the_symbols_write_them() -> None:
    assert decoded("土浦".encode("cp932")) == "土浦"
    assert decoded(b"\x81") is None
