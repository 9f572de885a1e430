"""Moves all data from a desk's own file to a server's database, and back: copied, compared, and only then in force.

Of the two places one goes on, the other says so and does not open (moved.py, postgres/opening.py). That is why what was
sent without an answer may move: only one place can settle it. The place that was left stays as it is.
"""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from hashlib import file_digest
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from onestop.errors import NotAllowed, StoreError
from onestop.files import patiently
from onestop.store.copying import COUNTING, copy_all, fingerprint, holds_rows, sums
from onestop.store.failures import translate_file_errors
from onestop.store.migrations import HEAD, migrate, version_of
from onestop.store.moved import UNDER_WAY, Moved, Stage, note, note_of
from onestop.store.opening import part_of, put_in_place
from onestop.store.postgres.moving import (
    COPIED,
    ORIGIN,
    alone_on_server,
    go_on_counting,
    make_room,
)
from onestop.store.postgres.notes import numbers_of
from onestop.store.postgres.opening import GONE_FROM_HERE, MOVED_AWAY
from onestop.store.record_failures import translate_record_errors
from onestop.store.sqlite.engine import fitting
from onestop.store.sqlite.folder import mark
from onestop.store.sqlite.health import is_sound
from onestop.store.sqlite.restored import UNSURE, FileNumbers
from onestop.store.sqlite.transactions import WRITES, create_sqlite_engine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from onestop.clock import Clock
    from onestop.paths import DataFolder
    from onestop.store.copying import TableSum, Told
    from onestop.store.postgres.connecting import Door
    from onestop.store.postgres.notes import ServerNumbers
    from onestop.store.postgres.server_clock import ServerClock
    from onestop.store.sqlite.key import Key

NOTHING_HERE: Final = "このデータフォルダーに、移すデータがありません。--data-dir を確かめてください。"
NOT_CURRENT: Final = (
    "このデータフォルダーのデータは、前の版のプログラムのものです。"
    "この版の onestop を一度開いて閉じてから、もう一度実行してください。"
)
NOT_WHOLE: Final = (
    "このデータフォルダーのデータベースは壊れています。onestop を開いて直してから、もう一度実行してください。"
)
GONE_ALREADY: Final = (
    "このデータフォルダーのデータは、すでに {} へ移してあります。古い写しになるので、もう一度は移しません。"
    "移した先を指定するか、onestop move --from で戻してから移してください。"
).format
WORK_HERE: Final = (
    "このデータフォルダーには、別のデータが入っています。上書きはしません。"
    "空のフォルダーを --data-dir で指定してください。"
)
STILL_SENDING: Final = (
    "サーバーのデータベースで、送信の途中の記録が{}件あります。数分待ってから、もう一度実行してください。何も変えていません。"
).format
DIFFERS: Final = "the copy differs from what was copied"


def move_to_server(
    folder: DataFolder, door: Door, clock: ServerClock, told: Told, key: Key | None = None
) -> tuple[TableSum, ...]:
    """Copy everything to a server, all in one transaction there; returns what was copied. The caller holds the folder.

    Raises:
        NotAllowed: There is nothing to move, or something else where it should go; the sentence says what.
        StoreError: A machine failed, or the copy differs: nothing is kept there, and the file may be opened as before.
    """
    own = _own_key(folder, key)
    before, moved = _whole(folder, own), note_of(folder)
    _check_may_go(moved, door.place.shown)
    origin = moved.origin if moved else secrets.randbits(62) + 1
    with _opened(folder.database, own) as source, alone_on_server(door, clock) as target:
        came_back = moved is not None and moved.stage is Stage.BACK
        if not make_room(target, origin, came_back=came_back) and moved and moved.stage is Stage.GONE:
            raise NotAllowed(GONE_ALREADY(moved.server))
        copied = copy_all(source, target, told)
        numbers = numbers_of(target)
        _copy_numbers(_file_numbers(source), numbers)
        go_on_counting(target)
        _compare(copied, target)
        numbers.note(ORIGIN, origin)
        numbers.note(COPIED, fingerprint(copied))
        if _hash(folder.database) != before:
            raise StoreError("the file changed while it was copied")
        note(folder, Moved(origin, door.place.shown, Stage.GOING))
    note(folder, Moved(origin, door.place.shown, Stage.GONE))
    return copied


