"""Opens the desk: the data folder, the database, the services. Runs on a worker while the first window is painted."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from onestop import errors
from onestop.app.data_key import data_key
from onestop.app.first_answer import hold
from onestop.gateway.address import stays_here
from onestop.gateway.line import Nowhere
from onestop.gateway.transport import Credentials, Transport
from onestop.services.delivery.table import quiet_time
from onestop.services.desk import Parts, assemble
from onestop.services.resuming import resume
from onestop.services.settings.form import Connection
from onestop.services.settings.service import Places
from onestop.store.database import Database
from onestop.store.failures import translate_file_errors
from onestop.store.instance import claim
from onestop.store.keychain import Keychain, MemorySecrets, open_keychain
from onestop.store.moved import check_here
from onestop.store.opening import begin_empty, holds_data, mend_database, open_database, restore
from onestop.store.settings_file import LoadedSettings, Settings, load_settings, save_settings
from onestop.store.sqlite.backing import SqliteFile
from onestop.store.sqlite.folder import check_practice, is_synced

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack

    import httpx

    from onestop.app.first_answer import HeldFolder
    from onestop.app.server_desk import ServerDesk
    from onestop.app.start import Start
    from onestop.clock import Clock
    from onestop.paths import DataFolder
    from onestop.services.delivery.settle import Settled
    from onestop.services.desk import Desk
    from onestop.store.postgres.listening import Heard
    from onestop.store.sqlite.key import Key

log = logging.getLogger(__name__)

COPY_PATIENCE: Final = 2.0
"""Seconds that a copy to the second place gets at the end."""
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
    unread: tuple[LoadedSettings, ...]
    """Files of settings of which something could not be read."""
    synced: bool
    """Whether a program that copies files to other machines has its hands on them."""
    _closing: ExitStack
    _server: ServerDesk | None = None

    def listen(self, tell: Callable[[Heard], None]) -> None:
        """Hear from now on what other desks change, and whether the server is there; nothing where there is none."""
        if self._server is not None:
            self._server.listen(tell)

    def resume(self, tell: Callable[[Settled], None]) -> Settled:
        """Take up what the last program left open; `tell` hears at once how much that is, and how far it has come."""
        return resume(self.desk, tell)

    def close(self) -> None:
        """Close connections, the embedded services and the database, and leave the data folder to others."""
        self._closing.close()


@dataclass(frozen=True, slots=True)
class _Mode:
    """Practice or real: where things lie and where requests go."""

    practice: bool
    folder: DataFolder
    address: str
    given_at_start: bool
    http: httpx.BaseTransport | None
    secrets: Keychain | MemorySecrets
    database_url: str = ""
    """The server's database; empty for one in the folder."""
    real_secrets: Callable[[], Keychain | MemorySecrets] | None = None
    """In practice the way to those of the real desk, which 設定 keeps."""


