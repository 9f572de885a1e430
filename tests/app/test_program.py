"""The running program: start, keys before it is ready, settling, trouble at opening, the end."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.errors import NoAnswer
from onestop.paths import DataFolder
from onestop.store.backup import backups
from onestop.store.instance import claim
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.settings_file import Settings, save_settings
from onestop_sandbox import Kind, SandboxServer, Trouble
from support.desks import a_desk, a_sandbox
from support.program import a_program, until
from support.qt import press, write

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.app.program import Program


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def rows(program: Program) -> int:
    return int(program.windows.first().screen_shown.found.count)


def strip(program: Program) -> str:
    message = program.windows.first().screen_shown.message
    return "" if message is None else message.text


def test_it_opens_in_practice_and_says_so(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        window = program.windows.first()
        until(lambda: "練習中" in window.status.accessibleName() or window._practice)
        assert window.windowTitle() == "照会"


def test_the_garbage_collector_leaves_alone_what_was_imported(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        try:
            program.freeze_when_open()
            until(gc.get_freeze_count)
        finally:
            gc.unfreeze()


def test_what_is_typed_before_the_desk_is_open_is_not_lost(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        window = program.windows.first()
        until(window.isActiveWindow)
        write(window.focusWidget(), "1111")
        press(window, Qt.Key.Key_F8)
        until(lambda: "main" in program.windows._open)
        main = program.windows._open["main"]
        until(lambda: main.screen_shown.overview is not None)
        assert main.screen_shown.overview.vehicle.chassis_number == "ABC123"


def test_a_window_for_another_car_takes_the_place_of_the_first(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        for number in (1, 2, 2):
            program.windows.show_main(number)
            until(lambda: program.windows._open["main"].screen_shown.overview is not None)
            assert program.windows._open["main"].screen_shown.overview.vehicle.id == number
        assert list(program.windows._open) == ["lookup", "main"]


def test_every_window_opens_and_closes_and_the_last_one_comes_back(
    qapp: QApplication, folder: DataFolder, tmp_path: Path
) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        windows = program.windows
        windows.show_vehicle(None)
        windows.show_vehicle(1)
        windows.show_import(tmp_path / "none.json")
        windows.show_issue(1, None)
        windows.show_ledger()
        windows.show_paper_certificate()
        windows.show_report()
        windows.show_filing_list()
        windows.show_batch((5, 6))
        windows.show_settings()
        windows.show_help("lookup")
        windows.show_help("issue")
        assert len(windows._open) == 12
        until(lambda: all(window.screen_shown.busy is None for window in windows._open.values()))
        windows.changed(vehicle_id=1, control_number=5)
        windows.show_lookup()
        windows._open["help"].dismiss()
        assert next(reversed(windows._open)) == "lookup"
        until(lambda: all(window.screen_shown.busy is None for window in windows._open.values()))


def test_a_filing_whose_answer_was_lost_is_settled_at_the_start(qapp: QApplication, folder: DataFolder) -> None:
    with a_sandbox(SystemClock()) as sandbox:
        with a_desk(folder.root, sandbox=sandbox, clock=SystemClock()) as room:
            number = room.a_draft()
            sandbox.troubles.add(Trouble(Kind.CUT, operation="submitFiling", after=True))
            with pytest.raises(NoAnswer):
                room.desk.issuing.issue(number)
        save_settings(
            folder.settings, Settings(practice=False, requester_site_code="0812345", agent_site_id="D0000123")
        )
        secrets = MemorySecrets(ApiSecrets("READYKEY", "ready-password"))
        with SandboxServer(sandbox) as server:
            start = Start(folder, services_url=server.url, secrets=secrets)
            with a_program(qapp, start) as program:
                until(lambda: "受付済み1件" in strip(program))
                until(lambda: "settings" in program.windows._open)


def test_the_folder_of_another_program_is_left_alone(qapp: QApplication, folder: DataFolder) -> None:
    other = claim(folder)
    try:
        with a_program(qapp, Start(folder)) as program:
            until(lambda: "別の画面" in strip(program))
            assert program.end() == 1
    finally:
        other.release()


@pytest.mark.parametrize(("answer", "cars"), [("復元する", 35), ("空のデータで始める", 35)])
def test_a_damaged_database_is_offered_its_backup(
    qapp: QApplication, folder: DataFolder, answer: str, cars: int
) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35 and backups(folder.practice.backups))
    folder.practice.database.write_bytes(b"not a database" * 1000)
    with a_program(qapp, Start(folder)) as program:
        until(lambda: QApplication.activeModalWidget() is not None)
        asked = QApplication.activeModalWidget()
        assert asked is not None
        assert not isinstance(asked, QMessageBox)
        button = next(each for each in asked.findChildren(QPushButton) if each.text().startswith(answer))
        button.click()
        until(lambda: rows(program) == cars)


def test_the_text_size_is_remembered(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        program.theme.larger()
        larger = program.theme.percent
    with a_program(qapp, Start(folder)) as program:
        until(lambda: program.theme.percent == larger)
        program.theme.usual()
        assert larger > 100


def test_another_connection_opens_the_desk_again(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder, secrets=MemorySecrets())) as program:
        until(lambda: rows(program) == 35)
        program.windows.show_settings()
        save_settings(folder.settings, Settings(practice=False))
        program.windows.reopen()
        until(lambda: rows(program) == 0 and "settings" in program.windows._open)


def test_it_ends_though_work_never_ends(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch, loud_lines: object
) -> None:
    loud_lines.expect("still under way")  # type: ignore[attr-defined]  # the fixture of conftest
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        gate = time.monotonic() + 0.2
        program.background.run(lambda: _spin(gate), lambda _none: None, lambda _error: None)
        with monkeypatch.context() as patch:
            patch.setattr("onestop.app.program.PATIENCE", 0.0)
            assert program.end() == 0
        assert program.background.busy


def _spin(end: float) -> None:
    while time.monotonic() < end:
        pass


def test_it_may_be_closed_before_the_desk_is_open(qapp: QApplication, folder: DataFolder) -> None:
    other = claim(folder)
    try:
        with a_program(qapp, Start(folder)) as program:
            program.open()
            assert program.end() == 1
    finally:
        other.release()
