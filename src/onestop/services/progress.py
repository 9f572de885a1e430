"""申請確認 and 検索: asking AINAS how filings stand, and writing down what it says."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from onestop import errors
from onestop.model.filing import FilingFee
from onestop.model.sending_state import Sending
from onestop.services.asking import ask_again, how_it_stands, subject_of_filed
from onestop.services.destinations import OTHER_ACCOUNT, Home, home_of, sent_elsewhere
from onestop.services.inspection.belonging import end_when_done
from onestop.services.sending import CLOCKS_APART
from onestop.services.written_down import writing_down

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping, Sequence

    from onestop.clock import Clock
    from onestop.gateway.ainas import AinasClient, FilingProgress
    from onestop.gateway.subject import SortedOut
    from onestop.gateway.transport import Destination
    from onestop.model.filing import Filing
    from onestop.store.database import Database, Shelves
    from onestop.store.sent import Filed

BATCH: Final = 200
"""The most ids that one request may carry (contract)."""
AT_A_TIME: Final = 4
"""Requests under way together."""
REMEMBERED: Final = dt.timedelta(days=60)
"""Since it was issued. AINAS forgets a filing 40 days after its completion (DOMAIN §3): that it does not know a younger
one that is unfinished is no knowledge, but a moment's trouble or another account."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What became of one refresh of many filings."""

    asked: int = 0
    updated: int = 0
    forgotten: int = 0
    """AINAS does not know them any more; what we have is kept."""
    failed: int = 0
    reason: errors.OneStopError | None = None
    """Why the failed ones failed: the first trouble met."""
    wanted: int = 0
    """How many are to be asked about altogether."""
    revived: tuple[int, ...] = ()
    """管理番号 of those that were sent back or taken back, and go on again."""

    @classmethod
    def of(cls, answer: SortedOut[Any], thing: str) -> Refreshed:
        """Count what one answer told; what was not answered, or with another's data, breaks the contract."""
        known, unknown = len(answer.known), len(answer.unknown)
        failed = len(answer.unanswered) + len(answer.unfit)
        reason = errors.AnswerOfAnother(thing) if answer.unfit else errors.ContractBroken() if failed else None
        return cls(known + unknown + failed, known, unknown, failed, reason)

    @classmethod
    def not_asked(cls, count: int, error: errors.OneStopError) -> Refreshed:
        """Count some that could not be asked about."""
        return cls(asked=count, failed=count, reason=error)

    @classmethod
    def left_alone(cls, addresses: Mapping[int, str]) -> Refreshed:
        """Count those that were sent to another server: by their 管理番号, where to."""
        first = next(iter(addresses.values()), None)
        return cls() if first is None else cls.not_asked(len(addresses), sent_elsewhere(first))

    def but_of_another(self, error: errors.AnswerOfAnother) -> Refreshed:
        """Count one as failed whose answer carries the number of another one here."""
        return replace(self, updated=self.updated - 1, failed=self.failed + 1, reason=self.reason or error)

    def but_of_another_account(self) -> Refreshed:
        """Count one as failed that is unknown to this account alone."""
        reason = self.reason or errors.NotAllowed(OTHER_ACCOUNT)
        return replace(self, forgotten=self.forgotten - 1, failed=self.failed + 1, reason=reason)

    def plus(self, other: Refreshed) -> Refreshed:
        """Add two counts up."""
        return Refreshed(
            self.asked + other.asked,
            self.updated + other.updated,
            self.forgotten + other.forgotten,
            self.failed + other.failed,
            self.reason or other.reason,
            self.wanted + other.wanted,
            (*self.revived, *other.revived),
        )


def write_progress(filing: Filing, progress: FilingProgress, now: dt.datetime) -> None:
    """Write what AINAS said into the filing. An answer older than what we have changes nothing.

    What we have may be dated in the future, by a clock that was wrong: then nothing is older than it.
    """
    filing.sending = Sending.FILED
    filing.filing_id = progress.filing_id
    filing.checked_at = now
    filing.forgotten = False
    known = filing.status_updated_at
    if known is not None and progress.status_updated_at < known <= now + CLOCKS_APART:
        return
    filing.status = progress.status
    filing.oss_status = progress.oss_status
    filing.status_updated_at = progress.status_updated_at
    filing.message = progress.message
    _write_fees(filing, progress)


def _write(shelves: Shelves, filing: Filing, progress: FilingProgress, now: dt.datetime) -> bool:
    """Write what AINAS said, which may end 今回の車検; returns whether it goes on again after it did not.

    Raises:
        AnswerOfAnother: the 申請ID is new here, and another filing's.
    """
    if progress.filing_id != filing.filing_id and shelves.filings.knows_filing_id(progress.filing_id):
        raise errors.AnswerOfAnother("filing")
    went_on = filing.goes_on
    write_progress(filing, progress, now)
    if filing.goes_on is not filing.is_open:
        shelves.filings.give_place(filing.inspection_id or 0)
    end_when_done(shelves, filing, now)
    return filing.goes_on and not went_on


