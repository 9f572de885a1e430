"""The tables of words at a desk: hours, holidays, 保険会社 and statuses take effect where they are used."""

from __future__ import annotations

import csv
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from onestop.errors import InvalidInput
from onestop.model.certificate_words import may_delete
from onestop.model.ending import Ending
from onestop.model.rate_checks import TypedRate
from onestop.model.rate_tables import RateTable
from onestop.model.sending_state import Sending
from onestop.model.word_tables import insurer_names
from onestop.model.words import oss_status_word
from onestop.model.working_days import is_working_day
from onestop.services.inspection.next_step import next_step
from onestop.services.rates.references import hours_rows
from onestop.store.settings_file import HoursTable, ServiceHours
from support.builders import a_filing, a_vehicle, an_insurance_certificate
from support.clock import FixedClock

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.model.filing import Filing
    from onestop.model.inspection import Inspection
    from onestop.services.rates.service import RateLine
    from support.desks import DeskRoom

TODAY = "2026/11/24"
LATE = ServiceHours(opens=dt.time(8), closes=dt.time(23))
TOKIO = "東京海上日動火災保険株式会社"


def add(room: DeskRoom, table: RateTable, key: str, cells: str, day: str = TODAY) -> None:
    room.desk.rates.add(table, [TypedRate(key, day, tuple(cells.split("/")), "告知")])


def refused(room: DeskRoom, table: RateTable, key: str, cells: str, day: str = TODAY) -> tuple[str, str]:
    with pytest.raises(InvalidInput) as caught:
        add(room, table, key, cells, day)
    return caught.value.problems[0].field, caught.value.problems[0].message


def pass_days(room: DeskRoom, days: int) -> None:
    assert isinstance(room.clock, FixedClock)
    room.clock.advance(days=days)


def lines(room: DeskRoom, table: RateTable, key: str) -> list[RateLine]:
    return [line for line in room.desk.rates.view(table).lines if line.key == key]


def test_hours_that_are_added_hold_from_their_day_in_the_status_line(room: DeskRoom) -> None:
    add(room, RateTable.HOURS, "airas", "7:00/19:00/毎日", "2026/12/1")
    shipped, added = lines(room, RateTable.HOURS, "airas")
    assert (shipped.last_day, added.label, added.told.added) == (dt.date(2026, 11, 30), "AIRAS", True)
    assert room.desk.standing.offline().airas_hours.since is None
    pass_days(room, 7)
    airas = room.desk.standing.offline().airas_hours
    assert (airas.span, airas.since) == ("7:00–19:00", dt.date(2026, 12, 1))


