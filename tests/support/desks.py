"""A whole desk for tests: the real services on a real SQLite file, with the sandbox in this process or on a socket.

`with a_desk(tmp_path) as room:` gives `room.desk`, `room.database`, `room.sandbox`; opening the same folder again
with the same sandbox is a restart of the program.
"""

from __future__ import annotations

import atexit
import dataclasses
import datetime as dt
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from onestop.clock import SystemClock
from onestop.gateway.ainas import AinasClient
from onestop.gateway.transport import Transport
from onestop.model.sending_state import Sending
from onestop.model.written import category_of
from onestop.paths import DataFolder
from onestop.services.desk import Parts, assemble
from onestop.services.settings.form import Connection, SettingsForm
from onestop.services.settings.service import Places
from onestop.store.database import Database
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.settings_file import Settings, save_settings
from onestop.store.sqlite.backing import SqliteFile
from onestop_sandbox import DEFAULT_WORLD, Options, Sandbox, app_of
from support.builders import a_conformity_certificate, a_filing, a_vehicle, an_insurance_certificate
from support.clock import FixedClock
from support.databases import a_database_file
from support.inspections import of_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from onestop.clock import Clock
    from onestop.gateway.transport import Timeouts
    from onestop.model.filing import Filing
    from onestop.model.vehicle import Vehicle
    from onestop.services.desk import Desk
    from onestop.store.database import Shelves
    from onestop.store.keychain import Keychain
    from onestop_sandbox.clock import Clock as ServiceClock

READY_SECRETS = ApiSecrets("READYKEY", "ready-password")
INITIAL_SECRETS = ApiSecrets("TESTKEY", "999000")
READY_SETTINGS = Settings(
    practice=False,
    services_url="https://services.example",
    requester_site_code="0812345",
    agent_site_id="D0000123",
)
READY_FORM = SettingsForm(
    requester_site_code="0812345",
    agent_site_id="D0000123",
    practice=False,
    services_url="https://services.example",
)
"""The same as 設定 shows it."""
IN_PROCESS = "http://127.0.0.1"
"""What stands in the address when the sandbox answers in this process."""
COVERS = dt.date(2028, 12, 21)
"""Until when the 自賠責 of a filing goes that may be issued: a day past the new 満了日."""
QUIET = dt.timedelta(seconds=180)


@dataclass(frozen=True, slots=True)
class DeskRoom:
    """A desk with everything that stands behind it."""

    desk: Desk
    database: Database
    sandbox: Sandbox
    secrets: Keychain | MemorySecrets
    clock: Clock
    ainas: AinasClient

    def a_car(self, **changes: object) -> int:
        """Store a car (`plate="土浦300さ1234"` and any field of Vehicle) and return its id."""
        with self.database.write() as shelves:
            return shelves.vehicles.add(a_vehicle(**changes)).id  # type: ignore[arg-type]  # any field

    def a_draft(self, vehicle_id: int | None = None, **changes: object) -> int:
        """Store a filing 依頼前 that may be issued, on a car of its own unless one is named; return its 管理番号."""
        of_car: dict[str, Any] = {name: changes[name] for name in ("plate", "chassis_number") & changes.keys()}
        with self.database.write() as shelves:
            vehicle = shelves.vehicles.get(vehicle_id) if vehicle_id else shelves.vehicles.add(a_vehicle(**of_car))
            told: dict[str, Any] = {**_certified(shelves, vehicle, changes), **changes}
            filing = a_filing(vehicle_id=vehicle.id, **told)
            return shelves.filings.add(of_now(shelves, filing)).control_number

    def certify(self, car: int, **changes: object) -> dict[str, str]:
        """Store the 自賠責 and 保適証 with which a car may be filed, unless it has them; return their numbers."""
        with self.database.write() as shelves:
            return _certified(shelves, shelves.vehicles.get(car), changes)

    def drafts(self, count: int) -> list[int]:
        """Store so many filings 依頼前, each on a car of its own."""
        return [self.a_draft(plate=f"土浦300さ{1001 + n}", chassis_number=f"ZN6-{100001 + n}") for n in range(count)]

    def filing(self, control_number: int) -> Filing:
        """Return a filing as it is stored."""
        with self.database.read() as shelves:
            return shelves.filings.get(control_number)

    def times_filed(self, control_number: int) -> int:
        """Return how often AINAS has this filing."""
        return sum(times for key, times in self.sandbox.filings.items() if key.control_number == control_number)


def _certified(shelves: Shelves, vehicle: Vehicle, changes: Mapping[str, object]) -> dict[str, str]:
    """See `DeskRoom.certify`."""
    car = vehicle.id
    numbers = {
        "insurance_certificate_number": f"A{123456788 + car}",
        "conformity_certificate_number": f"{1112345677 + car}",
    }
    has = (*shelves.insurance.all_for_vehicle(car), *shelves.conformity.all_for_vehicle(car))
    if has or changes.keys() & numbers.keys():
        return numbers
    same: dict[str, Any] = {"vehicle_id": car, "sending": Sending.FILED}
    same |= {"chassis_number": vehicle.chassis_number, "registration_number": vehicle.registration_number}
    policy = an_insurance_certificate(
        **same, certificate_number=numbers["insurance_certificate_number"], end_date=COVERS
    )
    made = a_conformity_certificate(
        **same,
        certificate_number=numbers["conformity_certificate_number"],
        new_insurance_number=numbers["insurance_certificate_number"],
        status="作成済",
        user_name=vehicle.effective_user_name,
        user_address=vehicle.effective_user_address1 + vehicle.effective_user_address2,
        vehicle_category=category_of(vehicle).value,
        expiry_date=vehicle.expiry_date,
    )
    shelves.insurance.add(of_now(shelves, policy))
    shelves.conformity.add(of_now(shelves, made))
    return numbers


