"""A name that is typed, saved, shown in 印刷プレビュー and met by a crash is read in no file on the disk."""

from __future__ import annotations

import dataclasses
import tempfile
from typing import TYPE_CHECKING

import pytest

from onestop.app.logs import Log
from onestop.app.start import Start
from onestop.documents.forms import fill_form
from onestop.documents.papers import ConsentPaper
from onestop.services.printing import Sheet
from onestop.services.settings.form import PrintOffset
from onestop.store.keychain import ApiSecrets
from onestop.store.settings_file import InspectorEntry, save_settings
from support.builders import a_vehicle
from support.keychains import a_keychain
from support.opening import REAL
from support.program import a_program, an_open_car, until

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from conftest import Listener
    from onestop.app.program import Program
    from onestop.paths import DataFolder

CANARY = "金糸雀太郎"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder for temporary files."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setenv("SQLITE_TMPDIR", str(place))
    return place


def found_in(*places: Path) -> list[str]:
    """Return the files in which the name can be read, in any of the ways in which texts are stored."""
    ways = [CANARY.encode(way) for way in ("utf-8", "utf-16-le", "cp932")]
    files = [file for place in places for file in place.rglob("*") if file.is_file()]
    return [file.name for file in files if any(way in file.read_bytes() for way in ways)]


def a_sheet() -> Sheet:
    """Return a paper with the name on it."""
    car = {
        "registration_number": "土浦1あ1111",
        "chassis_number": "ABC123",
        "vehicle_name": "トヨタ",
        "model_code": "ZN6",
    }
    paper = ConsentPaper(**car, expiry_date="", user_name=CANARY, user_address=CANARY)
    return Sheet(fill_form(paper, practice=False), PrintOffset())


def crash(program: Program) -> None:
    """Let a bug be met that carries the name."""
    error = ValueError(CANARY)
    program.crashes.report(type(error), error, error.__traceback__)
    until(lambda: program.crashes._dialog is not None)
    dialog = program.crashes._dialog
    assert dialog is not None
    assert CANARY not in dialog.account.toPlainText()
    dialog.accept()


def test_a_name_that_is_worked_with_is_read_nowhere_on_the_disk(
    qapp: QApplication, folder: DataFolder, temporary: Path, loud_lines: Listener
) -> None:
    loud_lines.expect("bug: ")
    of_before = (InspectorEntry(code="00112345", name=CANARY),)
    save_settings(folder.settings, REAL.model_copy(update={"inspectors": of_before}))
    assert found_in(folder.root) == ["settings.json"]
    keychain, _ = a_keychain(ApiSecrets("k", "p"))
    log = Log(folder.log)
    log.begin()
    log.write()
    with a_program(qapp, Start(folder, secrets=keychain)) as program:
        until(lambda: "recovery" in program.windows._open)
        program.windows._open["recovery"].screen_shown.close()
        desk = program.desk_access.desk()
        form = desk.settings.state().form
        assert form.inspectors == f"00112345 {CANARY}"
        desk.settings.save(dataclasses.replace(form, inspectors=f"{form.inspectors}\n00112346 {CANARY}三世"))
        with desk.vehicles._database.write() as shelves:
            shelves.vehicles.add(a_vehicle(owner_name=CANARY))
        car = an_open_car(program)
        car.editor.edit("owner_name", f"{CANARY}二世")
        car.keep_typing()
        desk.backups.tend()
        program.windows.first().preview((a_sheet(),), lambda _title, _offset: None)
        until(lambda: not program.background.busy)
        crash(program)
        assert found_in(folder.root, temporary) == []
        preview = next(each for each in qapp.topLevelWidgets() if each.windowTitle().startswith("印刷プレビュー"))
        preview.close()
    log.end()
    assert "bug: " in folder.log.read_text(encoding="utf-8")
    assert found_in(folder.root, temporary) == []
