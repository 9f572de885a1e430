"""照会 and 申請書一覧 asked directly: the services beside raw sqlite3 with the best index, and beside LIKE '%…'."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from benchmarks.report import Line, Part, Sizes, median_ms
from benchmarks.world import Worlds, chassis_number, check_keys, person, plate

from onestop.app.opening import open_desk
from onestop.app.start import Start
from onestop.clock import SystemClock
from onestop.model.lists import FilingColumn, FilingQuery
from onestop.screens.filing.list_rows import FilingSearch
from onestop.screens.rows import PAGE
from onestop.store.keychain import MemorySecrets
from onestop.store.sqlite.engine import connect_raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onestop.paths import DataFolder
    from onestop.services.desk import Desk

HOW: Final = (
    "Asked on one thread, without windows, for 20 different texts a kind. The peer is one statement on a bare sqlite3"
    " connection of the same library that fetches the columns which the list shows; `LIKE` is the same statement with"
    " `LIKE '%…'` on the 車台番号. 照会 looks for every meaning of a text (plate, 車台番号, names, readings), the peer"
    " for the one that is right."
)
TEXTS: Final = 20
NOWHERE: Final = "http://127.0.0.1:9"
"""Nobody is asked anything here."""

CAR: Final = """
SELECT v.id, v.area || v.class_number || v.kana || v.serial, v.vehicle_name, v.model_code, v.owner_name,
       v.chassis_number, v.expiry_date, f.control_number, f.sending, f.status, i.ending, i.renews,
       i.last_application_date
FROM vehicle v
LEFT JOIN inspection i ON i.id = (SELECT max(id) FROM inspection WHERE vehicle_id = v.id)
LEFT JOIN filing f ON f.control_number = (SELECT max(control_number) FROM filing WHERE inspection_id = i.id)
WHERE {} LIMIT 200
"""
FILING: Final = """
SELECT control_number, vehicle_id, sending, is_finished, is_closed, vehicle_class, procedure, filing_id, requested_at,
       status, oss_status, plate_key, chassis_number, last_application_date,
       EXISTS (SELECT 1 FROM inspection i WHERE i.id = inspection_id AND i.ended_at IS NOT NULL), is_open,
       EXISTS (SELECT 1 FROM filing l WHERE l.inspection_id = filing.inspection_id
               AND l.control_number > filing.control_number), user_name, lease_terminal, lease_until
FROM filing WHERE {} ORDER BY control_number LIMIT 200
"""
BY_TAIL: Final = "chassis_tail >= ? AND chassis_tail < ?"
BY_LIKE: Final = "chassis_number LIKE ?"
PART: Final = "instr(v.user_key, ?) > 0"
RAW_FILE: Final = "raw sqlite3"


class Rows(Protocol):
    """What was found."""

    def fetchall(self) -> object:
        """Return all of it."""


class Asked(Protocol):
    """A bare connection, to a file or to a server."""

    def execute(self, sql: str, values: Sequence[str] = (), /) -> Rows:
        """Ask it."""


@contextmanager
def a_desk(folder: DataFolder) -> Iterator[Desk]:
    """Open the program's own desk in a folder, without its windows."""
    start = Start(folder, services_url=NOWHERE, secrets=MemorySecrets())
    with closing(open_desk(start, SystemClock())) as opened:
        yield opened.desk


