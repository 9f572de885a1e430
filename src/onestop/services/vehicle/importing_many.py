"""取込 of many 車検証 files at once: those that leave nothing to decide; the others wait for a clerk, as they came.

A lot is parsed, compared with what is stored by two questions, and stored by one transaction: less than a tenth of the
time that a file takes by itself. Threads would not read them faster, because reading one is Python's own work.
"""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onestop.errors import InvalidInput
from onestop.model.plated import chassis_tail
from onestop.services.vehicle.importing import plan_among, read_file, sources_told
from onestop.services.vehicle.service import new_vehicle
from onestop.store.lengths import unstorable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from threading import Event

    from onestop.clock import Clock
    from onestop.documents.shaken_file import ShakenRecord
    from onestop.model.provenance import Provenance
    from onestop.model.vehicle import Vehicle
    from onestop.services.vehicle.importing import ImportPlan
    from onestop.store.database import Database, Shelves

LOT: Final = 100
"""Files of one transaction: few enough that other desks of the file wait no longer than for one car's."""


@dataclass(frozen=True, slots=True)
class TakenLot:
    """What became of the next files."""

    looked_at: int
    done: tuple[Path, ...] = dataclasses.field(repr=False)
    """Those that nobody needs to look at any more."""
    stored: tuple[int, ...] = ()
    """The ids of the new cars."""


class ManyImports:
    """Takes over new cars, and settles files that say what is stored already."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def take(self, paths: Sequence[Path], report: Callable[[TakenLot], None], stop: Event) -> None:
        """Take what leaves nothing to decide, a lot at a time; `report` hears of each one as soon as it is stored.

        Raises:
            StoreError: the machine failed; what was reported is stored.
        """
        met: set[object] = set()
        for begin in range(0, len(paths), LOT):
            if stop.is_set():
                return
            report(self._taken(paths[begin : begin + LOT], met))

    def _taken(self, paths: Sequence[Path], met: set[object]) -> TakenLot:
        files = [*_read(paths)]
        with self._database.write() as shelves:
            cars = shelves.vehicles.gathered(
                (record.chassis_number for _, record, _ in files),
                (record.registration_number for _, record, _ in files if record.registration_number),
            )
            plans = [(path, plan_among(cars, record, source)) for path, record, source in files]
            new = [*self._new(plans, met)]
            known = [(path, plan.source.digest) for path, plan in plans if _says_nothing_new(plan)]
            self._store(shelves, [(car, plan) for _, plan, car in new], [digest for _, digest in known])
        done = (*(path for path, *_ in new), *(path for path, _ in known))
        return TakenLot(len(paths), done, tuple(car.id for *_, car in new))

    def _new(
        self, plans: Sequence[tuple[Path, ImportPlan]], met: set[object]
    ) -> Iterator[tuple[Path, ImportPlan, Vehicle]]:
        """Yield the new cars of which nothing is to be said, and none that was met before."""
        now, today = self._clock.now(), self._clock.today()
        for path, plan in plans:
            keys = {chassis_tail(plan.record.chassis_number), plan.record.registration_number}
            if plan.is_new and plan.same_car is None and not plan.notices and not keys & met:
                with suppress(InvalidInput):  # 取込 of this one says what it lacks
                    car = new_vehicle(plan.record_form, now, today)
                    if not any(unstorable(car)):  # it would keep the whole lot back
                        yield path, plan, car
            met |= keys - {None}

    def _store(self, shelves: Shelves, new: Sequence[tuple[Vehicle, ImportPlan]], known: Sequence[str]) -> None:
        now = self._clock.now()
        shelves.vehicles.add_all([vehicle for vehicle, _ in new])
        # whatever differs from a blank form comes from the file: nothing was typed
        told = ((vehicle.id, plan.source, sources_told(plan, plan.differences)) for vehicle, plan in new)
        shelves.sources.begin(told, now)
        shelves.settled_files.put((*(plan.source.digest for _, plan in new), *known), now)


def _says_nothing_new(plan: ImportPlan) -> bool:
    return not plan.is_new and not plan.differences and plan.same_car is None and not plan.notices


def _read(paths: Sequence[Path]) -> Iterator[tuple[Path, ShakenRecord, Provenance]]:
    """Yield the files that are of the app."""
    for path in paths:
        with suppress(InvalidInput):  # 取込 of this one says what is wrong
            yield path, *read_file(path)
