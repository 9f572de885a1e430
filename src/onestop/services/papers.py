"""自賠責証明書 (控), 適合証 and 適合標章 on paper, from the certificates as they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, TypedDict

from onestop.clock import JST
from onestop.documents.forms import try_form
from onestop.documents.names import DocumentKind
from onestop.documents.papers import (
    ConformityMarkPaper,
    ConformityPaper,
    InsurancePaper,
    OfficialConformityPaper,
    OfficialMarkPaper,
)
from onestop.errors import NotAllowed
from onestop.model.certificate_words import Origin
from onestop.model.printable import (
    is_past_validity,
    why_conformity_not_printed,
    why_insurance_not_printed,
    why_mark_not_printed,
)
from onestop.model.wareki import Wareki
from onestop.services.conformity.payload import around_of
from onestop.services.filing.facts import numbered
from onestop.services.printing import PrintingService, printed_moment

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from onestop.documents.layout import LaidOut
    from onestop.documents.papers import CarPaper
    from onestop.model.certificates import ConformityCertificate, InsuranceCertificate
    from onestop.services.printing import Sheet
    from onestop.store.database import Shelves

CertificateKind: TypeAlias = Literal[DocumentKind.INSURANCE_COPY, DocumentKind.CONFORMITY, DocumentKind.CONFORMITY_MARK]


class IssuedPaper(NamedTuple):
    """A paper that can be printed."""

    kind: CertificateKind
    control_number: int
    is_old: bool = False
    """Of a 保適証 whose 15 days are over."""


def issued_papers(
    insurance: InsuranceCertificate | None, conformity: ConformityCertificate | None, now: dt.datetime
) -> tuple[IssuedPaper, ...]:
    """Return what of two certificates can be printed now, what is needed most often first."""
    found = []
    if conformity is not None and not why_conformity_not_printed(conformity, now):
        is_old = is_past_validity(conformity, now.astimezone(JST).date())
        found.append(IssuedPaper(DocumentKind.CONFORMITY, conformity.control_number, is_old))
        if not why_mark_not_printed(conformity, now):
            found.append(IssuedPaper(DocumentKind.CONFORMITY_MARK, conformity.control_number))
    if insurance is not None and not why_insurance_not_printed(insurance):
        found.append(IssuedPaper(DocumentKind.INSURANCE_COPY, insurance.control_number))
    return tuple(found)


class _Head(TypedDict):
    """What stands on all three."""

    workshop_name: str
    workshop_code: str
    printed_at: str
    control_number: str
    registration_number: str
    chassis_number: str
    certificate_number: str


class PaperService(PrintingService):
    """Puts stored certificates on their forms."""

    def pages(self, kind: CertificateKind, control_number: int) -> LaidOut:
        """Return the 控 of a certificate on its form.

        Raises:
            NotAllowed: it is gone, or may not be printed as it stands now.
            InvalidInput: the shop's own form is broken; the sentence says where.
        """
        return self._filled(self.paper(kind, control_number))

    def sheets(self, kind: CertificateKind, control_number: int) -> tuple[Sheet, ...]:
        """Return how a certificate may be printed: the 控 first, then its values for the official form if it has one.

        Raises:
            NotAllowed, InvalidInput: see `pages`.
        """
        copy = self._sheet(self.pages(kind, control_number))
        if kind is DocumentKind.INSURANCE_COPY:
            return (copy,)
        official = self.paper(kind, control_number, official=True)
        return copy, self._sheet(self._filled(official), try_form(official, self._press.own_forms))

    def of_filing(self, control_number: int) -> tuple[IssuedPaper, ...]:
        """Return what can be printed of that with which a 申請 is made."""
        with self._database.read() as shelves:
            filing = shelves.filings.get(control_number)
            conformity = numbered(
                shelves.conformity.all_for_vehicle(filing.vehicle_id), filing.conformity_certificate_number
            )
            insurance = numbered(
                shelves.insurance.all_for_vehicle(filing.vehicle_id), filing.insurance_certificate_number
            )
        return issued_papers(insurance, conformity, self._clock.now())

    def of_conformity(self, control_number: int) -> tuple[IssuedPaper, ...]:
        """Return what can be printed of a 保適証, and of the 自賠責 that it names."""
        with self._database.read() as shelves:
            conformity = shelves.conformity.get(control_number)
            policies = shelves.insurance.all_for_vehicle(conformity.vehicle_id)
        insurance = numbered(policies, conformity.new_insurance_number)
        return issued_papers(insurance, conformity, self._clock.now())

    def save_pdf(self, kind: CertificateKind, control_number: int, path: Path) -> tuple[str, ...]:
        """Write a certificate as a PDF; returns the characters that became 〓.

        Raises:
            NotAllowed, InvalidInput: see `pages`.
            FileNotWritten: see documents/saving.py.
        """
        return self._saved(self.pages(kind, control_number), path)

    def paper(self, kind: CertificateKind, control_number: int, *, official: bool = False) -> CarPaper:
        """Return every value that the form of a certificate may show: of its 控, or the official one.

        Raises:
            NotAllowed: see `pages`.
        """
        with self._database.read() as shelves:
            if kind is DocumentKind.INSURANCE_COPY:
                return self._insurance(shelves.insurance.get(control_number))
            certificate = shelves.conformity.get(control_number)
            _refuse(why_conformity_not_printed(certificate, self._clock.now()))
            if kind is DocumentKind.CONFORMITY:
                return self._conformity(OfficialConformityPaper if official else ConformityPaper, certificate, shelves)
            _refuse(why_mark_not_printed(certificate, self._clock.now()))
            return self._mark(OfficialMarkPaper if official else ConformityMarkPaper, certificate)

    def _insurance(self, certificate: InsuranceCertificate) -> InsurancePaper:
        _refuse(why_insurance_not_printed(certificate))
        return InsurancePaper(
            **self._head(certificate, self._settings.workshop().code),
            insurer=certificate.insurer,
            contract_kind=certificate.contract_kind,
            rate_class=certificate.rate_class,
            policyholder_name=certificate.policyholder_name,
            policyholder_address=certificate.policyholder_address,
            start=_noon(certificate.start_date),
            end=_noon(certificate.end_date),
            months="" if certificate.months is None else f"{certificate.months}か月",
            premium="" if certificate.premium is None else f"¥{certificate.premium:,}",
            origin=certificate.origin.value,
            registry=_registry(certificate),
        )

    def _conformity(
        self, made: type[ConformityPaper], certificate: ConformityCertificate, shelves: Shelves
    ) -> ConformityPaper:
        odometer = certificate.odometer_km
        return made(
            **self._head(certificate, certificate.workshop_code),
            application_kind=certificate.application_kind,
            status=certificate.status or "",
            vehicle_category=certificate.vehicle_category,
            vehicle_name=certificate.vehicle_name,
            model_code=certificate.model_code,
            engine_model=certificate.engine_model,
            user_name=certificate.user_name,
            user_address=certificate.user_address,
            odometer="" if odometer is None else f"{odometer:,} km",
            inspection_date=_day(certificate.inspection_date),
            issue_date=_day(certificate.issue_date),
            valid_until=_day(certificate.valid_until),
            last_application_date=_last_application(certificate, shelves, self._clock.today()),
            expiry_date=_day(certificate.expiry_date),
            inspector_name=certificate.inspector_name,
            inspector_code=certificate.inspector_code,
            new_insurance_number=certificate.new_insurance_number,
            new_insurer=certificate.new_insurer,
            new_insurance_period=_period_of_new_insurance(certificate, shelves),
            old_insurance_number=certificate.old_insurance_number,
            old_insurer=certificate.old_insurer,
            remarks=certificate.remarks,
        )

    def _mark(self, made: type[ConformityMarkPaper], certificate: ConformityCertificate) -> ConformityMarkPaper:
        return made(
            **self._head(certificate, certificate.workshop_code),
            vehicle_name=certificate.vehicle_name,
            inspection_date=_day(certificate.inspection_date),
            issue_date=_day(certificate.issue_date),
            valid_until=_day(certificate.valid_until),
            inspector_name=certificate.inspector_name,
        )

    def _head(self, certificate: InsuranceCertificate | ConformityCertificate, workshop_code: str) -> _Head:
        return _Head(
            workshop_name=self._settings.workshop().name,
            workshop_code=workshop_code,
            printed_at=f"印刷 {self._printed_at()}",
            control_number=str(certificate.control_number),
            registration_number=certificate.registration_number.formal(),
            chassis_number=certificate.chassis_number,
            certificate_number=certificate.certificate_number or "",
        )


def _refuse(why_not: str) -> None:
    if why_not:
        raise NotAllowed(why_not)


def _period_of_new_insurance(certificate: ConformityCertificate, shelves: Shelves) -> str:
    """Return the period of the 新自賠責, if it is known here by its number."""
    held = numbered(shelves.insurance.all_for_vehicle(certificate.vehicle_id), certificate.new_insurance_number)
    start, end = (_noon(held.start_date), _noon(held.end_date)) if held else ("", "")
    return f"{start} から {end} まで" if start and end else ""


def _last_application(certificate: ConformityCertificate, shelves: Shelves, today: dt.date) -> str:
    """Return 最終の検査申請日; nothing while it might be earlier, for a part of it is not known."""
    days = around_of(certificate, shelves).days(certificate, today)
    return _day(days.last_application_date) if days.is_last_application_known else ""


def _registry(certificate: InsuranceCertificate) -> str:
    if certificate.registry_reported_at is not None:
        return f"登録済 {printed_moment(certificate.registry_reported_at)}"
    if certificate.is_by_hand:
        return "紙のため、なし" if certificate.origin is Origin.PAPER else "未確認"
    return "登録待ち" if certificate.report_to_registry else "なし"


def _day(day: dt.date | None) -> str:
    return "" if day is None else Wareki.of(day).formal()


def _noon(day: dt.date | None) -> str:
    return "" if day is None else f"{_day(day)} 正午"
