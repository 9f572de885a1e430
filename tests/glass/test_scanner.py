"""A scanner that plays keyboard, as the X server brings its keys: 200 signs a second, with Mozc and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glass.processes import until
from support.codes import SYMBOLS

if TYPE_CHECKING:
    from glass.conftest import Open
    from glass.desk import Desk

TAIL, HEAD = SYMBOLS[1], SYMBOLS[2]
"""Symbols of figures and letters alone: the X server's keyboard has no kanji."""


def kept(desk: Desk) -> str:
    """Return the pieces that the program has written down."""
    return "\n".join(desk.stored("select form from typing_draft where place = 'scan'"))


def scan(desk: Desk, text: str) -> None:
    desk.glass.type_text(text)
    desk.glass.press("Enter")


def in_search(desk: Desk, *confirm: str) -> str:
    desk.glass.press("F12")
    desk.glass.wait_for("照会")
    desk.rest()
    desk.glass.press("End", "9", *confirm)  # behind whatever of the scan was written there
    desk.rest()
    desk.glass.press("Ctrl+a", "Ctrl+c")
    until("a text in the clipboard", desk.glass.copied)
    return desk.glass.copied()


def test_a_scan_in_any_window_opens_qr_and_lands_in_no_field(open_desk: Open) -> None:
    desk = open_desk()
    desk.glass.press("4")
    scan(desk, TAIL)
    desk.glass.wait_for("QR読取")
    until("the piece", lambda: TAIL in kept(desk))
    scan(desk, HEAD)
    until("both pieces", lambda: HEAD in kept(desk))
    desk.glass.picture("qr")
    assert in_search(desk) in ("9", "49")


def test_what_mozc_takes_is_scanned_again_where_it_is_not(open_japanese: Desk) -> None:
    desk = open_japanese
    scan(desk, TAIL)
    desk.glass.wait_for("QR読取")
    desk.rest()
    desk.glass.picture("qr-mozc")
    assert kept(desk) == ""
    scan(desk, TAIL)
    until("the piece", lambda: TAIL in kept(desk))
    assert in_search(desk, "Enter") in ("9", "９")
