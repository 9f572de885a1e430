"""An encrypted database beside a legible one with the same rows: start, 照会, 申請書一覧 and the transactions of F5."""

from __future__ import annotations

import itertools
import shutil
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Final

from benchmarks.report import Line, Part, Sizes, median_ms
from benchmarks.searching import TEXTS, spent
from benchmarks.world import Worlds, chassis_number

from onestop.clock import SystemClock
from onestop.model.lists import FilingQuery
from onestop.screens.rows import PAGE
from onestop.store.database import Database
from onestop.store.lists import Lists
from onestop.store.opening import make_ready
from onestop.store.sqlite.asked import AskedFile
from onestop.store.sqlite.backing import SqliteFile
from onestop.store.sqlite.key import new_key
from onestop.store.sqlite.sealing import seal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop.paths import DataFolder
    from onestop.store.sqlite.key import Key

HOW: Final = (
    "Two copies of one database, one of them encrypted, asked in turns on one thread, without windows. A start is the"
    " check of the file as the program makes it and the first answer of 照会 on new connections; F5 is its two"
    " transactions, each of which reads a filing and changes it, synced. Encrypting is what happens once to a folder of"
    " an earlier version; its peer is a bare copy of the file."
)
MOST: Final = 1.3


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure at every size."""
    return Part(
        "encrypted beside legible", HOW, tuple(line for rows in sizes.rows for line in _at(rows, sizes, worlds))
    )


def _at(rows: int, sizes: Sizes, worlds: Worlds) -> Iterator[Line]:
    plain, sealed, key = worlds.copy(worlds.folder(rows)), worlds.copy(worlds.folder(rows)), new_key()
    copied = spent(lambda target: shutil.copyfile(plain.database, target), str(plain.root / "bare.db"))
    once = spent(lambda _text: seal(sealed.database, key), "")
    yield Line(f"encrypting {rows:,} cars, once", once * 1000, theirs=copied * 1000, peer="bare copy")
    texts = [chassis_number(1 + number * (rows - 1) // TEXTS)[-5:] for number in range(TEXTS)]
    starts = (lambda text: _start(sealed, key, text), lambda text: _start(plain, None, text))
    yield _line(f"start to the first answer, {rows:,} rows", *starts, texts[: sizes.rounds])
    with ExitStack() as stack:
        ours, theirs = (
            stack.enter_context(closing(Database(SqliteFile(folder.database, each), SystemClock())))
            for folder, each in ((sealed, key), (plain, None))
        )
        many = texts * sizes.rounds
        yield _line(f"照会 後方一致, 5 digits, {rows:,} rows", ours.lists.vehicles, theirs.lists.vehicles, many)
        pages = (
            lambda _text: ours.lists.filings(FilingQuery(), PAGE),
            lambda _text: theirs.lists.filings(FilingQuery(), PAGE),
        )
        yield _line(f"申請書一覧, the first page, {rows:,} rows", *pages, many)
        numbers = itertools.count(1)
        writes = (lambda _text: _send(ours, next(numbers)), lambda _text: _send(theirs, next(numbers)))
        yield _line(f"F5, its two transactions, {rows:,} rows", *writes, texts)


def _line(what: str, ours: Callable[[str], object], theirs: Callable[[str], object], texts: list[str]) -> Line:
    """Ask both in turns; the first question of each opens its connection."""
    ours(texts[0])
    theirs(texts[0])
    spans = [(spent(ours, text), spent(theirs, text)) for text in texts]
    mine, other = zip(*spans, strict=True)
    return Line(what, median_ms(mine), theirs=median_ms(other), peer="legible", most=MOST)


def _start(folder: DataFolder, key: Key | None, text: str) -> None:
    make_ready(folder, SystemClock(), key)
    with closing(Lists(AskedFile(folder.database, key))) as lists:
        lists.vehicles(text)


def _send(database: Database, number: int) -> None:
    for word in ("審査中", "到着確認中"):
        with database.write() as shelves:
            shelves.filings.get(number).oss_status = word
