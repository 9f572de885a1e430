"""F5 発行: one car, one intent, one filing, however often a key is pressed and wherever the program is stopped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Final

from onestop import errors
from onestop.gateway.ainas import FILING_ID
from onestop.gateway.subject import Subject
from onestop.model.filing import Filing
from onestop.model.sending_state import Sending
from onestop.services.asking import subject_of
from onestop.services.comparing import Comparing
from onestop.services.deciding import Candidate
from onestop.services.progress import write_progress
from onestop.services.settling import Likeness, Settled

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Callable, Mapping, Sequence

    from onestop.clock import Clock
    from onestop.gateway.ainas import AinasClient, FilingProgress
    from onestop.services.payload import FilingPayload
    from onestop.store.database import Database, Shelves
    from onestop.store.sent import Witness

__all__ = ["IssuingService", "Settled"]

UNDER_WAY: Final = "この申請は送信中です。終わるまでお待ちください。"
ALREADY_ISSUED: Final = "この申請はすでに発行されています。二重には申請されません。"
STILL_UNKNOWN: Final = (
    "前回の送信が受け付けられたかどうかを確認中です。申請確認 または 一覧の F7 検索 で確かめてください。"
)

NO_FILING_ID: Final = "申請IDは数字10桁です。"


class IssuingService(Comparing["Filing", "FilingProgress"]):
    """Sends filings to AINAS and settles those whose answer was lost."""

    kind = Filing
    called = "AINAS"
    decide_there = "申請書発行で開いて 申請確認(Alt+K)を押すと、どうするかを選べます。"
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

    def _subject(self, record: Filing) -> Subject:
        return subject_of(record)

    def _unsettled(self, shelves: Shelves) -> tuple[int, ...]:
        return shelves.filings.unsettled()

    def _freezer(self) -> Callable[[Filing, Shelves], str]:
        sites = self._payload.sites()

        def frozen(filing: Filing, shelves: Shelves) -> str:
            shelves.filings.refuse_second(filing)
            return self._payload.frozen(filing, shelves, sites)

        return frozen

    def _post(self, key: uuid.UUID, body: str) -> FilingProgress:
        return self._ainas.submit(key, body)

    def _by_key(self, subject: Subject) -> Sequence[FilingProgress]:
        return self._ainas.find_by_key(subject)

    def _is_anothers(self, shelves: Shelves, record: Filing, answer: FilingProgress) -> bool:
        return record.filing_id != answer.filing_id and shelves.filings.knows_filing_id(answer.filing_id)

    def _write(self, record: Filing, answer: FilingProgress) -> None:
        write_progress(record, answer, self._clock.now())
        record.requested_at = record.requested_at or answer.requested_at

    def _begun(self, record: Filing, now: dt.datetime | None) -> None:
        record.requested_at = now

    def _otherwise(self, record: Filing) -> Sequence[FilingProgress]:
        """Ask by number and site."""
        found = self._under_number(record.control_number, _sent(record).get("requester_site_code"))
        with self._database.read() as shelves:
            return [progress for progress in found if not shelves.filings.knows_filing_id(progress.filing_id)]

    def _under_number(self, control_number: int, site: str | None = None) -> Sequence[FilingProgress]:
        return self._ainas.find_by_number(control_number, site or self._payload.sites().requester_site_code)

    def _drafts(self, shelves: Shelves) -> tuple[int, ...]:
        return shelves.filings.drafts()

    def _likeness(self, record: Filing, answer: FilingProgress) -> Likeness:
        sent = str(_sent(record).get("chassis_number", record.chassis_number))
        return self._likeness_by_chassis(record, sent, answer.chassis_told, answer.requested_at)

    def _witness(self, shelves: Shelves, record: Filing, address: str) -> Witness | None:
        return shelves.filings.last_filed(address, record.first_sent_at)

    def _candidate(self, answer: FilingProgress) -> Candidate:
        return Candidate(answer.filing_id, answer.requested_at, answer.status)

    def _fetch(self, record: Filing, number: str) -> FilingProgress:  # noqa: ARG002 - a 申請ID tells AINAS enough
        if FILING_ID.fullmatch(number) is None:
            raise errors.InvalidInput(errors.Problem("filing_id", NO_FILING_ID))
        return self._ainas.filing(Subject(number=number))


def _sent(record: Filing) -> dict[str, Any]:
    """Return what was sent."""
    return dict(json.loads(record.payload or "{}"))