def open_desk(start: Start, clock: Clock, held: HeldFolder | None = None) -> OpenDesk:
    """Open everything; what is `held` already is closed with it, or when it fails.

    Raises:
        WrongFolder, DataFolderInUse: see first_answer.py.
        KeyWanted, KeyUnkept: see data_key.py.
        ModeUnknown: real work lies there, and no settings; choose_mode() goes on.
        PracticeDamaged: begin_practice_anew() goes on.
        DatabaseNewer, DatabaseDamaged, EngineUnsafe, StoreError: see store/opening.py.
    """
    start.at_start.database_url = ""
    held = held or hold(start, clock)
    with held.closing as stack, translate_file_errors():
        machine = load_settings(start.folder.settings)
        said = machine.found or start.practice or start.services_url or start.database_url
        if not said and holds_data(start.folder):
            raise errors.ModeUnknown
        mode = _mode(start, machine.settings, stack)
        loaded = (machine, load_settings(mode.folder.settings)) if mode.practice else (machine,)
        server = _server_desk(start, mode, clock) if mode.database_url else None
        database = server.database if server else _database(start, held, mode, clock)
        stack.callback((server or database).close)
        clock = server.clock if server else clock
        if mode.practice:
            from onestop.app import practice  # noqa: PLC0415 - real work does without the imitated services

            practice.prepare(database, mode.folder, clock)
        transport, trouble = _transport(mode, clock)
        stack.callback(transport.close)
        seconds = load_settings(mode.folder.settings).settings.settle_after_seconds
        parts = Parts(
            database=database,
            transport=transport,
            clock=clock,
            places=Places(mode.folder.settings, start.folder.settings, mode.secrets, mode.real_secrets),
            connection=Connection(mode.address, mode.given_at_start, start.database_url),
            quiet=quiet_time(seconds, leaves_this_machine=not (mode.practice or stays_here(mode.address))),
            folder=mode.folder,
            terminal=start.desk_name,
            practice=mode.practice,
            trouble=trouble,
            kept=server.kept if server else None,
        )
        desk = assemble(parts)
        desk.rates.put_in_force()
        desk.settings.take_over_inspectors()
        if start.releases_operators:
            log.info("operators were released: %d", desk.operators.release())
        stack.callback(desk.backups.finish, COPY_PATIENCE)
        unread = tuple(each for each in loaded if each.put_aside)
        scale, synced = machine.settings.text_scale, is_synced(start.folder)
        return OpenDesk(desk, mode.practice, scale, mode.folder, unread, synced, stack.pop_all(), server)


def _database(start: Start, held: HeldFolder, mode: _Mode, clock: Clock) -> Database:
    if mode.practice:
        return open_database(mode.folder, clock, practice=True)
    if held.lists is None:
        check_here(mode.folder)  # before anybody is asked for a key
        return open_database(mode.folder, clock, data_key(start), start.at_start.tell_encrypting)
    return Database(SqliteFile(mode.folder.database, held.key), clock, held.lists)


def _server_desk(start: Start, mode: _Mode, clock: Clock) -> ServerDesk:
    from onestop.app.server_desk import open_server_desk  # noqa: PLC0415 - a desk by itself does without psycopg

    start.at_start.database_url = mode.database_url
    secrets = (mode.real_secrets or (lambda: mode.secrets))().read()
    way = mode.database_url, secrets.database_password
    return open_server_desk(start, mode.folder, clock, way, practice=mode.practice)


def _practises(start: Start, settings: Settings) -> bool:
    return start.practice or (settings.practice and not start.services_url)


def _mode(start: Start, settings: Settings, stack: ExitStack) -> _Mode:
    if _practises(start, settings):
        check_practice(start.folder)
        stack.callback(claim(start.folder.practice).release)
        address, http, practice_secrets = _practice_services(start, stack)
        return _Mode(
            practice=True,
            folder=start.folder.practice,
            address=address,
            given_at_start=start.practice,
            http=http,
            secrets=practice_secrets,
            database_url=start.database_url,
            real_secrets=lambda: real_secrets(start),
        )
    return _Mode(
        practice=False,
        folder=start.folder,
        address=start.services_url or settings.services_url,
        given_at_start=bool(start.services_url),
        http=None,
        secrets=start.secrets or keychain_of_desk(start, settings),
        database_url=start.database_url or settings.database_url,
    )


def _practice_services(start: Start, stack: ExitStack) -> tuple[str, httpx.BaseTransport | None, MemorySecrets]:
    """Return address, way and account of the imitated services: embedded, or those that desks here share."""
    from onestop.app import practice  # noqa: PLC0415 - as in open_desk()

    if start.services_url and stays_here(start.services_url):
        return start.services_url, None, practice.shared_secrets()
    sandbox = practice.open_services(start.folder.practice)
    stack.callback(sandbox.close)
    return practice.URL, practice.way_in(sandbox), practice.practice_secrets(sandbox)


