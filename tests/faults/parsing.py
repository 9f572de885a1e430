"""Spoils files of the 車検証閲覧アプリ in every way that comes to mind, and reads them."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from onestop.documents.shaken_file import ShakenRecord, read_shaken_bytes
from onestop.errors import InvalidInput
from onestop.model.provenance import MOST_BYTES
from support.shaken import KEI, REGISTERED, as_csv, as_json, as_xml, values_of

if TYPE_CHECKING:
    from collections.abc import Callable

CARS: Final = (values_of(REGISTERED), values_of(KEI))
PARSERS: Final[dict[str, tuple[Callable[[dict[str, str]], bytes], ...]]] = {
    "JSON": (as_json,),
    "CSV": (partial(as_csv, encoding="utf-8-sig"), partial(as_csv, encoding="cp932")),
    "XML": tuple(partial(as_xml, encoding=encoding) for encoding in ("utf-8", "cp932", "utf-16")),
}
"""What writes whole files, by the reader that takes them."""
PIECES: Final = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1a", b"\r", b"\n\n", b'"', b"'", b",", b"\t", b";"),
    *(b"{", b"}", b"[" * 2_000, b"]", b"null", b"NaN", b"1e999", b"-0", b"9" * 5_000, b"true", b'{"CertInfo":' * 900),
    *(b"<", b">", b"<a>" * 3_000, b"</CertInfo>", b"]]>", b"<!--", b"<![CDATA[", b"&#0;", b"&#x110000;", b"&lol;"),
    *(b'<!DOCTYPE a [<!ENTITY b "c">]>', b'<?xml version="1.0" encoding="utf-7"?>', b"<?php ?>", b'xmlns:v=""'),
    *(b"\\ud800", b"\\u0000", b"\xed\xa0\x80", b"\x81", b"\xe3\x81", "＊＊＊".encode(), "元".encode(), b"9.9E+11"),
    *(b"=cmd|' /C calc'!A0", b"<img src=x onerror=alert(1)>", b"../../../etc/passwd", b"%s%n{0}", b"' OR 1=1 --"),
    *(b"CarNo", b"CertInfo", b"EntryNoCarNo", b"A" * 20_000, "〓".encode() * 5_000, "\u202e\u200b".encode()),
)
"""What is put in: signs that end or begin something, and what hostile files are made of."""
PATIENCE: Final = 5.0
"""Seconds for one file, on a machine that others use too."""


def flip(content: bytes, random: Random) -> bytes:
    """Change one bit."""
    place = random.randrange(len(content))
    return content[:place] + bytes((content[place] ^ 1 << random.randrange(8),)) + content[place + 1 :]


def put_in(content: bytes, random: Random) -> bytes:
    """Put a piece somewhere."""
    place = random.randrange(len(content) + 1)
    return content[:place] + random.choice(PIECES) + content[place:]


def cut_off(content: bytes, random: Random) -> bytes:
    """End too early."""
    return content[: random.randrange(len(content) + 1)]


def leave_out(content: bytes, random: Random) -> bytes:
    """Lose a part."""
    start, length = random.randrange(len(content)), random.randrange(1, 200)
    return content[:start] + content[start + length :]


def say_twice(content: bytes, random: Random) -> bytes:
    """Have a part twice."""
    start, length = random.randrange(len(content)), random.randrange(1, 2_000)
    return content[: start + length] + content[start:]


def swap(content: bytes, random: Random) -> bytes:
    """Exchange two parts."""
    first, second, third = sorted(random.randrange(len(content) + 1) for _ in range(3))
    return content[:first] + content[second:third] + content[first:second] + content[third:]


WAYS: Final[tuple[Callable[[bytes, Random], bytes], ...]] = (flip, put_in, cut_off, leave_out, say_twice, swap)


@dataclass(slots=True)
class Tally:
    """What came of all files."""

    came: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Return it in one line."""
        return ", ".join(f"{what} {count:,}" for what, count in sorted(self.came.items()))


def spoilt(parser: str, random: Random) -> bytes:
    """Return a file of a format whose values are odd, or which is spoilt in one to four ways."""
    write, car = random.choice(PARSERS[parser]), random.choice(CARS)
    if random.randrange(2):
        return write(_odd(car, random))
    content = write(car)
    for _ in range(random.randrange(1, 5)):
        content = random.choice(WAYS)(content or b"x", random)
    return content


def _odd(car: dict[str, str], random: Random) -> dict[str, str]:
    """Return a car with some values missing, exchanged, or with pieces in them; cp932 has every sign of them."""
    odd = dict(car)
    for key in random.sample(sorted(odd), random.randrange(1, 12)):
        piece = random.choice(PIECES).decode("cp932", "ignore")
        value = random.choice((piece, odd[key] + piece, random.choice([*car.values()]), odd.pop(key)[::-1]))
        if random.randrange(4):
            odd[key if random.randrange(8) else piece[:20]] = value
    return odd


def read_many(parser: str, count: int, seed: int, tell: Callable[[int], None] = lambda _done: None) -> Tally:
    """Spoil and read so many files of a format; what is neither read nor refused in words, or is slow, is wrong."""
    random, tally = Random(f"{parser} {seed}"), Tally()  # noqa: S311 - it is to come again
    for number in range(count):
        began = time.perf_counter()
        what = _read(spoilt(parser, random))
        if what not in ("read", "refused") or time.perf_counter() - began > PATIENCE:
            tally.wrong.append(f"{parser} {seed}, file {number}: {what}")
        tally.came[what] += 1
        if number % 500 == 0:
            tell(number)
    return tally


def _read(content: bytes) -> str:
    try:
        record = read_shaken_bytes(content)
    except InvalidInput as error:
        said = all(problem.field == "file" and problem.message.endswith("。") for problem in error.problems)
        return "refused" if said else "refused without a sentence"
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"raised {type(error).__name__}"
    return "read" if _is_bounded(record) else "read without bounds"


def _is_bounded(record: ShakenRecord) -> bool:
    texts = [value for name in record.__slots__ if isinstance(value := getattr(record, name), str)]
    return max(map(len, texts)) < MOST_BYTES // 100 and len(record.notices) < 100
