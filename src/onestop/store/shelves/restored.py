"""The shelf of what is not known since the database was restored (restored.py of SQLite, notes.py of PostgreSQL)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, cast

from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
from onestop.model.filing import Filing
from onestop.store.compiled import driver_of
from onestop.store.driver import is_server
from onestop.store.postgres.notes import BACKED_UP, ServerNumbers
from onestop.store.shelves.shelf import Shelf
from onestop.store.sqlite.restored import UNSURE, FileNumbers, Unsure

if TYPE_CHECKING:
    from onestop.store.driver import RawConnection
    from onestop.store.shelves.sendable import Kind

_OF: Final[dict[Kind, Unsure]] = {
    Filing: Unsure.FILINGS,
    InsuranceCertificate: Unsure.INSURANCE,
    ConformityCertificate: Unsure.CONFORMITY,
}


class RestoredShelf(Shelf):
    """What is not known since the database was restored."""

    def is_unsure(self, kind: Kind) -> bool:
        """Tell whether records of a kind still have to be compared with their service."""
        return bool(self._unsure() & _OF[kind])

    def mark_compared(self, kind: Kind) -> None:
        """Note that they were compared."""
        self._numbers().note(UNSURE, int(self._unsure() & ~_OF[kind]))

    def highest_given(self, kind: Kind) -> int:
        """Return the highest 管理番号 that was ever given here; 0 at first."""
        return self._numbers().highest_given(kind.__tablename__)

    def give_only_above(self, kind: Kind, control_number: int) -> None:
        """Never give this 管理番号 or a lower one again."""
        if self.highest_given(kind) < control_number:
            self._numbers().give_only_above(kind.__tablename__, control_number)

    def backed_up_at(self) -> dt.datetime | None:
        """Return when a server's administrator last noted a backup; None where nobody notes any."""
        seconds = self._numbers().noted(BACKED_UP)
        return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds else None

    def _unsure(self) -> Unsure:
        return Unsure(self._numbers().noted(UNSURE))

    def _numbers(self) -> FileNumbers | ServerNumbers:
        driver = driver_of(self._session)
        return ServerNumbers(driver) if is_server(driver) else FileNumbers(cast("RawConnection", driver))
