"""Whether a database was put back from a backup (or begun anew after a damage) and what it cannot know since then.

Filings may have been made after the backup: its drafts may be filed, and its next numbers may be given. Until each
service was asked, the file says so itself: in a row of `sqlite_sequence`, where SQLite keeps the numbers that were
given. It is there in a file of any version, it is written with the transaction, and every copy keeps it.
"""

from __future__ import annotations

from contextlib import closing
from enum import IntFlag
from typing import TYPE_CHECKING, Final

from onestop.store.failures import translate_db_errors
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.row_sums import note_sequence

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.store.sqlite.key import Key


class Unsure(IntFlag):
    """The kinds of records that were not compared with their service since the database was restored."""

    FILINGS = 1
    INSURANCE = 2
    CONFORMITY = 4


UNSURE: Final = "onestop.unsure"
"""No table has this name."""


def mark_restored(path: Path, key: Key | None = None) -> None:
    """Note in a database file that nobody has open that it was restored.

    Raises:
        StoreError: The file cannot be written.
    """
    everything = Unsure.FILINGS | Unsure.INSURANCE | Unsure.CONFORMITY
    with translate_db_errors(), closing(connect_raw(path, key)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        note_sequence(raw, UNSURE, int(everything))
        raw.execute("COMMIT")