@pytest.mark.parametrize(
    ("table", "key", "cells", "day", "field", "says"),
    [
        ("hours", "ainas", "8時/22:00/毎日", TODAY, "amounts", "時刻は、8:00 / 20:00"),
        ("hours", "ainas", "8:00/24:00/毎日", TODAY, "amounts", "時刻は、8:00 / 20:00"),
        ("hours", "ainas", "8:00/22:60/毎日", TODAY, "amounts", "時刻は、8:00 / 20:00"),
        ("hours", "ainas", "8:00/22:00/日曜", TODAY, "amounts", "毎日か平日"),
        ("hours", "ejibai", "8:00/22:00/毎日", TODAY, "key", "この表にありません"),
        ("hours", "season", "13-29/01-03/休み", TODAY, "amounts", "月-日で"),
        ("hours", "season", "12-29/1月/休み", TODAY, "amounts", "月-日で"),
        ("hours", "season", "12-29/01-03/開庁", TODAY, "amounts", "月-日で"),
        ("hours", "ainas", "8:00/22:00/毎日", "2026/11/23", "first_day", "今日以降の日"),
        ("holidays", "", "記念日/休み", "いつか", "first_day", "日付が読めません"),
        ("holidays", "", "/休み", "2026/12/1", "amounts", "名称を、40文字以内"),
        ("holidays", "", "記念日/半休", "2026/12/1", "amounts", "休みか開庁"),
        ("insurers", " ", "見本損保//使う", TODAY, "key", "保険会社の名称を入力してください"),
        ("insurers", "損" * 61, "見本損保//使う", TODAY, "key", "保険会社の名称を入力してください"),
        ("insurers", "見本損保", "//使う", TODAY, "amounts", "名称を、60文字以内"),
        ("insurers", "見本損保", "見本損保/123456789012345678901/使う", TODAY, "amounts", "会社コードは、20文字以内"),
        ("insurers", "見本損保", "見本損保//たまに", TODAY, "amounts", "使うか使わない"),
        ("statuses", "受付確認中", "申請中", TODAY, "key", "申請・OSS・交付 のどれか"),
        ("statuses", "AINAS: 受付確認中", "申請中", TODAY, "key", "申請・OSS・交付 のどれか"),
        ("statuses", "申請: ", "申請中", TODAY, "key", "申請・OSS・交付 のどれか"),
        ("statuses", "申請: 受付確認中", "審査中", TODAY, "amounts", "次のどれかを入力してください: 受付前、"),
        ("statuses", "申請: 受付確認中", "依頼前", TODAY, "amounts", "次のどれか"),
        ("statuses", "申請: 依頼前", "申請中", TODAY, "amounts", "このプログラムの語"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(  # noqa: PLR0913 - a row of the table above
    room: DeskRoom, *, table: str, key: str, cells: str, day: str, field: str, says: str
) -> None:
    named, message = refused(room, RateTable(table), key, cells, day)
    assert (named, says in message) == (field, True)
    assert message.endswith("。")


def test_the_turn_of_the_year_of_the_services_is_a_row_of_the_hours(room: DeskRoom) -> None:
    add(room, RateTable.HOURS, "season", "12-30/1-4/休み", "2026/12/1")
    assert lines(room, RateTable.HOURS, "season")[-1].figures == ("12-30", "01-04", "休み")


def test_a_day_off_counts_and_a_second_row_of_that_day_is_refused(room: DeskRoom) -> None:
    add(room, RateTable.HOLIDAYS, "", "代理人の休業/休み", "2026/12/1")
    assert not is_working_day(dt.date(2026, 12, 1))
    assert refused(room, RateTable.HOLIDAYS, "", "別の休み/休み", "2026/12/1")[0] == "first_day"
    (line,) = lines(room, RateTable.HOLIDAYS, "2026-12-01")
    room.desk.rates.take_away(RateTable.HOLIDAYS, line)
    assert is_working_day(dt.date(2026, 12, 1))


def test_an_insurer_is_offered_from_its_day_renamed_or_no_more(room: DeskRoom) -> None:
    vehicle = room.a_car()
    add(room, RateTable.INSURERS, "見本損害保険", "見本損害保険/99/使う")
    add(room, RateTable.INSURERS, "楽天損害保険株式会社", "らくだ損害保険株式会社//使う")
    add(room, RateTable.INSURERS, TOKIO, f"{TOKIO}//使わない", "2026/11/25")
    offered = room.desk.insurance.open(vehicle).insurers
    assert {"見本損害保険", "らくだ損害保険株式会社", TOKIO} <= {*offered}
    assert "楽天損害保険株式会社" not in offered
    pass_days(room, 1)
    assert TOKIO not in room.desk.insurance.open(vehicle).insurers
    room.desk.rates.restore(RateTable.INSURERS)
    assert TOKIO in insurer_names()
    assert "見本損害保険" not in insurer_names()


def test_one_that_was_used_here_is_offered_until_it_is_told_not_to_be(room: DeskRoom, tmp_path: Path) -> None:
    vehicle = room.a_car()
    with room.database.write() as shelves:
        shelves.insurance.add(an_insurance_certificate(vehicle_id=vehicle, insurer=TOKIO))
    (tmp_path / "insurers.json").write_text('{"insurers": ["見本損害保険"]}', encoding="utf-8")
    room.desk.rates.put_in_force()
    assert {*room.desk.insurance.open(vehicle).insurers} == {"見本損害保険", TOKIO}
    add(room, RateTable.INSURERS, TOKIO, f"{TOKIO}//使わない")
    assert room.desk.insurance.open(vehicle).insurers == ("見本損害保険",)


def test_the_file_of_an_earlier_release_is_taken_over_once_in_its_order(room: DeskRoom, tmp_path: Path) -> None:
    own = tmp_path / "insurers.json"
    own.write_text(f'{{"insurers": ["見本損害保険", "{TOKIO}"]}}', encoding="utf-8")
    room.desk.rates.put_in_force()
    assert insurer_names() == ("見本損害保険", TOKIO)
    assert not own.exists()
    assert (tmp_path / "insurers.taken.json").exists()
    (line,) = (each for each in lines(room, RateTable.INSURERS, TOKIO) if each.told.added)
    assert (line.figures[-1], line.told.source) == ("使う", "データフォルダーの insurers.json")
    room.desk.rates.restore(RateTable.INSURERS)
    room.desk.rates.put_in_force()
    assert len(insurer_names()) > 2


def test_a_file_that_comes_again_the_same_day_holds_as_it_is_now(room: DeskRoom, tmp_path: Path) -> None:
    own = tmp_path / "insurers.json"
    for name in ("見本損害保険", "見本共済"):
        own.write_text(f'{{"insurers": ["{name}"]}}', encoding="utf-8")
        room.desk.rates.put_in_force()
    assert {*insurer_names()} == {"見本損害保険", "見本共済"}


def test_hours_that_the_machine_has_otherwise_say_so() -> None:
    shipped = [row.told.surety.value for row in hours_rows(HoursTable())]
    own = [row.told.surety.value for row in hours_rows(HoursTable(closed_from="12-28", ainas=LATE))]
    assert (shipped, own) == (["転記1件のみ"] * 4, ["未確認", "転記1件のみ", "転記1件のみ", "未確認"])


def filed(room: DeskRoom, status: str, oss_status: str | None = None) -> int:
    """Store a filing to which AINAS gave these words."""
    return room.a_draft(sending=Sending.FILED, filing_id="1000000001", status=status, oss_status=oss_status)


def stored(room: DeskRoom, number: int) -> Filing:
    with room.database.read() as shelves:
        return shelves.filings.get(number)


def inspection_of(room: DeskRoom, number: int) -> Inspection:
    with room.database.read() as shelves:
        return shelves.inspections.get(stored(room, number).inspection_id or 0)


def test_a_word_that_means_finished_makes_the_filing_done_and_ends_its_inspection(room: DeskRoom) -> None:
    number = filed(room, "交付済")
    assert (stored(room, number).is_finished, inspection_of(room, number).is_open) == (False, True)
    add(room, RateTable.STATUSES, "申請: 交付済", "手続完了")
    filing = stored(room, number)
    assert (filing.is_finished, filing.is_closed, filing.is_open, filing.status) == (True, True, False, "交付済")
    assert inspection_of(room, number).ending is Ending.FINISHED
    with room.database.read() as shelves:
        (row,) = shelves.filings.rows([number])
    assert (row.is_finished, row.status) == (True, "交付済")


def test_what_ships_again_makes_it_unfinished_again(room: DeskRoom) -> None:
    number = filed(room, "受付取消", oss_status="最終却下")
    for key, like in (("申請: 受付取消", "却下"), ("OSS: 最終却下", "却下")):
        add(room, RateTable.STATUSES, key, like)
        assert not stored(room, number).is_open
    (line,) = lines(room, RateTable.STATUSES, "申請: 受付取消")
    room.desk.rates.take_away(RateTable.STATUSES, line)
    assert (stored(room, number).is_closed, stored(room, number).is_open) == (False, False)
    room.desk.rates.restore(RateTable.STATUSES)
    assert (stored(room, number).is_closed, stored(room, number).is_open) == (False, True)


def test_a_meaning_of_a_day_to_come_holds_when_the_desk_opens_then(room: DeskRoom) -> None:
    number = filed(room, "交付済")
    add(room, RateTable.STATUSES, "申請: 交付済", "手続完了", "2026/11/25")
    assert not stored(room, number).is_finished
    pass_days(room, 1)
    room.desk.rates.put_in_force()
    assert stored(room, number).is_finished


@pytest.mark.parametrize("typed", ["申請：受付確認中", " 申請:受付確認中 ", "申請 ： 受付確認中"])
def test_the_word_is_understood_as_the_input_method_writes_it(room: DeskRoom, typed: str) -> None:
    add(room, RateTable.STATUSES, typed, "申請中")
    assert len(lines(room, RateTable.STATUSES, "申請: 受付確認中")) == 1
    add(room, RateTable.STATUSES, "ｏｓｓ: 最終　確認", "審査中")
    assert oss_status_word("最終　確認").counts_as == "審査中"


def test_a_filing_without_an_inspection_follows_too(room: DeskRoom) -> None:
    with room.database.write() as shelves:
        car = shelves.vehicles.add(a_vehicle())
        told = a_filing(vehicle_id=car.id, sending=Sending.FILED, filing_id="1000000001", status="交付済")
        number = shelves.filings.add(told).control_number
    add(room, RateTable.STATUSES, "申請: 交付済", "手続完了")
    assert stored(room, number).is_finished


def test_the_next_step_goes_by_the_known_word_and_shows_what_came(room: DeskRoom) -> None:
    number = filed(room, "受付確認中")
    car = stored(room, number).vehicle_id
    before = str(next_step(room.desk.inspections.current(car), room.clock.now()))
    add(room, RateTable.STATUSES, "申請: 受付確認中", "受付前")
    after = str(next_step(room.desk.inspections.current(car), room.clock.now()))
    assert "代理人に確かめ" in before
    assert after.startswith("代理人の受付を待ちます(受付確認中)")


def test_a_word_of_airas_counts_as_the_known_one(room: DeskRoom) -> None:
    number = filed(room, "受付前")
    with room.database.write() as shelves:
        (made,) = shelves.conformity.all_for_vehicle(stored(room, number).vehicle_id)
        made.status = "廃棄"
    add(room, RateTable.STATUSES, "交付: 廃棄", "削除")
    with room.database.read() as shelves:
        made = shelves.conformity.get(made.control_number)
    assert (made.is_closed, made.counts_as, may_delete("廃棄")) == (True, "削除", False)


def test_a_status_of_an_unknown_kind_in_a_file_is_refused_and_a_known_row_is_passed_over(
    room: DeskRoom, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    add(room, RateTable.STATUSES, "申請: 受付確認中", "申請中")
    room.desk.rates.save_csv(RateTable.STATUSES, path)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["申請：受付確認中", "", TODAY, "", "申請中", "", "告知"])
    assert room.desk.rates.read_csv(RateTable.STATUSES, path) == ()
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["車検: 済", "", TODAY, "", "申請中", "", "告知"])
    with pytest.raises(InvalidInput, match="file"):
        room.desk.rates.read_csv(RateTable.STATUSES, path)


def test_a_table_of_words_goes_through_a_spreadsheet(room: DeskRoom, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    add(room, RateTable.HOURS, "ainas", "08:00/21:00/毎日", "2026/12/1")
    room.desk.rates.save_csv(RateTable.HOURS, path)
    text = path.read_text(encoding="utf-8-sig")
    assert "ainas,AINAS,,2026/11/30,8:00,22:00,毎日,転記1件のみ," in text
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["airas", "", "2027/4/1", "", "9:00:00", "20:00:00", "平日", "", "告知"])
    found = room.desk.rates.read_csv(RateTable.HOURS, path)
    assert [(row.key, row.first_day) for row in found] == [("airas", "2027/4/1")]
    room.desk.rates.add(RateTable.HOURS, found)
    assert lines(room, RateTable.HOURS, "airas")[-1].figures == ("9:00", "20:00", "平日")
