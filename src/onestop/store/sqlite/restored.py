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

    from onestop.store.driver import RawConnection
    from onestop.store.sqlite.key import Key


class Unsure(IntFlag):
    """The kinds of records that were not compared with their service since the database was restored."""

    FILINGS = 1
    INSURANCE = 2
    CONFORMITY = 4


UNSURE: Final = "onestop.unsure"
"""No table has this name."""


class FileNumbers:
    """The numbers that were given, and what is noted among them."""

    def __init__(self, raw: RawConnection) -> None:
        self._raw = raw

    def noted(self, name: str) -> int:
        """Return what was noted under a name; 0 if nothing was."""
        found = self._raw.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).fetchone()
        return int(found[0]) if found else 0

    def note(self, name: str, value: int) -> None:
        """Note it."""
        note_sequence(self._raw, name, value)

    def highest_given(self, table: str) -> int:
        """Return the highest 管理番号 of a table that was ever given; 0 at first."""
        return self.noted(table)

    def give_only_above(self, table: str, control_number: int) -> None:
        """Never give this 管理番号 or a lower one again."""
        self.note(table, control_number)


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
