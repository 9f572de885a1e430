"""自賠責証明書発行: one car, one intent, one policy, and what a clerk can want of a certificate besides."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from onestop import errors
from onestop.model.certificate_words import Origin
from onestop.model.certificates import CANCELLED, InsuranceCertificate
from onestop.model.confirmation import remembered
from onestop.model.findings import refuse_errors
from onestop.model.insurance_checks import check_insurance, estimate_premium, has_started
from onestop.model.plate import RegistrationNumber
from onestop.model.rate_tables import premium_classes
from onestop.model.sending_state import Sending
from onestop.services.asking import how_it_stands, subject_of
from onestop.services.car_days import planned_date_of
from onestop.services.comparing import Comparing
from onestop.services.deciding import ANOTHER_CAR, Candidate
from onestop.services.destinations import refuse_elsewhere
from onestop.services.inspection.belonging import (
    is_of_before,
    join_inspection,
    of_inspection_under_way,
    refuse_too_early,
)
from onestop.services.inspection.current import is_unfinished, read_current
from onestop.services.inspection.noting import note_days
from onestop.services.insurance_form import InsuranceForm, fill_certificate, form_of_certificate
from onestop.services.insurance_payload import day_of, frozen, may_be
from onestop.services.insurance_proposal import (
    InsuranceBasis,
    basis_of,
    facts_of,
    old_of,
    proposed_form,
)
from onestop.services.insurance_watch import InsuranceWatch
from onestop.services.settling import Likeness
from onestop.services.written_down import writing_down
from onestop.store.insurers import load_insurers

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.gateway.ejibai import EjibaiClient, Policy
    from onestop.gateway.subject import Subject
    from onestop.model.findings import Finding
    from onestop.model.money import Estimate
    from onestop.model.vehicle import Vehicle
    from onestop.services.tended import Tended
    from onestop.store.database import Database, Shelves
    from onestop.store.sent import Witness

UNDER_WAY: Final = "この証明書は送信中です。終わるまでお待ちください。"
ALREADY_ISSUED: Final = "この証明書はすでに発行されています。二重には発行されません。"
STILL_UNKNOWN: Final = "前回の送信が受け付けられたかどうかを確認中です。F7 確認 で確かめてください。"
NOT_A_DRAFT: Final = "発行済みの証明書は変更できません。"
CHANGED_ELSEWHERE: Final = "この証明書は別の画面で変更されました。画面を開き直してから入力してください。"
HAS_ONE: Final = "この車両には発行前の自賠責証明書がすでにあります。画面を開き直してください。"
NUMBER_KNOWN: Final = "この保険証番号はすでに登録されています。"
STARTED: Final = "保険期間が始まっているため取消できません。保険会社に連絡してください。"
NOT_HERE: Final = "ここで発行した証明書ではないため、取消できません。発行した代理店か保険会社に連絡してください。"
BLANK_PLATE: Final = RegistrationNumber("", "", "", "")


@dataclass(frozen=True, slots=True)
class OpenedInsurance:
    """What 自賠責証明書発行 shows: the form, and the certificate behind it (None until it is first saved)."""

    form: InsuranceForm
    certificate: InsuranceCertificate | None
    vehicle_id: int
    basis: InsuranceBasis
    insurers: tuple[str, ...]
    """What is offered for 保険会社."""
    rate_classes: tuple[str, ...]
    """What is offered for 車種."""


@dataclass(frozen=True, slots=True)
class AssessedInsurance:
    """What there is to say of a form that is being typed."""

    end_date: dt.date | None
    estimate: Estimate | None
    """見込; None while 始期 or months are missing."""
    findings: tuple[Finding, ...]


class InsuranceService(Comparing[InsuranceCertificate, "Policy"]):
    """Issues certificates at e-JIBAI, settles those whose answer was lost, and keeps those of elsewhere."""

    kind = InsuranceCertificate
    called = "e-JIBAI"
    decide_there = "自賠責証明書発行で開いて F7 確認 を押すと、どうするかを選べます。"
    why_not: ClassVar[Mapping[Sending, str]] = {
        Sending.SENDING: UNDER_WAY,
        Sending.UNKNOWN: STILL_UNKNOWN,
        Sending.FILED: ALREADY_ISSUED,
    }

    def __init__(
        self, database: Database, ejibai: EjibaiClient, clock: Clock, quiet: dt.timedelta, insurers: Path
    ) -> None:
        """`insurers` is this desk's own list, which need not be there."""
        super().__init__(database, ejibai, clock, quiet)
        self._ejibai = ejibai
        self._insurers = insurers
        self._watch = InsuranceWatch(database, clock, self.refresh)

    # --- opening and saving

    def open(self, vehicle_id: int | None, control_number: int | None = None) -> OpenedInsurance:
        """Open this certificate, or for a car that of 今回の車検, or 新規 prefilled.

        Raises:
            NotAllowed: the car or the certificate is gone.
        """
        with self._database.read() as shelves:
            shown = None if control_number is None else shelves.insurance.get(control_number)
            vehicle = shelves.vehicles.get(shown.vehicle_id if shown else vehicle_id or 0)
            if shown is None:
                current = read_current(shelves, vehicle, self._clock.today())
                held = current.insurance
                shown = held if held is not None and is_unfinished(held) else current.policy
            return self._opened(vehicle, shown, shelves)

    def propose(self, vehicle_id: int) -> OpenedInsurance:
        """F4 新規: a certificate of its own, whatever the car has that is finished.

        Raises:
            NotAllowed: the car is gone, it has one that is not finished, or the last inspection's 車検証 is not here.
        """
        with self._database.read() as shelves:
            vehicle = shelves.vehicles.get(vehicle_id)
            refuse_too_early(shelves, vehicle)
            _refuse_second(shelves, vehicle_id)
            return self._opened(vehicle, None, shelves)

    def _opened(self, vehicle: Vehicle, shown: InsuranceCertificate | None, shelves: Shelves) -> OpenedInsurance:
        today, used = self._clock.today(), shelves.insurance.insurers()
        all_of_car = shelves.insurance.all_for_vehicle(vehicle.id)
        old = old_of(all_of_car, shown.control_number if shown else None)
        basis = basis_of(vehicle, old, today, planned_date_of(shelves, vehicle.id))
        form = form_of_certificate(shown) if shown else proposed_form(vehicle, basis, next(iter(used), ""), today)
        insurers = tuple(dict.fromkeys((*load_insurers(self._insurers), *used)))
        return OpenedInsurance(form, shown, vehicle.id, basis, insurers, _rate_classes())

    def assess(self, form: InsuranceForm, vehicle_id: int, control_number: int | None = None) -> AssessedInsurance:
        """Check a form that is being typed, and estimate its premium.

        Raises:
            InvalidInput: something typed cannot be read at all.
        """
        today = self._clock.today()
        certificate = self._blank(vehicle_id)
        fill_certificate(certificate, form, today)
        with self._database.read() as shelves:
            vehicle = shelves.vehicles.get(vehicle_id)
            all_of_car = shelves.insurance.all_for_vehicle(vehicle_id)
            known = shelves.confirmations.of_vehicle(vehicle_id)
            planned = planned_date_of(shelves, vehicle_id)
        basis = basis_of(vehicle, old_of(all_of_car, control_number), today, planned)
        found = self._findings(certificate, form, vehicle, basis)
        return AssessedInsurance(
            certificate.end_date, _estimate(certificate), remembered(found, certificate, known, today)
        )

    def save(
        self, form: InsuranceForm, vehicle_id: int, control_number: int | None, version: int | None
    ) -> InsuranceCertificate:
        """F10 保存: keeps the certificate as a draft and gives it its 管理番号 the first time.

        Raises:
            InvalidInput: a field cannot be stored; nothing was changed.
            NotAllowed: issued meanwhile, changed in another window, or the car has another draft.
        """
        with self._database.write() as shelves:
            certificate = self._to_change(shelves, vehicle_id, control_number, version)
            join_inspection(shelves, certificate, self._clock.now())
            fill_certificate(certificate, dataclasses.replace(form, by_hand=False), self._clock.today())
            return self._kept(shelves, certificate, control_number)

    def enter_by_hand(
        self, form: InsuranceForm, vehicle_id: int, control_number: int | None, version: int | None
    ) -> InsuranceCertificate:
        """手入力で登録: writes down a certificate that was issued elsewhere, electronic or on paper.

        Raises:
            InvalidInput: something is missing or cannot exist, or the number is here already; nothing was changed.
            NotAllowed: issued meanwhile, or changed in another window.
        """
        form = dataclasses.replace(form, by_hand=True)
        with self._database.write() as shelves:
            certificate = self._to_change(shelves, vehicle_id, control_number, version)
            fill_certificate(certificate, form, self._clock.today())
            all_of_car = shelves.insurance.all_for_vehicle(vehicle_id)
            vehicle = shelves.vehicles.get(vehicle_id)
            planned = planned_date_of(shelves, vehicle_id)
            basis = basis_of(vehicle, old_of(all_of_car, control_number), self._clock.today(), planned)
            refuse_errors(self._findings(certificate, form, vehicle, basis))
            _refuse_twice(all_of_car, certificate, control_number)
            certificate.sending = Sending.FILED
            certificate.refusal = None
            self._take_place(shelves, certificate, vehicle)
            return self._kept(shelves, certificate, control_number)

    def delete(self, control_number: int) -> None:
        """F2 削除 of a draft, or of a certificate that was typed by hand.

        Raises:
            NotAllowed: it was issued here.
        """
        with self._database.write() as shelves:
            certificate = shelves.insurance.get(control_number)
            if certificate.sending is not Sending.DRAFT and not certificate.is_by_hand:
                raise errors.NotAllowed(NOT_A_DRAFT)
            shelves.insurance.delete(control_number)

    # --- at e-JIBAI

    def refresh(self, control_number: int) -> InsuranceCertificate:
        """F7 確認 of one certificate: its status, and whether the 登録機関 has it; returns it as it stands now.

        One that was typed by hand is looked for by its 車台番号; where e-JIBAI shows it to us, it is 電子.

        Raises:
            ServiceError: e-JIBAI could not be asked, or does not know it; nothing was changed.
        """
        with self._database.read() as shelves:
            certificate = shelves.insurance.get(control_number)
        number = certificate.certificate_number
        if number is None:
            return certificate
        refuse_elsewhere(certificate, self._ejibai.destination())
        if not certificate.is_by_hand:
            return self._told(control_number, how_it_stands(certificate, self._ejibai.policy, self._by_key))
        found = self._ejibai.find_by_chassis(certificate.chassis_number)
        return self._told(control_number, next((each for each in found if each.certificate_number == number), None))

    def cancel(self, control_number: int) -> InsuranceCertificate:
        """取消 at e-JIBAI, possible until the period starts; returns the certificate as it then stands.

        Raises:
            NotAllowed: the period has begun, or the certificate was not issued here.
            ServiceError: e-JIBAI did not do it, or did not answer.
        """
        with self._database.read() as shelves:
            certificate = shelves.insurance.get(control_number)
        number = certificate.certificate_number
        if number is None or certificate.is_by_hand:
            raise errors.NotAllowed(STILL_UNKNOWN if certificate.sending is Sending.UNKNOWN else NOT_HERE)
        if has_started(certificate.start_date, self._clock.now()):
            raise errors.NotAllowed(STARTED)
        refuse_elsewhere(certificate, self._ejibai.destination())
        try:
            self._ejibai.cancel(number)
        except errors.NoAnswer as error:
            return self._watch.perhaps_cancelled(control_number, error)
        except errors.Refused:  # or an earlier 取消 took place and its answer was lost
            certificate = self.refresh(control_number)
            if not certificate.is_cancelled:
                raise
            return certificate
        return self._cancelled(control_number)

    def _cancelled(self, control_number: int) -> InsuranceCertificate:
        """Ask how it stands now; that it is 取消 is known without an answer (contract: 204)."""
        try:
            return self.refresh(control_number)
        except errors.ServiceError:
            with writing_down(self._database) as shelves:
                certificate = shelves.insurance.get(control_number)
                certificate.status = CANCELLED
            return certificate

    def _told(self, control_number: int, policy: Policy | None) -> InsuranceCertificate:
        with writing_down(self._database) as shelves:
            certificate = shelves.insurance.get(control_number)
            certificate.checked_at = self._clock.now()
            if policy is not None:
                self._refuse_anothers(shelves, certificate, policy)
                self._write(certificate, policy)
                self._written(shelves, certificate)
        return certificate

    def tend(self) -> tuple[Tended, ...]:
        """Look after what is awaited, for the running program; see insurance_watch.py."""
        return self._watch.tend()

    # --- what Deciding asks

    def _get(self, shelves: Shelves, control_number: int) -> InsuranceCertificate:
        return shelves.insurance.get(control_number)

    def _subject(self, record: InsuranceCertificate) -> Subject:
        return subject_of(record)

    def _unsettled(self, shelves: Shelves) -> tuple[int, ...]:
        return shelves.insurance.unsettled()

    def _freezer(self) -> Callable[[InsuranceCertificate, Shelves], str]:
        today = self._clock.today()
        return lambda certificate, shelves: frozen(certificate, shelves, today)

    def _post(self, key: uuid.UUID, body: str) -> Policy:
        return self._ejibai.issue(key, body)

    def _by_key(self, subject: Subject) -> Sequence[Policy]:
        return self._ejibai.find_by_key(subject)

    def _otherwise(self, record: InsuranceCertificate) -> Sequence[Policy]:
        """Ask by 車台番号; 管理番号 and period must agree.

        A policy carries no time of asking, but e-JIBAI sells no two policies of a car for the same days: what agrees
        in all of it and is not known here is the one whose answer was lost.
        """
        found = self._ejibai.find_by_chassis(record.chassis_number)
        alike = [policy for policy in found if may_be(policy, record)]
        with self._database.read() as shelves:
            return [policy for policy in alike if not shelves.insurance.issued_here(policy.certificate_number)]

    def _under_number(self, control_number: int) -> Sequence[Policy]:
        return self._ejibai.find_by_number(control_number)

    def _drafts(self, shelves: Shelves) -> tuple[int, ...]:
        return shelves.insurance.drafts()

    def _likeness(self, record: InsuranceCertificate, answer: Policy) -> Likeness:  # noqa: ARG002 - compared above
        return Likeness.OURS if record.payload else Likeness.UNCLEAR

    def _witness(self, shelves: Shelves, record: InsuranceCertificate, address: str) -> Witness | None:
        return shelves.insurance.last_filed(address, record.first_sent_at)

    def _candidate(self, answer: Policy) -> Candidate:
        return Candidate(answer.certificate_number, None, answer.status)

    def _fetch(self, record: InsuranceCertificate, number: str) -> Policy:
        """Ask for the car's policies: a policy itself does not tell its car."""
        found = self._ejibai.find_by_chassis(record.chassis_number)
        policy = next((each for each in found if each.certificate_number == number), None)
        if policy is None:
            raise errors.NotAllowed(ANOTHER_CAR.format(number=number))
        return policy

    def _is_anothers(self, shelves: Shelves, record: InsuranceCertificate, answer: Policy) -> bool:
        known = shelves.insurance.issued_here(answer.certificate_number)
        return record.certificate_number != answer.certificate_number and known

    def _write(self, record: InsuranceCertificate, answer: Policy) -> None:
        record.sending = Sending.FILED
        record.origin = Origin.ELECTRONIC
        record.certificate_number = answer.certificate_number
        record.insurer = answer.insurer
        record.contract_kind = answer.contract_kind
        record.start_date = day_of(answer.start_at)
        record.end_date = day_of(answer.end_at)
        record.months = answer.months
        record.premium = answer.premium
        record.status = answer.status
        record.registry_reported_at = answer.registry_reported_at
        record.updated_at = record.checked_at = self._clock.now()

    def _written(self, shelves: Shelves, record: InsuranceCertificate) -> None:
        super()._written(shelves, record)
        note_days(shelves, record.vehicle_id, self._clock.today())

    # --- inside

    def _take_place(self, shelves: Shelves, certificate: InsuranceCertificate, vehicle: Vehicle) -> None:
        """Let what was typed from elsewhere belong to 今回の車検, unless it is the policy of the present 有効期間."""
        if is_of_before(certificate, vehicle.expiry_date, self._clock.today()):
            certificate.inspection_id = None
        else:
            join_inspection(shelves, certificate, self._clock.now())

    def _blank(self, vehicle_id: int) -> InsuranceCertificate:
        now = self._clock.now()
        return InsuranceCertificate(
            created_at=now, updated_at=now, vehicle_id=vehicle_id, registration_number=BLANK_PLATE, chassis_number=""
        )

    def _to_change(
        self, shelves: Shelves, vehicle_id: int, control_number: int | None, version: int | None
    ) -> InsuranceCertificate:
        if control_number is None:
            _refuse_second(shelves, vehicle_id)
            return self._blank(vehicle_id)
        certificate = shelves.insurance.get(control_number)
        if certificate.sending is not Sending.DRAFT and not certificate.is_by_hand:
            raise errors.NotAllowed(NOT_A_DRAFT)
        if certificate.version != version:
            raise errors.NotAllowed(CHANGED_ELSEWHERE)
        return certificate

    def _kept(
        self, shelves: Shelves, certificate: InsuranceCertificate, control_number: int | None
    ) -> InsuranceCertificate:
        certificate.updated_at = self._clock.now()
        if control_number is None:
            shelves.insurance.add(certificate)
        note_days(shelves, certificate.vehicle_id, self._clock.today())
        return certificate

    def _findings(
        self, certificate: InsuranceCertificate, form: InsuranceForm, vehicle: Vehicle, basis: InsuranceBasis
    ) -> tuple[Finding, ...]:
        facts = dataclasses.replace(facts_of(certificate, vehicle, basis), by_hand=form.by_hand)
        return check_insurance(facts, self._clock.today())


def _rate_classes() -> tuple[str, ...]:
    return tuple(each.label for each in premium_classes())


def _refuse_second(shelves: Shelves, vehicle_id: int) -> None:
    """Keep an inspection from having two certificates that are not finished: both would be sent."""
    mine = of_inspection_under_way(shelves, vehicle_id, shelves.insurance.all_for_vehicle(vehicle_id))
    if any(map(is_unfinished, mine)):
        raise errors.NotAllowed(HAS_ONE)


def _refuse_twice(
    all_of_car: Sequence[InsuranceCertificate], certificate: InsuranceCertificate, control_number: int | None
) -> None:
    others = (each for each in all_of_car if each.control_number != control_number)
    if any(each.certificate_number == certificate.certificate_number for each in others):
        raise errors.InvalidInput(errors.Problem("certificate_number", NUMBER_KNOWN))


def _estimate(certificate: InsuranceCertificate) -> Estimate | None:
    area = certificate.registration_number.area
    return estimate_premium(certificate.rate_class, certificate.start_date, certificate.months, area)
