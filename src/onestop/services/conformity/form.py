"""The form of 適合証・証明証発行 as the clerk types it, and its way to and from a certificate."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.certificate_words import ApplicationKind, VehicleCategory
from onestop.model.policies import why_not_electronic
from onestop.model.text import fold_hyphens, to_code, without_unseen
from onestop.model.written import category_of
from onestop.services.form_fields import (
    NO_CHASSIS_NUMBER,
    CarFields,
    fill_car,
    insurance_number,
    read_day,
    read_number,
    shown_day,
    words_of_car,
)
from onestop.services.inspection.current import days_in

if TYPE_CHECKING:
    import datetime as dt

    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.model.inspection_days import InspectionDays
    from onestop.model.vehicle import Vehicle
    from onestop.services.inspection.current import CurrentInspection
    from onestop.services.settings.form import Workshop

SAME_WORDS: Final = (
    "application_kind",
    "inspector_code",
    "inspector_name",
    "vehicle_category",
    "officially_stamped",
    "vehicle_name",
    "model_code",
    "engine_model",
    "user_name",
    "user_address",
    "new_insurer",
    "old_insurer",
    "remarks",
)
"""Fields that stand in the form, and in the certificate, letter by letter the same."""
PAST_DATES: Final = ("inspection_date", "issue_date")
"""Days in the past (rule A09)."""
DATES: Final = (*PAST_DATES, "expiry_date")
INSURANCE_NUMBERS: Final = ("new_insurance_number", "old_insurance_number")
FIXED: Final = ("vehicle_category", "chassis_number", "issue_date")
"""自動車区分, 車台番号 and 交付年月日: once issued, they never change (contract airas.yaml)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConformityForm(CarFields):
    """What stands in the fields, as typed. Everything but the tick is text, so that nothing typed is ever lost."""

    application_kind: str = ApplicationKind.COUNTER.value
    workshop_code: str = ""
    inspector_code: str = ""
    inspector_name: str = dataclasses.field(default="", repr=False)
    vehicle_category: str = VehicleCategory.ORDINARY.value
    officially_stamped: bool = False
    vehicle_name: str = ""
    model_code: str = ""
    engine_model: str = ""
    user_name: str = dataclasses.field(default="", repr=False)
    user_address: str = dataclasses.field(default="", repr=False)
    odometer_km: str = ""
    inspection_date: str = ""
    issue_date: str = ""
    expiry_date: str = ""
    new_insurance_number: str = dataclasses.field(default="", repr=False)
    new_insurer: str = ""
    old_insurance_number: str = dataclasses.field(default="", repr=False)
    old_insurer: str = ""
    remarks: str = dataclasses.field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CarPolicies:
    """The two 自賠責 of a car that count for a 保適証, and the days that say whether both do."""

    new: InsuranceCertificate | None
    """For the coming 有効期間."""
    before: InsuranceCertificate | None
    """The one before it, needed or not."""
    days: InspectionDays

    @classmethod
    def of(cls, current: CurrentInspection, today: dt.date) -> CarPolicies:
        """Return those of 今回の車検."""
        days = dataclasses.replace(days_in(current, today), inspection_date=None)
        return cls(current.policy, current.old_policy, days)

    @property
    def old(self) -> InsuranceCertificate | None:
        """The 旧自賠責 to be named: only when the new one begins after the day that counts."""
        return self.before if self.days.needs_old_insurance else None


@dataclass(frozen=True, slots=True)
class KindProposal:
    """The 申請種別 that the insurance allows, and the reason as a whole sentence."""

    kind: ApplicationKind
    reason: str


def propose_kind(policies: CarPolicies) -> KindProposal:
    """Return OSS申請 when AIRAS can find all 自賠責 that count by itself, else 窓口申請 (DOMAIN: 申請種別)."""
    if policies.new is None:
        return KindProposal(
            ApplicationKind.COUNTER, "この車両の自賠責がまだありません。e-JIBAIで発行するとOSS申請にできます。"
        )
    for name, policy in (("自賠責", policies.new), ("旧自賠責", policies.old)):
        if policy is not None and (why_not := why_not_electronic(policy, name)):
            return KindProposal(ApplicationKind.COUNTER, why_not)
    if policies.days.needs_old_insurance and policies.old is None:
        return KindProposal(
            ApplicationKind.OSS, "自賠責が電子のため、旧自賠責も電子なら、OSS申請にできます。確かめてください。"
        )
    return KindProposal(ApplicationKind.OSS, "自賠責が電子のため、OSS申請にできます。")