@dataclass(frozen=True, slots=True)
class Contest:
    """One kind of question, put to us and to peers in turns."""

    what: str
    texts: tuple[str, ...]
    ours: Callable[[str], object]
    raw: Callable[[str], object]
    like: Callable[[str], object] | None = None
    most: float | None = None


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure all kinds of questions at every size."""
    check_keys()
    lines: list[Line] = []
    for rows in sizes.rows:
        folder = worlds.folder(rows)
        with a_desk(folder) as desk, closing(connect_raw(folder.database)) as raw:
            for contest in (*lookups(rows, desk, raw), *lists(rows, desk, raw)):
                lines += held(contest, sizes.rounds, rows)
            lines += sorts(rows, desk, raw, sizes.rounds)
    return Part("照会 and 申請書一覧 beside raw sqlite3", HOW, tuple(lines))


def held(contest: Contest, rounds: int, rows: int, peer: str = RAW_FILE) -> Iterator[Line]:
    ours: list[float] = []
    raw: list[float] = []
    like: list[float] = []
    for turn in range(rounds):
        for text in contest.texts:
            sides = [(ours, contest.ours), (raw, contest.raw)]
            for spans, ask in sides if turn % 2 else reversed(sides):  # who is second finds the file's pages warm
                spans.append(spent(ask, text))
        if contest.like is not None and turn < 3:  # it takes so long that 60 runs say enough
            like += [spent(contest.like, text) for text in contest.texts]
    what = f"{contest.what}, {rows:,} rows"
    yield Line(what, median_ms(ours), theirs=median_ms(raw), peer=peer, most=contest.most)
    if like:
        yield Line(what, median_ms(ours), theirs=median_ms(like), peer="LIKE '%…'", faster=50)


def spent(work: Callable[[str], object], text: str) -> float:
    """Return how many seconds one question takes."""
    began = time.perf_counter()
    work(text)
    return time.perf_counter() - began


def _texts(rows: int, text: Callable[[int], str]) -> tuple[str, ...]:
    return tuple(text(1 + number * (rows - 1) // TEXTS) for number in range(TEXTS))


def lookups(rows: int, desk: Desk, raw: Asked, part: str = PART) -> Iterator[Contest]:
    def fetched(where: str, *values: str) -> object:
        return raw.execute(CAR.format(where), values).fetchall()

    def by_tail(text: str) -> object:
        return fetched("v.chassis_tail >= ? AND v.chassis_tail < ?", *_range(text))

    def by_like(text: str) -> object:
        return fetched(f"v.{BY_LIKE}", f"%{text}")

    whole = _texts(rows, chassis_number)
    for what, texts in (
        ("7 digits", tuple(text[-7:] for text in whole)),
        ("5 digits", tuple(text[-5:] for text in whole)),
        ("the whole 車台番号", whole),
    ):
        yield Contest(f"照会 後方一致, {what}", texts, desk.vehicles.search, by_tail, by_like, most=2)
    serials = _texts(rows, lambda number: plate(number)[3])
    yield Contest(
        "照会 by 一連指定番号",
        serials,
        desk.vehicles.search,
        lambda text: fetched("v.serial = ? ORDER BY v.id DESC", text),
    )
    names = _texts(rows, person)
    yield Contest(
        "照会 by a whole name",
        names,
        desk.vehicles.search,
        lambda text: fetched("v.user_key >= ? AND v.user_key < ?", text, f"{text}\U0010ffff"),
    )
    yield Contest(
        "照会 by part of a name",
        tuple(name[1:4] for name in names),
        desk.vehicles.search,
        lambda text: fetched(part, *(text,) * part.count("?")),
    )


def lists(rows: int, desk: Desk, raw: Asked) -> Iterator[Contest]:
    def first_page(text: str) -> object:
        return FilingSearch(lambda: desk, FilingQuery(chassis_tail=text)).first(PAGE)

    def by_tail(text: str) -> object:
        return raw.execute(FILING.format(BY_TAIL), _range(text)).fetchall()

    def by_like(text: str) -> object:
        return raw.execute(FILING.format(BY_LIKE), (f"%{text}",)).fetchall()

    for digits in (7, 4):
        texts = _texts(rows, lambda number, digits=digits: chassis_number(number)[-digits:])  # type: ignore[misc]
        yield Contest(f"申請書一覧 後方一致, {digits} digits", texts, first_page, by_tail, by_like, most=2)
    yield Contest(
        "申請書一覧 first page of all", ("",), first_page, lambda _text: raw.execute(FILING.format("TRUE")).fetchall()
    )


def sorts(rows: int, desk: Desk, raw: Asked, rounds: int, peer: str = RAW_FILE) -> Iterator[Line]:
    for column in FilingColumn:
        query = FilingQuery(sort=column)
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(min(rounds, 5)):
            ours.append(spent(lambda _text, query=query: desk.filings.ids(query), ""))  # type: ignore[misc]
            theirs.append(spent(lambda _text, sql=SORTS[column]: raw.execute(sql).fetchall(), ""))  # type: ignore[misc]
        yield Line(
            f"申請書一覧 all 管理番号 by {column.value}, {rows:,} rows",
            median_ms(ours),
            theirs=median_ms(theirs),
            peer=peer,
        )


def _sort_sql(column: str) -> str:
    return f"SELECT control_number FROM filing ORDER BY {column} NULLS LAST, control_number"  # noqa: S608 - constants below


SORTS: Final = {
    FilingColumn.CONTROL_NUMBER: "SELECT control_number FROM filing ORDER BY control_number",
    FilingColumn.COMPLETION: _sort_sql("is_finished"),
    FilingColumn.VEHICLE_CLASS: _sort_sql("vehicle_class"),
    FilingColumn.PROCEDURE: _sort_sql("procedure"),
    FilingColumn.FILING_ID: _sort_sql("filing_id"),
    FilingColumn.REQUESTED_AT: _sort_sql("requested_at"),
    FilingColumn.STATUS: _sort_sql("status"),
    FilingColumn.OSS_STATUS: _sort_sql("oss_status"),
    FilingColumn.REGISTRATION_NUMBER: _sort_sql("plate_key"),
    FilingColumn.LAST_APPLICATION_DATE: _sort_sql("last_application_date"),
    FilingColumn.CHASSIS_NUMBER: _sort_sql("chassis_number"),
}
"""The same order by hand. Its answer is a list of tuples; ours is an array of numbers."""


def _range(text: str) -> tuple[str, str]:
    tail = text.replace("-", "")[::-1]
    return tail, f"{tail}\U0010ffff"
