"""F9 一括申請: the review before anything is sent, and the sending of many with 中止."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from onestop import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onestop.services.issuing import IssuingService

AT_A_TIME: Final = 4
"""Requests under way together."""
LONGEST_WAIT: Final = 60
"""Seconds that a 429 is waited for before the rest is left for later."""
TRIES: Final = 3
"""How often one row is tried while the service is overloaded."""


class RowState(Enum):
    """What became of one row of 一括申請, in the words of the result list."""

    WAITING = "送信待ち"
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


STOPS_THE_REST: Final = (errors.NotReached, errors.CredentialsRefused, errors.Overloaded, errors.NotConfigured)
"""Troubles that every further row would meet as well."""


class BatchService:
    """Issues many filings, each exactly as F5 does."""

    def __init__(self, issuing: IssuingService) -> None:
        self._issuing = issuing

    def issue_many(
        self, control_numbers: Sequence[int], tell: Callable[[BatchResult], None], stop: threading.Event
    ) -> tuple[BatchResult, ...]:
        """Issue each filing once; rows after 中止 (or after a trouble that all would meet) stay 未送信.

        Args:
            control_numbers: 依頼前 filings, in the order of sending.
            tell: called on a worker as each row ends.
            stop: set it to send nothing more; what is under way ends properly.
        """
        halt = _Halt(stop)

        def one(control_number: int) -> BatchResult:
            result = self._issue_one(control_number, halt)
            tell(result)
            return result

        with ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="issue") as pool:
            return tuple(pool.map(one, control_numbers))

    def _issue_one(self, control_number: int, halt: _Halt) -> BatchResult:
        for _ in range(TRIES):
            if halt.is_set():
                break
            try:
                filing = self._issuing.issue(control_number)
            except errors.ServiceClosed as error:
                halt.because(error)
            except errors.Overloaded as error:
                halt.wait_for(error)
            except STOPS_THE_REST as error:
                halt.because(error)
            except errors.NoAnswer as error:
                return BatchResult(control_number, RowState.UNKNOWN, error=error)
            except errors.OneStopError as error:
                return BatchResult(control_number, RowState.REFUSED, error=error)
            else:
                return BatchResult(control_number, RowState.FILED, filing.filing_id)
        return BatchResult(control_number, RowState.NOT_SENT, error=halt.reason)


class _Halt:
    """Says when to send nothing more: the clerk's 中止, or a trouble that every further row would meet."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._over = threading.Event()
        self.reason: errors.OneStopError | None = None

    def is_set(self) -> bool:
        return self._stop.is_set() or self._over.is_set()

    def because(self, error: errors.OneStopError) -> None:
        self.reason = self.reason or error
        self._over.set()

    def wait_for(self, error: errors.Overloaded) -> None:
        """Wait as long as the service asked, or give up when that is too long or was not said."""
        if error.retry_after is None or error.retry_after > LONGEST_WAIT:
            self.because(error)
            return
        self.reason = error
        self._stop.wait(error.retry_after)
