"""適合証・証明証発行 at AIRAS: issuing once, 訂正, 引戻, 削除, how it stands, and the wait for e-JIBAI's data."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.certificate_words import BEING_MADE, CORRECTABLE, DELETED, may_delete, may_pull_back
from onestop.model.pullback import GIVEN_UP
from onestop.model.sending_state import Sending
from onestop.services.conformity.channel import STILL_UNKNOWN
from onestop.services.conformity.form import form_of_certificate
from onestop.services.conformity.outcomes import follow_clock, write_deleted, write_failure
from onestop.services.conformity.payload import frozen
from onestop.services.delivery.ask import subject_of
from onestop.services.delivery.destinations import refuse_elsewhere
from onestop.services.delivery.send import CHANGED_SINCE_READ
from onestop.services.delivery.table import SEND_AGAIN_WITHIN
from onestop.services.inspection.belonging import belongs_to_ended, join_inspection
from onestop.services.saving import CHANGED_BEFORE_DELETION, refuse_unread
from onestop.services.tended import Tended

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop.gateway.airas import AirasClient, Certificate
    from onestop.model.certificates import ConformityCertificate
    from onestop.services.conformity.form import ConformityForm
    from onestop.services.delivery.delivery import Delivery
    from onestop.services.delivery.leases import Lease
    from onestop.services.delivery.refresh_many import RefreshMany

NOT_CORRECTABLE: Final = (
    "訂正できるのは、AIRASで作成中か却下のときだけです。作成済の保適証は、先に Alt+P 引戻 を行ってください。"
)
NOT_PULLABLE: Final = (
    "この状態では引戻できません(OSS申請は作成済、窓口申請は作成済か報告済のときだけです)。"
    "受付後は、代理人に差戻を頼んでください。"
)
OF_BEFORE: Final = "前回の車検の保適証です。記録として残すため、削除できません。"
NOT_DELETABLE: Final = "この状態では削除できません(作成中・作成済・却下のときだけです)。"
LOOK_EVERY: Final = dt.timedelta(minutes=1)
"""Between two looks at a 引戻 that is under way; it takes 20 to 30 minutes."""


def place_of(control_number: int) -> str:
    """Name where unsaved typing of a certificate is kept."""
    return f"conformity/{control_number}"


class ConformityService:
    """What AIRAS is told and asked besides issuing, which its delivery does. Call its methods on a worker only."""

    def __init__(
        self,
        airas: AirasClient,
        delivery: Delivery[ConformityCertificate, Certificate],
        many: RefreshMany[ConformityCertificate, Certificate],
    ) -> None:
        self.delivery = delivery
        self.many = many
        self._sender = delivery.sender
        self._database = delivery.sender.database
        self._airas = airas
        self._clock = delivery.sender.clock
        self._edited: set[int] = set()
        self._edited_guard = threading.Lock()

    # --- 訂正, 引戻, 削除

    def correct(self, control_number: int, read: int | None = None) -> ConformityCertificate:
        """F5 訂正送信 of what was saved, while 作成中 or 却下. Safe to repeat: the whole certificate goes out.

        AIRAS is asked first: an earlier 訂正 whose answer was lost may have arrived, and then nothing is sent.

        Raises:
            InvalidInput: AIRAS would refuse it; nothing was sent.
            NotAllowed: it is neither 作成中 nor 却下 (any more), it is under way, here or at another desk, or it was
                changed since it was read.
            Refused: code 127 (a wait, noted in the record) or another reason; what AIRAS has did not change.
            ServiceError: whether it arrived is unknown; `refresh` tells.
        """
        with self._sender.holding(control_number) as lease:
            seen = self._sender.stored(control_number)
            refuse_unread(seen, read, CHANGED_SINCE_READ)
            certificate = self.delivery.progress.refresh(control_number)
            if certificate.counts_as not in CORRECTABLE:
                raise errors.NotAllowed(NOT_CORRECTABLE)
            body, before = self._intend_correction(lease, form_of_certificate(seen))
            question = self._sender.turns.next(certificate)
            try:
                self._sender.leases.refuse_late(lease)
                answer = self._airas.correct(certificate.certificate_number or "", body)
            except errors.OneStopError as error:
                self._not_corrected(lease, error, before)
                raise
            return self.delivery.progress.write_down(control_number, answer, question)

    def _intend_correction(self, lease: Lease, seen: ConformityForm) -> tuple[str, str | None]:
        """Write down what goes out: what was `seen` before AIRAS was asked, which may have taken long."""
        with self._database.write() as shelves:
            certificate = shelves.conformity.get(lease.control_number)
            self._sender.leases.renew(certificate, lease)
            if form_of_certificate(certificate) != seen:
                raise errors.ChangedMeanwhile(CHANGED_SINCE_READ)
            join_inspection(shelves, certificate, self._clock.now())
            before, today = certificate.payload, self._clock.today()
            certificate.payload = frozen(certificate, shelves, today)
            self._sender.since_sent.note(certificate)
            certificate.refusal = None
            return certificate.payload, before

    def _not_corrected(self, lease: Lease, error: errors.OneStopError, before: str | None) -> None:
        """After a trouble that leaves it open, the words that were sent stay noted as those that AIRAS may have."""
        with self._sender.writing_down() as shelves:
            certificate = shelves.conformity.get(lease.control_number)
            self._sender.leases.renew(certificate, lease)
            write_failure(certificate, error, self._clock.now())
            if isinstance(error, errors.Refused):
                certificate.payload = before

    def pull_back(self, control_number: int, reason: str) -> ConformityCertificate:
        """引戻; it takes 20 to 30 minutes until the certificate is 作成中.

        Raises:
            InvalidInput: the reason is empty or too long; nothing was sent.
            NotAllowed: it is not possible in this state; nothing was sent.
            ServiceError: AIRAS did not do it, or did not answer; then it is looked after as if it had.
        """
        with self._sender.holding(control_number) as lease:
            certificate = self._sender.stored(control_number)
            is_issued = certificate.certificate_number is not None
            if not is_issued or not may_pull_back(certificate.application_kind, certificate.status):
                raise errors.NotAllowed(NOT_PULLABLE)
            refuse_elsewhere(certificate, self._airas.destination())
            question = self._sender.turns.next(certificate)
            self._sender.leases.refuse_late(lease)
            try:
                answer = self._airas.pull_back(subject_of(certificate), reason)
            except errors.NoAnswer:
                self._note_pullback(control_number, question.at)
                raise
            self._note_pullback(control_number, question.at)
            return self.delivery.progress.write_down(control_number, answer, question)

    def _note_pullback(self, control_number: int, asked_at: dt.datetime) -> None:
        with self._sender.writing_down() as shelves:
            shelves.conformity.get(control_number).pullback_requested_at = asked_at

    def delete(self, control_number: int, read: int | None = None) -> ConformityCertificate | None:
        """F2 削除: of a draft here, of an issued one at AIRAS; returns the latter as it stands then.

        Raises:
            NotAllowed: it is not possible in this state, it is unknown whether it was issued, it is the record of
                an inspection that has ended, or it was changed since it was read.
            ServiceError: AIRAS did not do it, or did not answer.
        """
        with self._sender.holding(control_number) as lease:
            with self._database.write() as shelves:
                certificate = shelves.conformity.get(control_number)
                refuse_unread(certificate, read, CHANGED_BEFORE_DELETION)
                if certificate.sending is Sending.DRAFT:
                    shelves.conformity.delete(control_number)
                    lease.is_over = True
                    return None
            if certificate.certificate_number is None:
                raise errors.NotAllowed(STILL_UNKNOWN)
            if not may_delete(certificate.status):
                raise errors.NotAllowed(NOT_DELETABLE)
            with self._database.read() as shelves:  # what a car was inspected with is kept
                if belongs_to_ended(shelves, certificate):
                    raise errors.NotAllowed(OF_BEFORE)
            taking = self.delivery.taking_back
            earlier = taking.take_back(lease, certificate, self._airas.delete, lambda found: found.status == DELETED)
            return earlier or taking.note(control_number, write_deleted)

    # --- how it stands

    def refresh(self, control_number: int) -> ConformityCertificate:
        """F7 状態確認 of one certificate: a lost answer is settled, an issued one is asked about.

        Raises:
            ServiceError: AIRAS could not be asked; nothing was changed.
        """
        if self._sender.stored(control_number).sending.is_unsettled:
            return self.delivery.settle_one(control_number)
        return self.delivery.progress.refresh(control_number)

    # --- what the running program looks after by itself

    def hold(self, control_number: int) -> None:
        """Send nothing of this certificate by itself: the clerk is changing it."""
        with self._edited_guard:
            self._edited.add(control_number)

    def release(self, control_number: int) -> None:
        """Let it be sent by itself again."""
        with self._edited_guard:
            self._edited.discard(control_number)

    def tend(self) -> tuple[Tended, ...]:
        """Try again what is due, settle a try whose answer was lost, and look whether a 引戻 is done.

        Called by the running program every little while. Nothing is sent that is being edited.
        """
        now = self._clock.now()
        self._follow_clock(now)
        with self._database.read() as shelves:
            seen = self._sender.leases.seen()
            lost = shelves.conformity.lost_while_waiting(now - SEND_AGAIN_WITHIN, seen)
            due = [each for each in shelves.conformity.due(seen) if not shelves.typing.is_typed(place_of(each))]
            pulled = shelves.conformity.pulling_back(now - GIVEN_UP, now - LOOK_EVERY)
        with self._edited_guard:
            due = [each for each in due if each not in self._edited]
        done = [self._tend_one(each, self.refresh) for each in lost]
        done += [self._tend_one(each, self._try_again) for each in due]
        done += [self._tend_one(each, self.refresh) for each in pulled]
        return tuple(each for each in done if each is not None)

    def _follow_clock(self, now: dt.datetime) -> None:
        with self._database.read() as shelves:
            ahead = shelves.conformity.written_ahead(now)
        if not ahead:
            return
        with self._database.write() as shelves:
            for number in ahead:
                follow_clock(shelves.conformity.get(number), now)

    def _try_again(self, control_number: int) -> ConformityCertificate:
        is_draft = self._sender.stored(control_number).sending is Sending.DRAFT
        return self.delivery.issue(control_number) if is_draft else self.correct(control_number)

    def _tend_one(self, control_number: int, attempt: Callable[[int], ConformityCertificate]) -> Tended | None:
        before = self._stored(control_number)
        if before is None:
            return None
        error: errors.OneStopError | None = None
        try:
            attempt(control_number)
        except errors.OneStopError as trouble:
            error = trouble
            self._put_off(control_number, trouble)
        after = self._stored(control_number)
        if after is None or (after.version == before.version and error is None):
            return None
        issued = before.waiting_since is not None and after.sending is Sending.FILED and after.waiting_since is None
        editable = before.pullback_requested_at is not None and after.counts_as == BEING_MADE
        number = after.certificate_number if issued else None
        return Tended(control_number, after.vehicle_id, number, editable, error)

    def _stored(self, control_number: int) -> ConformityCertificate | None:
        try:
            return self._sender.stored(control_number)
        except errors.NotAllowed:  # deleted meanwhile
            return None

    def _put_off(self, control_number: int, error: errors.OneStopError) -> None:
        """See to it that one which failed before anything was sent is not tried again at once."""
        now = self._clock.now()
        certificate = self._stored(control_number)
        if certificate is None or certificate.next_try_at is None or certificate.next_try_at > now:
            return
        with self._database.write() as shelves:
            write_failure(shelves.conformity.get(control_number), error, now)