def move_from_server(
    folder: DataFolder, door: Door, clock: ServerClock, told: Told, key: Key | None = None
) -> tuple[TableSum, ...]:
    """Copy everything from a server into a folder's own file; returns what was copied. The caller holds the folder.

    What the file was before goes into quarantine. On the server everything stays, and nobody opens it any more.

    Raises:
        NotAllowed: Work is under way there, or something else stands here; the sentence says what.
        StoreError: A machine failed, or the copy differs: both places are as they were.
    """
    with alone_on_server(door, clock) as source:
        numbers, moved = numbers_of(source), note_of(folder)
        origin = numbers.noted(ORIGIN) or secrets.randbits(62) + 1
        _check_free(folder, key, moved if moved and moved.origin == origin else None)
        if numbers.noted(MOVED_AWAY) and not (moved == Moved(origin, door.place.shown, Stage.COMING)):
            raise NotAllowed(GONE_FROM_HERE)
        _check_quiet(source, clock)
        part, copied = _copied_here(folder, source, clock, told, key)
        numbers.note(ORIGIN, origin)
        numbers.note(MOVED_AWAY, 1)
        note(folder, Moved(origin, door.place.shown, Stage.COMING))
    put_in_place(folder, part, clock)
    note(folder, Moved(origin, door.place.shown, Stage.BACK))
    return copied


def _copied_here(
    folder: DataFolder, source: Connection, clock: Clock, told: Told, key: Key | None
) -> tuple[Path, tuple[TableSum, ...]]:
    part = part_of(folder)
    with translate_file_errors():
        patiently(lambda: part.unlink(missing_ok=True))
    migrate(part, folder.backups, clock, key)
    mark(part, key, practice=False)
    with _opened(part, key, writes=True) as target:
        copied = copy_all(source, target, told)
        _copy_numbers(numbers_of(source), _file_numbers(target))
        _compare(copied, target)
    return part, copied


def _own_key(folder: DataFolder, key: Key | None) -> Key | None:
    """Return the key if the file of a folder is encrypted."""
    with translate_file_errors():
        return fitting(folder.database, key)


def _whole(folder: DataFolder, key: Key | None) -> str:
    """Make sure that a file can be moved, and return its hash."""
    file = folder.database
    with translate_file_errors():
        there = file.exists() and file.stat().st_size > 0
    if not there:
        raise NotAllowed(NOTHING_HERE)
    if not is_sound(file, key):
        raise NotAllowed(NOT_WHOLE)
    if version_of(file, key) != HEAD:
        raise NotAllowed(NOT_CURRENT)
    return _hash(file)


def _check_may_go(moved: Moved | None, server: str) -> None:
    """Make sure that the data are here, or on no other server than that to which they go."""
    if moved is None or moved.stage is Stage.BACK:
        return
    if moved.stage is Stage.COMING or (moved.stage is Stage.GOING and moved.server != server):
        raise NotAllowed(UNDER_WAY(moved.server))
    if moved.server != server:
        raise NotAllowed(GONE_ALREADY(moved.server))


def _check_free(folder: DataFolder, key: Key | None, moved: Moved | None) -> None:
    """Make sure that nothing is in a file but what went to the server: it was not opened since."""
    if (moved and moved.stage is not Stage.BACK) or not folder.database.exists():
        return
    own = _own_key(folder, key)
    version = version_of(folder.database, own)
    if version is None:
        return
    if version != HEAD:
        raise NotAllowed(NOT_CURRENT)
    with _opened(folder.database, own) as connection:
        if holds_rows(connection):
            raise NotAllowed(WORK_HERE)


def _check_quiet(source: Connection, clock: Clock) -> None:
    """Make sure that no desk is sending, even one whose line is cut: its outcome would be written into what is left."""
    now = clock.now()
    busy = sum(
        len(source.execute(select(table.c.control_number).where(table.c.lease_until > now)).all())
        for table in COUNTING
        if "lease_until" in table.c
    )
    if busy:
        raise NotAllowed(STILL_SENDING(busy))


def _copy_numbers(source: FileNumbers | ServerNumbers, target: FileNumbers | ServerNumbers) -> None:
    """Let 管理番号 go on above the highest that was ever given, and keep what is unsure since a backup was put back."""
    for table in COUNTING:
        if highest := source.highest_given(table.name):
            target.give_only_above(table.name, highest)
    target.note(UNSURE, source.noted(UNSURE))


def _compare(copied: tuple[TableSum, ...], target: Connection) -> None:
    if sums(target) != copied:
        raise StoreError(DIFFERS)


@contextmanager
def _opened(file: Path, key: Key | None, *, writes: bool = False) -> Iterator[Connection]:
    """Give one transaction on a file, kept at the end of the block; one that only reads changes nothing of the file."""
    engine = create_sqlite_engine(file, key, there=True, read_only=not writes).execution_options(**{WRITES: writes})
    try:
        with translate_record_errors(), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _file_numbers(connection: Connection) -> FileNumbers:
    driver = connection.connection.driver_connection
    return FileNumbers(driver)  # type: ignore[arg-type]  # the library's connection, which SQLAlchemy hands out


def _hash(file: Path) -> str:
    with translate_file_errors(), file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
