"""The running program: start, keys before it is ready, settling, trouble at opening, another connection, the end."""

from __future__ import annotations

import gc
import sys
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from onestop.app import rounds as rounds_module
from onestop.app.garbage import nobody_looks
from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.errors import DataFolderInUse, NoAnswer
from onestop.screens.desk import standing
from onestop.screens.places import IssuePlace, SettingsPlace
from onestop.screens.ports import Tone
from onestop.screens.settings.screen import NOT_READ
from onestop.screens.work_progress import WorkProgress
from onestop.services.delivery.settle import Settled
from onestop.services.filing.batch import RowState
from onestop.services.standing import DeskStanding, StandingService
from onestop.store.instance import claim
from onestop.store.keychain import ApiSecrets, MemorySecrets
from onestop.store.settings_file import Settings, save_settings
from onestop.store.sqlite.backup import backups
from onestop.store.sqlite.engine import connect_raw
from onestop_sandbox import Kind, SandboxServer, Trouble
from support.clock import FixedClock
from support.damage import behind_its_back
from support.desks import a_desk, a_sandbox
from support.program import a_program, asked, click, rows, strip, until
from support.qt import press, write

if TYPE_CHECKING:
    from conftest import Listener
    from onestop.paths import DataFolder


def test_it_opens_in_practice_and_says_so(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        window = program.windows.first()
        until(lambda: "練習中" in window.status.accessibleName() or (window.standing and window.standing.practice))
        assert window.windowTitle() == "照会"


def test_a_first_start_leads_to_the_settings(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: "必要なもの" in strip(program))
    save_settings(folder.settings, Settings(agent_site_id="D0000123"))
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35 and not program.background.busy)
        assert "必要なもの" not in strip(program)


def test_workers_let_go_of_pythons_lock_soon(qapp: QApplication, folder: DataFolder) -> None:
    before = sys.getswitchinterval()
    with a_program(qapp, Start(folder)):
        assert sys.getswitchinterval() == pytest.approx(0.0005)
    assert sys.getswitchinterval() == before


def test_the_garbage_collector_leaves_alone_what_was_imported(qapp: QApplication, folder: DataFolder) -> None:
    gc.unfreeze()
    with nobody_looks(), a_program(qapp, Start(folder)) as program:
        try:
            program.freeze_when_open()
            until(gc.get_freeze_count)
            assert gc.isenabled()
        finally:
            gc.unfreeze()


def test_what_is_typed_before_the_desk_is_open_is_not_lost(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        window = program.windows.first()
        until(window.isActiveWindow)
        write(window.focusWidget(), "1111")
        press(window.focusWidget(), Qt.Key.Key_Return)
        until(lambda: "main" in program.windows._open)
        main = program.windows._open["main"]
        until(lambda: main.screen_shown.current is not None)
        assert main.screen_shown.current.vehicle.chassis_number == "ABC123"


def test_a_filing_whose_answer_was_lost_is_settled_at_the_start(qapp: QApplication, folder: DataFolder) -> None:
    with a_sandbox(SystemClock()) as sandbox, SandboxServer(sandbox) as server:
        with a_desk(folder.root, sandbox=sandbox, clock=SystemClock(), url=server.url) as room:
            number = room.a_draft()
            sandbox.troubles.add(Trouble(Kind.CUT, operation="submitFiling", after=True))
            with pytest.raises(NoAnswer):
                room.desk.filings.delivery.issue(number)
        save_settings(
            folder.settings, Settings(practice=False, requester_site_code="0812345", agent_site_id="D0000123")
        )
        secrets = MemorySecrets(ApiSecrets("READYKEY", "ready-password"))
        start = Start(folder, services_url=server.url, secrets=secrets)
        with a_program(qapp, start) as program:
            until(lambda: "受付済み1件" in strip(program))
            until(lambda: "settings" in program.windows._open)


def test_what_is_being_settled_is_said_at_once_and_behind_what_a_key_was_answered(
    qapp: QApplication, folder: DataFolder
) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35 and not program.background.busy)
        screen = program.windows.first().screen_shown
        program._resuming.say(WorkProgress(0, 200))
        program._resuming.say(WorkProgress(20, 200, 9.0))
        assert strip(program).count("応答のなかった送信200件") == 1
        assert "20/200件 残り約9秒" in strip(program)
        screen.say("この車両は表示できません。", Tone.ERROR)
        program._resuming.say(WorkProgress(40, 200, 8.0))
        assert strip(program).startswith("この車両は表示できません。")
        assert "40/200件" in strip(program)
        program._resuming.say(WorkProgress(60, 200, 7.0))
        assert "60/200件" in strip(program)
        program._resuming._settled(Settled())
        program._resuming._settled(Settled(filed=200))
        assert "受付済み200件" in strip(program)


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


