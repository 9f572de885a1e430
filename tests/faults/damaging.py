"""Damages the files of a desk in every way a disk or a person can, opens them, and judges what came out.

A database may lose what the disk lost. It may not lose or change it without a word, and nothing may come up that
isn't one of the program's own errors.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from onestop.errors import DatabaseDamaged, DatabaseHurt, OneStopError
from onestop.model.filing import FilingFee
from onestop.model.inspection import Inspection
from onestop.paths import DataFolder
from onestop.store.database import Database
from onestop.store.opening import mend_database, open_database, restore
from onestop.store.sqlite.backing import SqliteFile
from onestop.store.sqlite.backup import back_up
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.row_sums import summed
from support.builders import BUILT_AT, a_conformity_certificate, a_filing, a_vehicle, an_insurance_certificate
from support.clock import FixedClock
from support.databases import a_database_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onestop.store.database import Shelves

CLOCK: Final = FixedClock()
CARS: Final = 30
BOOKS: Final = ("alembic_version", "save_mark", "row_sum")

Contents = dict[tuple[str, str], tuple[object, ...]]


@dataclass
class Tally:
    """What came of many damages."""

    cases: int = 0
    raw: list[str] = field(default_factory=list)
    """Something came up that is none of the program's errors."""
    silent: list[str] = field(default_factory=list)
    """Records were lost or changed, and nothing was said."""
    told: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        told = ", ".join(f"{word} {count}" for word, count in sorted(self.told.items()))
        return f"{self.cases} damaged files: {len(self.raw)} raw, {len(self.silent)} silent; {told}"


