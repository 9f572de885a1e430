"""A note beside a database file that its data were moved to a server, or are on their way; the file stays as it is.

Of two places with the same filings only one may go on with them: the note keeps the file from being opened.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from onestop.errors import StoreError, WrongFolder
from onestop.files import patiently, written_whole
from onestop.store.failures import translate_file_errors

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.paths import DataFolder

MOVED: Final = (
    "データはサーバー({})へ移してあります。二重に申請しないように、ここでは開けません。"
    "サーバーのデータベースで開いてください(onestop move --to … --use。戻すときは onestop move --from)。"
).format
UNDER_WAY: Final = (
    "データの移動({})が、途中で止まっています。二重に申請しないように、ここでは開けません。"
    "同じ onestop move を、もう一度実行してください。"
).format


class Stage(Enum):
    """How far a move is."""

    GOING = "going"
    """To the server; whether it arrived is not known."""
    GONE = "gone"
    """It is on the server."""
    COMING = "coming"
    """Back from the server; whether it arrived is not known."""
    BACK = "back"
    """It is here again, and what is on the server is a copy of before."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the data are, or were."""

    origin: int
    """A number at random, by which the server's copy is known as one of this file's."""
    server: str
    stage: Stage


def note_of(folder: DataFolder) -> Moved | None:
    """Return what is noted beside a folder's database.

    Raises:
        StoreError: It cannot be read.
    """
    file = _file(folder)
    with translate_file_errors():
        if not file.exists():
            return None
        told = patiently(file.read_bytes)
    try:
        found = json.loads(told)
        return Moved(int(found["origin"]), str(found["server"]), Stage(found["stage"]))
    except (ValueError, KeyError, TypeError):
        raise StoreError("what is noted of a move cannot be read") from None


def note(folder: DataFolder, moved: Moved) -> None:
    """Note it, so that a power cut does not undo it.

    Raises:
        StoreError: It cannot be written.
    """
    told = dataclasses.asdict(moved) | {"stage": moved.stage.value}
    with translate_file_errors(), written_whole(_file(folder), durably=True) as part:
        part.write_text(json.dumps(told), encoding="utf-8")


def check_here(folder: DataFolder) -> None:
    """Make sure that the data of a folder are there and nowhere else.

    Raises:
        WrongFolder: They are on a server, or on the way.
        StoreError: What is noted cannot be read.
    """
    moved = note_of(folder)
    if moved is None or moved.stage is Stage.BACK:
        return
    raise WrongFolder((MOVED if moved.stage is Stage.GONE else UNDER_WAY)(moved.server))


def _file(folder: DataFolder) -> Path:
    return folder.database.with_name(f"{folder.database.name}-moved")
