"""料金表 at a desk: what is added holds at once and after a restart, lies in the database, and can be taken back."""

from __future__ import annotations

import csv
import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from onestop.errors import InvalidInput
from onestop.model.rate_book import put_in_force
from onestop.model.rate_checks import TypedRate
from onestop.model.rate_tables import RateTable
from support.desks import a_desk

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.model.word_tables import WordRow
    from onestop.services.rates.service import RateLine, RatesService
    from support.desks import DeskRoom

SPRING = dt.date(2027, 4, 1)
ROW = TypedRate("futsu/oss", "2027/4/1", ("1500", "450", ""), "官報")


def line_of(room: DeskRoom, key: str, day: dt.date | None, other: dt.date | None = None) -> RateLine:
    """Return the line of a key on a day."""
    return next(line for line in room.desk.rates.view(RateTable.FEES, day, other).lines if line.key == key)


def fee(room: DeskRoom, day: dt.date) -> int | None:
    """Return what a filing of an ordinary car would be estimated at."""
    with room.database.read() as shelves:
        cars = shelves.vehicles.count()
    vehicle = room.a_car(vehicle_kind="普通", plate=f"土浦300さ{cars + 1}", chassis_number=f"ZN6-{cars + 1}")
    return room.desk.review.estimates(vehicle, day)[0].estimate.amount


def test_what_is_added_holds_for_every_reader_from_its_day_on(room: DeskRoom) -> None:
    assert room.desk.rates.add(RateTable.FEES, [ROW]) == 1
    assert fee(room, SPRING - dt.timedelta(days=1)) == 1450
    assert fee(room, SPRING) == 1500


def test_it_lies_in_the_database_and_holds_when_the_desk_is_opened_again(tmp_path: Path) -> None:
    with a_desk(tmp_path) as room:
        room.desk.rates.add(RateTable.FEES, [ROW])
    put_in_force(())
    with a_desk(tmp_path) as room:
        assert fee(room, SPRING) == 1450
        room.desk.rates.put_in_force()
        assert fee(room, SPRING) == 1500


def test_the_rows_of_a_day_stand_there_beside_those_of_another(room: DeskRoom) -> None:
    room.desk.rates.add(RateTable.FEES, [ROW])
    today = dt.date(2026, 11, 24)
    line = line_of(room, "futsu/oss", today, SPRING)
    assert (line.figures, line.then, line.last_day) == ((1450, 400, 1850), (1500, 450, 1950), dt.date(2027, 3, 31))
    assert line_of(room, "kei/oss", SPRING, today).then == (1450, 400, 1850)
    assert line_of(room, "futsu/oss", today, dt.date(2020, 1, 1)).then is None
    assert line_of(room, "futsu/oss", today).then is None


def test_without_a_day_all_rows_stand_there_that_hold_or_will(room: DeskRoom) -> None:
    room.desk.rates.add(RateTable.FEES, [ROW])
    view = room.desk.rates.view(RateTable.FEES)
    mine = [(line.first_day, line.told.added) for line in view.lines if line.key == "futsu/oss"]
    assert mine == [(dt.date(2026, 4, 1), False), (SPRING, True)]
    assert (view.headings, view.compared) == (("国・協会", "技術情報管理", "計"), False)


def test_what_ships_can_be_put_back_for_one_key_or_for_the_whole_table(room: DeskRoom) -> None:
    kei = TypedRate("kei/oss", "2027/4/1", ("1500", "450", ""), "官報")
    room.desk.rates.add(RateTable.FEES, [ROW, kei])
    tax = TypedRate("kei_private", "2027/4/1", ("1", "2", "3", "4"), "官報")
    room.desk.rates.add(RateTable.WEIGHT_TAX, [tax])
    room.desk.rates.take_away(RateTable.FEES, line_of(room, "kei/oss", SPRING))
    assert line_of(room, "kei/oss", SPRING).figures == (1450, 400, 1850)
    assert line_of(room, "futsu/oss", SPRING).figures == (1500, 450, 1950)
    room.desk.rates.restore(RateTable.FEES)
    assert line_of(room, "futsu/oss", SPRING).figures == (1450, 400, 1850)
    assert [line.told.added for line in room.desk.rates.view(RateTable.WEIGHT_TAX, SPRING).lines].count(True) == 1


def test_a_row_that_is_wrong_is_not_kept_and_neither_are_those_beside_it(room: DeskRoom) -> None:
    with pytest.raises(InvalidInput):
        room.desk.rates.add(RateTable.FEES, [ROW, TypedRate("x", "2027/4/1", ("1", "", ""), "官報")])
    with pytest.raises(InvalidInput):
        room.desk.rates.add(RateTable.FEES, [ROW, ROW])
    assert line_of(room, "futsu/oss", SPRING).figures == (1450, 400, 1850)


