"""Where the 検査員 of 設定 are: in the database, and what is typed for a real desk that was never opened waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput, Problem
from onestop.model.inspector import Inspector
from onestop.paths import DataFolder
from onestop.store.opening import holds_data
from onestop.store.settings_file import InspectorEntry, load_settings, save_settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from onestop.store.database import Database
    from onestop.store.settings_file import Settings

IN_REAL_DATA: Final = (
    "検査員の名前は本番のデータの中にあり、練習モードからは変更できません。"
    "接続先を「本番」にしてから、設定で変更してください。"
)


def same(one: Iterable[Inspector], other: Iterable[Inspector]) -> bool:
    """Tell whether two lists say the same."""
    return [(each.code, each.name) for each in one] == [(each.code, each.name) for each in other]


def waiting_of(settings: Settings) -> tuple[Inspector, ...]:
    """Return the 検査員 that wait in a settings file for the next opening of its desk."""
    return tuple(Inspector(code=each.code, name=each.name) for each in settings.inspectors)


def entries_of(inspectors: Iterable[Inspector]) -> tuple[InspectorEntry, ...]:
    """Return what `waiting_of` reads."""
    return tuple(InspectorEntry(code=each.code, name=each.name) for each in inspectors)


def check_may_wait(typed: tuple[Inspector, ...], settings: Settings, folder: Path) -> None:
    """Refuse what 練習モード cannot change: the 検査員 of a real desk that was opened are in its database.

    Raises:
        InvalidInput: They were changed, and there is one.
    """
    opened = bool(settings.database_url) or holds_data(DataFolder(folder))
    if opened and not same(typed, waiting_of(settings)):
        raise InvalidInput(Problem("inspectors", IN_REAL_DATA))


def take_over(database: Database, file: Path) -> tuple[tuple[Inspector, ...], tuple[Inspector, ...]]:
    """Put those that wait in a settings file into the database, and then out of the file.

    Returns those that waited, and all that are there now. Whoever is there under the same code stays as he is.

    Raises:
        StoreError: The one or the other cannot be written; nothing is lost, and the next opening goes on.
    """
    settings = load_settings(file).settings
    waiting = waiting_of(settings)
    if not waiting:
        return (), ()
    with database.write() as shelves:
        there = shelves.inspectors.all()
        by_code = {each.code: each for each in (*waiting, *there)}
        shelves.inspectors.put(by_code.values())
    save_settings(file, settings.model_copy(update={"inspectors": ()}))
    return waiting, tuple(by_code.values())
