"""The administrator's backup of a server, by the lines of docs/administration.md: dumped, put back, compared."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onestop.model.filing import Filing
from onestop.store.copying import sums
from onestop.store.postgres.connecting import Door
from onestop.store.postgres.opening import open_server
from onestop.store.postgres.server_clock import ServerClock
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.clock import FixedClock
from support.postgres import USER, a_server_database, server

if TYPE_CHECKING:
    from onestop.store.copying import TableSum
    from onestop.store.database import Database

PAGE: Final = Path(__file__).parents[3] / "docs" / "administration.md"
RESTORED: Final = "onestop_restored"


def told(name: str) -> str:
    found = re.search(rf"```sql {name}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def say(door: Door, name: str) -> None:
    with closing(door.connect(autocommit=True)) as driver:
        driver.execute(told(name).encode())


def command(program: str) -> list[str]:
    """Return the arguments that the page gives a program, without the names and the role of its own example."""
    found = re.search(rf"^{program} (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return [
        each
        for each in found[1].split()
        if each.startswith("--") and not each.startswith(("--dbname", "--file", "--owner"))
    ]


def summed(database: Database) -> tuple[TableSum, ...]:
    with database._backing.reading.connect() as connection:
        return sums(connection)


def test_what_was_dumped_and_put_back_is_the_same_and_asks_the_services_first() -> None:
    mine = server()
    at = ["--host", mine.place("").host, "--port", str(mine.port), "--username", USER]
    dump = str(mine.folder / "onestop.dump")
    with a_server_database() as door:
        with closing(open_server(door, ServerClock(FixedClock()))) as database:
            with database.write() as shelves:
                shelves.vehicles.add(a_vehicle())
            with database.write() as shelves:
                shelves.filings.add(a_filing())
            before = summed(database)
        mine.run("pg_dump", *at, *command("pg_dump"), "--file", dump, "--dbname", door.place.database)
    mine.run("createdb", *at, *command("createdb"), RESTORED)
    back = Door(mine.place(RESTORED))
    try:
        mine.run("pg_restore", *at, *command("pg_restore"), "--dbname", RESTORED, dump)
        say(back, "restored")
        with closing(open_server(back, ServerClock(FixedClock()))) as database:
            assert summed(database) == before
            with database.read() as shelves:
                assert shelves.restored.is_unsure(Filing)
    finally:
        mine.say(f"DROP DATABASE {RESTORED} WITH (FORCE)")


def test_a_desk_knows_when_the_administrator_backed_the_server_up() -> None:
    with a_server_database() as door, closing(open_server(door, ServerClock(FixedClock()))) as database:
        with database.read() as shelves:
            assert shelves.restored.backed_up_at() is None
        say(door, "backup-done")
        with database.read() as shelves:
            noted = shelves.restored.backed_up_at()
            assert noted is not None
            assert noted > BUILT_AT
