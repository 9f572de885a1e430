"""F9 一括申請: the review before anything is sent, and the sending of many with 中止."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.services.bugs import tell_bug
from onestop.services.delivery.table import STOPS_THE_REST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from onestop.gateway.ainas import FilingProgress
    from onestop.model.filing import Filing
    from onestop.services.delivery.delivery import Delivery

AT_A_TIME: Final = 4
"""Requests under way together."""
LONGEST_WAIT: Final = 60
"""Seconds that a 429 is waited for before the rest is left for later."""
TRIES: Final = 3
"""How often one row is tried while the service is overloaded."""


class RowState(Enum):
    """What became of one row of 一括申請, in the words of the result list."""

    FILED = "発行済"
    REFUSED = "受付不可"
    UNKNOWN = "確認中"
    NOT_SENT = "未送信"


@dataclass(frozen=True, slots=True)
class BatchResult:
    """One row's result; `error` says why it was not filed."""

    control_number: int
    state: RowState
    filing_id: str | None = None
    error: errors.OneStopError | None = None


class BatchService:
    """Issues many filings, each exactly as F5 does."""

    def __init__(self, delivery: Delivery[Filing, FilingProgress]) -> None:
        self._delivery = delivery
        self._under_way: set[threading.Event] = set()
        """The 中止 of every 一括申請 under way."""
        self._ended = False

    def end(self) -> None:
        """Send nothing more, in any window: the desk is about to be closed. What is under way ends properly."""
        self._ended = True
        self.stop()

    def stop(self) -> None:
        """Do as 中止 does, in every window: the session may end, and may not."""
        for stop in [*self._under_way]:
            stop.set()

    def issue_many(
        self,
        control_numbers: Sequence[int],
        tell: Callable[[BatchResult], None],
        stop: threading.Event,
        read: Mapping[int, int] | None = None,
    ) -> tuple[BatchResult, ...]:
        """Issue each filing once; rows after 中止 (or after a trouble that all would meet) stay 未送信.

        Args:
            control_numbers: 依頼前 filings, in the order of sending.
            tell: called on a worker as each row ends.
            stop: set it to send nothing more; what is under way ends properly.
            read: which version of each was read: one that was changed since then is not sent.
        """
        halt = _Halt(stop)

        def one(control_number: int) -> BatchResult:
            try:
                result = self._issue_one(control_number, (read or {}).get(control_number), halt)
            except errors.OneStopError as error:
                result = halt.result(control_number, error)
            except Exception as bug:  # noqa: BLE001 - told as bugs are; it costs this row alone, not the others' results
                result = BatchResult(control_number, RowState.UNKNOWN, error=tell_bug(bug))
            tell(result)
            return result

        self._under_way.add(stop)
        if self._ended:
            stop.set()
        try:
            with ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="issue") as pool:
                return tuple(pool.map(one, control_numbers))
        finally:
            self._under_way.discard(stop)

    def _issue_one(self, control_number: int, read: int | None, halt: _Halt) -> BatchResult:
        tries = 0
        while not halt.is_set():
            tries += 1
            try:
                filing = self._delivery.issue(control_number, read)
            except errors.Overloaded as error:
                read = self._delivery.sender.stored(control_number).version  # 依頼前 again, by our own writing
                if tries == TRIES or not halt.wait_for(error):
                    raise
            else:
                return BatchResult(control_number, RowState.FILED, filing.filing_id)
        return BatchResult(control_number, RowState.NOT_SENT, error=halt.reason)


class _Halt:
    """Says when to send nothing more: the clerk's 中止, or a trouble that every further row would meet."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._over = threading.Event()
        self.reason: errors.OneStopError | None = None
        """The trouble that stopped the rest; None when it was the clerk."""

    def is_set(self) -> bool:
        return self._stop.is_set() or self._over.is_set()

    def wait_for(self, error: errors.Overloaded) -> bool:
        """Wait as long as the service asked; False when that is too long, was not said, or the service is closed."""
        if error.retry_after is None or error.retry_after > LONGEST_WAIT or isinstance(error, errors.ServiceClosed):
            return False
        for _ in range(error.retry_after):  # second by second, so that another row's trouble is heard too
            if self.is_set():
                break
            self._stop.wait(1)
        return True

    def result(self, control_number: int, error: errors.OneStopError) -> BatchResult:
        """Return what became of a row that was not filed, and stop the rest if they would fare the same."""
        if isinstance(error, STOPS_THE_REST):
            self.reason = self.reason or error
            self._over.set()
        return BatchResult(control_number, _state_after(error), error=error)


def _state_after(error: errors.OneStopError) -> RowState:
    match error:
        # it may be filed; its state says so, or settling finds out
        case errors.NoAnswer() | errors.StoreError() | errors.TakenOver():
            return RowState.UNKNOWN
        case errors.Refused() | errors.InvalidInput():
            return RowState.REFUSED
        case _:
            return RowState.NOT_SENT
