"""取込 of many 車検証 files: read, compared with what is stored, and stored, all at once and one after the other."""

from __future__ import annotations

import json
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING, Final

from benchmarks.report import Line, Part, Sizes, median_ms
from benchmarks.searching import a_desk, spent
from benchmarks.world import chassis_number

from onestop.paths import RESOURCES
from onestop.services.vehicle.importing_many import LOT
from onestop.store.sqlite.engine import connect_raw

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection

    from benchmarks.world import Worlds

    from onestop.services.desk import Desk
    from onestop.services.vehicle.importing_many import TakenLot

HOW: Final = (
    f"New cars, a file each. Ours reads a file, looks for the car and for others with its 登録番号, and stores the car"
    f" with its sums, its search keys and the file itself: by Alt+A まとめて登録 in transactions of {LOT}, and one"
    " after the other, as F10 does it. The peer loads each file with json and inserts its values and the file into a"
    " bare sqlite3 table with the same indexes, a transaction each and as durable; the second peer does it in one"
    " transaction. Most of our time reads and checks 95 values a file, which neither peer does."
)
SAMPLE: Final = RESOURCES / "practice" / "shaken_sample_registered.json"
CODE: Final = "TwodimensionCodeInfo"


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure on an empty database."""
    count = sizes.imported
    files = _write(worlds.root / "shaken", count)
    rounds = min(3, sizes.rounds)
    together: list[float] = []
    ours: list[float] = []
    each: list[float] = []
    at_once: list[float] = []
    for _ in range(rounds):
        with a_desk(worlds.copy(worlds.folder(0))) as desk:
            together.append(spent(lambda _text, desk=desk: _take_all(desk, files), ""))  # type: ignore[misc]
        folder = worlds.copy(worlds.folder(0))
        with a_desk(folder) as desk:
            ours.append(spent(lambda _text, desk=desk: _import(desk, files), ""))  # type: ignore[misc]
        for spans, whole in ((each, False), (at_once, True)):
            with closing(connect_raw(folder.root / f"bare{len(ours)}{whole}.db")) as raw:
                _make_table(raw, files[0])
                spans.append(spent(lambda _text, raw=raw, whole=whole: _insert(raw, files, whole=whole), ""))  # type: ignore[misc]
    took, one_by_one = median_ms(together), median_ms(ours)
    what = f"取込 of {count:,} 車検証 files"
    return Part(
        "取込",
        HOW,
        (
            Line(what, took, theirs=median_ms(each), peer="json + sqlite3", most=3),
            Line(what, took, theirs=median_ms(at_once), peer="json + sqlite3, one transaction"),
            Line(f"{what}, one by one", one_by_one, theirs=median_ms(each), peer="json + sqlite3"),
        ),
    )


def _write(folder: Path, count: int) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    document = json.loads(SAMPLE.read_text(encoding="utf-8"))
    files: list[Path] = []
    for number in range(1, count + 1):
        values = document["CertInfo"]
        values[f"{CODE}CarNo"] = chassis_number(number)
        values["CarNo"] = ""
        values["EntryNoCarNo"] = values[f"{CODE}EntryNoCarNo"] = (
            f"土浦　　{300 + number // 10_000}す{number % 10_000:4}"
        )
        files.append(folder / f"{number}.json")
        files[-1].write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return files


def _take_all(desk: Desk, files: list[Path]) -> None:
    lots: list[TakenLot] = []
    desk.many_imports.take(files, lots.append, Event())
    if (stored := sum(len(lot.stored) for lot in lots)) < len(files):
        raise RuntimeError(f"{stored} of {len(files)} cars were stored")


def _import(desk: Desk, files: list[Path]) -> None:
    for file in files:
        plan = desk.imports.read(file)
        desk.imports.accept(plan, frozenset(plan.differences))


def _make_table(raw: Connection, file: Path) -> None:
    names = [*json.loads(file.read_bytes())["CertInfo"]]
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute(f"CREATE TABLE car (id INTEGER PRIMARY KEY, {', '.join(names)}, file BLOB)")
    for key in (f"{CODE}CarNo", f"{CODE}EntryNoCarNo", "OwnernameHighLevelChar", "UsernameHighLevelChar"):
        raw.execute(f"CREATE INDEX ix_{key} ON car ({key})")


def _insert(raw: Connection, files: list[Path], *, whole: bool) -> None:
    if whole:
        raw.execute("BEGIN IMMEDIATE")
    for file in files:
        content = file.read_bytes()
        values = json.loads(content)["CertInfo"]
        marks = ", ".join("?" * (len(values) + 1))
        statement = f"INSERT INTO car ({', '.join(values)}, file) VALUES ({marks})"  # noqa: S608 - keys of our own file
        if not whole:
            raw.execute("BEGIN IMMEDIATE")
        raw.execute(statement, (*values.values(), content))
        if not whole:
            raw.execute("COMMIT")
    if whole:
        raw.execute("COMMIT")
