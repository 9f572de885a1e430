"""自賠責証明書発行: one car, one intent, one policy, and what a clerk can want of a certificate besides."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.certificates import CANCELLED, InsuranceCertificate
from onestop.model.confirmation import remembered
from onestop.model.findings import refuse_errors
from onestop.model.insurance_checks import check_insurance, estimate_premium, has_started
from onestop.model.rate_tables import premium_classes
from onestop.model.sending_state import Sending
from onestop.model.word_tables import insurer_names, is_dropped_insurer
from onestop.services.delivery.destinations import refuse_elsewhere
from onestop.services.inspection.belonging import (
    is_of_before,
    join_inspection,
    of_inspection_under_way,
    refuse_too_early,
)
from onestop.services.inspection.current import is_unfinished, note_days, read_current
from onestop.services.insurance.channel import STILL_UNKNOWN
from onestop.services.insurance.form import InsuranceForm, fill_certificate, form_of_certificate
from onestop.services.insurance.proposal import InsuranceBasis, basis_in, facts_of, proposed_form
from onestop.services.insurance.watch import InsuranceWatch
from onestop.services.saving import CHANGED_BEFORE_DELETION, blank, not_a_draft, refuse_unread, unchanged

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from onestop.gateway.ejibai import EjibaiClient, Policy
    from onestop.model.findings import Finding
    from onestop.model.money import Estimate
    from onestop.model.vehicle import Vehicle
    from onestop.services.delivery.delivery import Delivery
    from onestop.services.tended import Tended
    from onestop.store.database import Shelves

NOT_A_DRAFT: Final = "発行済みの証明書は変更できません。"
CHANGED_ELSEWHERE: Final = "この証明書は別の画面で変更されました。画面を開き直してから入力してください。"
HAS_ONE: Final = "この車両には発行前の自賠責証明書がすでにあります。画面を開き直してください。"
NUMBER_KNOWN: Final = "この保険証番号はすでに登録されています。"
STARTED: Final = "保険期間が始まっているため取消できません。保険会社に連絡してください。"
NOT_HERE: Final = "ここで発行した証明書ではないため、取消できません。発行した代理店か保険会社に連絡してください。"


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
    certificate: InsuranceCertificate
    """As it would be saved; nothing is stored."""


class InsuranceService:
    """Keeps certificates, of e-JIBAI and of elsewhere; its delivery issues them."""

    def __init__(self, ejibai: EjibaiClient, delivery: Delivery[InsuranceCertificate, Policy]) -> None:
        self.delivery = delivery
        self._database = delivery.sender.database
        self._ejibai = ejibai
        self._clock = delivery.sender.clock
        self._watch = InsuranceWatch(self._database, self._clock, self.refresh)

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
        today = self._clock.today()
        used = tuple(each for each in shelves.insurance.insurers() if not is_dropped_insurer(each))
        basis = basis_in(shelves, vehicle, shown.control_number if shown else None, today)
        form = form_of_certificate(shown) if shown else proposed_form(vehicle, basis, next(iter(used), ""), today)
        insurers = tuple(dict.fromkeys((*insurer_names(), *used)))
        return OpenedInsurance(
            form, shown, vehicle.id, basis, insurers, tuple(each.label for each in premium_classes())
        )

    def assess(self, form: InsuranceForm, vehicle_id: int, control_number: int | None = None) -> AssessedInsurance:
        """Check a form that is being typed, and estimate its premium.

        Raises:
            InvalidInput: something typed cannot be read at all.
        """
        today = self._clock.today()
        certificate = blank(InsuranceCertificate, vehicle_id, self._clock.now())
        fill_certificate(certificate, form, today)
        with self._database.read() as shelves:
            vehicle = shelves.vehicles.get(vehicle_id)
            basis = basis_in(shelves, vehicle, control_number, today)
            known = shelves.confirmations.of_vehicle(vehicle_id)
            insurers = shelves.insurance.insurers_issued_with() | {*insurer_names()}
        facts = facts_of(certificate, vehicle, basis, by_hand=form.by_hand, known_insurers=insurers)
        found = remembered(check_insurance(facts, today), certificate, known, today)
        area = certificate.registration_number.area
        estimate = estimate_premium(certificate.rate_class, certificate.start_date, certificate.months, area)
        return AssessedInsurance(certificate.end_date, estimate, found, certificate)

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
            vehicle = shelves.vehicles.get(vehicle_id)
            basis = basis_in(shelves, vehicle, control_number, self._clock.today())
            refuse_errors(check_insurance(facts_of(certificate, vehicle, basis, by_hand=True), self._clock.today()))
            _refuse_twice(shelves.insurance.all_for_vehicle(vehicle_id), certificate, control_number)
            certificate.sending = Sending.FILED
            certificate.refusal = None
            if is_of_before(certificate, vehicle.expiry_date, self._clock.today()):
                certificate.inspection_id = None  # the policy of the present 有効期間: it is not of 今回の車検
            else:
                join_inspection(shelves, certificate, self._clock.now())
            return self._kept(shelves, certificate, control_number)

    def delete(self, control_number: int, read: int | None = None) -> None:
        """F2 削除 of a draft, or of a certificate that was typed by hand.

        Raises:
            NotAllowed: it was issued here, or changed since it was read.
        """
        with self._database.write() as shelves:
            certificate = shelves.insurance.get(control_number)
            if certificate.sending is not Sending.DRAFT and not certificate.is_by_hand:
                raise not_a_draft(certificate, NOT_A_DRAFT)
            refuse_unread(certificate, read, CHANGED_BEFORE_DELETION)
            shelves.insurance.delete(control_number)

    # --- at e-JIBAI

    def refresh(self, control_number: int) -> InsuranceCertificate:
        """F7 確認 of one certificate: its status, and whether the 登録機関 has it; returns it as it stands now.

        One that was typed by hand is looked for by its 車台番号; where e-JIBAI shows it to us, it is 電子.

        Raises:
            ServiceError: e-JIBAI could not be asked, or does not know it; nothing was changed.
        """
        certificate = self.delivery.sender.stored(control_number)
        return self._look_for(certificate) if certificate.is_by_hand else self.delivery.progress.refresh(control_number)

    def _look_for(self, certificate: InsuranceCertificate) -> InsuranceCertificate:
        number, sender = certificate.control_number, self.delivery.sender
        refuse_elsewhere(certificate, self._ejibai.destination())
        question = sender.turns.next(certificate)
        found = self._ejibai.find_by_chassis(certificate.chassis_number)
        policy = next((each for each in found if each.certificate_number == certificate.certificate_number), None)
        if policy is not None:
            return self.delivery.progress.write_down(number, policy, question)
        with sender.writing_down() as shelves:
            certificate = shelves.insurance.get(number)
            certificate.checked_at = question.at
        return certificate

    def cancel(self, control_number: int) -> InsuranceCertificate:
        """取消 at e-JIBAI, possible until the period starts; returns the certificate as it then stands.

        Raises:
            NotAllowed: the period has begun, or the certificate was not issued here.
            ServiceError: e-JIBAI did not do it, or did not answer.
        """
        taking = self.delivery.taking_back

        def cancel(number: str) -> None:
            try:
                self._ejibai.cancel(number)
            except errors.NoAnswer as error:
                self._watch.perhaps_cancelled(control_number, error)

        with self.delivery.sender.holding(control_number) as lease:
            certificate = self.delivery.sender.stored(control_number)
            if certificate.certificate_number is None or certificate.is_by_hand:
                raise errors.NotAllowed(STILL_UNKNOWN if certificate.sending is Sending.UNKNOWN else NOT_HERE)
            if has_started(certificate.start_date, self._clock.now()):
                raise errors.NotAllowed(STARTED)
            earlier = taking.take_back(lease, certificate, cancel, lambda found: found.is_cancelled)
            return earlier or taking.ask_or_note(control_number, _write_cancelled)

    def tend(self) -> tuple[Tended, ...]:
        """Look after what is awaited, for the running program; see watch.py."""
        return self._watch.tend()

    # --- inside

    def _to_change(
        self, shelves: Shelves, vehicle_id: int, control_number: int | None, version: int | None
    ) -> InsuranceCertificate:
        if control_number is None:
            _refuse_second(shelves, vehicle_id)
            return blank(InsuranceCertificate, vehicle_id, self._clock.now())
        certificate = shelves.insurance.get(control_number)
        if certificate.sending is not Sending.DRAFT and not certificate.is_by_hand:
            raise not_a_draft(certificate, NOT_A_DRAFT)
        return unchanged(certificate, version, CHANGED_ELSEWHERE)

    def _kept(
        self, shelves: Shelves, certificate: InsuranceCertificate, control_number: int | None
    ) -> InsuranceCertificate:
        certificate.updated_at = self._clock.now()
        if control_number is None:
            shelves.insurance.add(certificate)
        note_days(shelves, certificate.vehicle_id, self._clock.today())
        return certificate


def _write_cancelled(certificate: InsuranceCertificate) -> None:
    certificate.status = CANCELLED


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
