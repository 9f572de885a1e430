"""What 照会 needs for its first answer: folder held, database checked, and nothing that takes long to import."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from onestop.app import opening
from onestop.app import program as program_module
from onestop.app.first_answer import hold
from onestop.app.opening import open_desk
from onestop.app.start import Start
from onestop.errors import DatabaseDamaged, DataFolderInUse, StoreError
from onestop.store.instance import claim
from onestop.store.keychain import MemorySecrets
from onestop.store.settings_file import Settings, save_settings
from support.builders import a_vehicle
from support.clock import FixedClock
from support.databases import a_database
from support.program import a_program, until

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from onestop.paths import DataFolder

ASKED = """
import sys
from pathlib import Path
import onestop.app.program
import onestop.app.run
import onestop.ui.windows.lookup
from onestop.app.first_answer import hold
from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.paths import DataFolder
from onestop.screens.vehicle.lookup_rows import vehicle_texts
from onestop.store.keychain import MemorySecrets
clock = SystemClock()
held = hold(Start(DataFolder(Path(sys.argv[1])), secrets=MemorySecrets()), clock)
for text in ("", "ZN6-000012", "佐藤"):
    for row in held.lists.vehicles(text):
        print(vehicle_texts(row, clock.today())[4])
held.closing.close()
slow = {"sqlalchemy", "httpx", "pydantic", "alembic", "keyring"}
sys.exit(" ".join(slow & {name.partition(".")[0] for name in sys.modules}) or None)
"""


def a_real_desk(folder: DataFolder) -> None:
    save_settings(folder.settings, Settings(practice=False))
    with a_database(folder.root) as database, database.write() as shelves:
        shelves.vehicles.add(a_vehicle(chassis_number="ZN6-000012"))


def test_the_first_answer_needs_nothing_that_takes_long_to_import(folder: DataFolder) -> None:
    a_real_desk(folder)
    command = [sys.executable, "-c", ASKED, str(folder.root)]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8")  # noqa: S603 - our own
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.split() == ["ZN6-000012", "ZN6-000012"]


def test_a_real_desk_finds_its_cars_before_it_is_open_and_goes_on_with_the_same_lists(folder: DataFolder) -> None:
    a_real_desk(folder)
    held = hold(Start(folder, secrets=MemorySecrets()), FixedClock())
    assert held.lists is not None
    (row,) = held.lists.vehicles("000012")
    with pytest.raises(DataFolderInUse):
        claim(folder)
    desk = open_desk(Start(folder, secrets=MemorySecrets()), FixedClock(), held)
    assert desk.desk.vehicles.search("000012") == (row,)
    assert desk.desk.vehicles._database.lists is held.lists
    desk.close()
    claim(folder).release()


@pytest.mark.parametrize("practice", [True, False])
def test_practice_and_what_nobody_chose_yet_wait_for_the_settings(folder: DataFolder, *, practice: bool) -> None:
    if practice:
        a_real_desk(folder)
    held = hold(Start(folder, practice=practice, secrets=MemorySecrets()), FixedClock())
    assert held.lists is None
    held.closing.close()


def test_a_desk_that_is_for_practice_by_now_shows_none_of_the_real_cars(folder: DataFolder) -> None:
    a_real_desk(folder)
    held = hold(Start(folder, secrets=MemorySecrets()), FixedClock())
    save_settings(folder.settings, Settings(practice=True))
    desk = open_desk(Start(folder, secrets=MemorySecrets()), FixedClock(), held)
    assert len(desk.desk.vehicles.search("")) == 35
    desk.close()


def test_nothing_is_answered_of_a_database_that_did_not_pass_its_check(folder: DataFolder) -> None:
    a_real_desk(folder)
    folder.database.write_bytes(b"not a database" * 500)
    with pytest.raises(DatabaseDamaged):
        hold(Start(folder, secrets=MemorySecrets()), FixedClock())
    claim(folder).release()  # nobody holds it any more


def test_who_holds_the_folder_lets_go_of_it_when_opening_fails(folder: DataFolder) -> None:
    a_real_desk(folder)
    held = hold(Start(folder, secrets=MemorySecrets()), FixedClock())
    folder.settings.unlink()
    folder.settings.mkdir()
    with pytest.raises(StoreError):
        open_desk(Start(folder, secrets=MemorySecrets()), FixedClock(), held)
    claim(folder).release()


# --- in the running program


def test_a_car_is_found_while_the_rest_of_the_desk_is_being_opened(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_real_desk(folder)
    gate = threading.Event()

    def late(*given: Any) -> opening.OpenDesk:  # noqa: ANN401 - handed on
        assert gate.wait(30)
        return open_desk(*given)

    open_desk = opening.open_desk
    monkeypatch.setattr(opening, "open_desk", late)
    with a_program(qapp, Start(folder, secrets=MemorySecrets())) as program:
        program.windows.first().screen_shown.type("000012")
        until(lambda: program.windows.first().screen_shown.count_text == "1件")
        assert program.desk_access.open_now() is None
        gate.set()
        until(lambda: program.desk_access.open_now() is not None)


def test_the_first_answer_is_painted_before_the_rest_of_the_desk_is_opened(
    qapp: QApplication, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_module, "PATIENCE_FOR_ANSWER", 30)
    a_real_desk(folder)
    shown = []

    def noted(*given: Any) -> opening.OpenDesk:  # noqa: ANN401 - handed on
        shown.append(program.windows.first().screen_shown.count_text)
        return open_desk(*given)

    open_desk = opening.open_desk
    monkeypatch.setattr(opening, "open_desk", noted)
    with a_program(qapp, Start(folder, secrets=MemorySecrets())) as program:
        until(lambda: program.desk_access.open_now() is not None)
    assert shown == ["1件(最近使った順)"]
