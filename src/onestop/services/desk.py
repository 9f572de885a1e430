"""Everything that a screen may ask for, in one place. Made by app once the database is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onestop.services.backups import BackupService
    from onestop.services.batch import BatchService
    from onestop.services.comparison import ComparisonService
    from onestop.services.confirming import ConfirmingService
    from onestop.services.conformity import ConformityService
    from onestop.services.conformity_book import ConformityBook
    from onestop.services.filings import FilingService
    from onestop.services.importing import ImportService
    from onestop.services.inspection.service import InspectionService
    from onestop.services.insurance import InsuranceService
    from onestop.services.ledger import LedgerService
    from onestop.services.link import LinkService
    from onestop.services.paper_book import PaperBook
    from onestop.services.papers import PaperService
    from onestop.services.report import ReportService
    from onestop.services.review import ReviewService
    from onestop.services.settings import SettingsService
    from onestop.services.standing import StandingService
    from onestop.services.typing import TypingService
    from onestop.services.vehicles import VehicleService
    from onestop.services.work_summary import WorkSummaryService


@dataclass(frozen=True, slots=True)
class Desk:
    """The services. Their methods block (disk, network, keychain): call them on a worker only."""

    vehicles: VehicleService
    inspections: InspectionService
    imports: ImportService
    filings: FilingService
    insurance: InsuranceService
    conformity: ConformityService
    conformity_book: ConformityBook
    ledger: LedgerService
    report: ReportService
    paper_book: PaperBook
    work_summaries: WorkSummaryService
    papers: PaperService
    backups: BackupService
    batch: BatchService
    review: ReviewService
    confirming: ConfirmingService
    link: LinkService
    comparison: ComparisonService
    settings: SettingsService
    standing: StandingService
    typing: TypingService