class Ruin:
    """One desk whose program was killed, with a backup; and another's, for exchanging files."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._whole = DataFolder(root / "whole")
        self._closed = DataFolder(root / "closed")
        self._foreign = DataFolder(root / "foreign")
        self._older = root / "older-wal"
        _make(self._whole, "見本", self._closed, self._older)
        _make(self._foreign, "別人", DataFolder(root / "unused"), root / "unused-wal")
        self._truth = {folder: _contents(folder.database) for folder in (self._whole, self._closed)}

    def run(self, cases: int, seed: int, tell: Callable[[int], None] = lambda _done: None) -> Tally:
        """Damage a copy so often; half of them the log of a program that was killed."""
        tally = Tally()
        for number in range(cases):
            dice = random.Random(f"{seed}/{number}")  # noqa: S311 - dice
            ways = WAL_WAYS if number % 2 else FILE_WAYS
            way = ways[number // 2 % len(ways)]
            self._one(f"{seed}/{number} {way.__name__}", way, dice, tally)
            tell(number + 1)
        return tally

    def _one(
        self, name: str, way: Callable[[Ruin, DataFolder, random.Random], None], dice: random.Random, tally: Tally
    ) -> None:
        source = self._whole if way in WAL_WAYS else self._closed
        folder = DataFolder(self._root / "case")
        shutil.rmtree(folder.root, ignore_errors=True)
        shutil.copytree(source.root, folder.root)
        tally.cases += 1
        way(self, folder, dice)
        try:
            lost = self._opened(folder, self._truth[source], tally)
        except Exception as error:  # noqa: BLE001 - whatever comes up is counted
            tally.raw.append(f"{name}: {type(error).__name__}: {error}")
            return
        if lost:
            tally.silent.append(f"{name}: {lost}")

    def _opened(self, folder: DataFolder, truth: Contents, tally: Tally) -> str:
        """Open it as the program does, answer what it asks, and return what is missing or changed without a word."""
        told: set[tuple[str, str]] = set()
        for _ in range(3):
            try:
                open_database(folder, CLOCK).close()
                break
            except DatabaseHurt as hurt:
                tally.told["mended"] += 1
                told |= {(row.table, row.key) for row in hurt.rows}
                if hurt.missing:
                    tally.told["saves missing"] += 1
                    told |= set(truth)
                mend_database(folder, CLOCK, from_backup=True)
            except DatabaseDamaged as damaged:
                tally.told["restored"] += 1
                restore(folder, damaged.backup or folder.root / "no backup", CLOCK)
                told |= set(truth)
            except OneStopError as error:
                tally.told[type(error).__name__] += 1
                return ""
        else:
            return "it never opens"
        tally.told["opened"] += 1
        return _compared(truth, _contents(folder.database), told)

    # --- the ways, of the file

    def flip_a_bit(self, folder: DataFolder, dice: random.Random) -> None:
        """One bit is another."""
        _flip(folder.database, dice, 1)

    def flip_in_a_page(self, folder: DataFolder, dice: random.Random) -> None:
        """The head of a page, where its tree is described."""
        size = folder.database.stat().st_size
        _flip(folder.database, dice, 1, within=(dice.randrange(size // PAGE) * PAGE, 24))

    def flip_in_the_header(self, folder: DataFolder, dice: random.Random) -> None:
        """The first hundred bytes, which say what the file is."""
        _flip(folder.database, dice, 1, within=(0, 100))

    def rot(self, folder: DataFolder, dice: random.Random) -> None:
        """Some bytes in a row."""
        _overwrite(folder.database, dice, dice.choice((2, 16, 200)))

    def lose_a_page(self, folder: DataFolder, dice: random.Random) -> None:
        """A whole page reads as zeros."""
        _blank(folder.database, dice)

    def cut(self, folder: DataFolder, dice: random.Random) -> None:
        """The end is missing."""
        _cut(folder.database, dice)

    def older_file(self, folder: DataFolder, dice: random.Random) -> None:
        """Somebody put a backup in its place."""
        del dice
        (backup,) = folder.backups.iterdir()
        shutil.copyfile(backup, folder.database)

    def foreign_file(self, folder: DataFolder, dice: random.Random) -> None:
        """Somebody put another desk's file in its place."""
        del dice
        shutil.copyfile(self._foreign.database, folder.database)

    # --- the ways, of the log

    def flip_in_the_log(self, folder: DataFolder, dice: random.Random) -> None:
        """One bit of the log is another: SQLite reads no further."""
        _flip(_wal(folder), dice, 1)

    def cut_the_log(self, folder: DataFolder, dice: random.Random) -> None:
        """The end of the log is missing."""
        _cut(_wal(folder), dice)

    def remove_the_log(self, folder: DataFolder, dice: random.Random) -> None:
        """Somebody tidied up."""
        del dice
        _wal(folder).unlink()

    def empty_the_log(self, folder: DataFolder, dice: random.Random) -> None:
        """Nothing is in it."""
        del dice
        _wal(folder).write_bytes(b"")

    def foreign_log(self, folder: DataFolder, dice: random.Random) -> None:
        """The log of another desk."""
        del dice
        shutil.copyfile(_wal(self._foreign), _wal(folder))

    def older_log(self, folder: DataFolder, dice: random.Random) -> None:
        """The log as it was some saves ago."""
        del dice
        shutil.copyfile(self._older, _wal(folder))

    def log_of_zeros(self, folder: DataFolder, dice: random.Random) -> None:
        """As long as it was, and nothing in it."""
        del dice
        _wal(folder).write_bytes(bytes(_wal(folder).stat().st_size))


PAGE: Final = 4096
FILE_WAYS: Final = (
    Ruin.flip_a_bit,
    Ruin.flip_in_a_page,
    Ruin.flip_in_the_header,
    Ruin.rot,
    Ruin.flip_a_bit,
    Ruin.lose_a_page,
    Ruin.cut,
    Ruin.older_file,
    Ruin.foreign_file,
)
WAL_WAYS: Final = (
    Ruin.flip_in_the_log,
    Ruin.cut_the_log,
    Ruin.remove_the_log,
    Ruin.empty_the_log,
    Ruin.foreign_log,
    Ruin.older_log,
    Ruin.log_of_zeros,
)


