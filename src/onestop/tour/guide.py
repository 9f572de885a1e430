"""The guided tour: its programs, its sandbox, and the steps in the order of the work."""

from __future__ import annotations

import dataclasses
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop.paths import RESOURCES, DataFolder
from onestop.tour.file_steps import take_over, watch
from onestop.tour.ledger_steps import add_paper, save_ledger, see_ledger, see_report, void_paper
from onestop.tour.main_steps import (
    API_KEY,
    INITIAL_PASSWORD,
    answer,
    certify,
    compare,
    insure,
    issue,
    link,
    look_up,
    open_desk,
    read_help,
    see_history,
    see_list,
    set_up,
)
from onestop.tour.payment_steps import find_payment
from onestop.tour.people_steps import TERMINAL, change_operator, employ, see_changes, see_data
from onestop.tour.scan_steps import scan_car

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from PySide6.QtWidgets import QApplication

    from onestop.app.program import Program
    from onestop.tour.hands import Hands

    Opened = tuple[list[Program], Hands, Callable[[], None]]
    """The programs of a tour, the hands that work them, and the walk."""

SECONDS_TO_FINISH: Final = "4"
"""Of the sandbox: from 受付前 to 手続完了."""


def run_tour(out: Path) -> int:
    """Work the whole main job and keep a picture of each window; returns 0 when every step showed what it should."""
    return toured(out, lambda app, folder: _one_desk(app, folder, out))


def tell(text: str) -> None:
    """Say something to who looks on."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def toured(out: Path, opening: Callable[[QApplication, Path], AbstractContextManager[Opened]]) -> int:
    """Begin the programs that `opening` makes in a temporary folder, walk, and end them; returns the exit code."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # draws in memory
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 - the platform is chosen above
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the same

    from onestop.app.leaving import leave  # noqa: PLC0415 - the same
    from onestop.tour.hands import StepFailed  # noqa: PLC0415 - the same

    out.mkdir(parents=True, exist_ok=True)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    app = QApplication.instance() or QApplication(["onestop"])
    assert isinstance(app, QApplication)  # noqa: S101 - for mypy: nobody makes a QCoreApplication here
    app.setQuitOnLastWindowClosed(False)
    outcome: list[str] = []
    with (
        tempfile.TemporaryDirectory(prefix="onestop-tour-", ignore_cleanup_errors=True) as folder,
        opening(app, Path(folder)) as (programs, hands, walk),
    ):
        programs[0].crashes.install()

        def work() -> None:
            try:
                for program in programs:
                    program.begin()
                walk()
            except StepFailed as failure:
                outcome.append(f"失敗: {failure}")
            except BaseException as error:
                outcome.append(f"失敗: {type(error).__name__}: {error}")
                raise
            finally:
                app.exit(0)

        QTimer.singleShot(0, work)
        app.exec()
        codes = [program.end() for program in reversed(programs)]
        hands.tell_pictures()
        for line in outcome:
            tell(line)
        busy = next((program for program in programs if program.background.busy), programs[0])
        return leave(busy.background, 1 if outcome else max(codes))


@contextmanager
def _one_desk(app: QApplication, folder: Path, out: Path) -> Iterator[Opened]:
    from onestop.app.program import Program  # noqa: PLC0415 - the platform is chosen first
    from onestop.app.start import Start  # noqa: PLC0415 - the same
    from onestop.store.keychain import MemorySecrets  # noqa: PLC0415 - the same
    from onestop.tour.hands import Hands  # noqa: PLC0415 - the same

    data = DataFolder(folder)
    _furnish(data)
    with _sandbox() as url:
        program = Program(app, Start(data, services_url=url, terminal=TERMINAL, secrets=MemorySecrets()))
        hands = Hands(program.windows, out, tell)

        def walk() -> None:
            for step in STEPS:
                step(hands)

        yield [program], hands, walk


def _furnish(folder: DataFolder) -> None:
    """Put the カーネット太郎 world into the tour's own, temporary database."""
    from onestop.app import practice  # noqa: PLC0415 - as above
    from onestop.clock import SystemClock  # noqa: PLC0415 - as above
    from onestop.store.opening import open_database  # noqa: PLC0415 - as above

    clock = SystemClock()
    database = open_database(folder, clock)
    practice.fill(database, clock)
    database.close()


@contextmanager
def _sandbox() -> Iterator[str]:
    """Open the three services on a loopback socket, with an account that still has its initial password."""
    from onestop_sandbox import Account, Options, Sandbox, SandboxServer, World  # noqa: PLC0415 - as above
    from onestop_sandbox.pace import pace_of  # noqa: PLC0415 - as above

    world = World.load(RESOURCES / "practice" / "services.json")
    account = Account(API_KEY, INITIAL_PASSWORD, "株式会社カーネット自動車", initial=True)
    filings = tuple(dataclasses.replace(filing, api_key=API_KEY) for filing in world.filings)
    world = dataclasses.replace(world, accounts=(account,), filings=filings)
    services = Sandbox(world, Options(pace=pace_of(SECONDS_TO_FINISH)))
    server = SandboxServer(services)
    try:
        yield server.url
    finally:
        server.stop()
        services.close()


STEPS: Final = (
    set_up,
    look_up,
    take_over,
    watch,
    open_desk,
    answer,
    insure,
    certify,
    link,
    compare,
    issue,
    see_history,
    find_payment,
    see_list,
    see_ledger,
    add_paper,
    void_paper,
    save_ledger,
    see_report,
    scan_car,
    see_data,
    employ,
    change_operator,
    see_changes,
    read_help,
)