@pytest.mark.parametrize(("answer", "stays"), [("バックアップの内容で直す", 0), ("今の内容を残して直す", 1)])
def test_a_hurt_record_is_named_and_mended(qapp: QApplication, folder: DataFolder, answer: str, stays: int) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35 and backups(folder.practice.backups))
    behind_its_back(folder.practice.database, "UPDATE vehicle SET weight_kg = 1 WHERE id = 1")
    with a_program(qapp, Start(folder)) as program:
        until(lambda: QApplication.activeModalWidget() is not None)
        assert "・車両" in asked_text()
        click(answer)
        until(lambda: rows(program) == 35)
    with closing(connect_raw(folder.practice.database, read_only=True)) as raw:
        assert raw.execute("SELECT count(*) FROM vehicle WHERE weight_kg = 1").fetchone() == (stays,)


def test_a_damage_found_by_the_backup_is_mended_by_opening_again(
    qapp: QApplication, folder: DataFolder, loud_lines: Listener
) -> None:
    loud_lines.expect("the backup could not be taken")
    clock = FixedClock()
    with a_program(qapp, Start(folder), clock) as program:
        until(lambda: rows(program) == 35 and backups(folder.practice.backups))
        behind_its_back(folder.practice.database, "UPDATE vehicle SET weight_kg = 1 WHERE id = 1")
        clock.advance(days=1)
        program._rounds.back_up()
        until(lambda: QApplication.activeModalWidget() is not None)
        program._offer_mending()  # once is enough
        click("開き直して直す")
        until(lambda: "修復" in asked_title() and "・車両" in asked_text())
        click("バックアップの内容で直す")
        until(lambda: rows(program) == 35 and QApplication.activeModalWidget() is None)


def asked_title() -> str:
    """Return the title of the question that stands open now."""
    question = QApplication.activeModalWidget()
    return "" if question is None else question.windowTitle()


def asked_text() -> str:
    """Return what the question says that stands open now."""
    question = QApplication.activeModalWidget()
    label = None if question is None else question.findChild(QLabel)
    return "" if label is None else label.text()


def test_an_empty_database_is_made_only_when_that_was_chosen(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
    for backup in folder.practice.backups.glob("*"):
        backup.unlink()
    folder.practice.database.write_bytes(b"not a database" * 1000)
    for answer in ("終了する", "空のデータで始める"):
        with a_program(qapp, Start(folder)) as program:
            until(lambda: QApplication.activeModalWidget() is not None)
            question = asked()
            assert [button.text().partition("(")[0] for button in question.findChildren(QPushButton)] == [
                "終了する",
                "空のデータで始める",
            ]
            if answer == "終了する":
                program.windows.dismiss_all()
                until(lambda: QApplication.activeModalWidget() is None)
            else:
                click(answer)
                until(lambda: rows(program) == 35)


def test_settings_that_could_not_be_read_are_told(qapp: QApplication, folder: DataFolder) -> None:
    save_settings(folder.settings, Settings())
    written = folder.settings.read_text(encoding="utf-8").replace('"text_scale": 100', '"text_scale": 320')
    folder.settings.write_text(written, encoding="utf-8")
    with a_program(qapp, Start(folder)) as program:
        until(lambda: "文字の大きさ を読み取れませんでした" in strip(program))


def test_the_desk_is_closed_when_nobody_works_at_it_any_more(qapp: QApplication, folder: DataFolder) -> None:
    gate = threading.Event()
    found: list[int] = []
    with a_program(qapp, Start(folder, secrets=MemorySecrets())) as program:
        until(lambda: rows(program) == 35)
        desk = program.desk_access.desk()

        def slow() -> int:
            assert gate.wait(30)
            return len(desk.vehicles.search(""))

        program.background.run(slow, found.append, lambda _error: None)
        save_settings(folder.settings, Settings(practice=False, services_url="http://127.0.0.1:9"))
        program.windows.reopen()
        assert strip(program) == "接続先を切り替えています。"
        beat = threading.Event()
        program.background.after(100, beat.set)
        until(beat.is_set)  # the windows are alive meanwhile
        assert found == []
        gate.set()
        until(lambda: "本番(127.0.0.1:9)に切り替えました" in strip(program))
        assert found == [35]
        assert program.crashes.count == 0


def test_the_connection_stays_while_something_is_sent(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder, secrets=MemorySecrets())) as program:
        until(lambda: rows(program) == 35)
        program.windows.show(IssuePlace(1, None))
        program.windows.show(SettingsPlace())
        issue, settings = (program.windows._open[name].screen_shown for name in ("issue/1", "settings"))
        until(lambda: issue.busy is None and settings.state is not NOT_READ)
        issue.sending = True
        settings.edit("connection", "real")
        settings.save()
        assert "送信中のため" in settings.message.text
        issue.sending = False


def test_the_end_sends_nothing_more(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        desk = program.desk_access.desk()
        program.end()
        (result,) = desk.batch.issue_many([5], lambda _result: None, threading.Event())
        assert result.state is RowState.NOT_SENT


def test_another_connection_opens_the_desk_again(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder, secrets=MemorySecrets())) as program:
        until(lambda: rows(program) == 35)
        program.windows.show(SettingsPlace())
        save_settings(folder.settings, Settings(practice=False))
        program.windows.reopen()
        until(lambda: rows(program) == 0 and "settings" in program.windows._open)
        until(lambda: "本番(URL未設定)に切り替えました" in strip(program))


