"""Lets the robot work at the second server, kills the program at random, and counts what is lost or double."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import threading
from collections import Counter
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from independent.server import SecondServer, Where
from onestop.clock import SystemClock
from onestop.services.inspection.belonging import inspection_under_way
from onestop.store.database import Database
from onestop.store.keychain import ApiSecrets, Keychain
from onestop.store.settings_file import InspectorEntry, Settings, save_settings
from onestop.store.sqlite.backing import SqliteFile
from onestop.store.sqlite.engine import connect_raw
from support.ainas import CREDENTIALS
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.checklist import put_answers
from support.databases import a_database_file
from support.inspections import of_now
from support.keychains import FileBackend
from support.nursery import nurseries

if TYPE_CHECKING:
    from collections.abc import Callable

    from independent.mischief import Mischief
    from independent.services import Character
    from support.nursery import Nursery

ROBOT: Final = Path(__file__).with_name("robot.py")
LONGEST_LIFE: Final = 2.5
"""Seconds after the opening within which the program is killed."""
UNTIL_SENT: Final = 20.0
"""Seconds within which it sends something, on a slow machine too: there is always something left to send."""
SETTINGS: Final = Settings(
    practice=False,
    requester_site_code="0812345",
    agent_site_id="D0000123",
    workshop_code="08-0123",
    inspectors=(InspectorEntry(code="00112345", name="検査一郎"),),
    settle_after_seconds=2,
)
RECORDS: Final = {
    "ejibai": ("insurance_certificate", "certificate_number"),
    "airas": ("conformity_certificate", "certificate_number"),
    "ainas": ("filing", "filing_id"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of it, of the three kinds of records together."""

    kills: int
    taken: int
    """What the services have of this desk."""
    lost: int
    """What one side knows and the other does not, or not by the same number."""
    double: int
    """What a service has more than once."""
    interrupted: int
    """How many records a kill left SENDING: how often it hit where it hurts."""
    held: frozenset[Where]
    """Where a service was held while the program was killed."""
    faults: int
    wrong: tuple[str, ...]
    """Crashes, windows that stood still, programs that ended by themselves, and requests that broke a contract."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, double or wrong."""
        return not (self.lost or self.double or self.wrong)


