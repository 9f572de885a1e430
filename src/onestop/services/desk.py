"""Everything that a screen may ask for, in one place. Made by app once the database is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop.services.backups import BackupService
    from onestop.services.changes import ChangeService
    from onestop.services.conformity.book import ConformityBook
    from onestop.services.conformity.service import ConformityService
    from onestop.services.data_export import DataExport
    from onestop.services.delivery.leases import Leases
    from onestop.services.draft_saving import TypingService
    from onestop.services.editing import EditingService
    from onestop.services.filing.batch import BatchService
    from onestop.services.filing.review import ReviewService
    from onestop.services.filing.service import FilingService
    from onestop.services.inspection.checklist import ChecklistService
    from onestop.services.inspection.comparison import ComparisonService
    from onestop.services.inspection.confirming import ConfirmingService
    from onestop.services.inspection.estimate import EstimateService
    from onestop.services.inspection.link import LinkService
    from onestop.services.inspection.relay import RelayService
    from onestop.services.inspection.service import InspectionService
    from onestop.services.inspection.work_summary import WorkSummaryService
    from onestop.services.insurance.service import InsuranceService
    from onestop.services.ledger.paper_book import PaperBook
    from onestop.services.ledger.report import ReportService
    from onestop.services.ledger.service import LedgerService
    from onestop.services.operators.service import OperatorService
    from onestop.services.papers import PaperService
    from onestop.services.payment.importing import BankImport
    from onestop.services.payment.reconciling import ReconcilingService
    from onestop.services.payment.service import PaymentService
    from onestop.services.rates.service import RatesService
    from onestop.services.recovery import RecoveryService
    from onestop.services.settings.service import SettingsService
    from onestop.services.standing import StandingService
    from onestop.services.vehicle.arriving import ArrivalService
    from onestop.services.vehicle.importing import ImportService
    from onestop.services.vehicle.importing_many import ManyImports
    from onestop.services.vehicle.scanning import ScanService
    from onestop.services.vehicle.service import VehicleService
    from onestop.services.vehicle.sources import SourceService


@dataclass(frozen=True, slots=True)
class Desk:
    """The services. Their methods block (disk, network, keychain): call them on a worker only."""

    vehicles: VehicleService
    sources: SourceService
    inspections: InspectionService
    imports: ImportService
    many_imports: ManyImports
    arrivals: ArrivalService
    scans: ScanService
    leases: Leases
    filings: FilingService
    insurance: InsuranceService
    conformity: ConformityService
    conformity_book: ConformityBook
    ledger: LedgerService
    report: ReportService
    paper_book: PaperBook
    work_summaries: WorkSummaryService
    papers: PaperService
    payments: PaymentService
    reconciling: ReconcilingService
    bank_import: BankImport
    backups: BackupService
    data_export: DataExport
    batch: BatchService
    review: ReviewService
    confirming: ConfirmingService
    checklists: ChecklistService
    link: LinkService
    relay: RelayService
    comparison: ComparisonService
    estimates: EstimateService
    rates: RatesService
    recovery: RecoveryService
    settings: SettingsService
    standing: StandingService
    typing: TypingService
    operators: OperatorService
    changes: ChangeService
    editing: EditingService
