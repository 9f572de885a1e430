"""Opens the desk: the data folder, the database, the services. Runs on a worker while the first window is painted."""

from __future__ import annotations

import datetime as dt
import logging
import platform
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.gateway.ainas import AinasClient
from onestop.gateway.airas import AirasClient
from onestop.gateway.ejibai import EjibaiClient
from onestop.gateway.transport import Credentials, Transport
from onestop.services.batch import BatchService
from onestop.services.conformity import ConformityService
from onestop.services.conformity_book import ConformityBook
from onestop.services.desk import Desk
from onestop.services.filings import FilingService
from onestop.services.importing import ImportService
from onestop.services.insurance import InsuranceService
from onestop.services.issuing import IssuingService
from onestop.services.ledger import LedgerService
from onestop.services.link import LinkService
from onestop.services.paper_book import PaperBook
from onestop.services.papers import PaperService
from onestop.services.payload import FilingPayload
from onestop.services.progress import ProgressService
from onestop.services.report import ReportService
from onestop.services.review import ReviewService
from onestop.services.settings import SettingsService
from onestop.services.settings_form import Connection
from onestop.services.standing import StandingService
from onestop.services.typing import TypingService
from onestop.services.vehicles import VehicleService
from onestop.store.backup import back_up_daily
from onestop.store.instance import claim
from onestop.store.keychain import Keychain, MemorySecrets, open_keychain
from onestop.store.opening import open_database, restore
from onestop.store.settings_file import Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from onestop.app.start import Start
    from onestop.clock import Clock
    from onestop.paths import DataFolder
    from onestop.store.database import Database

log = logging.getLogger(__name__)

UNSET_URL: Final = "https://not-set.invalid"
"""Stands where no 接続先 is set yet: nothing can be reached there."""


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """An open desk, and everything that has to be closed at the end."""

    desk: Desk
    practice: bool
    text_scale: int
    folder: DataFolder
    """Where its database lies."""
    _closing: ExitStack

    def back_up(self, clock: Clock) -> None:
        """Take today's backup if there is none yet; the desk works meanwhile, however long it takes."""
        try:
            back_up_daily(self.folder.database, self.folder.backups, clock)
        except errors.StoreError:
            log.exception("today's backup could not be taken")

    def close(self) -> None:
        """Close connections, the embedded services and the database, and leave the data folder to others."""
        self._closing.close()


@dataclass(frozen=True, slots=True)
class _Mode:
    """Practice or real: where things lie and where requests go."""

    practice: bool
    folder: DataFolder
    machine_file: Path
    """The settings of this machine, whichever the mode."""
    address: str
    given_at_start: bool
    http: httpx.BaseTransport | None
    secrets: Keychain | MemorySecrets


def open_desk(start: Start, clock: Clock) -> OpenDesk:
    """Open everything.

    Raises:
        DataFolderInUse: another instance works there.
        DatabaseNewer, DatabaseDamaged, EngineUnsafe, StoreError: see store/opening.py.
    """
    with ExitStack() as stack:
        instance = claim(start.folder)
        stack.callback(instance.release)
        settings = load_settings(start.folder.settings).settings
        mode = _mode(start, settings, stack)
        database = open_database(mode.folder, clock)
        stack.callback(database.close)
        if mode.practice:
            from onestop.app import practice  # noqa: PLC0415 - real work does without the imitated services

            practice.prepare(database, mode.folder, clock)
        transport = _transport(mode, clock)
        stack.callback(transport.close)
        desk = _desk(mode, database, transport, clock)
        return OpenDesk(desk, mode.practice, settings.text_scale, mode.folder, stack.pop_all())


def _mode(start: Start, settings: Settings, stack: ExitStack) -> _Mode:
    if start.practice or (settings.practice and not start.services_url):
        from onestop.app import practice  # noqa: PLC0415 - as in open_desk()

        sandbox = practice.open_services(start.folder.practice)
        stack.callback(sandbox.close)
        return _Mode(
            practice=True,
            folder=start.folder.practice,
            machine_file=start.folder.settings,
            address=practice.URL,
            given_at_start=start.practice,
            http=practice.way_in(sandbox),
            secrets=practice.practice_secrets(sandbox),
        )
    return _Mode(
        practice=False,
        folder=start.folder,
        machine_file=start.folder.settings,
        address=start.services_url or settings.services_url,
        given_at_start=bool(start.services_url),
        http=None,
        secrets=start.secrets or _keychain(),
    )


def _keychain() -> Keychain | MemorySecrets:
    try:
        return open_keychain()
    except errors.KeychainUnavailable:
        log.warning("no keychain: secrets are kept in memory")
        return MemorySecrets()


def _transport(mode: _Mode, clock: Clock) -> Transport:
    def credentials() -> Credentials | None:
        secrets = mode.secrets.read()
        return Credentials(secrets.api_key, secrets.api_password) if secrets.api_key and secrets.api_password else None

    try:
        return Transport(mode.address or UNSET_URL, credentials, clock=clock, http=mode.http)
    except errors.InvalidInput:  # an address from another program's hand; 設定 shows it, and nothing can be reached
        log.warning("the address of the services cannot be used")
        return Transport(UNSET_URL, credentials, clock=clock)


def _desk(mode: _Mode, database: Database, transport: Transport, clock: Clock) -> Desk:
    ainas = AinasClient(transport)
    connection = Connection(mode.address, mode.given_at_start)
    service_settings = SettingsService(mode.folder.settings, mode.machine_file, mode.secrets, ainas, connection)
    progress = ProgressService(database, ainas, clock)
    payload = FilingPayload(service_settings, clock)
    issuing = IssuingService(database, ainas, payload, clock, _quiet(mode))
    vehicles = VehicleService(database, clock)
    filings = FilingService(database, ainas, progress, service_settings, clock)
    insurance = InsuranceService(database, EjibaiClient(transport), clock, _quiet(mode), mode.folder.insurers)
    conformity = ConformityService(database, AirasClient(transport), clock, _quiet(mode))
    return Desk(
        vehicles=vehicles,
        imports=ImportService(database, vehicles),
        filings=filings,
        issuing=issuing,
        insurance=insurance,
        conformity=conformity,
        link=LinkService(vehicles, insurance, conformity, filings, clock),
        conformity_book=ConformityBook(database, service_settings, clock),
        ledger=LedgerService(database, service_settings, clock, mode.folder.forms),
        report=ReportService(database, service_settings, clock, mode.folder.forms),
        paper_book=PaperBook(database, service_settings, clock),
        papers=PaperService(database, service_settings, clock, mode.folder.forms),
        batch=BatchService(issuing),
        review=ReviewService(database, clock),
        progress=progress,
        settings=service_settings,
        standing=StandingService(
            ainas, service_settings, practice=mode.practice, address=mode.address, terminal=platform.node()
        ),
        typing=TypingService(database, clock),
    )


def _quiet(mode: _Mode) -> dt.timedelta:
    return dt.timedelta(seconds=load_settings(mode.folder.settings).settings.settle_after_seconds)


def restore_backup(start: Start, damaged: errors.DatabaseDamaged, clock: Clock) -> None:
    """Put the backup in the damaged database's place, while nobody has the folder.

    Raises:
        DataFolderInUse: another instance works there.
        StoreError: the files cannot be read or written.
    """
    if damaged.backup is None:
        return
    folder = start.folder if damaged.backup.parent == start.folder.backups else start.folder.practice
    instance = claim(start.folder)
    try:
        restore(folder, damaged.backup, clock)
    finally:
        instance.release()
