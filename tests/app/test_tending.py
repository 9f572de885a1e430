"""The running program looks by itself after certificates that wait, and tells the open windows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.app import rounds as rounds_module
from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.paths import DataFolder
from onestop.screens.places import ConformityPlace, LedgerPlace, MainPlace
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.settings_file import Settings, save_settings
from onestop_sandbox import SandboxServer
from support.conformity import a_form, certificate, prepare_shop
from support.desks import a_desk, a_sandbox
from support.insurance import an_issued_policy
from support.program import a_program, until
from support.sandbox import SandboxClient

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from onestop_sandbox import Sandbox


def a_waiting_one(folder: DataFolder, sandbox: Sandbox, due: dt.timedelta) -> int:
    """Store a certificate whose next try is due so much later than now; returns its 管理番号."""
    clock = SystemClock()
    with a_desk(folder.root, sandbox=sandbox, clock=clock) as room:
        prepare_shop(room)
        car = room.a_car()
        form = a_form(room, car, new_insurance_number="A1", new_insurer="見本損保")
        number = room.desk.conformity_book.save(form, car, None, None).control_number
        with room.database.write() as shelves:
            stored = shelves.conformity.get(number)
            stored.waiting_since = clock.now() - dt.timedelta(hours=1)
            stored.next_try_at = clock.now() + due
    return number


@pytest.mark.parametrize("due", [dt.timedelta(minutes=-1), dt.timedelta(seconds=2)], ids=["at the start", "later"])
def test_what_is_due_is_sent_and_its_window_shows_it(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, due: dt.timedelta
) -> None:
    monkeypatch.setattr(rounds_module, "TEND_EVERY", 100)
    folder = DataFolder(tmp_path / "data")
    with a_sandbox(SystemClock()) as sandbox:
        number = a_waiting_one(folder, sandbox, due)
        save_settings(folder.settings, Settings(practice=False))
        secrets = MemorySecrets(ApiSecrets("READYKEY", "ready-password"))
        with SandboxServer(sandbox) as server:
            start = Start(folder, services_url=server.url, secrets=secrets)
            with a_program(qapp, start) as program:
                windows = program.windows
                windows.show(MainPlace(1))
                windows.show(LedgerPlace())
                windows.show(ConformityPlace(1, number))
                form = windows.last().screen_shown
                until(lambda: form.shown.status == "作成済")
                main, ledger = (windows._open[name].screen_shown for name in ("main", "ledger"))
                until(lambda: main.current.conformity.status == "作成済")
                until(lambda: [row.airas_status for row in ledger.ledger.rows] == ["作成済"])
        with a_desk(folder.root, sandbox=sandbox, clock=SystemClock()) as room:
            assert certificate(room, number).waiting_since is None


def test_a_policy_that_the_registry_is_to_get_is_asked_about(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds_module, "TEND_EVERY", 100)
    folder, clock = DataFolder(tmp_path / "data"), SystemClock()
    with a_sandbox(clock) as sandbox:
        with a_desk(folder.root, sandbox=sandbox, clock=clock) as room:
            number = an_issued_policy(room)
            with room.database.write() as shelves:
                held = shelves.insurance.get(number)
                held.checked_at = clock.now() - dt.timedelta(minutes=5)
                held.sent_to = None  # it was this server, whose port is another now
            SandboxClient(sandbox).delete(f"/ejibai/v1/policies/{held.certificate_number}")
        save_settings(folder.settings, Settings(practice=False))
        secrets = MemorySecrets(ApiSecrets("READYKEY", "ready-password"))
        with SandboxServer(sandbox) as server:
            start = Start(folder, services_url=server.url, secrets=secrets)
            with a_program(qapp, start) as program:
                program.windows.show(MainPlace(held.vehicle_id))
                screen = program.windows._open["main"].screen_shown
                until(lambda: screen.current is not None and screen.current.insurance.is_cancelled)


def test_a_desk_that_is_opened_again_has_one_round_of_each(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds_module, "TEND_EVERY", 60_000)
    with a_program(qapp, Start(DataFolder(tmp_path / "data"))) as program:
        rounds = (program._rounds.tend, program._rounds.ask_standing, program._rounds.back_up)
        for _ in range(3):
            until(lambda: len(program._rounds.tickets) == len(rounds) and not program.background.busy)
            timers = [callback for callback, _ in program.background._timers.values() if callback in rounds]
            assert len(timers) == len(rounds)
            program.reopen()
            assert not program._rounds.tickets
        until(lambda: len(program._rounds.tickets) == len(rounds))
