"""A program that is left open for a week, by a clock that is moved hour by hour."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.app.logs import Log
from onestop.app.start import Start
from onestop.clock import JST
from onestop.errors import Refused
from onestop.model.sending_state import Sending
from onestop.model.working_days import is_weekend
from onestop.paths import DataFolder
from onestop.screens.desk.standing import NO_KEYCHAIN
from onestop.store.keychain import MemorySecrets
from onestop.store.sqlite.backup import backups
from onestop.store.sqlite.health import is_sound
from onestop_sandbox import SandboxServer
from support.clock import FixedClock
from support.conformity import a_draft, prepare_shop
from support.desks import READY_SECRETS, a_desk, a_sandbox
from support.program import a_program, rows, until

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from onestop.app.program import Program
    from onestop.services.desk import Desk
    from onestop_sandbox import Sandbox

pytestmark = [pytest.mark.slow]

HOURS = 7 * 24
WORK = range(9, 17)
FILING_HOUR = 10
AINAS_OPEN = range(8, 22)
EVENING_BEFORE = dt.datetime(2026, 11, 23, 19, 15, tzinfo=JST)
"""Of a Tuesday: the week goes over a weekend and the end of the month."""


def filled(folder: DataFolder, sandbox: Sandbox, clock: FixedClock) -> tuple[int, list[int]]:
    """Fill a data folder with a 保適証 that waits for its 自賠責, and a filing for each working day; return them."""
    with a_desk(folder.root, sandbox=sandbox, clock=clock) as room:
        prepare_shop(room)
        waiting = a_draft(room)
        with pytest.raises(Refused):
            room.desk.conformity.delivery.issue(waiting)
        return waiting, room.drafts(5)


def is_work(moment: dt.datetime) -> bool:
    """Tell whether the shop works at a moment."""
    return not is_weekend(moment.date()) and moment.hour in WORK


def at_work(desk: Desk, moment: str) -> None:
    """Change a car, as every hour of work does."""
    opened = desk.vehicles.open(1)
    desk.vehicles.save(opened, dataclasses.replace(opened.form, note_info=moment))


def round_of(program: Program) -> None:
    """Let everything that comes again every little while come once."""
    program._drop_rounds()
    for each in (program._rounds.tend, program._rounds.ask_standing, program._rounds.back_up):
        each()
    until(lambda: not program.background.busy)


def hour_of(program: Program, clock: FixedClock, drafts: list[int]) -> None:
    """Let an hour pass at the shop: of work by day, of nothing at night."""
    here = clock.now().astimezone(JST)
    desk = program.desk_access.desk()
    if is_work(here):
        at_work(desk, str(here))
        if here.hour == FILING_HOUR:
            desk.filings.delivery.issue(drafts.pop())
    round_of(program)
    said = program.windows._standing
    assert ("受付中" in said.hours) == (here.hour in AINAS_OPEN), said.hours
    assert said.warning == NO_KEYCHAIN  # a test has none; nothing else is wrong
    beside = 1  # the look into 設定 for a scanner's port
    assert len(program._rounds.tickets) == len(program.background._timers) - beside == 3
    clock.advance(hours=1)


def kept_backups(folder: DataFolder) -> list[tuple[int, list[int]]]:
    """Return the days and hours of which a backup is kept; each can be read whole."""
    found: dict[int, list[int]] = {}
    for backup in reversed(backups(folder.backups)):
        assert is_sound(backup.path)
        found.setdefault(backup.taken.astimezone(JST).day, []).append(backup.taken.astimezone(JST).hour)
    return [*found.items()]


def test_a_week_keeps_backups_rounds_status_line_and_log_in_order(qapp: QApplication, tmp_path: Path) -> None:
    folder, clock = DataFolder(tmp_path / "data"), FixedClock(EVENING_BEFORE)
    log = Log(folder.log)
    with a_sandbox(clock, hours=True) as sandbox, SandboxServer(sandbox) as server:
        waiting, drafts = filled(folder, sandbox, clock)
        clock.advance(hours=5)
        log.begin()
        log.write()
        start = Start(folder, services_url=server.url, secrets=MemorySecrets(READY_SECRETS))
        with a_program(qapp, start, clock) as program:
            until(lambda: rows(program) and not program.background.busy)
            for _ in range(HOURS):
                hour_of(program, clock, drafts)
            tried_again = program.desk_access.desk().conformity_book.open(None, waiting).certificate
        log.end()
    assert drafts == []
    assert tried_again is not None
    assert (tried_again.sending, tried_again.waiting_since) == (Sending.FILED, None)
    assert kept_backups(folder) == [
        *((day, [16]) for day in (24, 25, 26, 27)),
        (28, [0]),  # a Saturday: once each day, whether anything was changed or not
        (29, [0]),
        (30, [0, *WORK]),  # the last day's hours
    ]
    lines = log.path.read_text(encoding="utf-8").splitlines()
    assert HOURS <= len(lines) <= 2 * HOURS  # the services' hours are asked for at each round, and little else
    assert not any(private in line for line in lines for private in ("見本太郎", "ZN6-", "土浦"))