def real_secrets(start: Start) -> Keychain | MemorySecrets:
    """Return what the real desk's secrets are kept in, also while it practises."""
    return start.secrets or keychain_of_desk(start, load_settings(start.folder.settings).settings)


def keychain_of_desk(start: Start, settings: Settings) -> Keychain | MemorySecrets:
    """Return where the secrets of a real desk are; in memory where there is no keychain."""
    desk_id = settings.desk_id or token_hex(8)
    try:
        keychain = open_keychain(desk_id)
    except errors.KeychainUnavailable:
        log.warning("no keychain: secrets are kept in memory")
        return start.memory
    if not settings.desk_id:
        save_settings(start.folder.settings, settings.model_copy(update={"desk_id": desk_id}))
    try:
        keychain.take_over()
        keychain.keep_trace_key()
    except errors.KeychainUnavailable:
        log.warning("the keychain does not answer")
    return keychain


def _transport(mode: _Mode, clock: Clock) -> tuple[Transport, str]:
    """Return the way out, and why it leads nowhere if it does."""

    def credentials() -> Credentials | None:
        secrets = mode.secrets.read()
        if not (secrets.api_key and secrets.api_password):
            return None
        return Credentials(secrets.api_key, secrets.api_password, mode.secrets.trace_key())

    try:
        return Transport(mode.address or UNSET_URL, credentials, clock=clock, http=mode.http), ""
    except errors.InvalidInput as error:  # an address from another program's hand, or the machine's own proxy
        log.warning("the address of the services, or the proxy, cannot be used")
        return Transport(UNSET_URL, credentials, clock=clock, http=Nowhere()), error.problems[0].message


def restore_backup(start: Start, damaged: errors.DatabaseDamaged, clock: Clock) -> None:
    """Put the backup in the damaged database's place, while nobody has the folder.

    Raises:
        DataFolderInUse, StoreError: another instance works there, or the files cannot be read or written.
    """
    if damaged.backup is None:
        return
    folder = start.folder if damaged.backup.parent == start.folder.backups else start.folder.practice
    with claim(start.folder):
        restore(folder, damaged.backup, clock, _key_of(start, folder))


def choose_mode(start: Start, *, practice: bool) -> None:
    """Write settings that say practice or real, where there are none and a person chose.

    Raises:
        DataFolderInUse, StoreError: another instance works there, or the file cannot be written.
    """
    with claim(start.folder):
        save_settings(start.folder.settings, Settings(practice=practice))


def begin_practice_anew(start: Start, clock: Clock) -> None:
    """Put the whole practice folder aside, so that the next opening makes its world again.

    Raises:
        DataFolderInUse, StoreError: another instance works there, or it cannot be moved.
    """
    from onestop.app import practice  # noqa: PLC0415 - as in open_desk()

    with claim(start.folder):
        practice.put_aside(start.folder.practice.root, clock)


def mend(start: Start, clock: Clock, *, from_backup: bool) -> None:
    """Put a whole database in the place of the one that is hurt, while nobody has the folder.

    Raises:
        DataFolderInUse, StoreError: another instance works there, or the files cannot be read or written.
    """
    with claim(start.folder):
        folder = _folder_in_use(start)
        mend_database(folder, clock, _key_of(start, folder), from_backup=from_backup)


def begin_anew(start: Start, clock: Clock) -> None:
    """Begin with an empty database where a damaged one was, while nobody has the folder.

    Raises:
        DataFolderInUse, StoreError: another instance works there, or the files cannot be read or written.
    """
    with claim(start.folder):
        folder = _folder_in_use(start)
        begin_empty(folder, clock, _key_of(start, folder), practice=folder != start.folder)


def _key_of(start: Start, folder: DataFolder) -> Key | None:
    return data_key(start) if folder == start.folder else None


def _folder_in_use(start: Start) -> DataFolder:
    practice = _practises(start, load_settings(start.folder.settings).settings)
    return start.folder.practice if practice else start.folder