def _written(
    shelves: Shelves, filing: Filing, progress: FilingProgress, now: dt.datetime, told: Refreshed
) -> Refreshed:
    """Write one of many; one that cannot be believed is counted and leaves the others as they are."""
    try:
        revived = _write(shelves, filing, progress, now)
    except errors.AnswerOfAnother as error:
        return told.but_of_another(error)
    return replace(told, revived=(*told.revived, filing.control_number)) if revived else told


def _write_forgotten(filing: Filing, now: dt.datetime) -> None:
    filing.forgotten = True
    filing.checked_at = now


def _write_fees(filing: Filing, progress: FilingProgress) -> None:
    told = [(fee.kind, fee.amount, fee.payment_status, fee.due_date) for fee in progress.fees]
    if told == [(fee.kind, fee.amount, fee.payment_status, fee.due_date) for fee in filing.fees]:
        return
    filing.fees = [
        FilingFee(position=position, kind=kind, amount=amount, payment_status=payment_status, due_date=due_date)
        for position, (kind, amount, payment_status, due_date) in enumerate(told)
    ]


class ProgressService:
    """Asks AINAS about filings that are filed and not finished."""

    def __init__(self, database: Database, ainas: AinasClient, clock: Clock) -> None:
        self._database = database
        self._ainas = ainas
        self._clock = clock

    def refresh(self, control_number: int) -> Filing:
        """申請確認 of one filing; returns it as it stands now.

        Raises:
            NotAllowed: it was sent to another server or with another APIキー; nothing was changed.
            ServiceError: AINAS could not be asked; nothing was changed.
        """
        with self._database.read() as shelves:
            filing = shelves.filings.get(control_number)
        if filing.filing_id is None:
            return filing
        home = home_of(filing, self._ainas.destination())
        if home is Home.ELSEWHERE:
            raise sent_elsewhere(filing.sent_to)
        try:
            progress = how_it_stands(filing, self._ainas.filing, self._ainas.find_by_key)
        except errors.NotFound:
            if home is Home.OTHER_ACCOUNT:
                raise errors.NotAllowed(OTHER_ACCOUNT) from None
            return self._forget(control_number)
        return self._write(control_number, progress)

    def refresh_many(
        self,
        control_numbers: Sequence[int],
        tell: Callable[[Refreshed], None] | None = None,
        stop: threading.Event | None = None,
    ) -> Refreshed:
        """Refresh those of the filings that are filed and not finished.

        In batches of at most 200 per request, 4 requests at a time. A batch that fails leaves its rows as they are.

        Args:
            control_numbers: the rows shown.
            tell: called after each batch, on a worker, with the counts so far.
            stop: set it to ask nothing more; what is under way ends properly.
        """
        with self._database.read() as shelves:
            wanted = shelves.filings.refreshable(control_numbers, self._clock.now() - REMEMBERED)
        if not wanted:
            return Refreshed()
        try:
            destination = self._ainas.destination()
        except errors.OneStopError as error:
            return Refreshed(wanted=len(wanted)).plus(Refreshed.not_asked(len(wanted), error))
        with self._database.read() as shelves:
            away = shelves.filings.sent_elsewhere([each.control_number for each in wanted], destination.address)
        here = [each for each in wanted if each.control_number not in away]
        batches = [here[start : start + BATCH] for start in range(0, len(here), BATCH)]
        total = Refreshed(wanted=len(wanted)).plus(Refreshed.left_alone(away))

        def one(batch: Sequence[Filed]) -> Refreshed:
            stopped = stop is not None and stop.is_set()
            return Refreshed() if stopped else self._refresh_batch(batch, destination)

        with ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="refresh") as pool:
            for part in pool.map(one, batches):
                total = total.plus(part)
                if tell is not None:
                    tell(total)
        return total

    def _refresh_batch(self, batch: Sequence[Filed], destination: Destination) -> Refreshed:
        by_id = {each.number: each.control_number for each in batch}
        try:
            answer = self._ainas.progress([subject_of_filed(each) for each in batch])
        except errors.OneStopError as error:  # also credentials that are missing or cannot be read
            return Refreshed.not_asked(len(batch), error)
        answer = ask_again(answer, batch, destination, self._ainas.find_by_key)
        now, told = self._clock.now(), Refreshed.of(answer, self._ainas.thing)
        with writing_down(self._database) as shelves:
            filings = shelves.filings.get_many(by_id.values())
            for progress in answer.known:
                told = _written(shelves, filings[progress.control_number], progress, now, told)
            for filing_id in answer.unknown:
                filing = filings[by_id[filing_id]]
                if home_of(filing, destination) is Home.OTHER_ACCOUNT:
                    told = told.but_of_another_account()
                else:
                    _write_forgotten(filing, now)
        return told

    def _write(self, control_number: int, progress: FilingProgress) -> Filing:
        with writing_down(self._database) as shelves:
            filing = shelves.filings.get(control_number)
            _write(shelves, filing, progress, self._clock.now())
        return filing

    def _forget(self, control_number: int) -> Filing:
        with writing_down(self._database) as shelves:
            filing = shelves.filings.get(control_number)
            _write_forgotten(filing, self._clock.now())
        return filing
