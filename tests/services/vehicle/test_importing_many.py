"""取込 of many files at once stores what one file after the other would, and leaves the rest to a clerk."""

from __future__ import annotations

import json
import random
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy.exc import OperationalError

from onestop.services.vehicle.importing_many import LOT, TakenLot
from onestop.store.sqlite.engine import connect_raw
from onestop.store.sqlite.row_sums import has_hurt_rows
from support.desks import a_desk
from support.shaken import KEI, REGISTERED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from onestop_sandbox import Sandbox
    from support.clock import FixedClock
    from support.desks import DeskRoom

CODE = "TwodimensionCodeInfo"
STARS = dict.fromkeys(("UsernameLowLevelChar", "UsernameHighLevelChar", "UserAddressChar"), "＊＊＊")
PLAIN: Mapping[str, str] = {}
TABLES = ("vehicle", "vehicle_source", "settled_file")


def a_file(folder: Path, number: int, changes: Mapping[str, str] = PLAIN, *, sample: Path = REGISTERED) -> Path:
    """Write a file of a car of its own, unless the changes say otherwise."""
    document = json.loads(sample.read_text(encoding="utf-8"))
    plate = f"土浦　　300す{number:4}"
    own = {f"{CODE}CarNo": f"ABC12-{number:07}", "CarNo": "", f"{CODE}EntryNoCarNo": plate, "EntryNoCarNo": plate}
    document["CertInfo"] |= own | dict(changes)
    path = folder / f"{number}.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def taken(room: DeskRoom, paths: list[Path]) -> list[TakenLot]:
    lots: list[TakenLot] = []
    room.desk.many_imports.take(paths, lots.append, Event())
    return lots


def accepted(room: DeskRoom, path: Path) -> int:
    plan = room.desk.imports.read(path)
    return room.desk.imports.accept(plan, frozenset(plan.differences))


def stored(room: DeskRoom) -> dict[str, list[Any]]:
    with closing(connect_raw(room.database.path)) as raw:
        assert not has_hurt_rows(raw)
        return {table: raw.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}  # noqa: S608 - names of ours


