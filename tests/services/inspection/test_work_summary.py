"""Tests of 点検・整備・検査の概要: kept for 保適証 of either origin, and on everything that the 元帳 writes."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import openpyxl
import pytest

from onestop.errors import InvalidInput, NotAllowed
from onestop.model.certificate_words import Origin
from onestop.model.ledger import LedgerQuery
from onestop.services.inspection.work_summary import CHANGED_ELSEWHERE, TOO_LONG
from onestop.services.ledger.service import COLUMNS
from support.ledger import a_certificate

if TYPE_CHECKING:
    from pathlib import Path

    from support.desks import DeskRoom

DONE = "24か月点検、ブレーキパッド交換、検査合格"
PLACE = COLUMNS.index("点検・整備・検査の概要")


@pytest.mark.parametrize("origin", [Origin.ELECTRONIC, Origin.PAPER])
def test_a_summary_is_kept_whatever_the_origin(room: DeskRoom, origin: Origin) -> None:
    number = a_certificate(room, origin=origin)
    summaries = room.desk.work_summaries
    opened = summaries.open(number)
    assert (opened.text, "1112345678" in opened.car) == ("", True)
    again = summaries.save(opened, f" {DONE} ")
    assert again == summaries.open(number)
    assert again.text == DONE
    (row,) = room.desk.ledger.search(LedgerQuery()).rows
    assert row.work_summary == DONE


def test_a_long_one_and_one_that_was_changed_meanwhile_are_refused(room: DeskRoom) -> None:
    number = a_certificate(room)
    summaries = room.desk.work_summaries
    opened = summaries.open(number)
    with pytest.raises(InvalidInput) as caught:
        summaries.save(opened, "あ" * 101)
    assert caught.value.problems[0].message == TOO_LONG
    summaries.save(opened, "あ" * 100)
    with pytest.raises(NotAllowed, match=CHANGED_ELSEWHERE):
        summaries.save(opened, DONE)
    assert summaries.open(number).text == "あ" * 100


def test_it_stands_in_every_file_and_on_paper(room: DeskRoom, tmp_path: Path) -> None:
    number = a_certificate(room)
    room.desk.work_summaries.save(room.desk.work_summaries.open(number), DONE)
    found = room.desk.ledger.search(LedgerQuery())
    room.desk.ledger.save_csv(found, tmp_path / "a.csv", "utf-8-sig")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][PLACE] == DONE
    room.desk.ledger.save_xlsx(found, tmp_path / "a.xlsx")
    assert list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.values)[1][PLACE] == DONE
    document = room.desk.ledger.pages(found)
    assert DONE in "".join(word.text for word in document.pages[0].words)
    assert document.tiny == ()


def test_the_printed_ledger_has_every_item_that_the_law_names(room: DeskRoom) -> None:
    a_certificate(room)
    document = room.desk.ledger.pages(room.desk.ledger.search(LedgerQuery()))
    words = {word.text for word in document.pages[0].words}
    assert {
        "車名",
        "型式",
        "車台番号",
        "原動機の型式",
        "登録番号",
        "点検・整備・検査の概要",
        "検査年月日",
        "検査員",
        "交付番号",
        "依頼者の氏名・住所",
    } <= words


def test_nothing_personal_is_shown_by_repr(room: DeskRoom) -> None:
    opened = room.desk.work_summaries.open(a_certificate(room))
    assert "ABC12" not in repr(opened)
