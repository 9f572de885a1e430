"""保適証 at AIRAS, as a delivery uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from onestop import errors
from onestop.gateway.airas import Certificate
from onestop.model.certificates import ConformityCertificate
from onestop.model.sending_state import Sending
from onestop.services.conformity.outcomes import write_answer, write_failure
from onestop.services.conformity.payload import frozen
from onestop.services.delivery.channel import Channel, Likeness, likeness_by_chassis
from onestop.services.inspection.current import note_days

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from onestop.clock import Clock
    from onestop.gateway.airas import AirasClient
    from onestop.gateway.subject import SortedOut, Subject
    from onestop.services.settings.service import SettingsService
    from onestop.store.database import Shelves
    from onestop.store.shelves.conformity import ConformityShelf
    from onestop.store.shelves.sendable import Filed

UNDER_WAY: Final = "この保適証は送信中です。終わるまでお待ちください。"
ALREADY_ISSUED: Final = "この保適証はすでに発行されています。二重には発行されません。"
STILL_UNKNOWN: Final = "前回の送信が受け付けられたかどうかを確認中です。F7 状態確認 で確かめてください。"


class ConformityChannel(Channel[ConformityCertificate, Certificate]):
    """What AIRAS is told and asked of certificates."""

    kind = ConformityCertificate
    called = "AIRAS"
    decide_there = "適合証・証明証発行で開いて F7 状態確認 を押すと、どうするかを選べます。"
    why_not: ClassVar[Mapping[Sending, str]] = {
        Sending.SENDING: UNDER_WAY,
        Sending.UNKNOWN: STILL_UNKNOWN,
        Sending.FILED: ALREADY_ISSUED,
    }
    at_a_time = 1

    def __init__(self, airas: AirasClient, settings: SettingsService, clock: Clock) -> None:
        self.service: AirasClient = airas
        self._settings = settings
        self._clock = clock

    def shelf(self, shelves: Shelves) -> ConformityShelf:
        """保適証."""
        return shelves.conformity

    def freezer(self) -> Callable[[ConformityCertificate, Shelves], str]:
        """Check and write as of today."""
        today = self._clock.today()
        return lambda certificate, shelves: frozen(certificate, shelves, today)

    def find_by_number(self, record: ConformityCertificate) -> Sequence[Certificate]:
        """By 管理番号."""
        return self.service.find_by_number(record.control_number)

    def has_number(self, control_number: int) -> bool:
        """By 管理番号."""
        return bool(self.service.find_by_number(control_number))

    def likeness(self, record: ConformityCertificate, answer: Certificate, *, in_time: bool) -> Likeness:
        """By 車台番号 and time."""
        return likeness_by_chassis(record.chassis_number, answer.chassis_told, in_time=in_time)

    def write(
        self, shelves: Shelves, record: ConformityCertificate, answer: Certificate, asked_at: dt.datetime
    ) -> None:
        """Write what AIRAS said; see outcomes.py."""
        del shelves
        write_answer(record, answer, asked_at)

    def written(self, shelves: Shelves, record: ConformityCertificate) -> None:
        """Note the days of the inspection."""
        note_days(shelves, record.vehicle_id, self._clock.today())

    def came_back(self, record: ConformityCertificate, error: errors.OneStopError | None, now: dt.datetime) -> None:
        """Note a wait (127), a refusal or a trouble."""
        write_failure(record, error, now, self._opens_after(error, now))

    def _opens_after(self, error: errors.OneStopError | None, now: dt.datetime) -> dt.datetime | None:
        """Return when AIRAS opens by its hours, if it said that it is closed; before that nothing is tried."""
        if not isinstance(error, errors.ServiceClosed):
            return None
        try:
            return self._settings.service_hours(now)[1].opens_next
        except errors.StoreError:  # the hours cannot be read: what happened is written all the same
            return None

    def refreshable(self, shelves: Shelves, control_numbers: Sequence[int], now: dt.datetime) -> Sequence[Filed]:
        """Return the electronic ones that are not finished."""
        del now
        return shelves.conformity.refreshable(control_numbers)

    def ask_many(self, subjects: Sequence[Subject]) -> SortedOut[Certificate]:
        """By 交付番号."""
        return self.service.progress(subjects)
