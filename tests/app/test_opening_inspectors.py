"""検査員 are in the database; what an earlier program or 練習モード left in a settings file is taken over, once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.app.start import Start
from onestop.errors import InvalidInput, StoreError
from onestop.services.settings import inspectors as module
from onestop.services.settings.inspectors import IN_REAL_DATA
from onestop.store.keychain import MemorySecrets
from onestop.store.settings_file import InspectorEntry, Settings, load_settings, save_settings
from support.opening import REAL, opened

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.app.opening import OpenDesk
    from onestop.paths import DataFolder

CANARY = "金糸雀太郎"


@pytest.fixture
def start(folder: DataFolder) -> Start:
    return Start(folder, secrets=MemorySecrets())


def leave(folder: DataFolder, settings: Settings, *names: str) -> None:
    """Write 検査員 into a settings file, as programs before this one did."""
    entries = tuple(InspectorEntry(code=f"0000000{n}", name=name) for n, name in enumerate(names, 1))
    save_settings(folder.settings, settings.model_copy(update={"inspectors": entries}))


def in_file(folder: DataFolder) -> tuple[InspectorEntry, ...]:
    return load_settings(folder.settings).settings.inspectors


def type_inspectors(desk: OpenDesk, inspectors: str, *, practice: bool = False) -> None:
    settings = desk.desk.settings
    settings.save(dataclasses.replace(settings.state().form, inspectors=inspectors, practice=practice))


def shown(desk: OpenDesk) -> str:
    return desk.desk.settings.state().form.inspectors


def found_in(root: Path) -> list[str]:
    return [file.name for file in root.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()]


def test_those_of_an_earlier_program_are_taken_over_in_their_order(folder: DataFolder, start: Start) -> None:
    leave(folder, REAL, "検査二郎", "検査一郎")
    with opened(start) as desk:
        assert shown(desk) == "00000001 検査二郎\n00000002 検査一郎"
        assert [each.name for each in desk.desk.settings.workshop().inspectors] == ["検査二郎", "検査一郎"]
        assert in_file(folder) == ()
        assert desk.desk.changes.of_car(None) == ()
        type_inspectors(desk, "00000002 検査一郎")
    with opened(start) as desk:
        assert shown(desk) == "00000002 検査一郎"


def test_whoever_is_in_the_database_stays_and_the_history_keeps_what_was_here(folder: DataFolder, start: Start) -> None:
    save_settings(folder.settings, REAL)
    with opened(start) as desk:
        type_inspectors(desk, "00000001 検査一郎\n00000009 検査九郎")
    leave(folder, REAL, "検査 一郎", "検査二郎")
    with opened(start) as desk:
        assert shown(desk) == "00000001 検査一郎\n00000002 検査二郎\n00000009 検査九郎"
        told = desk.desk.changes.of_car(None)[0]
        assert (told.field, told.old) == ("inspectors", "00000001 検査 一郎\n00000002 検査二郎")


def test_a_program_that_is_stopped_between_database_and_file_loses_none(
    folder: DataFolder, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(folder, REAL, "検査一郎", "検査二郎")

    def full(_path: Path, _settings: Settings) -> None:
        raise StoreError

    with monkeypatch.context() as patch:
        patch.setattr(module, "save_settings", full)
        with pytest.raises(StoreError), opened(start):
            pass
    assert len(in_file(folder)) == 2
    with opened(start) as desk:
        assert shown(desk) == "00000001 検査一郎\n00000002 検査二郎"
        assert in_file(folder) == ()


def test_what_practice_types_for_the_first_opening_waits_and_its_legible_history_does_not_name_it(
    folder: DataFolder, start: Start
) -> None:
    with opened(start) as desk:
        type_inspectors(desk, f"00000001 {CANARY}", practice=True)
        assert shown(desk) == f"00000001 {CANARY}"
        assert [each.name for each in desk.desk.settings.workshop().inspectors] == ["検査一郎"]
        type_inspectors(desk, f"00000001 {CANARY}")
        assert found_in(folder.root) == ["settings.json"]
    with opened(start) as desk:
        assert not desk.practice
        assert shown(desk) == f"00000001 {CANARY}"
    assert found_in(folder.root) == ["onestop.db"]  # which these secrets, kept by nobody, leave legible


def test_practice_neither_shows_nor_changes_those_of_a_real_desk(folder: DataFolder, start: Start) -> None:
    leave(folder, REAL, "検査一郎")
    with opened(start):
        pass
    with opened(dataclasses.replace(start, practice=True)) as desk:
        assert shown(desk) == ""
        with pytest.raises(InvalidInput, match="inspectors") as told:
            type_inspectors(desk, "00000002 検査二郎")
        assert [each.message for each in told.value.problems] == [IN_REAL_DATA]
        type_inspectors(desk, "")
    with opened(start) as desk:
        assert shown(desk) == "00000001 検査一郎"


def test_nor_those_of_a_shop_on_a_server(folder: DataFolder, start: Start) -> None:
    save_settings(folder.settings, Settings(database_url="postgresql://onestop@localhost/shop"))
    with opened(start) as desk, pytest.raises(InvalidInput, match="inspectors"):
        type_inspectors(desk, "00000002 検査二郎", practice=True)