@pytest.mark.parametrize("table", RateTable)
def test_a_table_written_as_csv_brings_nothing_new(room: DeskRoom, tmp_path: Path, table: RateTable) -> None:
    assert room.desk.rates.save_csv(table, tmp_path / "a.csv") == ()
    assert room.desk.rates.read_csv(table, tmp_path / "a.csv") == ()


def test_a_row_added_in_the_file_is_found_and_one_changed_there_is_refused(room: DeskRoom, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    room.desk.rates.add(RateTable.FEES, [TypedRate("kei/oss", "2027/4/1", ("1500", "450", ""), "官報")])
    room.desk.rates.save_csv(RateTable.FEES, path)
    text = path.read_text(encoding="utf-8-sig")
    assert ",追加した行,官報" in text
    assert ",転記1件のみ," in text
    assert "FACT" not in text
    path.write_text(f"{text}futsu/oss,普通,2027/4/1,,1500,450,1950,,官報\r\n", encoding="cp932", newline="")
    found = room.desk.rates.read_csv(RateTable.FEES, path)
    assert [(row.key, row.amounts) for row in found] == [("futsu/oss", ("1500", "450", "1950"))]
    assert room.desk.rates.add(RateTable.FEES, found) == 1
    path.write_text(text.replace(",1450,400,1850,", ",1460,400,1860,", 1), encoding="utf-8")
    with pytest.raises(InvalidInput, match="file"):
        room.desk.rates.read_csv(RateTable.FEES, path)


def test_a_day_in_the_file_that_cannot_be_read_is_refused(room: DeskRoom, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    room.desk.rates.save_csv(RateTable.VALIDITY, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][2] = "いつか"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(InvalidInput, match="file"):
        room.desk.rates.read_csv(RateTable.VALIDITY, path)


def test_a_row_that_another_desk_adds_in_the_same_moment_is_refused_in_words(room: DeskRoom) -> None:
    shipped = rates_of(room)._shipped

    def meanwhile(table: RateTable) -> tuple[WordRow, ...]:
        rates_of(room)._shipped = shipped  # type: ignore[method-assign] # the other desk comes once, between two steps
        room.desk.rates.add(table, [ROW])
        return shipped(table)

    rates_of(room)._shipped = meanwhile  # type: ignore[method-assign] # as above
    with pytest.raises(InvalidInput, match="first_day"):
        room.desk.rates.add(RateTable.FEES, [ROW])


def test_what_another_desk_added_holds_here_once_it_is_heard_of(room: DeskRoom) -> None:
    room.desk.rates.add(RateTable.FEES, [ROW])
    put_in_force(())
    assert fee(room, SPRING) == 1450
    room.desk.rates.hold_as_stored()
    assert fee(room, SPRING) == 1500


@pytest.mark.parametrize("row", ["2027/4/1,,1500,450,,,官報", 'R9.4.1,,"\\1,500",450円,,,官報'])
def test_a_file_that_is_taken_in_twice_brings_nothing_the_second_time(room: DeskRoom, tmp_path: Path, row: str) -> None:
    path = tmp_path / "a.csv"
    room.desk.rates.save_csv(RateTable.FEES, path)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(f"{text}futsu/oss,普通,{row}\r\n", encoding="cp932", newline="")
    room.desk.rates.add(RateTable.FEES, room.desk.rates.read_csv(RateTable.FEES, path))
    assert line_of(room, "futsu/oss", SPRING).figures == (1500, 450, 1950)
    assert room.desk.rates.read_csv(RateTable.FEES, path) == ()


def test_a_total_that_was_changed_alone_is_refused(room: DeskRoom, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    room.desk.rates.save_csv(RateTable.FEES, path)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(",1450,400,1850,", ",1450,400,1860,", 1), encoding="utf-8")
    with pytest.raises(InvalidInput, match="file"):
        room.desk.rates.read_csv(RateTable.FEES, path)


@pytest.mark.parametrize("table", RateTable)
def test_a_table_that_excel_saved_brings_nothing_new(room: DeskRoom, tmp_path: Path, table: RateTable) -> None:
    path = tmp_path / "a.csv"
    room.desk.rates.save_csv(table, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [[as_excel_has_it(cell) for cell in reversed(row)] for row in csv.reader(file)]
    with path.open("w", encoding="cp932", newline="") as file:
        csv.writer(file).writerows(rows)
    assert room.desk.rates.read_csv(table, path) == ()


def as_excel_has_it(cell: str) -> str:
    """Return what Excel makes of a cell of a CSV file that it opens and saves: what looks like a day becomes one."""
    if day := re.fullmatch(r"(\d{4})[-/](\d\d)[-/](\d\d)", cell):
        return f"{day[1]}/{int(day[2])}/{int(day[3])}"
    if day := re.fullmatch(r"(\d\d)-(\d\d)", cell):
        return f"{int(day[1])}月{int(day[2])}日"
    return cell


def rates_of(room: DeskRoom) -> RatesService:
    """Return the service behind its guard."""
    rates = room.desk.rates
    return getattr(rates, "_part", rates)
