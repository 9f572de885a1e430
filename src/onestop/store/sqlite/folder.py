"""Whether a data folder may be used for what it is opened for: real work and practice never meet in one."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop.errors import WrongFolder
from onestop.store.failures import translate_db_errors, translate_file_errors
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.mounts import is_mounted_from_the_network, mounts
from onestop.store.sqlite.row_sums import note_sequence

if TYPE_CHECKING:
    from pathlib import PurePath

    from onestop.paths import DataFolder
    from onestop.store.sqlite.key import Key

REAL: Final = int.from_bytes(b"OneR", "big")
PRACTICE: Final = int.from_bytes(b"OneP", "big")
"""SQLite's application_id of a database of real work, and of practice. One flipped bit turns one into the other:
so the same stands a second time in the file, where its checks read it: in a row of `sqlite_sequence`."""
_MODE: Final = "onestop.mode"
"""No table has this name (store/sqlite/restored.py keeps its mark in the same way)."""

SYNCED: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")

INSIDE_PRACTICE: Final = (
    "これは練習モードのフォルダーです。本番の仕事には使えません。別のデータフォルダーを指定してください。"
)
PRACTICE_ELSEWHERE: Final = (
    "練習モードのフォルダー(practice)が、データフォルダーの外を指しています。リンクをやめて、開き直してください。"
)
ON_THE_NETWORK: Final = (
    "ネットワーク上のフォルダーには、データを安全に保存できません。このパソコンの中のフォルダーを指定してください。"
)
FOREIGN: Final = (
    "このデータベースは、このプログラムのものではないか、壊れています。データフォルダーを確かめてください。"
)
OF_PRACTICE: Final = "これは練習モードのデータベースです。本番では開けません。データフォルダーを確かめてください。"
NOT_OF_PRACTICE: Final = (
    "これは練習モードのデータベースではありません。練習では開けません。データフォルダーを確かめてください。"
)


def check_place(folder: DataFolder) -> None:
    """Make sure that a data folder lies where data can be kept, and is not the practice folder of another.

    Raises:
        WrongFolder: it is on a network, where SQLite's WAL has no shared memory, or belongs to practice.
    """
    with translate_file_errors():
        root = folder.root.resolve()
        around = type(folder)(root.parent)
        traces = (around.lock, around.database, around.settings, root / "services.db")
        belongs = root == around.practice.root and any(trace.exists() for trace in traces)
    if is_on_the_network(root) or is_mounted_from_the_network(root, mounts()):
        raise WrongFolder(ON_THE_NETWORK)
    if belongs:
        raise WrongFolder(INSIDE_PRACTICE)


def check_practice(folder: DataFolder) -> None:
    """Make sure that the practice folder of a data folder is one of its own, and no link leads out of it.

    Raises:
        WrongFolder: what practice would write lies somewhere else.
    """
    there = folder.practice
    with translate_file_errors():
        here = type(folder)(folder.root.resolve()).practice
        pairs = ((here.root, there.root), (here.database, there.database), (here.settings, there.settings))
        elsewhere = any(found.resolve() != mine for mine, found in pairs)
    if elsewhere:
        raise WrongFolder(PRACTICE_ELSEWHERE)


def is_on_the_network(path: PurePath) -> bool:
    r"""Tell whether a path begins as a share does: \\server\folder, also written \\?\UNC\server\folder."""
    drive = path.drive.replace("/", "\\")
    return drive.upper().startswith("\\\\?\\UNC\\") or (drive.startswith("\\\\") and drive[2:3] not in ("?", "."))


def is_synced(folder: DataFolder) -> bool:
    """Tell whether a data folder lies in one that OneDrive copies to other machines: Windows names those in variables.

    Raises:
        StoreError: it cannot be looked at.
    """
    places = (os.environ.get(name) for name in SYNCED)
    with translate_file_errors():
        root = folder.root.resolve()
        return any(root.is_relative_to(Path(place).resolve()) for place in places if place)


def check_mark(database: Path, key: Key | None = None, *, practice: bool) -> None:
    """Make sure that a database is one for practice, or one for real work; one without a mark is both.

    Raises:
        WrongFolder: it is marked for the other, or is another program's.
        StoreError: it cannot be read.
    """
    with translate_file_errors():
        if not database.exists():
            return
    header, noted = _marks(database, key)
    found = noted or header
    if found not in (0, REAL, PRACTICE):
        raise WrongFolder(FOREIGN)
    if found not in (0, _wanted(practice=practice)):
        raise WrongFolder(NOT_OF_PRACTICE if practice else OF_PRACTICE)


def mark(database: Path, key: Key | None = None, *, practice: bool) -> None:
    """Mark a database that has not both marks yet: a new one, one of an older program, one with a flipped bit.

    Raises:
        StoreError: it cannot be written.
    """
    wanted = _wanted(practice=practice)
    if _marks(database, key) != (wanted, wanted):
        with translate_db_errors(), closing(connect_raw(database, key)) as raw:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(f"PRAGMA application_id = {wanted}")
            note_sequence(raw, _MODE, wanted)
            raw.execute("COMMIT")


def _wanted(*, practice: bool) -> int:
    return PRACTICE if practice else REAL


def _marks(database: Path, key: Key | None) -> tuple[int, int]:
    """Return the mark in the header, and the one in the row if that can be a mark; 0 for none."""
    with translate_db_errors(), closing(connect_raw(database, key, read_only=True)) as raw:
        (header,) = raw.execute("PRAGMA application_id").fetchone()
        counts = raw.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").fetchone()
        row = counts and raw.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (_MODE,)).fetchone()
        return int(header), row[0] if row and row[0] in (REAL, PRACTICE) else 0
