"""F5 発行: one car, one intent, one filing, however often a key is pressed and wherever the program is stopped.

Three short steps, never a transaction open across HTTP: the intent is committed (frozen words, key, time), the
request is sent once, the outcome is committed. What a lost answer means is told in `sending.py`.
"""

from __future__ import annotations

import json
import threading
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.sending_state import Sending
from onestop.services.progress import write_progress
from onestop.services.sending import (
    CLOCKS_APART,
    STOPS_THE_REST,
    Outcome,
    may_send_again,
    next_state,
    outcome_of,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from onestop.clock import Clock
    from onestop.gateway.ainas import AinasClient, FilingProgress
    from onestop.model.filing import Filing
    from onestop.services.payload import FilingPayload
    from onestop.store.database import Database

UNDER_WAY: Final = "この申請は送信中です。終わるまでお待ちください。"
ALREADY_ISSUED: Final = "この申請はすでに発行されています。二重には申請されません。"
STILL_UNKNOWN: Final = (
    "前回の送信が受け付けられたかどうかを確認中です。申請確認 または 一覧の F7 検索 で確かめてください。"
)
WHY_NOT: Final = {
    Sending.SENDING: UNDER_WAY,
    Sending.UNKNOWN: STILL_UNKNOWN,
    Sending.FILED: ALREADY_ISSUED,
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of settling the filings whose answer never came."""

    filed: int = 0
    drafts: int = 0
    """Surely not filed: 依頼前 again, with the reason."""
    waiting: int = 0
    """Still unknown; asked again later."""
    reason: errors.OneStopError | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """One request with a key: what came of it."""

    outcome: Outcome
    progress: FilingProgress | None = None
    error: errors.OneStopError | None = None


@dataclass(frozen=True, slots=True)
class Concluded:
    """A filing after one request, and what went wrong with it."""

    filing: Filing
    error: errors.OneStopError | None


class IssuingService:
    """Sends filings to AINAS and settles those whose answer was lost."""

    def __init__(
        self, database: Database, ainas: AinasClient, payload: FilingPayload, clock: Clock, quiet: dt.timedelta
    ) -> None:
        self._database = database
        self._ainas = ainas
        self._payload = payload
        self._clock = clock
        self._quiet = quiet
        self._under_way: set[int] = set()
        self._guard = threading.Lock()

    def issue(self, control_number: int) -> Filing:
        """F5 発行 of a saved filing; returns it with its 申請ID.

        Raises:
            InvalidInput: AINAS would refuse it; nothing was sent.
            NotConfigured: settings are missing; nothing was sent.
            NotAllowed: it is issued or under way already; nothing was sent.
            ServiceError: what came of it; the filing's state is written down.
            KeychainUnavailable: nothing was sent.
            StoreError: before sending, nothing was sent; after it, the filing will be settled.
        """
        with self._claim(control_number):
            key, body = self._intend(control_number)
            concluded = self._conclude(control_number, Sending.SENDING, self._send(key, body))
        if concluded.error is not None:
            raise concluded.error
        return concluded.filing

    def settle(self) -> Settled:
        """Settle every filing whose outcome is unknown: ask by the key, and send again only when that is safe.

        After a trouble that every further question would meet, nobody is asked any more: the rest waits.
        """
        with self._database.read() as shelves:
            unsettled = shelves.filings.unsettled()
        total = Settled()
        for place, control_number in enumerate(unsettled):
            state, error = self._settle_one(control_number)
            total = _counted(total, state, error)
            if isinstance(error, STOPS_THE_REST):
                return replace(total, waiting=total.waiting + len(unsettled) - place - 1)
        return total

    def settle_one(self, control_number: int) -> Filing:
        """申請確認 of a filing whose outcome is unknown.

        Raises:
            ServiceError: AINAS could not be asked; it stays unknown.
        """
        _, error = self._settle_one(control_number)
        if error is not None:
            raise error
        with self._database.read() as shelves:
            return shelves.filings.get(control_number)

    @contextmanager
    def _claim(self, control_number: int) -> Iterator[None]:
        """Hold a filing against every other worker of this program."""
        with self._guard:
            if control_number in self._under_way:
                raise errors.NotAllowed(UNDER_WAY)
            self._under_way.add(control_number)
        try:
            yield
        finally:
            with self._guard:
                self._under_way.discard(control_number)

    def _intend(self, control_number: int) -> tuple[uuid.UUID, str]:
        sites = self._payload.sites()  # not inside: nobody else can write while a keychain asks for its password
        now = self._clock.now()
        key = uuid.uuid4()
        with self._database.write() as shelves:
            filing = shelves.filings.get(control_number)
            if filing.sending in WHY_NOT:
                raise errors.NotAllowed(WHY_NOT[filing.sending])
            body = self._payload.frozen(filing, shelves, sites)
            filing.request_key = str(key)
            filing.payload = body
            filing.sending = Sending.SENDING
            filing.first_sent_at = filing.last_sent_at = filing.requested_at = now
            filing.refusal = None
        return key, body

    def _send(self, key: uuid.UUID, body: str) -> Sent:
        try:
            return Sent(Outcome.FILED, self._ainas.submit(key, body))
        except errors.OneStopError as error:
            return Sent(outcome_of(error), error=error)

    def _conclude(self, control_number: int, state: Sending, sent: Sent) -> Concluded:
        with self._database.write() as shelves:
            filing = shelves.filings.get(control_number)
            if sent.progress is not None and shelves.filings.knows_filing_id(sent.progress.filing_id):
                sent = Sent(Outcome.UNUSABLE, error=errors.ContractBroken())  # that number is another filing's
            filing.sending = next_state(state, sent.outcome)
            if sent.progress is not None:
                write_progress(filing, sent.progress, self._clock.now())
            elif filing.sending is Sending.DRAFT:
                _back_to_draft(filing, sent.error)
        return Concluded(filing, sent.error)

    def _settle_one(self, control_number: int) -> tuple[Sending, errors.OneStopError | None]:
        try:
            with self._claim(control_number):
                return self._settle_claimed(control_number)
        except errors.NotAllowed:
            return Sending.SENDING, None

    def _settle_claimed(self, control_number: int) -> tuple[Sending, errors.OneStopError | None]:
        with self._database.read() as shelves:
            filing = shelves.filings.get(control_number)
        if filing.sending not in (Sending.SENDING, Sending.UNKNOWN):
            return filing.sending, None
        sent = self._ask(filing)
        if sent.outcome is Outcome.NOT_FOUND and self._is_quiet(filing):
            sent = self._send_again(control_number)
        concluded = self._conclude(control_number, Sending.UNKNOWN, sent)
        state = concluded.filing.sending
        return state, concluded.error if state is Sending.UNKNOWN else None

    def _is_quiet(self, filing: Filing) -> bool:
        return filing.last_sent_at is not None and may_send_again(filing.last_sent_at, self._clock.now(), self._quiet)

    def _send_again(self, control_number: int) -> Sent:
        with self._database.write() as shelves:
            filing = shelves.filings.get(control_number)
            filing.last_sent_at = self._clock.now()
            filing.sending = Sending.UNKNOWN
            key, body = filing.request_key, filing.payload
        return self._send(uuid.UUID(key or ""), body or "")

    def _ask(self, filing: Filing) -> Sent:
        """Ask AINAS by the key; a service that keeps no keys is asked by number, site and time."""
        try:
            found = self._ainas.find_by_key(uuid.UUID(filing.request_key or ""))
            mine = [progress for progress in found if progress.control_number == filing.control_number]
            candidates = mine or self._by_number(filing)
        except errors.ServiceError as error:
            return Sent(Outcome.UNUSABLE, error=error)
        except errors.OneStopError as error:  # no credentials, or none that can be read
            return Sent(Outcome.NOT_REACHED, error=error)
        if len(candidates) == 1:
            return Sent(Outcome.FOUND, candidates[0])
        return Sent(Outcome.NOT_FOUND) if not candidates else Sent(Outcome.UNUSABLE, error=errors.ContractBroken())

    def _by_number(self, filing: Filing) -> list[FilingProgress]:
        site = json.loads(filing.payload or "{}").get("requester_site_code", "")
        found = self._ainas.find_by_number(filing.control_number, site)
        since = (filing.first_sent_at or self._clock.now()) - CLOCKS_APART
        recent = [progress for progress in found if progress.requested_at >= since]
        with self._database.read() as shelves:
            return [progress for progress in recent if not shelves.filings.knows_filing_id(progress.filing_id)]


def _back_to_draft(filing: Filing, error: errors.OneStopError | None) -> None:
    """Surely not filed: the intent is over, the next one gets a key of its own."""
    filing.request_key = None
    filing.payload = None
    filing.first_sent_at = filing.last_sent_at = filing.requested_at = None
    if isinstance(error, errors.Refused):
        words = [reason.message for reason in error.reasons] or [error.detail or error.code]
        filing.refusal = "\n".join(words)


def _counted(total: Settled, state: Sending, error: errors.OneStopError | None) -> Settled:
    return Settled(
        total.filed + (state is Sending.FILED),
        total.drafts + (state is Sending.DRAFT),
        total.waiting + (state in (Sending.SENDING, Sending.UNKNOWN)),
        total.reason or error,
    )
