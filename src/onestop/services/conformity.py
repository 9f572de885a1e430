"""適合証・証明証発行 at AIRAS: issuing once, 訂正, 引戻, 削除, how it stands, and the wait for e-JIBAI's data."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, ClassVar, Final

from onestop import errors
from onestop.gateway.subject import Subject
from onestop.model.certificate_words import BEING_MADE, CORRECTABLE, DELETED, may_delete, may_pull_back
from onestop.model.certificates import ConformityCertificate
from onestop.model.pullback import GIVEN_UP
from onestop.model.sending_state import Sending
from onestop.services.asking import ask_again, how_it_stands, subject_of, subject_of_filed
from onestop.services.comparing import Comparing
from onestop.services.conformity_outcomes import Question, Questions, follow_clock, write_failure
from onestop.services.conformity_payload import frozen
from onestop.services.deciding import Candidate
from onestop.services.destinations import refuse_elsewhere
from onestop.services.inspection.belonging import belongs_to_ended, join_inspection
from onestop.services.inspection.noting import note_days
from onestop.services.progress import BATCH, Refreshed
from onestop.services.sending import SEND_AGAIN_WITHIN
from onestop.services.tended import Tended
from onestop.services.written_down import writing_down

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Mapping, Sequence

    from onestop.clock import Clock
    from onestop.gateway.airas import AirasClient, Certificate
    from onestop.gateway.transport import Destination
    from onestop.services.settling import Likeness
    from onestop.store.database import Database, Shelves
    from onestop.store.sent import Filed, Witness

UNDER_WAY: Final = "この保適証は送信中です。終わるまでお待ちください。"
ALREADY_ISSUED: Final = "この保適証はすでに発行されています。二重には発行されません。"
STILL_UNKNOWN: Final = "前回の送信が受け付けられたかどうかを確認中です。F7 状態確認 で確かめてください。"
NOT_CORRECTABLE: Final = (
    "訂正できるのは、AIRASで作成中か却下のときだけです。作成済の保適証は、先に F6 引戻 を行ってください。"
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


class ConformityService(Comparing["ConformityCertificate", "Certificate"]):
    """Everything that AIRAS is told or asked. Its methods block: call them on a worker only."""

    kind = ConformityCertificate
    called = "AIRAS"
    decide_there = "適合証・証明証発行で開いて F7 状態確認 を押すと、どうするかを選べます。"
    why_not: ClassVar[Mapping[Sending, str]] = {
        Sending.SENDING: UNDER_WAY,
        Sending.UNKNOWN: STILL_UNKNOWN,
        Sending.FILED: ALREADY_ISSUED,
    }

    def __init__(self, database: Database, airas: AirasClient, clock: Clock, quiet: dt.timedelta) -> None:
        super().__init__(database, airas, clock, quiet)
        self._airas = airas
        self._questions = Questions(clock)
        self._edited: set[int] = set()
        self._edited_guard = threading.Lock()

    # --- how a certificate is sent once

    def _get(self, shelves: Shelves, control_number: int) -> ConformityCertificate:
        return shelves.conformity.get(control_number)

    def _subject(self, record: ConformityCertificate) -> Subject:
        return subject_of(record)

    def _unsettled(self, shelves: Shelves) -> tuple[int, ...]:
        return shelves.conformity.unsettled()

    def _freezer(self) -> Callable[[ConformityCertificate, Shelves], str]:
        today = self._clock.today()
        return lambda certificate, shelves: frozen(certificate, shelves, today)

    def _post(self, key: uuid.UUID, body: str) -> Certificate:
        return self._airas.issue(key, body)

    def _by_key(self, subject: Subject) -> Sequence[Certificate]:
        return self._airas.find_by_key(subject)

    def _otherwise(self, record: ConformityCertificate) -> Sequence[Certificate]:
        """Ask by number."""
        found = self._under_number(record.control_number)
        with self._database.read() as shelves:
            return [each for each in found if not shelves.conformity.knows_number(each.certificate_number)]

    def _under_number(self, control_number: int) -> Sequence[Certificate]:
        return self._airas.find_by_number(control_number)

    def _drafts(self, shelves: Shelves) -> tuple[int, ...]:
        return shelves.conformity.drafts()

    def _likeness(self, record: ConformityCertificate, answer: Certificate) -> Likeness:
        return self._likeness_by_chassis(record, record.chassis_number, answer.chassis_told, answer.issued_at)

    def _witness(self, shelves: Shelves, record: ConformityCertificate, address: str) -> Witness | None:
        return shelves.conformity.last_filed(address, record.first_sent_at)

    def _candidate(self, answer: Certificate) -> Candidate:
        return Candidate(answer.certificate_number, answer.issued_at, answer.status)

    def _fetch(self, record: ConformityCertificate, number: str) -> Certificate:  # noqa: ARG002 - a 交付番号 is enough
        return self._airas.certificate(Subject(number=number))

    def _is_anothers(self, shelves: Shelves, record: ConformityCertificate, answer: Certificate) -> bool:
        known = shelves.conformity.knows_number(answer.certificate_number)
        return record.certificate_number != answer.certificate_number and known

    def _write(self, record: ConformityCertificate, answer: Certificate) -> None:
        self._questions.write(record, answer, self._questions.next())

    def _written(self, shelves: Shelves, record: ConformityCertificate) -> None:
        super()._written(shelves, record)
        note_days(shelves, record.vehicle_id, self._clock.today())

    def _came_back(self, record: ConformityCertificate, error: errors.OneStopError | None) -> None:
        write_failure(record, error, self._clock.now())

    # --- 訂正, 引戻, 削除

    def correct(self, control_number: int) -> ConformityCertificate:
        """F5 訂正送信 of what was saved, while 作成中 or 却下. Safe to repeat: the whole certificate goes out.

        AIRAS is asked first: an earlier 訂正 whose answer was lost may have arrived, and then nothing is sent.

        Raises:
            InvalidInput: AIRAS would refuse it; nothing was sent.
            NotAllowed: it is neither 作成中 nor 却下 (any more), or it is under way.
            Refused: code 127 (a wait, noted in the record) or another reason; what AIRAS has did not change.
            ServiceError: whether it arrived is unknown; `refresh` tells.
        """
        with self._claim(control_number):
            certificate = self._ask_how(control_number)
            if certificate.status not in CORRECTABLE:
                raise errors.NotAllowed(NOT_CORRECTABLE)
            body, before = self._intend_correction(control_number)
            question = self._questions.next()
            try:
                answer = self._airas.correct(certificate.certificate_number or "", body)
            except errors.OneStopError as error:
                self._not_corrected(control_number, error, before)
                raise
            return self._write_down(control_number, answer, question)

    def _intend_correction(self, control_number: int) -> tuple[str, str | None]:
        with self._database.write() as shelves:
            certificate = shelves.conformity.get(control_number)
            join_inspection(shelves, certificate, self._clock.now())
            before, today = certificate.payload, self._clock.today()
            certificate.payload = frozen(certificate, shelves, today)
            self._since_sent.note(certificate)
            certificate.refusal = None
            return certificate.payload, before

    def _not_corrected(self, control_number: int, error: errors.OneStopError, before: str | None) -> None:
        """After a trouble that leaves it open, the words that were sent stay noted as those that AIRAS may have."""
        with writing_down(self._database) as shelves:
            certificate = shelves.conformity.get(control_number)
            write_failure(certificate, error, self._clock.now())
            if isinstance(error, errors.Refused):
                certificate.payload = before

    def pull_back(self, control_number: int, reason: str) -> ConformityCertificate:
        """F6 引戻; it takes 20 to 30 minutes until the certificate is 作成中.

        Raises:
            InvalidInput: the reason is empty or too long; nothing was sent.
            NotAllowed: it is not possible in this state; nothing was sent.
            ServiceError: AIRAS did not do it, or did not answer; then it is looked after as if it had.
        """
        with self._claim(control_number):
            with self._database.read() as shelves:
                certificate = shelves.conformity.get(control_number)
            number = certificate.certificate_number
            if number is None or not may_pull_back(certificate.application_kind, certificate.status):
                raise errors.NotAllowed(NOT_PULLABLE)
            refuse_elsewhere(certificate, self._airas.destination())
            question = self._questions.next()
            try:
                answer = self._airas.pull_back(subject_of(certificate), reason)
            except errors.NoAnswer:
                self._note_pullback(control_number, question.at)
                raise
            self._note_pullback(control_number, question.at)
            return self._write_down(control_number, answer, question)

    def _note_pullback(self, control_number: int, asked_at: dt.datetime) -> None:
        with writing_down(self._database) as shelves:
            shelves.conformity.get(control_number).pullback_requested_at = asked_at

    def delete(self, control_number: int) -> ConformityCertificate | None:
        """F2 削除: of a draft here, of an issued one at AIRAS; returns the latter as it stands then.

        Raises:
            NotAllowed: it is not possible in this state, it is unknown whether it was issued, or it is the record of
                an inspection that has ended.
            ServiceError: AIRAS did not do it, or did not answer.
        """
        with self._claim(control_number):
            with self._database.write() as shelves:
                certificate = shelves.conformity.get(control_number)
                if certificate.sending is Sending.DRAFT:
                    shelves.conformity.delete(control_number)
                    return None
            number = certificate.certificate_number
            if number is None:
                raise errors.NotAllowed(STILL_UNKNOWN)
            if not may_delete(certificate.status):
                raise errors.NotAllowed(NOT_DELETABLE)
            self._refuse_of_before(certificate)
            refuse_elsewhere(certificate, self._airas.destination())
            return self._delete_at_airas(control_number, number)

    def _refuse_of_before(self, certificate: ConformityCertificate) -> None:
        """Keep what a car was inspected with: of an inspection that has ended nothing is taken away at AIRAS."""
        with self._database.read() as shelves:
            if belongs_to_ended(shelves, certificate):
                raise errors.NotAllowed(OF_BEFORE)

    def _delete_at_airas(self, control_number: int, number: str) -> ConformityCertificate:
        try:
            self._airas.delete(number)
        except errors.Refused:  # or an earlier 削除 took place and its answer was lost
            certificate = self._ask_how(control_number)
            if certificate.status != DELETED:
                raise
            return certificate
        with writing_down(self._database) as shelves:
            certificate = shelves.conformity.get(control_number)
            self._questions.write_deleted(certificate)
        return certificate

    # --- how it stands

    def refresh(self, control_number: int) -> ConformityCertificate:
        """F7 状態確認 of one certificate: a lost answer is settled, an issued one is asked about.

        Raises:
            ServiceError: AIRAS could not be asked; nothing was changed.
        """
        with self._database.read() as shelves:
            certificate = shelves.conformity.get(control_number)
        if certificate.sending.is_unsettled:
            return self.settle_one(control_number)
        return self._ask_how(control_number)

    def refresh_many(
        self,
        control_numbers: Sequence[int],
        tell: Callable[[Refreshed], None] | None = None,
        stop: threading.Event | None = None,
    ) -> Refreshed:
        """Refresh those that AIRAS has and that are not finished, at most 200 in one request.

        Args:
            control_numbers: the rows shown.
            tell: called after each batch, on a worker, with the counts so far.
            stop: set it to ask nothing more.
        """
        with self._database.read() as shelves:
            wanted = shelves.conformity.refreshable(control_numbers)
        if not wanted:
            return Refreshed()
        try:
            destination = self._airas.destination()
        except errors.OneStopError as error:
            return Refreshed(wanted=len(wanted)).plus(Refreshed.not_asked(len(wanted), error))
        with self._database.read() as shelves:
            numbers = [each.control_number for each in wanted]
            away = shelves.conformity.sent_elsewhere(numbers, destination.address)
        here = [each for each in wanted if each.control_number not in away]
        total = Refreshed(wanted=len(wanted)).plus(Refreshed.left_alone(away))
        for start in range(0, len(here), BATCH):
            if stop is not None and stop.is_set():
                break
            total = total.plus(self._refresh_batch(here[start : start + BATCH], destination))
            if tell is not None:
                tell(total)
        return total

    def _refresh_batch(self, batch: Sequence[Filed], destination: Destination) -> Refreshed:
        question = self._questions.next()
        try:
            answer = self._airas.progress([subject_of_filed(each) for each in batch])
        except errors.OneStopError as error:  # also credentials that are missing or cannot be read
            return Refreshed.not_asked(len(batch), error)
        answer = ask_again(answer, batch, destination, self._by_key)
        counted = Refreshed.of(answer, self._airas.thing)
        with writing_down(self._database) as shelves:
            for told in answer.known:
                try:
                    self._write_told(shelves, shelves.conformity.get(told.control_number), told, question)
                except errors.AnswerOfAnother as error:
                    counted = counted.but_of_another(error)
        return counted

    def _ask_how(self, control_number: int) -> ConformityCertificate:
        with self._database.read() as shelves:
            certificate = shelves.conformity.get(control_number)
        if certificate.certificate_number is None or certificate.sending is not Sending.FILED:
            return certificate
        refuse_elsewhere(certificate, self._airas.destination())
        question = self._questions.next()
        answer = how_it_stands(certificate, self._airas.certificate, self._by_key)
        return self._write_down(control_number, answer, question)

    def _write_down(self, control_number: int, answer: Certificate, question: Question) -> ConformityCertificate:
        with writing_down(self._database) as shelves:
            certificate = shelves.conformity.get(control_number)
            self._write_told(shelves, certificate, answer, question)
        return certificate

    def _write_told(
        self, shelves: Shelves, certificate: ConformityCertificate, answer: Certificate, question: Question
    ) -> None:
        self._refuse_anothers(shelves, certificate, answer)
        self._questions.write(certificate, answer, question)
        self._written(shelves, certificate)

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
            lost = shelves.conformity.lost_while_waiting(now - SEND_AGAIN_WITHIN)
            due = [each for each in shelves.conformity.due(now) if shelves.typing.get(place_of(each)) is None]
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
        with self._database.read() as shelves:
            certificate = shelves.conformity.get(control_number)
        return self.issue(control_number) if certificate.sending is Sending.DRAFT else self.correct(control_number)

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
        editable = before.pullback_requested_at is not None and after.status == BEING_MADE
        number = after.certificate_number if issued else None
        return Tended(control_number, after.vehicle_id, number, editable, error)

    def _stored(self, control_number: int) -> ConformityCertificate | None:
        try:
            with self._database.read() as shelves:
                return shelves.conformity.get(control_number)
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
