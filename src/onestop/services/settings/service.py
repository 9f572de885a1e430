"""設定: what the shop told the program about itself, and its secrets."""

from __future__ import annotations

import dataclasses
import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onestop import errors
from onestop.files import is_text
from onestop.gateway.transport import Credentials
from onestop.services.hours import planned_hours
from onestop.services.settings.access import ServiceAccess
from onestop.services.settings.changes import changes_of, without_names
from onestop.services.settings.check import LONGEST, SECRETS, check_second_place, check_settings, check_watched_folder
from onestop.services.settings.form import (
    BESIDE,
    NO_LINE,
    PrintOffset,
    RecordingDefaults,
    ScannerLine,
    SettingsState,
    Workshop,
    form_of_settings,
    inspectors_as_text,
    missing_of,
    read_charge,
    read_inspectors,
    read_workshop_code,
)
from onestop.services.settings.inspectors import check_may_wait, entries_of, same, take_over, waiting_of
from onestop.services.settings.window_bounds import WindowBounds
from onestop.store.settings_file import PrintOffsetEntry, WindowEntry, load_settings, save_settings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from onestop.gateway.ainas import AinasClient
    from onestop.model.inspector import Inspector
    from onestop.services.hours import PlannedHours
    from onestop.services.settings.changes import SettingChange
    from onestop.services.settings.form import Connection, SettingsForm
    from onestop.store.database import Database
    from onestop.store.keychain import Keychain, MemorySecrets
    from onestop.store.settings_file import HoursTable, Settings

    Told = Callable[[tuple[SettingChange, ...]], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Places:
    """Where settings and secrets lie.

    What the clerk types in 設定 is always the real desk's, also while she practises: practice has a key and codes of
    its own, which nothing can spoil, and what she typed stands ready when she changes over.
    """

    mode_file: Path
    """The site codes and defaults that this desk works with."""
    machine_file: Path
    """The real desk's, practice or real, and the services' URL; in real mode the same file."""
    secrets: Keychain | MemorySecrets
    """What this desk signs with: the OS keychain, or memory where there is none, and in practice."""
    real_secrets: Callable[[], Keychain | MemorySecrets] | None = None
    """In practice the way to those of the real desk; it is opened when 設定 first wants them."""


class SettingsService:
    """Reads and writes settings and secrets; knows what is missing before anything is filed."""

    def __init__(
        self, places: Places, ainas: AinasClient, connection: Connection, database: Database, told: Told
    ) -> None:
        """Take the settings of this mode (practice has its own), of this machine, and the secrets.

        `ainas` is asked for 接続確認 and 再設定 with credentials of their own, to try a password; `database` has the
        検査員; `told` hears of each setting that was saved, with its old and its new value, and never of a secret's.
        """
        self._told = told
        self._database = database
        self._mode_file = places.mode_file
        self._machine_file = places.machine_file
        self._secrets = places.secrets
        self._open_real_secrets = places.real_secrets
        self._connection = connection
        self._known: dict[Path, Settings] = {}
        self._writing = threading.RLock()
        """Held while settings or secrets are read, changed and written back."""
        self.access = ServiceAccess(places.secrets, ainas, self._writing)

    @property
    def in_keychain(self) -> bool:
        """Whether secrets are still there at the next start; asks nobody."""
        return self._secrets.remembers

    @property
    def practising(self) -> bool:
        """Whether this desk has a key and codes of its own to practise with."""
        return self._mode_file != self._machine_file

    @property
    def is_begun(self) -> bool:
        """Whether the real desk was told anything yet; reads a file and asks no keychain."""
        machine = self._machine()
        return bool(machine.services_url or machine.requester_site_code or machine.agent_site_id)

    def state(self) -> SettingsState:
        """Return everything that 設定 shows, which is the real desk's; secrets themselves never leave."""
        machine, store = self._machine(), self._real_secrets
        secrets = store.read()
        address = machine.services_url if self.practising else self._connection.address
        return SettingsState(
            self._form_told(),
            has_api_key=bool(secrets.api_key),
            has_api_password=bool(secrets.api_password),
            reset_pending=bool(self._secrets.read().pending_password),
            in_keychain=store.remembers,
            missing=missing_of(machine, secrets, address),
            practising=self.practising,
            connection=self._connection,
            has_database_password=bool(secrets.database_password),
        )

    def save(self, form: SettingsForm) -> None:
        """F9 保存.

        Raises:
            InvalidInput: a field cannot be used; nothing was changed.
            KeychainUnavailable: the secrets could not be stored; nothing else was changed either.
            StoreError: the settings file could not be written, or the server of another 接続先データベース does not let
                this desk in; then nothing was changed.
        """
        check_settings(form)
        if form.second_backup_folder.strip() != self._machine().second_backup_folder:
            check_second_place(form.second_backup_folder.strip(), self._machine_file.parent)
        if form.watched_folder.strip() != self._machine().watched_folder:
            check_watched_folder(form.watched_folder.strip())
        inspectors = read_inspectors(form.inspectors)
        if self.practising:
            check_may_wait(inspectors, self._machine(), self._machine_file.parent)
        self._try_database(form)
        with self._writing:
            self._save_secrets(form)
            texts = {name: getattr(form, name).strip() for name in (*LONGEST, *BESIDE, "services_url")}
            before = self._form_told()
            workshop = {**self._save_inspectors(inspectors), "workshop_code": read_workshop_code(form.workshop_code)}
            self._keep(**texts, **workshop, practice=form.practice, oss_charge=read_charge(form.oss_charge))
            changes = changes_of(before, self._form_told(), form)
            self._told(without_names(changes) if self.practising else changes)

    def _form_told(self) -> SettingsForm:
        machine = self._machine()
        return form_of_settings(machine, waiting_of(machine) if self.practising else self._inspectors())

    def _inspectors(self) -> tuple[Inspector, ...]:
        with self._database.read() as shelves:
            return shelves.inspectors.all()

    def _save_inspectors(self, inspectors: tuple[Inspector, ...]) -> dict[str, object]:
        """Keep them in the database; 練習モード has another one, and leaves them in the file until then."""
        if self.practising:
            return {"inspectors": entries_of(inspectors)}
        if not same(inspectors, self._inspectors()):
            with self._database.write() as shelves:
                shelves.inspectors.put(inspectors)
        return {}

    def take_over_inspectors(self) -> None:
        """Take the 検査員 that wait in the settings file into the database, at the opening of the desk.

        The history keeps the list that was here, where the database said otherwise.

        Raises:
            StoreError: they could not be written; nothing is lost.
        """
        waiting, there = take_over(self._database, self._mode_file)
        if not same(waiting, there):
            self._told((("inspectors", inspectors_as_text(waiting), inspectors_as_text(there)),))

    def _try_database(self, form: SettingsForm) -> None:
        """Keep a desk from a database that it could not open: 設定 lies behind it."""
        url = form.database_url.strip()
        if url and (url != self._machine().database_url or form.database_password):
            from onestop.store.postgres.connecting import try_server  # noqa: PLC0415 - a desk by itself does without psycopg

            try_server(url, form.database_password.strip() or self._real_secrets.read().database_password)

    def _keep(self, **changes: object) -> None:
        """Write what changed into this machine's settings; a file that already says so is left alone."""
        with self._writing:
            old = self._machine()
            new = old.model_copy(update=changes)
            if new != old:
                save_settings(self._machine_file, new)

    def _remember(self, **changes: object) -> None:
        """Keep what was used last; what was done with it is done, whether this can be written or not."""
        try:
            self._keep(**changes)
        except errors.StoreError as error:
            log.info("what was used last could not be kept: %s", type(error).__name__)

    def _save_secrets(self, form: SettingsForm) -> None:
        store = self._real_secrets
        old = store.read()
        typed = {name: getattr(form, name).strip() for name in SECRETS}
        new = dataclasses.replace(old, **{name: value for name, value in typed.items() if value})
        if new != old:  # a pending password stays: it may be in force, whatever was typed
            store.write(new)

    @property
    def _real_secrets(self) -> Keychain | MemorySecrets:
        return self._secrets if self._open_real_secrets is None else self._open_real_secrets()

    def missing(self) -> tuple[str, ...]:
        """Return the English names of what filing from this desk needs and is not there."""
        return missing_of(self._mode(), self._secrets.read(), self._connection.address)

    def credentials(self) -> Credentials | None:
        """Return what requests are signed with; None while it is not set."""
        secrets = self._secrets.read()
        whole = secrets.api_key and secrets.api_password
        return Credentials(secrets.api_key, secrets.api_password, self._secrets.trace_key()) if whole else None

    def api_key(self) -> str:
        """Return the stored APIキー, for the clerk to read; empty while there is none. The password is never read."""
        return self._secrets.read().api_key

    def sites(self) -> tuple[str, str]:
        """Return 依頼人拠点コード and 代理人拠点ID.

        Raises:
            NotConfigured: something that filing needs is missing.
        """
        mode = self._mode()
        if missing := missing_of(mode, self._secrets.read(), self._connection.address):
            raise errors.NotConfigured(*missing)
        return mode.requester_site_code, mode.agent_site_id

    def workshop(self) -> Workshop:
        """Return the 整備工場コード, the 検査員, the 事業場の名称 and OSS申請費用; empty while 設定 has none."""
        mode = self._mode()
        return Workshop(mode.workshop_code, self._inspectors(), mode.workshop_name, mode.oss_charge)

    def remember_text_scale(self, percent: int) -> None:
        """Keep the size of all text for the next start."""
        self._keep(text_scale=percent)

    def windows(self) -> Mapping[str, WindowBounds]:
        """Return where the windows of each kind stood last."""
        return {
            each.kind: WindowBounds(each.left, each.top, each.width, each.height, each.maximised, each.columns)
            for each in self._machine().windows
        }

    def remember_window(self, kind: str, bounds: WindowBounds) -> None:
        """Keep where a window stands, for the next one of its kind."""
        entry = WindowEntry(kind=kind, **dataclasses.asdict(bounds))
        with self._writing:
            others = tuple(each for each in self._machine().windows if each.kind != kind)
            self._remember(windows=(*others, entry))

    def service_hours(self, now: dt.datetime) -> tuple[PlannedHours, PlannedHours]:
        """Return when AINAS and AIRAS answer by the table of this machine, as it stands at a moment."""
        table = self.hours()
        return planned_hours("ainas", table, now), planned_hours("airas", table, now)

    def hours(self) -> HoursTable:
        """Return the table of this machine: when the services answer, and when all are closed."""
        return self._machine().hours

    def import_folder(self) -> str:
        """Return the folder from which F11 read a file last; empty at first."""
        return self._machine().last_import_folder

    def remember_import_folder(self, file: Path) -> None:
        """Keep in which folder a file was read."""
        folder = str(file.absolute().parent)
        if is_text(folder):
            self._remember(last_import_folder=folder)

    def watched_folder(self) -> Path | None:
        """Return where files of the 車検証閲覧アプリ arrive; practice has a folder of its own. None for nowhere."""
        chosen = self._mode().watched_folder
        return Path(chosen) if chosen else None

    def lock_minutes(self) -> int:
        """Return after how many minutes without a key the desk is locked; 0 for never."""
        return self._machine().lock_minutes

    def lock_after(self, minutes: int) -> None:
        """Keep after how many minutes the desk is locked."""
        self._keep(lock_minutes=minutes)

    def scanner_line(self) -> ScannerLine:
        """Return where a scanner at a serial port is, and how fast it speaks."""
        machine = self._machine()
        return ScannerLine(machine.scanner_port, int(machine.scanner_speed)) if machine.scanner_port else NO_LINE

    def export_folder(self) -> str:
        """Return the folder where a file for the clerk was written last; empty at first."""
        return self._machine().last_export_folder

    def remember_export_folder(self, folder: str) -> None:
        """Keep where a file for the clerk was written."""
        if is_text(folder):
            self._remember(last_export_folder=folder)

    def second_backup_folder(self) -> Path | None:
        """Return where a copy of each backup goes; None if nowhere was chosen, and in practice."""
        chosen = self._machine().second_backup_folder
        return Path(chosen) if chosen and not self.practising else None

    def update_address(self) -> str:
        """Return where a notice of newer versions is looked for; empty for nowhere, and in practice."""
        return "" if self.practising else self._machine().update_address.strip()

    def update_heard(self) -> tuple[str, dt.datetime | None]:
        """Return the newest version that was heard of, and of when that notice was; None while there was none."""
        machine = self._machine()
        return machine.update_version, machine.update_issued

    def remember_update(self, version: str, issued: dt.datetime) -> None:
        """Keep what was heard of newer versions, so that nothing older is believed any more."""
        self._keep(update_version=version, update_issued=issued)

    def print_offset(self, form: str) -> PrintOffset:
        """Return how far a form, by its title, is moved on the paper."""
        entries = (each for each in self._machine().print_offsets if each.form == form)
        return next((PrintOffset(each.right_mm, each.down_mm) for each in entries), PrintOffset())

    def remember_print_offset(self, form: str, offset: PrintOffset) -> None:
        """Keep how far a form is moved on the paper."""
        entry = PrintOffsetEntry(form=form, right_mm=offset.right_mm, down_mm=offset.down_mm)
        with self._writing:
            others = tuple(each for each in self._machine().print_offsets if each.form != form)
            self._keep(print_offsets=(*others, entry))

    def recording_defaults(self) -> RecordingDefaults:
        """Return 電子車検証更新区分 and 委託番号 as 設定 has them for new filings."""
        mode = self._mode()
        return RecordingDefaults(mode.certificate_update, mode.recording_contract_number)

    def _mode(self) -> Settings:
        return self._read(self._mode_file)

    def _machine(self) -> Settings:
        return self._read(self._machine_file)

    def _read(self, file: Path) -> Settings:
        """Read a file; one that was deleted meanwhile holds what it held: a real desk never becomes practice by it."""
        loaded = load_settings(file)
        if loaded.found:
            self._known[file] = loaded.settings
        return self._known.get(file, loaded.settings)