def form_of_car(vehicle: Vehicle, policies: CarPolicies, workshop: Workshop, today: dt.date) -> ConformityForm:
    """Prefill 新規 from the car, its 自賠責 and 設定; a 使用者 *** is resolved to the owner.

    The 自賠責 for the coming 有効期間 is the new one; the one before it is named only when it counts. With more than
    one 検査員 in 設定, nobody is chosen: who inspected the car is the clerk's to say.
    """
    inspector = workshop.inspectors[0] if len(workshop.inspectors) == 1 else None
    form = ConformityForm(
        workshop_code=workshop.code,
        inspector_code=inspector.code if inspector else "",
        inspector_name=inspector.name if inspector else "",
        vehicle_category=category_of(vehicle).value,
        **words_of_car(vehicle),
        officially_stamped=vehicle.officially_stamped,
        vehicle_name=vehicle.vehicle_name,
        model_code=vehicle.model_code,
        engine_model=vehicle.engine_model,
        user_name=vehicle.effective_user_name,
        user_address=vehicle.effective_user_address,
        inspection_date=shown_day(today),
        issue_date=shown_day(today),
        expiry_date=shown_day(vehicle.expiry_date),
    )
    return _with_policies(form, policies)


def filled_from(form: ConformityForm, policies: CarPolicies) -> ConformityForm:
    """Return a form that was begun before there was a 自賠責, with what follows from it; an old one typed stays."""
    filled = _with_policies(form, policies)
    if form.old_insurance_number or form.old_insurer:
        filled = dataclasses.replace(
            filled, old_insurance_number=form.old_insurance_number, old_insurer=form.old_insurer
        )
    return filled


def _with_policies(form: ConformityForm, policies: CarPolicies) -> ConformityForm:
    new, old = policies.new, policies.old
    return dataclasses.replace(
        form,
        application_kind=propose_kind(policies).kind.value,
        new_insurance_number=(new.certificate_number if new else None) or "",
        new_insurer=new.insurer if new else "",
        old_insurance_number=(old.certificate_number if old else None) or "",
        old_insurer=old.insurer if old else "",
    )


def form_of_certificate(certificate: ConformityCertificate) -> ConformityForm:
    """Show a stored certificate."""
    odometer = certificate.odometer_km
    values: dict[str, Any] = {name: getattr(certificate, name) for name in (*SAME_WORDS, *INSURANCE_NUMBERS)}
    values |= {name: shown_day(getattr(certificate, name)) for name in DATES}
    return ConformityForm(
        workshop_code=certificate.workshop_code,
        **words_of_car(certificate),
        odometer_km="" if odometer is None else str(odometer),
        **values,
    )


def fill_certificate(certificate: ConformityCertificate, form: ConformityForm, today: dt.date) -> None:
    """Write the form into a certificate.

    Raises:
        InvalidInput: something typed cannot be stored at all; every such field is named at once.
    """
    problems: list[Problem] = []
    fill_car(certificate, form, problems)
    if not certificate.chassis_number:
        problems.append(NO_CHASSIS_NUMBER)
    certificate.workshop_code = fold_hyphens(to_code(without_unseen(form.workshop_code))).strip()
    certificate.odometer_km = read_number("odometer_km", form.odometer_km, problems)
    for name in DATES:
        setattr(certificate, name, read_day(name, getattr(form, name), today, problems, past=name in PAST_DATES))
    for name in INSURANCE_NUMBERS:
        setattr(certificate, name, insurance_number(getattr(form, name)))
    for name in SAME_WORDS:
        setattr(certificate, name, getattr(form, name))
    if problems:
        raise InvalidInput(*problems)
