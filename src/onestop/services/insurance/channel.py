"""自賠責 at e-JIBAI, as a delivery uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from onestop import errors
from onestop.clock import JST
from onestop.gateway.ejibai import Policy
from onestop.model.certificate_words import Origin
from onestop.model.certificates import InsuranceCertificate
from onestop.model.sending_state import Sending
from onestop.services.delivery.channel import Channel, Likeness
from onestop.services.delivery.resolve import ANOTHER_CAR
from onestop.services.inspection.current import note_days
from onestop.services.insurance.payload import frozen, may_be

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from onestop.clock import Clock
    from onestop.gateway.ejibai import EjibaiClient
    from onestop.store.database import Shelves
    from onestop.store.shelves.insurance import InsuranceShelf

UNDER_WAY: Final = "この証明書は送信中です。終わるまでお待ちください。"
ALREADY_ISSUED: Final = "この証明書はすでに発行されています。二重には発行されません。"
STILL_UNKNOWN: Final = "前回の送信が受け付けられたかどうかを確認中です。F7 確認 で確かめてください。"


class InsuranceChannel(Channel[InsuranceCertificate, Policy]):
    """What e-JIBAI is told and asked of policies."""

    kind = InsuranceCertificate
    called = "e-JIBAI"
    decide_there = "自賠責証明書発行で開いて F7 確認 を押すと、どうするかを選べます。"
    why_not: ClassVar[Mapping[Sending, str]] = {
        Sending.SENDING: UNDER_WAY,
        Sending.UNKNOWN: STILL_UNKNOWN,
        Sending.FILED: ALREADY_ISSUED,
    }

    def __init__(self, ejibai: EjibaiClient, clock: Clock) -> None:
        self.service: EjibaiClient = ejibai
        self._clock = clock

    def shelf(self, shelves: Shelves) -> InsuranceShelf:
        """自賠責証明書."""
        return shelves.insurance

    def freezer(self) -> Callable[[InsuranceCertificate, Shelves], str]:
        """Check and write as of today."""
        today = self._clock.today()
        return lambda certificate, shelves: frozen(certificate, shelves, today)

    def find_by_number(self, record: InsuranceCertificate) -> Sequence[Policy]:
        """By 車台番号; 管理番号 and period must agree.

        A policy carries no time of asking, but e-JIBAI sells no two policies of a car for the same days: what agrees
        in all of it and is not known here is the one whose answer was lost.
        """
        found = self.service.find_by_chassis(record.chassis_number)
        return [policy for policy in found if may_be(policy, record)]

    def has_number(self, control_number: int) -> bool:
        """By 管理番号."""
        return bool(self.service.find_by_number(control_number))

    def look_up(self, record: InsuranceCertificate, number: str) -> Policy:
        """Ask for the car's policies: a policy itself does not tell its car."""
        found = self.service.find_by_chassis(record.chassis_number)
        policy = next((each for each in found if each.certificate_number == number), None)
        if policy is None:
            raise errors.NotAllowed(ANOTHER_CAR.format(number=number))
        return policy

    def likeness(self, record: InsuranceCertificate, answer: Policy, *, in_time: bool) -> Likeness:
        """By `find_by_number`, which returns only what agrees with what was sent, where that is known."""
        del answer, in_time
        return Likeness.OURS if record.payload else Likeness.UNCLEAR

    def write(self, shelves: Shelves, record: InsuranceCertificate, answer: Policy, asked_at: dt.datetime) -> None:
        """Write what e-JIBAI said."""
        del shelves
        record.sending = Sending.FILED
        record.origin = Origin.ELECTRONIC
        record.certificate_number = answer.certificate_number
        record.insurer = answer.insurer
        record.contract_kind = answer.contract_kind
        record.start_date = answer.start_at.astimezone(JST).date()
        record.end_date = answer.end_at.astimezone(JST).date()
        record.months = answer.months
        record.premium = answer.premium
        record.status = answer.status
        record.registry_reported_at = answer.registry_reported_at
        record.checked_at = asked_at

    def written(self, shelves: Shelves, record: InsuranceCertificate) -> None:
        """Note the days of the inspection."""
        note_days(shelves, record.vehicle_id, self._clock.today())