def _make(killed: DataFolder, name: str, closed: DataFolder, older_log: Path) -> None:
    """Make a desk with a backup, work on, keep its files as a killed program leaves them, and as a closed one does."""
    alive = DataFolder(killed.root.with_name(f"{killed.root.name}-alive"))
    database = Database(SqliteFile(a_database_file(alive.database)), CLOCK)
    with database.write() as shelves:
        for number in range(CARS):
            _add_a_car(shelves, number + 1, name)
    back_up(alive.database, alive.backups, CLOCK)
    with closing(connect_raw(alive.database)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for number in range(8):
        if number == 4:
            shutil.copyfile(_wal(alive), older_log)
        _work_on(database, number, name)
    shutil.copytree(alive.root, killed.root)
    database.close()
    shutil.copytree(alive.root, closed.root)
    killed.database.with_name("onestop.db-shm").unlink()


def _add_a_car(shelves: Shelves, number: int, name: str) -> None:
    car = shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{number:06}", owner_name=f"{name}{number}郎"))
    inspection = shelves.inspections.add(
        Inspection(created_at=BUILT_AT, updated_at=BUILT_AT, vehicle_id=car.id, opened_at=BUILT_AT, renews=None)
    )
    mine: dict[str, Any] = {"vehicle_id": car.id, "inspection_id": inspection.id}
    shelves.insurance.add(an_insurance_certificate(certificate_number=f"A{number:09}", **mine))
    shelves.conformity.add(a_conformity_certificate(certificate_number=f"{number:010}", **mine))
    fees = [FilingFee(position=1, kind="検査登録手数料", amount=1800 + number)]
    shelves.filings.add(a_filing(user_name=f"{name}{number}郎", fees=fees, **mine))


def _work_on(database: Database, number: int, name: str) -> None:
    with database.write() as shelves:
        if number % 4 == 3:
            shelves.filings.delete(number + 1)
        else:
            shelves.vehicles.get(number + 1).note_info = f"{name}の備考" * 300
            shelves.filings.get(number + 10).status = "受付前"
            shelves.typing.put(f"vehicle/{number}", "{}", BUILT_AT)


def _contents(path: Path) -> Contents:
    """Return every record of a file."""
    with closing(connect_raw(path, read_only=True)) as raw:
        return {
            (table.name, str(key)): tuple(row)
            for table in summed(raw)
            if table.name not in BOOKS
            for key, *row in raw.execute(f'SELECT "{table.key}", * FROM {table.name}')  # noqa: S608 - names of the schema
        }


def _compared(truth: Contents, found: Contents, told: set[tuple[str, str]]) -> str:
    """Name what is gone, changed or came from nowhere, and was not told; never more than a few."""
    wrong = {record for record in truth.keys() | found.keys() if truth.get(record) != found.get(record)} - told
    if told >= set(truth):  # the clerk knows that she has an older or another state
        return ""
    return ", ".join(f"{table} {key}" for table, key in sorted(wrong)[:5])


def _wal(folder: DataFolder) -> Path:
    return folder.database.with_name("onestop.db-wal")


def _flip(file: Path, dice: random.Random, bits: int, within: tuple[int, int] | None = None) -> None:
    data = bytearray(file.read_bytes())
    begin, length = within or (0, len(data))
    for _ in range(bits):
        data[begin + dice.randrange(length)] ^= 1 << dice.randrange(8)
    file.write_bytes(data)


def _overwrite(file: Path, dice: random.Random, length: int) -> None:
    data = bytearray(file.read_bytes())
    begin = dice.randrange(len(data) - length)
    data[begin : begin + length] = dice.randbytes(length)
    file.write_bytes(data)


def _blank(file: Path, dice: random.Random) -> None:
    data = bytearray(file.read_bytes())
    begin = dice.randrange(len(data) // PAGE) * PAGE
    data[begin : begin + PAGE] = bytes(PAGE)
    file.write_bytes(data)


def _cut(file: Path, dice: random.Random) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: dice.randrange(len(data))])
