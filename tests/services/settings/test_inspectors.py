"""検査員 are in the database; what an earlier program or 練習モード left in the settings file is taken over, once."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from onestop.app.start import Start
from onestop.store.keychain import MemorySecrets
from onestop.store.settings_file import InspectorEntry, load_settings, save_settings

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.app.opening import OpenDesk
    from onestop.paths import DataFolder

pytestmark = pytest.mark.usefixtures("each_database")


def start_of(folder: DataFolder) -> Start:
    return Start(folder, secrets=MemorySecrets())


def leave_in_file(file: Path, *names: str) -> None:
    """Write 検査員 into a settings file, as programs before this one did."""
    entries = tuple(InspectorEntry(code=f"0000000{n}", name=name) for n, name in enumerate(names, 1))
    save_settings(file, load_settings(file).settings.model_copy(update={"inspectors": entries}))


def typed(desk: OpenDesk, inspectors: str) -> None:
    settings = desk.desk.settings
    settings.save(dataclasses.replace(settings.state().form, inspectors=inspectors))


def shown(desk: OpenDesk) -> str:
    return desk.desk.settings.state().form.inspectors
