"""Everything that a screen may ask for, in one place, and how it is put together once the database is open."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.gateway.ainas import AinasClient
from onestop.gateway.airas import AirasClient
from onestop.gateway.ejibai import EjibaiClient
from onestop.model.lease import DeskRun
from onestop.paths import RESOURCES
from onestop.services.backups import BackupService
from onestop.services.changes import ChangeService
from onestop.services.conformity.book import ConformityBook
from onestop.services.conformity.channel import ConformityChannel
from onestop.services.conformity.service import ConformityService
from onestop.services.data_export import DataExport
from onestop.services.delivery.delivery import Delivery
from onestop.services.delivery.leases import Leases
from onestop.services.delivery.refresh_many import RefreshMany
from onestop.services.draft_saving import TypingService
from onestop.services.editing import EditingService
from onestop.services.filing.batch import BatchService
from onestop.services.filing.channel import FilingChannel
from onestop.services.filing.review import ReviewService
from onestop.services.filing.service import FilingService
from onestop.services.inspection.checklist import ChecklistService
from onestop.services.inspection.comparison import ComparisonService
from onestop.services.inspection.confirming import ConfirmingService
from onestop.services.inspection.estimate import EstimateService
from onestop.services.inspection.link import LinkedServices, LinkService
from onestop.services.inspection.relay import RelayService
from onestop.services.inspection.relay_plan import RelayPlanning
from onestop.services.inspection.service import InspectionService
from onestop.services.inspection.work_summary import WorkSummaryService
from onestop.services.insurance.channel import InsuranceChannel
from onestop.services.insurance.service import InsuranceService
from onestop.services.ledger.paper_book import PaperBook
from onestop.services.ledger.report import ReportService
from onestop.services.ledger.service import LedgerService
from onestop.services.operators.rights import guarded
from onestop.services.operators.service import OperatorService
from onestop.services.papers import PaperService
from onestop.services.payment.importing import BankImport
from onestop.services.payment.reconciling import ReconcilingService
from onestop.services.payment.service import PaymentService
from onestop.services.printing import PrintSetup
from onestop.services.rates.service import RatesService
from onestop.services.recovery import RecoveryService
from onestop.services.settings.service import SettingsService
from onestop.services.standing import DeskStanding, StandingService
from onestop.services.updates import UpdateService
from onestop.services.vehicle.arriving import ArrivalService
from onestop.services.vehicle.importing import ImportService
from onestop.services.vehicle.importing_many import ManyImports
from onestop.services.vehicle.put_off_files import PutOffFiles
from onestop.services.vehicle.scanning import ScanService
from onestop.services.vehicle.service import VehicleService
from onestop.services.vehicle.sources import SourceService

if TYPE_CHECKING:
    import datetime as dt

    from onestop.clock import Clock
    from onestop.gateway.transport import Transport
    from onestop.paths import DataFolder
    from onestop.services.kept_here import KeptHere
    from onestop.services.settings.form import Connection
    from onestop.services.settings.service import Places
    from onestop.store.database import Database


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


@dataclass(frozen=True, slots=True)
class Parts:
    """What a desk is made of."""

    database: Database
    transport: Transport
    clock: Clock
    places: Places
    connection: Connection
    quiet: dt.timedelta
    """How long after a lost answer "not found" may be believed."""
    folder: DataFolder
    terminal: str
    practice: bool
    trouble: str = ""
    """Why nothing can be reached, in words for the clerk."""
    kept: KeptHere | None = None
    """Where what is typed is kept while the server of a shared database is gone."""


def assemble(parts: Parts) -> Desk:
    """Return the services of a desk, each with the others that it needs."""
    database, clock, quiet = parts.database, parts.clock, parts.quiet
    press = PrintSetup(parts.folder.forms, practice=parts.practice)
    ainas, airas, ejibai = AinasClient(parts.transport), AirasClient(parts.transport), EjibaiClient(parts.transport)
    changes = ChangeService(database, clock)
    settings = SettingsService(parts.places, ainas, parts.connection, database, changes.note_settings)
    backups = BackupService(database, parts.folder.backups, settings, clock, parts.terminal)
    vehicles, typing = VehicleService(database, clock), TypingService(database, clock, parts.kept, parts.terminal)
    imports = ImportService(database, vehicles)
    inspections = InspectionService(database, clock)
    to_ainas, to_airas = FilingChannel(ainas, settings, clock), ConformityChannel(airas, settings, clock)
    shared = database.is_shared  # if not, the lock of the folder proves that no other desk works on the file
    run = DeskRun(uuid.uuid4().hex, parts.terminal if shared else "", alone=not shared)
    leases = Leases(run, clock, parts.transport.longest_request)
    filing = Delivery(database, to_ainas, clock, quiet, leases)
    filings = FilingService(ainas, filing, RefreshMany(filing, to_ainas), settings)
    policy = Delivery(database, InsuranceChannel(ejibai, clock), clock, quiet, leases)
    insurance = InsuranceService(ejibai, policy)
    certificate = Delivery(database, to_airas, clock, quiet, leases)
    conformity = ConformityService(airas, certificate, RefreshMany(certificate, to_airas))
    book, review = ConformityBook(database, settings, clock, leases), ReviewService(database, clock)
    confirming = ConfirmingService(database, clock)
    linked = LinkedServices(inspections, insurance, conformity, book, filings, review)
    link = LinkService(linked, clock)
    relay = RelayService(RelayPlanning(linked, link), linked, confirming)
    operators = OperatorService(database, clock, parts.terminal)
    database.author = operators.author
    desk = Desk(
        vehicles=vehicles,
        sources=SourceService(database),
        inspections=inspections,
        imports=imports,
        many_imports=ManyImports(database, clock),
        arrivals=ArrivalService(database, clock, settings.watched_folder, PutOffFiles(typing)),
        scans=ScanService(typing, imports, clock),
        leases=leases,
        filings=filings,
        insurance=insurance,
        conformity=conformity,
        link=link,
        relay=relay,
        comparison=ComparisonService(database, settings, clock, press),
        estimates=EstimateService(database, settings, clock, press, review),
        recovery=RecoveryService(parts.folder, database.key),
        rates=RatesService(database, settings, parts.folder.insurers, clock),
        conformity_book=book,
        ledger=LedgerService(database, settings, clock, press),
        report=ReportService(database, settings, clock, press),
        paper_book=PaperBook(database, settings, clock),
        work_summaries=WorkSummaryService(database),
        papers=PaperService(database, settings, clock, press),
        payments=PaymentService(database, settings, clock, press),
        reconciling=ReconcilingService(database, clock, parts.terminal),
        bank_import=BankImport(database, clock, parts.terminal),
        backups=backups,
        data_export=DataExport(database, clock),
        batch=BatchService(filing),
        review=review,
        confirming=confirming,
        checklists=ChecklistService(database, settings, clock, press),
        settings=settings,
        standing=StandingService(
            ainas,
            settings,
            backups,
            UpdateService(settings, clock, RESOURCES / "update_key.txt"),
            clock,
            DeskStanding(parts.practice, parts.connection.address, parts.terminal, trouble=parts.trouble),
        ),
        typing=typing,
        operators=operators,
        changes=changes,
        editing=EditingService(database, clock, operators.author),
    )
    return guarded(desk, operators.require)
