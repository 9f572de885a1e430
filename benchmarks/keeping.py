"""指定整備元帳 and 交付実績報告書 on a book of many years: searching, counting, and writing files."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from contextlib import closing
from typing import TYPE_CHECKING, Final

import xlsxwriter
from benchmarks.report import Line, Part, Sizes, median_ms
from benchmarks.searching import a_desk, spent
from benchmarks.world import FAMILIES, chassis_number, plate

from onestop.model.ledger import LedgerQuery
from onestop.services.ledger.service import COLUMNS, table_of
from onestop.store.sqlite.engine import connect_raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from sqlite3 import Connection

    from benchmarks.world import Worlds

    from onestop.services.desk import Desk

HOW: Final = (
    "A busy shop's ten years, 20 certificates a working day. The peer of a search is one statement on a bare sqlite3"
    " connection that fetches the columns of the ledger; of a workbook XlsxWriter, and of a CSV file Python's csv, with"
    " the same cells and nothing around them."
)
A_DAY: Final = 20
FIRST: Final = dt.date(2017, 1, 4)
CONFORMITY: Final = (
    *("control_number", "version", "created_at", "updated_at", "vehicle_id", "sending", "origin", "application_kind"),
    *("area", "class_number", "kana", "serial", "officially_stamped", "chassis_number", "chassis_tail"),
    *("workshop_code", "inspector_code", "inspector_name", "vehicle_category", "vehicle_name", "model_code"),
    *("engine_model", "user_name", "user_address", "new_insurance_number", "new_insurer", "old_insurance_number"),
    *("old_insurer", "remarks", "certificate_number", "status", "inspection_date", "issue_date", "valid_until"),
    *("is_closed", "refusal", "work_summary"),
)
PEER: Final = """
SELECT c.control_number, c.certificate_number, c.issue_date, c.inspection_date, c.application_kind, c.origin,
       c.area || c.class_number || c.kana || c.serial, c.chassis_number, c.vehicle_name, c.model_code, c.engine_model,
       c.user_name, c.inspector_code, c.inspector_name, c.new_insurance_number, i.start_date, i.end_date, c.status,
       c.valid_until, c.remarks
FROM conformity_certificate c LEFT JOIN insurance_certificate i
  ON i.control_number = (SELECT max(control_number) FROM insurance_certificate
                         WHERE certificate_number = c.new_insurance_number AND vehicle_id = c.vehicle_id)
