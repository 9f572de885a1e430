"""Whether a database was put back from a backup (or begun anew after a damage) and what it cannot know since then.

Filings may have been made after the backup: its drafts may be filed, and its next numbers may be given. Until each
service was asked, the file says so itself: in a row of `sqlite_sequence`, where SQLite keeps the numbers that were
given. It is there in a file of any version, it is written with the transaction, and every copy keeps it.
"""

from __future__ import annotations

from contextlib import closing
from enum import IntFlag
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
from onestop.model.filing import Filing
from onestop.store.failures import translate_db_errors
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.prepared import driver_of
from onestop.store.sqlite.row_sums import note_sequence

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from onestop.store.shelves.sendable import Kind


class Unsure(IntFlag):
    """The kinds of records that were not compared with their service since the database was restored."""

    FILINGS = 1
    INSURANCE = 2
    CONFORMITY = 4


_UNSURE: Final = "onestop.unsure"
"""No table has this name."""
_OF: Final[dict[Kind, Unsure]] = {
    Filing: Unsure.FILINGS,
    InsuranceCertificate: Unsure.INSURANCE,
    ConformityCertificate: Unsure.CONFORMITY,
}


def mark_restored(path: Path) -> None:
    """Note in a database file that nobody has open that it was restored.

    Raises:
        StoreError: The file cannot be written.
    """
    everything = Unsure.FILINGS | Unsure.INSURANCE | Unsure.CONFORMITY
    with translate_db_errors(), closing(connect_raw(path)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        note_sequence(raw, _UNSURE, int(everything))
        raw.execute("COMMIT")


class RestoredShelf:
    """What is not known since the database was restored."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_unsure(self, kind: Kind) -> bool:
        """Tell whether records of a kind still have to be compared with their service."""
        return bool(self._unsure() & _OF[kind])

    def mark_compared(self, kind: Kind) -> None:
        """Note that they were compared."""
        self._note(_UNSURE, int(self._unsure() & ~_OF[kind]))

    def highest_given(self, kind: Kind) -> int:
        """Return the highest 管理番号 that was ever given here; 0 at first."""
        return self._noted(kind.__tablename__)

    def give_only_above(self, kind: Kind, control_number: int) -> None:
        """Never give this 管理番号 or a lower one again."""
        if self.highest_given(kind) < control_number:
            self._note(kind.__tablename__, control_number)

    def _unsure(self) -> Unsure:
        return Unsure(self._noted(_UNSURE))

    def _noted(self, name: str) -> int:
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return int(self._session.scalar(query, {"name": name}) or 0)

    def _note(self, name: str, value: int) -> None:
        note_sequence(driver_of(self._session), name, value)
