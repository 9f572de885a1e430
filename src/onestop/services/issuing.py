"""F5 発行: one car, one intent, one filing, however often a key is pressed and wherever the program is stopped."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, ClassVar, Final

from onestop.model.sending_state import Sending
from onestop.services.once import OnceOnly, Settled
from onestop.services.progress import write_progress
from onestop.services.sending import CLOCKS_APART

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from onestop.clock import Clock
    from onestop.gateway.ainas import AinasClient, FilingProgress
    from onestop.model.filing import Filing
    from onestop.services.payload import FilingPayload
    from onestop.store.database import Database, Shelves

__all__ = ["IssuingService", "Settled"]

UNDER_WAY: Final = "この申請は送信中です。終わるまでお待ちください。"
ALREADY_ISSUED: Final = "この申請はすでに発行されています。二重には申請されません。"
STILL_UNKNOWN: Final = (
    "前回の送信が受け付けられたかどうかを確認中です。申請確認 または 一覧の F7 検索 で確かめてください。"
)


class IssuingService(OnceOnly["Filing", "FilingProgress"]):
    """Sends filings to AINAS and settles those whose answer was lost."""

    why_not: ClassVar[Mapping[Sending, str]] = {
        Sending.SENDING: UNDER_WAY,
        Sending.UNKNOWN: STILL_UNKNOWN,
        Sending.FILED: ALREADY_ISSUED,
    }

    def __init__(
        self, database: Database, ainas: AinasClient, payload: FilingPayload, clock: Clock, quiet: dt.timedelta
    ) -> None:
        super().__init__(database, ainas, clock, quiet)
        self._ainas = ainas
        self._payload = payload

    def _get(self, shelves: Shelves, control_number: int) -> Filing:
        return shelves.filings.get(control_number)

    def _unsettled(self, shelves: Shelves) -> tuple[int, ...]:
        return shelves.filings.unsettled()

    def _freezer(self) -> Callable[[Filing, Shelves], str]:
        sites = self._payload.sites()
        return lambda filing, shelves: self._payload.frozen(filing, shelves, sites)

    def _post(self, key: uuid.UUID, body: str) -> FilingProgress:
        return self._ainas.submit(key, body)

    def _by_key(self, record: Filing) -> Sequence[FilingProgress]:
        found = self._ainas.find_by_key(uuid.UUID(record.request_key or ""))
        return [progress for progress in found if progress.control_number == record.control_number]

    def _is_anothers(self, shelves: Shelves, record: Filing, answer: FilingProgress) -> bool:
        return record.filing_id != answer.filing_id and shelves.filings.knows_filing_id(answer.filing_id)

    def _write(self, record: Filing, answer: FilingProgress) -> None:
        write_progress(record, answer, self._clock.now())

    def _begun(self, record: Filing, now: dt.datetime | None) -> None:
        record.requested_at = now

    def _otherwise(self, record: Filing) -> Sequence[FilingProgress]:
        """Ask by number, site and time."""
        site = json.loads(record.payload or "{}").get("requester_site_code", "")
        found = self._ainas.find_by_number(record.control_number, site)
        since = (record.first_sent_at or self._clock.now()) - CLOCKS_APART
        recent = [progress for progress in found if progress.requested_at >= since]
        with self._database.read() as shelves:
            return [progress for progress in recent if not shelves.filings.knows_filing_id(progress.filing_id)]