WHERE {} ORDER BY c.issue_date, c.control_number
"""


def measure(sizes: Sizes, worlds: Worlds) -> Part:
    """Measure on one book."""
    count = sizes.kept
    folder = worlds.copy(worlds.folder(min(1_000, sizes.rows[0])))
    with closing(connect_raw(folder.database)) as raw:
        _fill(raw, count)
        last = _issued(count)
        with a_desk(folder) as desk:
            lines = [*_searches(desk, raw, last, sizes.rounds, count), *_files(desk, folder.root, last, sizes.rounds)]
    return Part("指定整備元帳 and 交付実績報告書", HOW, tuple(lines))


def _searches(desk: Desk, raw: Connection, last: dt.date, rounds: int, count: int) -> Iterator[Line]:
    month = last.replace(day=1)
    tail = chassis_number(count)[-7:]
    behind = (tail[::-1], f"{tail[::-1]}\U0010ffff")
    kinds: tuple[tuple[str, LedgerQuery, str, tuple[str, ...]], ...] = (
        ("one month", LedgerQuery(issued_from=month, issued_to=last), "c.issue_date >= ?", (month.isoformat(),)),
        ("車台番号", LedgerQuery(chassis_tail=tail), "c.chassis_tail >= ? AND c.chassis_tail < ?", behind),
        ("everything", LedgerQuery(), "1", ()),
    )
    for what, query, where, values in kinds:
        ours, theirs = _in_turns(
            lambda query=query: desk.ledger.search(query),  # type: ignore[misc]
            lambda where=where, values=values: raw.execute(PEER.format(where), values).fetchall(),  # type: ignore[misc]
            rounds,
        )
        yield Line(f"元帳, {what}, of {count:,}", ours, theirs=theirs, peer="raw sqlite3")
    ours, theirs = _in_turns(
        lambda: desk.report.month(last.year, last.month),
        lambda: raw.execute(PEER.format("c.issue_date >= ?"), (_month_before(month).isoformat(),)).fetchall(),
        rounds,
    )
    yield Line(f"報告書 of a month, of {count:,}", ours, theirs=theirs, peer="raw sqlite3, its rows")


def _files(desk: Desk, place: Path, last: dt.date, rounds: int) -> Iterator[Line]:
    ledger = desk.ledger.search(LedgerQuery(issued_from=last - dt.timedelta(days=70), issued_to=last))
    table = table_of(ledger)
    size = f"{len(ledger.rows):,} rows"
    ours, theirs = _in_turns(
        lambda: desk.ledger.save_xlsx(ledger, place / "ours.xlsx"), lambda: _bare_book(place, table.rows), rounds
    )
    yield Line(f"元帳 as Excel, {size}", ours, theirs=theirs, peer="bare XlsxWriter")
    ours, theirs = _in_turns(
        lambda: desk.ledger.save_csv(ledger, place / "ours.csv", "utf-8-sig"),
        lambda: _bare_csv(place, table.rows),
        rounds,
    )
    yield Line(f"元帳 as CSV, {size}", ours, theirs=theirs, peer="bare csv")
    day = dataclasses.replace(ledger, rows=ledger.rows[:A_DAY])
    ours, theirs = _in_turns(
        lambda: desk.ledger.save_pdf(ledger, place / "ours.pdf"),
        lambda: desk.ledger.save_pdf(day, place / "day.pdf"),
        rounds,
    )
    yield Line(f"元帳 as PDF, {size}", ours, theirs=theirs, peer=f"itself, {A_DAY} rows")


def _in_turns(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> tuple[float, float]:
    mine: list[float] = []
    other: list[float] = []
    for _ in range(rounds):
        mine.append(spent(lambda _text: ours(), ""))
        other.append(spent(lambda _text: theirs(), ""))
    return median_ms(mine), median_ms(other)


def _bare_book(place: Path, rows: object) -> None:
    with xlsxwriter.Workbook(str(place / "bare.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for number, row in enumerate(rows, 1):  # type: ignore[arg-type, var-annotated] # the same cells
            for column, cell in enumerate(row):
                sheet.write_string(number, column, "" if cell is None else str(cell))


def _bare_csv(place: Path, rows: object) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)  # type: ignore[arg-type] # the same cells
    (place / "bare.csv").write_text(text.getvalue(), encoding="utf-8-sig")


def _issued(number: int) -> dt.date:
    return FIRST + dt.timedelta(days=(number - 1) // A_DAY)


def _month_before(month: dt.date) -> dt.date:
    return (month - dt.timedelta(days=1)).replace(day=1)


def _fill(raw: Connection, count: int) -> None:
    marks = ", ".join("?" * len(CONFORMITY))
    raw.execute("BEGIN")
    raw.executemany(
        f"INSERT INTO conformity_certificate ({', '.join(CONFORMITY)}) VALUES ({marks})",  # noqa: S608 - constants
        (_certificate(number) for number in range(1, count + 1)),
    )
    raw.execute("COMMIT")
    raw.execute("PRAGMA optimize")


def _certificate(number: int) -> tuple[str | int | None, ...]:
    area, class_number, kana, serial = plate(number)
    chassis = chassis_number(number)
    day = _issued(number)
    moment = f"{day} 10:00:00.000000"
    return (
        *(number, 1, moment, moment, number % 1_000 + 1, "filed", "電子", "OSS申請"),
        *(area, class_number, kana, serial, 0, chassis, chassis.replace("-", "")[::-1]),
        *("11-1234", "00000011", f"{FAMILIES[number % 12]}検査員", "小型", "トヨタ", "DBA-ZN6"),
        *(
            "FA20",
            f"{FAMILIES[number % 12]}太郎",
            "茨城県古河市見本一丁目",
            f"A{number:09}",
            "見本損害保険株式会社",
            "",
        ),
        *("", "", f"{1_000_000_000 + number}", "申請完", f"{day}", f"{day}", f"{day + dt.timedelta(days=14)}"),
        *(1, None, ""),
    )
