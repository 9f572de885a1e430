"""Spoils what scanners send and what symbols hold, and reads it: a code of a 車検証, something else, or nothing."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from faults.parsing import PATIENCE, PIECES, WAYS, Tally
from onestop.clock import SystemClock
from onestop.documents.shaken_qr import read_pieces, record_of_codes
from onestop.services.vehicle.scanning import scanned_bytes
from support.codes import CODE_2, CODE_3, KEI_2, KEI_3, KEI_3_DEFECT, KEI_3_OLD, KEI_PAPER, SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Callable

CODES: Final = (*SYMBOLS, CODE_2, CODE_3, KEI_2, KEI_3, KEI_3_OLD, KEI_3_DEFECT, *KEI_PAPER)
LARGEST: Final = (b"2/" * 2148, b"K/71/" + b"/" * 4000, b"A" * 4296, "国".encode("cp932") * 1800)
"""As much as one symbol can hold."""


def scan_many(count: int, seed: int, tell: Callable[[int], None] = lambda _done: None) -> Tally:
    """Spoil and read so many sheets of symbols; whatever is raised, or is slow, is wrong."""
    random, tally, clock = Random(f"codes {seed}"), Tally(), SystemClock()  # noqa: S311 - it is to come again
    for number in range(count):
        began = clock.monotonic()
        try:
            what = _read([_spoilt(random) for _ in range(random.randrange(1, 8))])
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            what = f"raised {type(error).__name__}"
            tally.wrong.append(f"codes {seed}, sheet {number}: {what}")
        if clock.monotonic() - began > PATIENCE:
            tally.wrong.append(f"codes {seed}, sheet {number}: slow")
        tally.came[what] += 1
        if number % 500 == 0:
            tell(number)
    return tally


def _spoilt(random: Random) -> bytes:
    content = random.choice(CODES).encode("cp932")
    if not random.randrange(40):
        return random.choice(LARGEST)
    for _ in range(random.randrange(3)):
        content = random.choice((*WAYS, _field))(content or b"x", random)
    return content


def _field(content: bytes, random: Random) -> bytes:
    """Exchange one value."""
    values = content.split(b"/")
    values[random.randrange(len(values))] = random.choice(
        (b"", b"-", b"9" * random.randrange(12), random.choice(PIECES))
    )
    return b"/".join(values)


def _read(sheet: list[bytes]) -> str:
    pieces = [scan.piece for content in sheet if (scan := scanned_bytes(content)).piece is not None]
    reading = read_pieces([*dict.fromkeys(pieces)])
    for car in reading.cars:
        record_of_codes(car)
    return "a car" if reading.cars else "pieces" if pieces else "nothing"
