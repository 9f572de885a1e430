"""The running program and its machine: a session that ends, a start that ends early, a folder that is copied."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from onestop.app.rounds import quietly
from onestop.app.start import Start
from onestop.errors import NotAllowed
from onestop.screens.ports import Tone
from onestop.services.vehicle.form import VehicleForm
from support.program import a_program, an_open_car, rows, strip, until

if TYPE_CHECKING:
    import pytest
    from PySide6.QtWidgets import QApplication

    from onestop.paths import DataFolder
    from onestop.services.filing.batch import BatchResult


def test_a_session_that_ends_finds_what_is_being_typed_written_down(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35 and not program.background.busy)
        screen = an_open_car(program)
        screen.edit("user_name", "見本花子")
        program._session_ends()  # as by commitDataRequest, whose argument the system alone can make
        typed = program.desk_access.desk().typing.found("vehicle/1", VehicleForm())
        assert typed is not None
        assert typed.user_name == "見本花子"
        assert program.windows._open["vehicle/1"].isVisible()


def test_a_session_that_ends_stops_what_sends_many(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35 and not program.background.busy)
        batch, begun, stop = program.desk_access.desk().batch, threading.Event(), threading.Event()
        results: list[BatchResult] = []

        def told(_result: BatchResult) -> None:
            begun.set()
            stop.wait()

        job = partial(batch.issue_many, range(9001, 9031), told, stop)
        program.background.run(job, results.extend, quietly)
        until(begun.is_set)
        program._session_ends()
        until(lambda: results)
        assert [result.error for result in results].count(None) >= 20  # nobody asked for them any more


def test_a_session_that_goes_on_after_all_sends_again(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        until(lambda: rows(program) == 35 and not program.background.busy)
        program._session_ends()
        (result,) = program.desk_access.desk().batch.issue_many([9001], lambda _result: None, threading.Event())
        assert isinstance(result.error, NotAllowed)  # there is none; it was asked for


def test_a_start_that_ends_before_it_was_painted_opens_nothing(qapp: QApplication, folder: DataFolder) -> None:
    with a_program(qapp, Start(folder)) as program:
        program.end()
        program.open()
        assert not program.background.busy
        assert program.desk_access.open_now() is None
    assert not folder.root.exists()


def test_a_data_folder_that_onedrive_copies_is_told(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(folder.root.parent))
    with a_program(qapp, Start(folder)) as program:
        until(lambda: "OneDrive" in strip(program))
        assert program.windows.first().screen_shown.message.tone is Tone.WARNING
