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
from onestop.services.conformity_channel import ConformityChannel
from onestop.services.delivery.delivery import Delivery
from onestop.services.delivery.refresh_many import RefreshMany
from onestop.services.desk import Desk
from onestop.services.filing_channel import FilingChannel
from onestop.services.filings import FilingService
from onestop.services.importing import ImportService
from onestop.services.inspection.service import InspectionService
from onestop.services.insurance import InsuranceService
from onestop.services.insurance_channel import InsuranceChannel
from onestop.services.ledger import LedgerService
from onestop.services.link import LinkService
from onestop.services.paper_book import PaperBook
from onestop.services.papers import PaperService
from onestop.services.payload import FilingPayload
from onestop.services.printing import Press
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
    ainas, airas, ejibai = AinasClient(parts.transport), AirasClient(parts.transport), EjibaiClient(parts.transport)
    settings = SettingsService(parts.places, ainas, parts.connection)
    backups = BackupService(database.path, parts.backups, settings, clock, parts.terminal)
    vehicles = VehicleService(database, clock)
    inspections = InspectionService(database, clock)
    to_ainas, to_airas = FilingChannel(ainas, FilingPayload(settings, clock)), ConformityChannel(airas, clock)
    filing = Delivery(database, to_ainas, clock, quiet)
    filings = FilingService(ainas, filing, RefreshMany(filing, to_ainas), settings)
    policy = Delivery(database, InsuranceChannel(ejibai, clock), clock, quiet)
    insurance = InsuranceService(ejibai, policy, parts.insurers)
    certificate = Delivery(database, to_airas, clock, quiet)
    conformity = ConformityService(airas, certificate, RefreshMany(certificate, to_airas))
    return Desk(
        vehicles=vehicles,
        inspections=inspections,
        imports=ImportService(database, vehicles),
        filings=filings,
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
        batch=BatchService(filing),
        review=ReviewService(database, clock),
        confirming=ConfirmingService(database, clock),
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
