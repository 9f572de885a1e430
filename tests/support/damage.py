"""Ways in which a database file gets damaged."""

from __future__ import annotations

import shutil
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from support.builders import a_vehicle
from support.databases import a_database, template

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = 4096


def a_filled_file(folder: Path) -> Path:
    """Put a database with some hundred pages in it there."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(_filled(), folder / "onestop.db"))


@cache
def _filled() -> Path:
    folder = template().with_name("filled")
    folder.mkdir()
    with a_database(folder) as database, database.write() as shelves:
        for number in range(100):
            shelves.vehicles.add(a_vehicle(chassis_number=f"ZN6-{number:06}", note_info="備考" * 500))
    return database.path


def behind_its_back(path: Path, sql: str, *values: object) -> None:
    """Change what is stored as a disk does: the sums of this program's connections know nothing of it."""
    with closing(dbapi2.connect(str(path), isolation_level=None)) as raw:
        raw.execute(sql, values)


def _overwrite(path: Path, offset: int, data: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(offset)
        file.write(data)


def other_file(path: Path) -> None:
    """Something else took its place."""
    path.write_text("これはデータベースではありません。" * 1000, encoding="utf-8")


def broken_header(path: Path) -> None:
    """The first bytes are lost."""
    _overwrite(path, 0, bytes(100))


def broken_settings(path: Path) -> None:
    """The magic stands, what follows is lost."""
    _overwrite(path, 16, b"\xff" * 84)


def broken_schema(path: Path) -> None:
    """The first page's tree is lost."""
    _overwrite(path, 100, b"\xff" * (PAGE - 100))


def broken_middle(path: Path) -> None:
    """Pages in the middle are lost."""
    _overwrite(path, (path.stat().st_size // PAGE // 2) * PAGE, b"\xff" * PAGE * 8)


def torn_index(path: Path) -> None:
    """A page of an index is lost; no record is."""
    with closing(dbapi2.connect(str(path))) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_vehicle_owner_key'").fetchone()
    _overwrite(path, (page - 1) * PAGE, bytes(PAGE))


def cut_off(path: Path) -> None:
    """The second half is lost."""
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size // 2 // PAGE * PAGE)


def cut_short(path: Path) -> None:
    """Only a few bytes are left."""
    with path.open("rb+") as file:
        file.truncate(10)


FATAL_WAYS: tuple[Callable[[Path], None], ...] = (
    other_file,
    broken_header,
    broken_settings,
    broken_schema,
    cut_off,
    cut_short,
)
"""Nothing but a backup helps."""
WAYS: tuple[Callable[[Path], None], ...] = (*FATAL_WAYS, broken_middle)
