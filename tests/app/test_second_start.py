"""The program started twice on one data folder: the first one comes forward, and the second one ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDir, QEvent, Qt
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QApplication

from onestop.app import second_start
from onestop.app.second_start import SecondStart, StartListener, name_of
from onestop.app.start import Start
from onestop.paths import DataFolder
from onestop.screens.places import FilingListPlace
from support.program import a_program, rows, until

KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from onestop.app import second_start
from onestop.app.second_start import StartListener
from onestop.paths import DataFolder
app = QCoreApplication([])
listener = StartListener(DataFolder(Path(sys.argv[1])))
listener.listen()
print("hangs", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def heard(folder: DataFolder, file: Path | None = None) -> bool:
    """Ring as a second process does."""
    answers: list[bool] = []
    caller = SecondStart(folder, file)
    caller.answered.connect(answers.append)
    caller.call()
    until(lambda: answers)
    delete_now()
    return answers[0]


def nobody_hears(folder: DataFolder) -> bool:
    """Ring where nobody listens, not for long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(second_start, "PATIENCE", 10)
        return not heard(folder)


def delete_now() -> None:
    """Let Qt delete what waits for it; Python's garbage collector might do it on another thread."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_first_one_comes_forward_and_the_second_one_ends(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[None] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_app: ended.append(None))
    with a_program(qapp, Start(folder)) as first:
        until(lambda: rows(first) == 35 and first._listener is not None)
        first.windows.show(FilingListPlace())
        window = first.windows.last()
        window.showMinimized()
        with a_program(qapp, Start(folder)) as second:
            until(lambda: ended)
            until(lambda: not window.windowState() & Qt.WindowState.WindowMinimized)
            until(window.isActiveWindow)
            assert second.end() == 0


def test_a_first_one_that_is_ending_comes_forward_no_more(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as first:
        until(lambda: rows(first) == 35 and first._listener is not None)
        first.windows.dismiss_all()
        assert heard(folder)


def test_one_that_stands_still_is_waited_for_a_while(
    qapp: QApplication,  # noqa: ARG001 - sockets need it
    folder: DataFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(StartListener, "_answer", lambda _listener: None)
    listener = StartListener(folder)
    listener.listen()
    assert nobody_hears(folder)
    listener.stop_listening()
    delete_now()


def test_nobody_hears_where_nobody_listens(qapp: QApplication, folder: DataFolder) -> None:  # noqa: ARG001 - sockets need it
    assert nobody_hears(folder)


def test_one_that_is_only_being_opened_is_called_until_it_listens(
    qapp: QApplication,  # noqa: ARG001 - sockets need it
    folder: DataFolder,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    tries: list[None] = []
    connect = SecondStart._connect

    def counted(caller: SecondStart) -> None:
        tries.append(None)
        connect(caller)

    monkeypatch.setattr(SecondStart, "_connect", counted)
    monkeypatch.setattr(second_start, "AGAIN", 1)
    listener, answers, files = StartListener(folder), list[bool](), list[str]()
    listener.started_again.connect(files.append)
    caller = SecondStart(folder, tmp_path / "車検証.json")
    caller.answered.connect(answers.append)
    caller.call()
    until(lambda: len(tries) > 1)
    assert answers == []
    listener.listen()
    until(lambda: answers)
    assert (answers, files) == ([True], [str(tmp_path / "車検証.json")])
    listener.stop_listening()
    delete_now()


def test_each_data_folder_has_a_listener_of_its_own(qapp: QApplication, folder: DataFolder, tmp_path: Path) -> None:  # noqa: ARG001 - as above
    listener = StartListener(folder)
    listener.listen()
    listener.listen()
    started_again: list[None] = []
    listener.started_again.connect(lambda: started_again.append(None))
    assert nobody_hears(DataFolder(tmp_path / "other"))
    assert heard(folder)
    assert heard(folder)
    assert len(started_again) == 2
    listener.stop_listening()
    delete_now()
    assert nobody_hears(folder)
    assert str(tmp_path) not in name_of(folder)


def test_it_is_answered_before_a_window_is_built(qapp: QApplication, folder: DataFolder) -> None:  # noqa: ARG001 - as above
    listener, answers = StartListener(folder), list[bool]()
    listener.listen()
    caller = SecondStart(folder)
    caller.answered.connect(answers.append)
    at_work: list[list[bool]] = []

    def build(_file: str) -> None:
        until(lambda: answers)
        at_work.append([*answers])

    listener.started_again.connect(build)
    caller.call()
    until(lambda: at_work)
    assert at_work == [[True]]
    listener.stop_listening()
    delete_now()


def test_one_in_another_session_of_windows_is_not_called(
    qapp: QApplication,  # noqa: ARG001 - as above
    folder: DataFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listener = StartListener(folder)
    listener.listen()
    assert heard(folder)
    monkeypatch.setattr(second_start, "_session", lambda: "2 ")
    assert nobody_hears(folder)
    listener.stop_listening()
    delete_now()


def test_what_a_killed_process_left_is_no_obstacle(qapp: QApplication, folder: DataFolder) -> None:  # noqa: ARG001 - as above
    subprocess.run([sys.executable, "-c", KILLED, str(folder.root)], check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    if sys.platform != "win32":
        assert QDir.temp().exists(name_of(folder))
    listener = StartListener(folder)
    listener.listen()
    assert heard(folder)
    listener.stop_listening()
    delete_now()


def test_a_listener_that_cannot_listen_is_noted(
    qapp: QApplication,  # noqa: ARG001 - as above
    folder: DataFolder,
    monkeypatch: pytest.MonkeyPatch,
    loud_lines: object,
) -> None:
    loud_lines.expect("will not find this one")  # type: ignore[attr-defined]  # the fixture of conftest
    monkeypatch.setattr(QLocalServer, "listen", lambda *_arguments: False)
    listener = StartListener(folder)
    listener.listen()
    listener.stop_listening()
    delete_now()


def test_a_file_that_is_opened_a_second_time_is_shown_by_the_first(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as first:
        until(lambda: rows(first) == 35 and first._listener is not None)
        assert heard(folder, Path("/data/車検証 1.json"))
        assert first.windows.last().screen_shown.document == Path("/data/車検証 1.json")
        until(lambda: not first.background.busy)


def test_a_file_with_which_the_program_was_opened_is_shown_once(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder, file=Path("/data/1.json"))) as program:
        until(lambda: rows(program) == 35 and program._listener is not None)
        until(lambda: not program.background.busy)
        assert program.windows._open["import"].screen_shown.document == Path("/data/1.json")


def test_who_says_too_much_is_hung_up_on(
    qapp: QApplication,  # noqa: ARG001 - sockets need it
    folder: DataFolder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(second_start, "LONGEST", 10)
    listener = StartListener(folder)
    listener.listen()
    caller = SecondStart(folder)
    caller._message = b"x" * 100
    answers: list[bool] = []
    caller.answered.connect(answers.append)
    caller.call()
    until(lambda: answers)
    delete_now()
    assert answers == [False]
    listener.stop_listening()
