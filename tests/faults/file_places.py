"""Works at every place that touches a file, each in a process of its own in which one thing is wrong with files.

`python tests/faults/file_places.py FOLDER` prints one line for each place and trouble: ok, the error of ours that came,
or RAW with an exception that nobody would tell the clerk about.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import shutil
import signal
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alembic import command

from onestop.app.opening import begin_anew, begin_practice_anew, choose_mode, open_desk, restore_backup
from onestop.app.start import Start
from onestop.documents.table_file import Table, write_csv, write_xlsx
from onestop.errors import DatabaseDamaged, OneStopError
from onestop.model.lists import FilingQuery
from onestop.paths import DataFolder
from onestop.store.database import Database
from onestop.store.insurers import own_insurers
from onestop.store.insurers import put_aside as put_insurers_aside
from onestop.store.keychain import MemorySecrets
from onestop.store.migrations import migrate, one_transaction
from onestop.store.opening import begin_empty, holds_data, open_database, restore
from onestop.store.settings_file import Settings, load_settings, save_settings
from onestop.store.sqlite.backing import SqliteFile
from onestop.store.sqlite.backup import back_up, back_up_when_due, backups, newest_good
from onestop.store.sqlite.second_place import copy_backup
from support.builders import a_vehicle
from support.clock import FixedClock
from support.damage import a_filled_file
from support.shaken import read_shaken_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Place = Callable[[DataFolder], object]
    Trouble = Callable[[DataFolder], object]

CLOCK: Final = FixedClock()
NOBODY: Final = 65_534
ROWS: Final = 300
"""Of a table that is far longer than the first piece of a file that still can be written."""
LATER: Final = FixedClock()
LATER.advance(days=1)


def _start(folder: DataFolder, *, practice: bool = False) -> Start:
    return Start(folder, practice=practice, secrets=MemorySecrets())


def open_and_close(folder: DataFolder) -> None:
    open_desk(_start(folder), CLOCK).close()


def open_practice(folder: DataFolder) -> None:
    open_desk(_start(folder, practice=True), CLOCK).close()


def save(folder: DataFolder) -> None:
    with closing(Database(SqliteFile(folder.database), CLOCK)) as database, database.write() as shelves:
        shelves.vehicles.add(a_vehicle(note_info="備考" * 1000))


def list_rows(folder: DataFolder) -> None:
    with closing(Database(SqliteFile(folder.database), CLOCK)) as database:
        database.lists.vehicles("ZN6")
        database.lists.filings(FilingQuery(), 10)


def upgrade(folder: DataFolder) -> None:
    migrate(folder.root / "old.db", folder.backups, CLOCK)


def export_xlsx(folder: DataFolder) -> None:
    write_xlsx(folder.root / "list.xlsx", Table("一覧", ("名前",), [("カーネット太郎" * 100,)] * ROWS))


def export_csv(folder: DataFolder) -> None:
    write_csv(folder.root / "list.csv", Table("一覧", ("名前",), [("カーネット太郎" * 100,)] * ROWS))


def choose_real(folder: DataFolder) -> None:
    choose_mode(_start(folder), practice=False)


def begin_anew_after_damage(folder: DataFolder) -> None:
    begin_anew(_start(folder), CLOCK)


def restore_after_damage(folder: DataFolder) -> None:
    restore_backup(_start(folder), DatabaseDamaged(a_backup(folder)), CLOCK)


def a_backup(folder: DataFolder) -> Path:
    return folder.backups / "onestop-20261124-091500.db"


PLACES: Final[dict[str, Place]] = {
    "open": open_and_close,
    "open practice": open_practice,
    "open the database": lambda folder: open_database(folder, CLOCK).close(),
    "save": save,
    "list": list_rows,
    "upgrade": upgrade,
    "back up": lambda folder: back_up(folder.database, folder.backups, LATER),
    "back up when due": lambda folder: back_up_when_due(folder.database, folder.backups, LATER),
    "look at backups": lambda folder: backups(folder.backups),
    "look for a good backup": lambda folder: newest_good(folder.backups),
    "copy to the second place": lambda folder: copy_backup(a_backup(folder), folder.root / "stick" / "desk"),
    "restore": lambda folder: restore(folder, a_backup(folder), CLOCK),
    "restore after damage": restore_after_damage,
    "begin empty": lambda folder: begin_empty(DataFolder(folder.root / "new"), CLOCK),
    "begin anew": begin_anew_after_damage,
    "look for data": holds_data,
    "choose": choose_real,
    "begin practice anew": lambda folder: begin_practice_anew(_start(folder), CLOCK),
    "save settings": lambda folder: save_settings(folder.settings, Settings(text_scale=150)),
    "load settings": lambda folder: load_settings(folder.settings),
    "load broken settings": lambda folder: load_settings(folder.root / "broken.json"),
    "read insurers": lambda folder: own_insurers(folder.insurers),
    "put insurers aside": lambda folder: put_insurers_aside(folder.insurers),
    "read a 車検証": lambda folder: read_shaken_path(folder.root / "car.json"),
    "export xlsx": export_xlsx,
    "export csv": export_csv,
}


def prepare(folder: DataFolder) -> None:
    """Make a data folder with everything in it that the places work at."""
    back_up(a_filled_file(folder.root), folder.backups, CLOCK)
    save_settings(folder.settings, Settings(practice=False))
    open_practice(folder)
    old = Path(shutil.copyfile(folder.database, folder.root / "old.db"))
    with one_transaction(old) as config:  # one below is enough: it is the file that has troubles, not the ladder
        command.downgrade(config, "-1")
    (folder.root / "broken.json").write_text('{"text_scale": 900}', encoding="utf-8")
    (folder.root / "insurers.json").write_text('{"insurers": ["見本損保"]}', encoding="utf-8")
    (folder.root / "stick").mkdir()
    (folder.root / "new").mkdir()
    cars = Path(__file__).parents[1] / "documents"
    shutil.copy(next(cars.rglob("*.json")), folder.root / "car.json")


def full(_folder: DataFolder) -> None:
    """No file may grow any more, as on a disk that is full or a quota that is used up."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def quite_full(_folder: DataFolder) -> None:
    """Not even a first byte may be written."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def descriptors(spare: int) -> Trouble:
    """Return the trouble that only so many files more can be opened."""

    def few(_folder: DataFolder) -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
        taken = []
        with suppress(OSError):
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))
        for descriptor in taken[len(taken) - spare :]:
            os.close(descriptor)

    return few


def no_rights(folder: DataFolder) -> None:
    """Everything may be read and nothing written."""
    for path in (folder.root, *folder.root.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() == 0:
        os.setuid(NOBODY)


def no_way_in(folder: DataFolder) -> None:
    """Nothing may even be looked at."""
    folder.root.chmod(0)
    if os.geteuid() == 0:
        os.setuid(NOBODY)


def gone(folder: DataFolder) -> None:
    """The folder is deleted."""
    shutil.rmtree(folder.root)


TROUBLES: Final[dict[str, Trouble]] = {
    "none": lambda _folder: None,
    "full": full,
    "quite full": quite_full,
    **{f"{spare} descriptors": descriptors(spare) for spare in (0, 1, 2, 3, 5, 7)},
    "no rights": no_rights,
    "no way in": no_way_in,
    "gone": gone,
}


def outcome(place: Place, trouble: Trouble, folder: DataFolder) -> str:
    """Work at a place under a trouble, in a process of its own; returns what came of it."""
    said, says = os.pipe()
    child = os.fork()
    if child == 0:
        trouble(folder)
        try:
            place(folder)
            word = "ok"
        except OneStopError as error:
            word = type(error).__name__
        except BaseException as error:  # noqa: BLE001 - that is what is looked for
            word = f"RAW {error!r}"
        os.write(says, word.encode())
        os._exit(0)
    os.close(says)
    with os.fdopen(said, encoding="utf-8", errors="replace") as answer:
        word = answer.read()
    os.waitpid(child, 0)
    return word or "RAW: it died"


def outcomes(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each trouble and place with what came of it; every place works on a copy of its own."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    template = DataFolder(folder / "template")
    prepare(template)
    for place in PLACES.values():  # now everything is imported that needs no file later
        copy = DataFolder(folder / "warm")
        shutil.copytree(template.root, copy.root)
        place(copy)
        shutil.rmtree(copy.root)
    gc.freeze()  # no look for garbage copies what all these processes share
    for trouble_name, trouble in TROUBLES.items():
        for name, place in PLACES.items():
            copy = DataFolder(folder / "copy")
            shutil.copytree(template.root, copy.root)
            yield trouble_name, name, outcome(place, trouble, copy)
            if copy.root.exists():
                copy.root.chmod(0o700)
                for each in copy.root.rglob("*"):
                    each.chmod(0o700)
                shutil.rmtree(copy.root)


if __name__ == "__main__":
    for line in outcomes(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
