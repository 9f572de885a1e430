"""Whether a data folder may be used for what it is opened for: real work and practice never meet in one."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

from onestop.errors import WrongFolder
from onestop.store.engine import connect_raw
from onestop.store.failures import told_as_ours
from onestop.store.mounts import is_mounted_from_the_network, mounts

if TYPE_CHECKING:
    from pathlib import Path, PurePath

    from onestop.paths import DataFolder

REAL: Final = int.from_bytes(b"OneR", "big")
PRACTICE: Final = int.from_bytes(b"OneP", "big")
"""SQLite's application_id of a database for real work, and of one for practice."""

INSIDE_PRACTICE: Final = (
    "これは練習モードのフォルダーです。本番の仕事には使えません。別のデータフォルダーを指定してください。"
)
PRACTICE_ELSEWHERE: Final = (
    "練習モードのフォルダー(practice)が、データフォルダーの外を指しています。リンクをやめて、開き直してください。"
)
ON_THE_NETWORK: Final = (
    "ネットワーク上のフォルダーには、データを安全に保存できません。このパソコンの中のフォルダーを指定してください。"
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
    root = folder.root.resolve()
    if is_on_the_network(root) or is_mounted_from_the_network(root, mounts()):
        raise WrongFolder(ON_THE_NETWORK)
    around = type(folder)(root.parent)
    traces = (around.lock, around.database, around.settings, root / "services.db")
    if root == around.practice.root and any(trace.exists() for trace in traces):
        raise WrongFolder(INSIDE_PRACTICE)


def check_practice(folder: DataFolder) -> None:
    """Make sure that the practice folder of a data folder is one of its own, and no link leads out of it.

    Raises:
        WrongFolder: what practice would write lies somewhere else.
    """
    here = type(folder)(folder.root.resolve()).practice
    there = folder.practice
    for mine, found in ((here.root, there.root), (here.database, there.database), (here.settings, there.settings)):
        if found.resolve() != mine:
            raise WrongFolder(PRACTICE_ELSEWHERE)


def is_on_the_network(path: PurePath) -> bool:
    r"""Tell whether a path begins as a share does: \\server\folder, also written \\?\UNC\server\folder."""
    drive = path.drive.replace("/", "\\")
    return drive.upper().startswith("\\\\?\\UNC\\") or (drive.startswith("\\\\") and drive[2:3] not in ("?", "."))


def check_mark(database: Path, *, practice: bool) -> None:
    """Make sure that a database is one for practice, or one for real work; one without a mark is both.

    Raises:
        WrongFolder: it is marked for the other, or is another program's.
        StoreError: it cannot be read.
    """
    if database.exists() and _mark(database) not in (0, _wanted(practice=practice)):
        raise WrongFolder(NOT_OF_PRACTICE if practice else OF_PRACTICE)


def mark(database: Path, *, practice: bool) -> None:
    """Mark a database that has no mark yet: a new one, or one of a program that made none.

    Raises:
        StoreError: it cannot be written.
    """
    if not _mark(database):
        with told_as_ours(), closing(connect_raw(database)) as raw:
            raw.execute(f"PRAGMA application_id = {_wanted(practice=practice)}")


def _wanted(*, practice: bool) -> int:
    return PRACTICE if practice else REAL


def _mark(database: Path) -> int:
    with told_as_ours(), closing(connect_raw(database, read_only=True)) as raw:
        (found,) = raw.execute("PRAGMA application_id").fetchone()
        return int(found)
