"""What the clerk is asked where the database is hurt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onestop.errors import DatabaseHurt, HurtRow
from onestop.screens.desk.mending_question import (
    AFTERWARDS,
    IN_BACKUP,
    KINDS,
    LEGIBLE,
    LOST,
    MOST,
    found_while_open,
    mending_question,
)
from onestop.store.schema import RECORDS
from onestop.store.sqlite.mending import OURS

if TYPE_CHECKING:
    from onestop.screens.ports import Question

CAR = HurtRow("vehicle", "7", "土浦 300 さ 1234 ZN6-1", in_backup=True, legible=True)
FILING = HurtRow("filing", "12", "土浦 300 さ 1234 ZN6-1", in_backup=False, legible=True)
FEE = HurtRow("filing_fee", "3", "", in_backup=False, legible=False)
BACKUP = Path("onestop-20261124-091500.db")


class Answered:
    """Notes what was answered."""

    def __init__(self) -> None:
        self.said: list[object] = []

    def asked(self, hurt: DatabaseHurt) -> Question:
        return mending_question(
            hurt, self.said.append, lambda: self.said.append("restore"), lambda: self.said.append("leave")
        )


@pytest.mark.parametrize(
    ("hurt", "labels"),
    [
        (
            DatabaseHurt((CAR, FILING, FEE), 0, BACKUP),
            ["バックアップの内容で直す", "今の内容を残して直す", "全体を戻す", "終了する"],
        ),
        (DatabaseHurt((FILING,), 0, BACKUP), ["直して開く", "全体を戻す", "終了する"]),
        (DatabaseHurt((FILING,), 2), ["直して開く", "終了する"]),
        (DatabaseHurt((), 2), ["このまま開く", "終了する"]),
    ],
)
def test_what_can_be_done_is_what_is_there(hurt: DatabaseHurt, labels: list[str]) -> None:
    question = Answered().asked(hurt)
    assert [choice.label for choice in question.choices] == labels
    assert [choice.label for choice in question.choices if choice.safe] == labels[:1]


def test_each_answer_does_what_it_says() -> None:
    answered = Answered()
    for hurt in (DatabaseHurt((CAR,), 0, BACKUP), DatabaseHurt((), 1)):
        for choice in answered.asked(hurt).choices:
            choice.action()
    assert answered.said == [True, False, "restore", "leave", True, "leave"]


def test_each_record_is_named_with_what_can_be_had_of_it() -> None:
    text = Answered().asked(DatabaseHurt((CAR, FILING, FEE), 3, BACKUP)).text
    assert "少なくとも3回分が見つかりません" in text
    assert f"・車両 土浦 300 さ 1234 ZN6-1: {IN_BACKUP}" in text
    assert f"・申請 12 土浦 300 さ 1234 ZN6-1: {LEGIBLE}" in text
    assert f"・申請の手数料 3: {LOST}" in text
    assert BACKUP.name in text
    assert text.endswith(AFTERWARDS)


def test_many_are_counted() -> None:
    text = Answered().asked(DatabaseHurt((CAR,) * (MOST + 2), 0)).text
    assert text.count("・車両") == MOST
    assert "・ほかに2件" in text


def test_every_kind_of_record_has_a_name() -> None:
    assert set(KINDS) == {record.__tablename__ for record in RECORDS} - set(OURS)


def test_in_an_open_database_she_chooses_when() -> None:
    answered = Answered()
    question = found_while_open(lambda: answered.said.append("reopen"), lambda: answered.said.append("later"))
    for choice in question.choices:
        choice.action()
    assert answered.said == ["reopen", "later"]
    assert [choice.safe for choice in question.choices] == [False, True]
