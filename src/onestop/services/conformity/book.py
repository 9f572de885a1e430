"""適合証・証明証発行 before anything is sent: opening, proposing, saving and checking."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.model.certificate_words import CORRECTABLE, ApplicationKind
from onestop.model.certificates import ConformityCertificate
from onestop.model.policies import policy_before
from onestop.model.printable import is_past_validity
from onestop.model.sending_state import Sending
from onestop.model.word_tables import insurer_names
from onestop.services.conformity.form import (
    FIXED,
    CarPolicies,
    ConformityForm,
    KindProposal,
    fill_certificate,
    filled_from,
    form_of_car,
    form_of_certificate,
    propose_kind,
)
from onestop.services.conformity.payload import around_of, findings_of
from onestop.services.inspection.belonging import (
    belongs_to_ended,
    join_inspection,
    of_inspection_under_way,
    refuse_too_early,
)
from onestop.services.inspection.current import CurrentInspection, note_days, read_current
from onestop.services.saving import UNSETTLED, blank, not_a_draft, unchanged

if TYPE_CHECKING:
    import datetime as dt

    from onestop.clock import Clock
    from onestop.model.certificates import InsuranceCertificate
    from onestop.model.findings import Finding
    from onestop.model.inspection_days import InspectionDays
    from onestop.services.delivery.leases import Leases
    from onestop.services.settings.form import Workshop
    from onestop.services.settings.service import SettingsService
    from onestop.store.database import Database, Shelves

NEEDS_CONSENT: Final = "承諾書がまだです(確認票 Alt+Q)。"
NOT_EDITABLE: Final = "発行済みのため変更できません。作成済のものを直すときは、先に Alt+P 引戻 を行ってください。"
CHANGED_ELSEWHERE: Final = "この保適証は別の画面か自動送信で変更されました。画面を開き直してから入力してください。"
HAS_ONE: Final = "今回の車検の保適証がすでにあります。作り直すときは、先にそれを F2 削除 してください。"
FIXED_FIELD: Final = "発行後は変更できません。F2 削除 のあと F4 新規 で発行し直してください(交付番号は変わります)。"


@dataclass(frozen=True, slots=True)
class OpenedConformity:
    """What 適合証・証明証発行 shows: the form, and the certificate behind it (None until it is first saved)."""

    form: ConformityForm
    certificate: ConformityCertificate | None
    vehicle_id: int
    proposal: KindProposal
    """What 申請種別 the 自賠責 for the coming 有効期間 allows, and why."""
    workshop: Workshop
    days: InspectionDays
    """The days of the inspection, by the 自賠責 that the form names."""
    of_before: bool = False
    """Whether its inspection has ended: it is kept as a record, and cannot be deleted."""
    filled: bool = False
    """Whether the form has a 自賠責 that was issued after the draft was saved; that is not saved yet."""
    insurers: tuple[str, ...] = dataclasses.field(default_factory=insurer_names)
    """保険会社 to choose from, by 料金表."""


def is_editable(certificate: ConformityCertificate) -> bool:
    """Tell whether what stands in it may be changed: ours alone, or 作成中 or 却下 at AIRAS (訂正)."""
    if certificate.sending is Sending.FILED:
        return certificate.counts_as in CORRECTABLE
    return certificate.sending is Sending.DRAFT


class ConformityBook:
    """Opens and saves 保適証; nothing here leaves this machine."""

    def __init__(self, database: Database, settings: SettingsService, clock: Clock, leases: Leases) -> None:
        """`leases` tell what is under way at AIRAS: other words saved meanwhile would go unread, or be lost."""
        self._leases = leases
        self._database = database
        self._settings = settings
        self._clock = clock

    def open(
        self,
        vehicle_id: int | None,
        control_number: int | None = None,
        coming: InsuranceCertificate | None = None,
    ) -> OpenedConformity:
        """Open this certificate, or the newest of 今回の車検 to which something can still happen, or a proposal.

        `coming` is a 自賠責 that is about to be issued: the car is looked at as if it had it already.

        Raises:
            NotAllowed: the car or the certificate is gone.
        """
        workshop = self._settings.workshop()
        with self._database.read() as shelves:
            if control_number is not None:
                certificate = shelves.conformity.get(control_number)
                current = self._current(shelves, certificate.vehicle_id)
                opened = self._opened(certificate, current, shelves, workshop)
                return dataclasses.replace(opened, of_before=belongs_to_ended(shelves, certificate))
            current = self._current(shelves, vehicle_id or 0, coming)
            if current.conformity is not None and not current.conformity.is_closed:
                return self._opened(current.conformity, current, shelves, workshop)
            return self._proposed(current, workshop)

    def propose(self, vehicle_id: int) -> OpenedConformity:
        """F4 新規: a certificate of its own, prefilled from the car, its 自賠責 and 設定.

        Raises:
            NotAllowed: the car is gone, or the last inspection's 車検証 is not here.
        """
        workshop = self._settings.workshop()
        with self._database.read() as shelves:
            current = self._current(shelves, vehicle_id)
            refuse_too_early(shelves, current.vehicle)
            return self._proposed(current, workshop)

    def save(
        self, form: ConformityForm, vehicle_id: int, control_number: int | None, version: int | None
    ) -> ConformityCertificate:
        """F10 保存: keeps a draft, or what is to be sent as 訂正; the first time it gets its 管理番号.

        Raises:
            InvalidInput: a field cannot be stored, or is fixed once issued; nothing was changed.
            NotAllowed: issued or changed meanwhile, being sent, or the inspection has another one or has ended.
        """
        now = self._clock.now()
        with self._database.write() as shelves:
            if control_number is None:
                _refuse_second(shelves, vehicle_id, self._clock.today())
                certificate = blank(ConformityCertificate, vehicle_id, now)
            else:
                certificate = shelves.conformity.get(control_number)
                if not is_editable(certificate):
                    raise not_a_draft(certificate, NOT_EDITABLE)
                self._leases.refuse_busy(certificate, UNSETTLED)
                unchanged(certificate, version, CHANGED_ELSEWHERE)
            join_inspection(shelves, certificate, now)
            self._fill(certificate, form)
            certificate.updated_at = now
            certificate.refusal = None
            certificate.next_try_at = None  # other words than those that F5 sent go out by F5 alone
            if control_number is None:
                shelves.conformity.add(certificate)
            note_days(shelves, certificate.vehicle_id, self._clock.today())
        return certificate

    def findings(
        self, form: ConformityForm, vehicle_id: int, coming: InsuranceCertificate | None = None
    ) -> tuple[Finding, ...]:
        """Check a form before it is sent; `coming` is a 自賠責 that is about to be issued for it.

        Raises:
            InvalidInput: something typed cannot be read at all.
        """
        certificate = blank(ConformityCertificate, vehicle_id, self._clock.now())
        fill_certificate(certificate, form, self._clock.today())
        with self._database.read() as shelves:
            return findings_of(certificate, shelves, self._clock.today(), coming)

    def _fill(self, certificate: ConformityCertificate, form: ConformityForm) -> None:
        before = {name: getattr(certificate, name) for name in FIXED}
        fill_certificate(certificate, form, self._clock.today())
        if certificate.sending is Sending.FILED:
            changed = [name for name in FIXED if getattr(certificate, name) != before[name]]
            if changed:
                raise errors.InvalidInput(*(errors.Problem(name, FIXED_FIELD) for name in changed))

    def _current(
        self, shelves: Shelves, vehicle_id: int, coming: InsuranceCertificate | None = None
    ) -> CurrentInspection:
        current = read_current(shelves, shelves.vehicles.get(vehicle_id), self._clock.today())
        if coming is None:
            return current
        before = policy_before(shelves.insurance.all_for_vehicle(vehicle_id), coming)
        return dataclasses.replace(current, policy=coming, old_policy=before)

    def _opened(
        self, certificate: ConformityCertificate, current: CurrentInspection, shelves: Shelves, workshop: Workshop
    ) -> OpenedConformity:
        policies = CarPolicies.of(current, self._clock.today())
        form = form_of_certificate(certificate)
        days = around_of(certificate, shelves).days(certificate, self._clock.today())
        filled = policies.new is not None and _lacks_policy(certificate)
        if filled:
            form = filled_from(form, policies)
            days = dataclasses.replace(policies.days, inspection_date=certificate.inspection_date)
        return OpenedConformity(
            form, certificate, current.vehicle.id, _proposal(current, policies), workshop, days, filled=filled
        )

    def _proposed(self, current: CurrentInspection, workshop: Workshop) -> OpenedConformity:
        policies = CarPolicies.of(current, self._clock.today())
        form = form_of_car(current.vehicle, policies, workshop, self._clock.today())
        return OpenedConformity(form, None, current.vehicle.id, _proposal(current, policies), workshop, policies.days)


def _proposal(current: CurrentInspection, policies: CarPolicies) -> KindProposal:
    """Return what is proposed; where the OSS申請 would stop without a 承諾書, it says so."""
    proposal = propose_kind(policies)
    if proposal.kind is not ApplicationKind.OSS or not current.checklist.lacks_consent:
        return proposal
    return dataclasses.replace(proposal, reason=proposal.reason + NEEDS_CONSENT)


def _lacks_policy(certificate: ConformityCertificate) -> bool:
    """Tell whether it was begun before there was a 自賠責, and never sent."""
    never_sent = certificate.sending is Sending.DRAFT and certificate.first_sent_at is None
    return never_sent and not certificate.new_insurance_number and not certificate.new_insurer


def _refuse_second(shelves: Shelves, vehicle_id: int, today: dt.date) -> None:
    """Keep an inspection from having two certificates that stand: AIRAS has no use for the second one.

    One whose 15 days are over stands in nobody's way: it stays as the record of what it was.
    """
    mine = of_inspection_under_way(shelves, vehicle_id, shelves.conformity.all_for_vehicle(vehicle_id))
    if any(_stands(each, today) for each in mine):
        raise errors.NotAllowed(HAS_ONE)


def _stands(certificate: ConformityCertificate, today: dt.date) -> bool:
    over = certificate.sending is Sending.FILED and is_past_validity(certificate, today)
    return not certificate.is_closed and not over