def name_workshop(room: DeskRoom, name: str) -> None:
    """Type the 事業場の名称 into 設定."""
    settings = room.desk.settings
    settings.save(dataclasses.replace(settings.state().form, workshop_name=name))


class Interposed(httpx.BaseTransport):
    """Carries requests to the sandbox and lets a test look in before, or change the answer after."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._way = httpx.WSGITransport(app=app_of(sandbox))
        self.before: Callable[[httpx.Request], None] = lambda _request: None
        self.after: Callable[[httpx.Request, httpx.Response], httpx.Response] = lambda _request, response: response
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path}")
        self.before(request)
        return self.after(request, self._way.handle_request(request))


def a_sandbox(clock: ServiceClock, **options: object) -> Sandbox:
    """Return a sandbox on a test's clock that never really waits; the caller closes it."""
    settings = {"clock": clock, "sleep": lambda _seconds: None, **options}
    return Sandbox(DEFAULT_WORLD, Options(**settings))  # type: ignore[arg-type]  # named by the test


def a_file(path: Path) -> SqliteFile:
    """Open a database's file; one that is not there is made first."""
    return SqliteFile(path if path.exists() else a_database_file(path))


@cache
def _drafted() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="onestop-drafted-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with a_desk(folder) as room:
        room.a_draft()
    return folder / "onestop.db"


def put_draft(folder: Path) -> None:
    """Put the file of a desk with one `a_draft()` there: made once per test process, for those who open many desks."""
    shutil.copyfile(_drafted(), folder / "onestop.db")


def use_once() -> None:
    """Send and settle something: contracts, SQL and rates are read and made ready for whoever is forked from here."""
    with tempfile.TemporaryDirectory() as folder, a_desk(Path(folder), clock=SystemClock()) as room:
        for sending in (room.desk.filings, room.desk.insurance, room.desk.conformity):
            sending.delivery.settle()
        room.desk.filings.delivery.issue(room.a_draft())


@contextmanager
def a_desk(  # noqa: PLR0913 - everything a test may want to choose, all with a default
    folder: Path,
    *,
    sandbox: Sandbox | None = None,
    clock: Clock | None = None,
    secrets: Keychain | MemorySecrets | None = None,
    settings: Settings | None = READY_SETTINGS,
    url: str = IN_PROCESS,
    http: httpx.BaseTransport | None = None,
    timeouts: Timeouts | None = None,
    quiet: dt.timedelta = QUIET,
    practice: bool = False,
    database_kind: type[Database] = Database,
    terminal: str = "1番窓口",
    shared: Callable[[Path, Clock], Database] | None = None,
) -> Iterator[DeskRoom]:
    """Open a desk in a folder and close it at the end of the block.

    Args:
        folder: what is there already stays: the same folder again is a restart.
        sandbox: the caller's own, or None for one that lives as long as the desk.
        clock: the desk's and its own sandbox's; a FixedClock unless told otherwise.
        secrets: READYKEY with its password unless told otherwise.
        settings: written when the folder has none yet; None writes none (a first start).
        url: where requests go; at another address than IN_PROCESS they go over the wire.
        http: what carries requests instead, such as a transport that breaks.
        timeouts: how long the transport waits.
        quiet: how long after a lost answer "not found" may be believed.
        practice: whether the status line says 練習.
        database_kind: Database, or one that tells its steps.
        terminal: what people call the desk.
        shared: opens the database that other desks work on as well; None: this desk is alone on its file.
    """
    clock = clock or FixedClock()
    secrets = secrets or MemorySecrets(READY_SECRETS)
    with ExitStack() as stack:
        services = sandbox or stack.enter_context(a_sandbox(clock))
        if http is None and url == IN_PROCESS:
            http = httpx.WSGITransport(app=app_of(services))
        file = folder / "onestop.db"
        database = shared(file, clock) if shared else database_kind(a_file(file), clock)
        stack.callback(database.close)
        settings_file = folder / "settings.json"
        if settings is not None and not settings_file.exists():
            save_settings(settings_file, settings)

        def credentials() -> object:
            return desk.settings.credentials()

        transport = stack.enter_context(Transport(url, credentials, clock=clock, http=http, timeouts=timeouts))  # type: ignore[arg-type]
        ainas = AinasClient(transport)
        parts = Parts(
            database=database,
            transport=transport,
            clock=clock,
            places=Places(settings_file, settings_file, secrets),
            connection=Connection(url),
            quiet=quiet,
            folder=DataFolder(folder),
            terminal=terminal,
            practice=practice,
        )
        desk = assemble(parts)
        yield DeskRoom(desk, database, services, secrets, clock, ainas)