class Bout:
    """One data folder, one server, and a program that dies often.

    Args:
        folder: the program's data folder.
        character: what the server makes of Idempotency-Keys.
        seed: of everything that is left to chance.
        mischief: what goes wrong on the way.
        tells_chassis: whether answers carry the 車台番号.
        nursery: where the program lives, and which ends with this; one of its own unless told otherwise.
        cars: of each kind, whenever there is nothing left to do: from the 自賠責 on, and with a filing that is ready.
    """

    def __init__(  # noqa: PLR0913 - what a bout is made of
        self,
        folder: Path,
        character: Character,
        seed: int,
        mischief: Mischief,
        *,
        tells_chassis: bool = False,
        nursery: Nursery | None = None,
        cars: int = 3,
    ) -> None:
        a_database_file(folder / "onestop.db")
        self._folder = folder
        self._cars_at_once = cars * 2
        self._random = random.Random(seed)  # noqa: S311 - chance that can be repeated, not secrecy
        self._stack = ExitStack()
        self._server = self._stack.enter_context(SecondServer(character, mischief, tells_chassis=tells_chassis))
        self._killed = self._interrupted = self._cars = 0
        self._deaths: list[Where | None] = []
        """Where the next kills find a service; the last one is taken first."""
        self._held: set[Where] = set()
        self._wrong: list[str] = []
        save_settings(folder / "settings.json", SETTINGS)
        Keychain(FileBackend(folder / "keychain.json")).write(ApiSecrets(CREDENTIALS.api_key, CREDENTIALS.api_password))
        self._nursery = nursery or nurseries(ROBOT, 1)[0]

    def close(self) -> None:
        """End everything."""
        self._nursery.close()
        self._stack.close()

    def run(self, kills: int, tell: Callable[[], None] = lambda: None) -> Tally:
        """Kill so often, let the last program finish while nothing goes wrong any more, and count."""
        self._add_cars()
        while self._killed < kills:
            if self._live_and_die():
                self._killed += 1
                tell()
            self._interrupted += self._count("sending")
            if not self._left():
                self._add_cars()
        self._server.mischief.end()
        self._live_to_the_end()
        return self._tally()

    # --- one life

    def _live_and_die(self) -> bool:
        """Start the program and kill it in the middle of its work; False when it was done before."""
        born = self._begin_life()
        if self._word() == "done":
            self._until_ended()
            return False
        where = self._next_death()
        if where:  # when something was just sent
            ambush = self._server.lie_in_wait(self._random.choice((1, 1, 2)), where)
            (self._held.add if ambush.caught.wait(UNTIL_SENT) else self._deaths.append)(where)
            threading.Event().wait(self._random.choice((0.0, self._random.uniform(0, 0.05))))
        else:
            threading.Event().wait(self._random.uniform(0, LONGEST_LIFE))
        with suppress(ProcessLookupError):
            os.kill(born, signal.SIGKILL)
        if where:
            ambush.free.set()
        return "done" not in self._until_ended()

    def _next_death(self) -> Where | None:
        """Return where a service is held meanwhile; None: nowhere, the kill comes at any moment."""
        if not self._deaths:
            self._deaths = [None, *Where]
            self._random.shuffle(self._deaths)
        return self._deaths.pop()

    def _live_to_the_end(self) -> None:
        self._begin_life()
        assert "done" in self._until_ended()

    def _begin_life(self) -> int:
        return self._nursery.bear(str(self._folder), self._server.url, str(self._random.randrange(2**32)))

    def _until_ended(self) -> list[str]:
        """Return what it still says; one that ended by itself, and not well, is noted."""
        said: list[str] = []
        while not (word := self._word()).startswith("ended"):
            said.append(word)
        with (self._folder / "robot.log").open(
            "a", encoding="utf-8"
        ) as log:  # what Qt has to say of a screen that is none
            log.write(self._nursery.printed())
        if word not in ("ended 0", f"ended {-signal.SIGKILL}"):
            self._wrong.append(word)
        return said

    def _word(self) -> str:
        """Return the next word of the program; what must not be is noted."""
        word = self._nursery.word()
        if word.split()[0] in ("crash", "stuck"):
            self._wrong.append(word)
            return self._word()
        return word

    # --- the desk's own records

    def _add_cars(self) -> None:
        clock = SystemClock()
        with closing(Database(SqliteFile(self._folder / "onestop.db"), clock)) as database, database.write() as shelves:
            for place in range(self._cars, self._cars + self._cars_at_once):
                plate, chassis = f"土浦300さ{place % 9000 + 1000}", f"ZN6-{place:06}"
                expiry = clock.today() + dt.timedelta(days=20)
                added = shelves.vehicles.add(a_vehicle(plate=plate, chassis_number=chassis, expiry_date=expiry))
                car = added.id
                put_answers(shelves, inspection_under_way(shelves, added, BUILT_AT))
                if place % 2:
                    filing = a_filing(vehicle_id=car, plate=plate, chassis_number=chassis)
                    shelves.filings.add(of_now(shelves, filing))
        self._cars += self._cars_at_once

    def _rows(self, asked: str) -> list[tuple[object, ...]]:
        with closing(connect_raw(self._folder / "onestop.db")) as database:
            return list(database.execute(asked).fetchall())

    def _count(self, state: str) -> int:
        asked = (f"SELECT 1 FROM {table} WHERE sending = '{state}'" for table, _ in RECORDS.values())  # noqa: S608 - our own
        return sum(len(self._rows(each)) for each in asked)

    def _left(self) -> int:
        return len(self._rows("SELECT 1 FROM vehicle WHERE id NOT IN (SELECT vehicle_id FROM filing)")) + self._count(
            "draft"
        )

    def _tally(self) -> Tally:
        lost = double = taken = 0
        for name, (table, number) in RECORDS.items():
            asked = f"SELECT control_number, {number} FROM {table} WHERE sending != 'draft'"  # noqa: S608 - our own
            here = set(self._rows(asked))
            entries = [each for each in self._server.services[name].entries if each.key is not None]
            there = Counter(each.control_number for each in entries)
            lost += len(here ^ {(each.control_number, each.number) for each in entries})
            double += sum(times - 1 for times in there.values())
            taken += len(entries)
        faults = self._server.mischief.done.total()
        wrong = (*self._wrong, *(f"breach: {each}" for each in self._server.breaches))
        return Tally(self._killed, taken, lost, double, self._interrupted, frozenset(self._held), faults, wrong)
