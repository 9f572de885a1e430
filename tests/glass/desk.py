"""The real program in 練習モード, as a process of its own on a screen, and what it has stored."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from glass.processes import a_process, until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glass.display import Display


@dataclass(frozen=True, slots=True)
class Desk:
    """One clerk's desk: her screen, and the folder with her data."""

    glass: Display
    folder: Path
    process: int
    """The id of the program's process."""

    def go(self, keys: Sequence[str], title: str) -> None:
        """Press keys, and wait until the window with such a title is active and has shown all that it reads."""
        self.glass.press(*keys)
        self.glass.wait_for(title)
        self.rest()

    def rest(self) -> None:
        """Wait until the program waits: no thread of it has worked at any of three looks."""
        looks: list[bool] = []

        def is_quiet() -> bool:
            tasks = [*Path(f"/proc/{self.process}/task").glob("*")]  # none once it has ended
            looks.append(all(_state(task) in "SZX" for task in tasks))
            return looks[-3:] == [True] * 3

        until("a program at rest", is_quiet)

    def filed(self) -> list[str]:
        """Return the 申請ID of every filing that was issued."""
        return self.stored("select filing_id from filing where filing_id is not null")

    def stored(self, question: str) -> list[str]:
        """Return what the database answers, in one column."""
        file = self.folder / "practice" / "onestop.db"
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
            return [str(each) for (each,) in database.execute(question)]


@contextmanager
def a_desk(glass: Display, folder: Path, percent: int, arrives: Path | None = None) -> Iterator[Desk]:
    """Start the program, in a new folder with its text as large as this, and wait for 照会, which watches `arrives`."""
    if not folder.exists():
        folder.mkdir()
        settings = {"text_scale": percent, "watched_folder": str(arrives or "")}
        (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    program = [sys.executable, "-P", "-m", "onestop", "--practice", "--data-dir", str(folder)]
    with a_process(program, glass.env, glass.log, user=glass.user) as process:
        glass.wait_for("照会")
        desk = Desk(glass, folder, process.pid)
        desk.rest()
        yield desk


def _state(task: Path) -> str:
    """Return what the system says of a thread: S sleeps; one that has just ended works no more either."""
    try:
        return (task / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "S"