CHANGES: tuple[Callable[[random.Random], dict[str, str]], ...] = (
    lambda _chance: {},
    lambda _chance: STARS | {"UserAddressNumValue": ""},
    lambda chance: {"OwnernameHighLevelChar": chance.choice(("渡邉　商事", "株式会社　見本", "𠮷野　花子"))},
    lambda chance: {"CarWgt": f"{chance.randrange(700, 2000):5}", "CarName": chance.choice(("トヨタ", "ﾄﾖﾀ "))},
    lambda _chance: {"Model": "ＺＮ６", f"{CODE}Model": "zn6"},
    lambda chance: {"ElectCertPublishdateY": f"{chance.randrange(1, 8)}", "NoteInfo": "備考\n二行目"},
    lambda _chance: {"EntryNoCarNo": "", f"{CODE}EntryNoCarNo": ""},
    lambda _chance: {"OwnernameHighLevelChar": "", "OwnernameLowLevelChar": ""},
    lambda _chance: {f"{CODE}CarNo": "abc12―7654321"},
)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_taken_at_once_is_stored_as_one_after_the_other(
    tmp_path: Path, clock: FixedClock, sandbox: Sandbox, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    paths = [
        a_file(tmp_path, number, chance.choice(CHANGES)(chance), sample=chance.choice((REGISTERED, KEI)))
        for number in range(1, 21)
    ]
    with a_desk(tmp_path / "many", clock=clock, sandbox=sandbox) as room:
        (lot,) = taken(room, paths)
        at_once = stored(room)
    assert lot.looked_at == len(paths)
    assert 0 < len(lot.stored) == len(lot.done) < len(paths)
    with a_desk(tmp_path / "single", clock=clock, sandbox=sandbox) as room:
        assert [accepted(room, path) for path in lot.done] == [*lot.stored]
        assert stored(room) == at_once


@pytest.mark.parametrize(
    "changes",
    [
        {"CertInfoImportFileVersion": "9.9"},
        {"OwnernameHighLevelChar": "", "OwnernameLowLevelChar": ""},
        {f"{CODE}EntryNoCarNo": "土浦　　300す  77", "EntryNoCarNo": "土浦　　300す  77"},
        {f"{CODE}CarNo": "ABC12-0000077", "CarWgt": "  999"},
    ],
    ids=[
        "something is to be said of it",
        "it lacks its owner",
        "another has its plate",
        "it differs from what is stored",
    ],
)
def test_what_is_to_be_decided_waits_for_a_clerk(room: DeskRoom, tmp_path: Path, changes: dict[str, str]) -> None:
    accepted(room, a_file(tmp_path, 77))
    odd, plain = a_file(tmp_path, 1, changes), a_file(tmp_path, 2)
    assert taken(room, [odd, plain]) == [TakenLot(2, (plain,), (2,))]


def test_what_is_no_file_of_the_app_waits_for_a_clerk(room: DeskRoom, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}", encoding="utf-8")
    assert taken(room, [other, tmp_path / "gone.json"]) == [TakenLot(2, ())]


def test_a_text_that_is_too_long_keeps_no_other_car_back(room: DeskRoom, tmp_path: Path) -> None:
    long, plain = a_file(tmp_path, 1, {"OwnernameHighLevelChar": "長" * 300}), a_file(tmp_path, 2)
    (lot,) = taken(room, [long, plain])
    assert lot.done == (plain,)


def test_a_file_that_says_what_is_stored_is_settled(room: DeskRoom, tmp_path: Path) -> None:
    path = a_file(tmp_path, 1)
    car = accepted(room, path)
    path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
    assert taken(room, [path]) == [TakenLot(1, (path,))]
    digest = room.desk.imports.read(path).source.digest
    with room.database.read() as shelves:
        assert shelves.settled_files.among([digest]) == {digest}
        assert shelves.vehicles.count() == car


def test_of_two_files_of_one_car_the_first_is_taken(room: DeskRoom, tmp_path: Path) -> None:
    first = a_file(tmp_path, 1)
    same_car = a_file(tmp_path, 2, {f"{CODE}CarNo": "ABC12-0000001"})
    same_plate = a_file(tmp_path, 3, dict.fromkeys(("EntryNoCarNo", f"{CODE}EntryNoCarNo"), "土浦　　300す   1"))
    (lot,) = taken(room, [first, same_car, same_plate])
    assert lot.done == (first,)


def test_a_car_that_waits_is_not_overtaken_by_a_later_file_of_it(room: DeskRoom, tmp_path: Path) -> None:
    odd = a_file(tmp_path, 1, {"CertInfoImportFileVersion": "9.9"})
    others = [a_file(tmp_path, number) for number in range(2, LOT + 1)]
    later = a_file(tmp_path, LOT + 1, {f"{CODE}CarNo": "ABC12-0000001"})
    first, second = taken(room, [odd, *others, later])
    assert (first.done, second.done) == ((*others,), ())


def test_it_is_stopped_between_two_lots(room: DeskRoom, tmp_path: Path) -> None:
    stop, lots = Event(), list[TakenLot]()

    def report(lot: TakenLot) -> None:
        lots.append(lot)
        stop.set()

    room.desk.many_imports.take([a_file(tmp_path, number) for number in range(LOT + 1)], report, stop)
    assert [lot.looked_at for lot in lots] == [LOT]


def test_a_lot_that_cannot_be_stored_is_not_stored_by_half(room: DeskRoom, tmp_path: Path) -> None:
    paths = [a_file(tmp_path, number) for number in (1, 2)]
    with closing(connect_raw(room.database.path)) as raw:
        raw.execute("DROP TABLE settled_file")
    with pytest.raises(OperationalError, match="no such table"):
        taken(room, paths)
    with room.database.read() as shelves:
        assert shelves.vehicles.count() == 0
