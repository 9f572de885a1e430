"""Puts the services of a desk together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onestop.gateway.ainas import AinasClient
from onestop.gateway.airas import AirasClient
from onestop.gateway.ejibai import EjibaiClient
from onestop.services.backups import BackupService
from onestop.services.batch import BatchService
from onestop.services.comparison import ComparisonService
from onestop.services.confirming import ConfirmingService
from onestop.services.conformity import ConformityService
from onestop.services.conformity_book import ConformityBook
from onestop.services.desk import Desk
from onestop.services.filings import FilingService
from onestop.services.importing import ImportService
from onestop.services.inspection.service import InspectionService
from onestop.services.insurance import InsuranceService
from onestop.services.issuing import IssuingService
from onestop.services.ledger import LedgerService
from onestop.services.link import LinkService
from onestop.services.paper_book import PaperBook
from onestop.services.papers import PaperService
from onestop.services.payload import FilingPayload
from onestop.services.printing import Press
from onestop.services.progress import ProgressService
from onestop.services.report import ReportService
from onestop.services.review import ReviewService
from onestop.services.settings import SettingsService
from onestop.services.standing import StandingService
from onestop.services.typing import TypingService
from onestop.services.vehicles import VehicleService
from onestop.services.work_summary import WorkSummaryService

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from onestop.clock import Clock
    from onestop.gateway.transport import Transport
    from onestop.services.settings import Places
    from onestop.services.settings_form import Connection
    from onestop.store.database import Database


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
    insurers: Path
    """The file of 保険会社 that the shop may edit."""
    backups: Path
    """The folder of the database's backups."""
    forms: Path
    """The folder of layouts that the shop put in place of ours."""
    terminal: str
    practice: bool
    trouble: str = ""
    """Why nothing can be reached, in words for the clerk."""


def assemble(parts: Parts) -> Desk:
    """Return the services of a desk, each with the others that it needs."""
    database, clock, quiet = parts.database, parts.clock, parts.quiet
    press = Press(parts.forms, practice=parts.practice)
    ainas = AinasClient(parts.transport)
    settings = SettingsService(parts.places, ainas, parts.connection)
    backups = BackupService(database.path, parts.backups, settings, clock, parts.terminal)
    progress = ProgressService(database, ainas, clock)
    issuing = IssuingService(database, ainas, FilingPayload(settings, clock), clock, quiet)
    vehicles = VehicleService(database, clock)
    inspections = InspectionService(database, clock)
    filings = FilingService(database, ainas, progress, settings, clock)
    insurance = InsuranceService(database, EjibaiClient(parts.transport), clock, quiet, parts.insurers)
    conformity = ConformityService(database, AirasClient(parts.transport), clock, quiet)
    return Desk(
        vehicles=vehicles,
        inspections=inspections,
        imports=ImportService(database, vehicles),
        filings=filings,
        issuing=issuing,
        insurance=insurance,
        conformity=conformity,
        link=LinkService(inspections, insurance, conformity, filings, clock),
        comparison=ComparisonService(database, settings, clock, press),
        conformity_book=ConformityBook(database, settings, clock),
        ledger=LedgerService(database, settings, clock, press),
        report=ReportService(database, settings, clock, press),
        paper_book=PaperBook(database, settings, clock),
        work_summaries=WorkSummaryService(database),
        papers=PaperService(database, settings, clock, press),
        backups=backups,
        batch=BatchService(issuing),
        review=ReviewService(database, clock),
        confirming=ConfirmingService(database, clock),
        progress=progress,
        settings=settings,
        standing=StandingService(
            ainas,
            settings,
            backups,
            clock,
            practice=parts.practice,
            address=parts.connection.address,
            terminal=parts.terminal,
            trouble=parts.trouble,
        ),
        typing=TypingService(database, clock),
    )
