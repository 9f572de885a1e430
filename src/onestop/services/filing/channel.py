"""申請 at AINAS, as a delivery uses it."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, ClassVar, Final

from onestop import errors
from onestop.gateway.ainas import FILING_ID, FilingProgress
from onestop.model.filing import Filing, FilingFee
from onestop.model.sending_state import Sending
from onestop.services.delivery.channel import Channel, Likeness, likeness_by_chassis
from onestop.services.delivery.table import CLOCKS_APART
from onestop.services.filing.procedures.renewal import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from onestop.clock import Clock
    from onestop.gateway.ainas import AinasClient
    from onestop.gateway.subject import SortedOut, Subject
    from onestop.services.settings.service import SettingsService
    from onestop.store.database import Shelves
    from onestop.store.shelves.filings import FilingShelf
    from onestop.store.shelves.sendable import Filed

UNDER_WAY: Final = "この申請は送信中です。終わるまでお待ちください。"
ALREADY_ISSUED: Final = "この申請はすでに発行されています。二重には申請されません。"
STILL_UNKNOWN: Final = (
    "前回の送信が受け付けられたかどうかを確認中です。申請確認 または 一覧の F7 検索 で確かめてください。"
)
NO_FILING_ID: Final = "申請IDは数字10桁です。"
REMEMBERED: Final = dt.timedelta(days=60)
"""Since it was issued. AINAS forgets a filing 40 days after its completion (DOMAIN §3): that it does not know a younger
one that is unfinished is no knowledge, but a moment's trouble or another account."""


class FilingChannel(Channel[Filing, FilingProgress]):
    """What AINAS is told and asked of filings."""

    kind = Filing
    called = "AINAS"
    decide_there = "申請書発行で開いて 申請確認(Alt+K)を押すと、どうするかを選べます。"
    why_not: ClassVar[Mapping[Sending, str]] = {
        Sending.SENDING: UNDER_WAY,
        Sending.UNKNOWN: STILL_UNKNOWN,
        Sending.FILED: ALREADY_ISSUED,
    }
    at_a_time = 4

    def __init__(self, ainas: AinasClient, settings: SettingsService, clock: Clock) -> None:
        self.service: AinasClient = ainas
        self._settings = settings
        self._clock = clock

    def shelf(self, shelves: Shelves) -> FilingShelf:
        """申請."""
        return shelves.filings

    def freezer(self) -> Callable[[Filing, Shelves], str]:
        """Check and write as of now, for the sites of 設定."""
        sites, now = self._settings.sites(), self._clock.now()
        return lambda filing, shelves: frozen(filing, shelves, sites, now)

    def find_by_number(self, record: Filing) -> Sequence[FilingProgress]:
        """Ask by number, and by the site that it was sent for."""
        site = _sent(record).get("requester_site_code") or self._settings.sites()[0]
        return self.service.find_by_number(record.control_number, site)

    def has_number(self, control_number: int) -> bool:
        """By 管理番号 and the site of 設定."""
        return bool(self.service.find_by_number(control_number, self._settings.sites()[0]))

    def look_up(self, record: Filing, number: str) -> FilingProgress:
        """By 申請ID."""
        if FILING_ID.fullmatch(number) is None:
            raise errors.InvalidInput(errors.Problem("filing_id", NO_FILING_ID))
        return super().look_up(record, number)

    def likeness(self, record: Filing, answer: FilingProgress, *, in_time: bool) -> Likeness:
        """By 車台番号 and time."""
        sent = str(_sent(record).get("chassis_number", record.chassis_number))
        return likeness_by_chassis(sent, answer.chassis_told, in_time=in_time)

    def write(self, shelves: Shelves, record: Filing, answer: FilingProgress, asked_at: dt.datetime) -> None:
        """Write what AINAS said, and since when AINAS has it; the place of its inspection follows."""
        write_progress(record, answer, asked_at)
        record.requested_at = record.requested_at or answer.requested_at
        if record.goes_on is not record.is_open:
            shelves.filings.give_place(record.inspection_id or 0)

    def begun(self, record: Filing, now: dt.datetime) -> None:
        """依頼日時."""
        record.requested_at = now

    def came_back(self, record: Filing, error: errors.OneStopError | None, now: dt.datetime) -> None:
        """Clear 依頼日時: nothing was taken."""
        del error, now
        record.requested_at = None

    def forget(self, record: Filing, now: dt.datetime) -> bool:
        """What we have is kept."""
        record.forgotten = True
        record.checked_at = now
        return True

    def goes_on(self, record: Filing) -> bool:
        """Tell whether something may still come of it."""
        return record.goes_on

    def refreshable(self, shelves: Shelves, control_numbers: Sequence[int], now: dt.datetime) -> Sequence[Filed]:
        """Return those that AINAS still knows and that are not closed."""
        return shelves.filings.refreshable(control_numbers, now - REMEMBERED)

    def ask_many(self, subjects: Sequence[Subject]) -> SortedOut[FilingProgress]:
        """By 申請ID."""
        return self.service.progress(subjects)


def _sent(record: Filing) -> dict[str, Any]:
    """Return what was sent."""
    return dict(json.loads(record.payload or "{}"))


def write_progress(filing: Filing, progress: FilingProgress, now: dt.datetime) -> None:
    """Write what AINAS said into the filing. What AINAS dates before what we have changes nothing.

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
    told = [(fee.kind, fee.amount, fee.payment_status, fee.due_date) for fee in progress.fees]
    if told != [(fee.kind, fee.amount, fee.payment_status, fee.due_date) for fee in filing.fees]:
        filing.fees = [
            FilingFee(position=position, kind=kind, amount=amount, payment_status=payment_status, due_date=due_date)
            for position, (kind, amount, payment_status, due_date) in enumerate(told)
        ]