def test_it_ends_though_work_never_ends(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch, loud_lines: object
) -> None:
    loud_lines.expect("still under way")  # type: ignore[attr-defined]  # the fixture of conftest
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
        gate = threading.Event()
        program.background.run(lambda: gate.wait(30), lambda _none: None, lambda _error: None)
        with monkeypatch.context() as patch:
            patch.setattr("onestop.app.program.PATIENCE", 0.0)
            assert program.end() == 0
        assert program.background.busy
        with pytest.raises(DataFolderInUse):  # whoever works on still has it
            claim(folder)
        gate.set()
    claim(folder).release()


def test_it_may_end_while_the_connection_is_being_changed(qapp: QApplication, folder: DataFolder) -> None:
    gate = threading.Event()
    for moment in ("before the desk is left", "after it was left"):
        with a_program(qapp, Start(folder)) as program:
            until(lambda: rows(program) == 35)
            if moment == "before the desk is left":
                program.background.run(lambda: gate.wait(30), lambda _none: None, lambda _error: None)
            program.windows.reopen()
            if moment == "after it was left":
                until(lambda: program._switching)
            gate.set()
            assert program.end() == 0
        claim(folder).release()


def test_it_may_be_closed_before_the_desk_is_open(qapp: QApplication, folder: DataFolder) -> None:
    other = claim(folder)
    try:
        with a_program(qapp, Start(folder)) as program:
            program.open()
            assert program.end() == 1
    finally:
        other.release()


def test_real_work_without_settings_asks_before_it_opens(qapp: QApplication, folder: DataFolder) -> None:
    save_settings(folder.settings, Settings(practice=False))
    start = Start(folder, secrets=MemorySecrets())
    with a_program(qapp, start) as program:
        until(lambda: folder.database.exists() and not program.background.busy)
    folder.settings.unlink()
    with a_program(qapp, start) as program:
        until(lambda: QApplication.activeModalWidget() is not None)
        assert "設定ファイルが見つかりません" in strip(program)
        click("本番で開く")
        until(lambda: program.desk_access.open_now() is not None)
        opened = program.desk_access.open_now()
        assert opened is not None
        assert not opened.practice


def test_damaged_practice_is_begun_anew_when_that_is_chosen(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35)
    (folder.practice.root / "services.db").write_bytes(b"not a database" * 1000)
    with a_program(qapp, Start(folder)) as program:
        until(lambda: QApplication.activeModalWidget() is not None)
        assert "本番のデータには関係ありません" in strip(program)
        click("練習をやり直す")
        until(lambda: rows(program) == 35)


def test_a_backup_is_looked_for_again_and_again_and_one_that_fails_is_shown(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch, loud_lines: Listener
) -> None:
    monkeypatch.setattr(rounds_module, "BACK_UP_EVERY", 50)
    loud_lines.expect("backup could not be taken")
    save_settings(folder.settings, Settings(practice=False))
    folder.backups.write_text("in the way", encoding="utf-8")
    with a_program(qapp, Start(folder, secrets=MemorySecrets(), services_url="http://127.0.0.1:9")) as program:
        window = program.windows.first()
        until(lambda: "バックアップなし" in window.status.warning.text())
        folder.backups.unlink()
        until(lambda: "バックアップなし" not in window.status.warning.text())
    assert len(backups(folder.backups)) == 1


def test_what_is_known_offline_never_comes_over_what_the_service_answered(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    offline, ask = StandingService.offline, StandingService.ask
    asking, answered = threading.local(), threading.Event()

    def slow_offline(self: StandingService) -> DeskStanding:
        facts = offline(self)
        if not getattr(asking, "now", False):
            answered.wait(0.5)
        return facts

    def ask_and_show(self: StandingService) -> DeskStanding:
        asking.now = True
        facts = ask(self)
        asking.now = False
        threading.Timer(0.2, answered.set).start()
        return facts

    monkeypatch.setattr(StandingService, "offline", slow_offline)
    monkeypatch.setattr(StandingService, "ask", ask_and_show)
    with a_program(qapp, Start(folder, practice=True)) as program:
        window = program.windows.first()
        until(lambda: answered.is_set() and not program.background.busy)
        assert window.standing is not None
        assert "受付中" in window.standing.hours


def test_the_status_line_is_asked_anew_when_the_hours_were_changed(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder, practice=True)) as program:
        window = program.windows.first()
        until(lambda: window.standing and window.standing.practice and not program.background.busy)
        program.windows.stand(standing.OPENING)
        assert window.standing == standing.OPENING

        program.windows.hours_changed()

        until(lambda: window.standing != standing.OPENING)
        until(lambda: not program.background.busy)
