"""What is longer than anybody writes is not stored, whichever way it comes."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import String, inspect

from onestop.errors import InvalidInput
from onestop.gateway.wire import MAX_ANSWERED_NUMBER, MAX_TEXT, MAX_WORD
from onestop.model.base import Record
from onestop.model.limits import LIMITS, LINE, MEMO, SENT_LINE, limit_of
from onestop.store.lengths import HAS_NOTHING, unstorable
from onestop.store.sqlite.engine import connect_raw
from support.builders import a_conformity_certificate, a_filing, a_vehicle, an_insurance_certificate
from support.databases import a_database

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("each_database")

RECORDS = (a_vehicle, a_filing, an_insurance_certificate, a_conformity_certificate)


@pytest.mark.parametrize("build", RECORDS)
def test_every_text_of_a_record_has_a_limit(build: object) -> None:
    record = build()  # type: ignore[operator]  # one of the builders
    texts = [each.key for each in inspect(type(record)).column_attrs if isinstance(each.columns[0].type, String)]
    for name in texts:
        setattr(record, name, "A" * (max(MEMO, LIMITS.get(name, 0)) + 1))
    assert [problem.field for problem in unstorable(record)] == texts


def test_each_limit_is_that_of_a_column() -> None:
    columns = {column.name for table in Record.metadata.tables.values() for column in table.columns}
    assert LIMITS.keys() <= columns


def test_what_a_service_may_say_can_be_stored() -> None:
    assert max(MAX_WORD, MAX_ANSWERED_NUMBER) <= LINE
    assert LIMITS["message"] >= MAX_TEXT


def test_a_name_of_a_million_characters_is_refused_and_nothing_is_stored(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with pytest.raises(InvalidInput) as refused, database.write() as shelves:
            shelves.vehicles.add(a_vehicle(owner_name="あ" * 1_000_000, note_info="備" * (MEMO + 1)))
        with database.read() as shelves:
            assert shelves.vehicles.count() == 0
    said = {problem.field: problem.message for problem in refused.value.problems}
    assert said == {
        "owner_name": "255文字までです(いまは1,000,000文字)。短くしてください。",
        "note_info": "4,000文字までです(いまは4,001文字)。短くしてください。",
    }


def test_a_text_with_a_sign_that_no_server_takes_is_refused_wherever_the_data_lie(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with pytest.raises(InvalidInput) as refused, database.write() as shelves:
            shelves.vehicles.add(a_vehicle(owner_name="見本\0太郎"))
        with database.read() as shelves:
            assert shelves.vehicles.count() == 0
    (problem,) = refused.value.problems
    assert (problem.field, problem.message) == ("owner_name", HAS_NOTHING)
    assert "U+0000" in HAS_NOTHING


def test_a_change_is_held_against_the_same_table(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            car = shelves.vehicles.add(a_vehicle(owner_name="あ" * LINE, user_name="い" * SENT_LINE)).id
        with pytest.raises(InvalidInput), database.write() as shelves:
            shelves.vehicles.get(car).user_name = "い" * (SENT_LINE + 1)
        with database.read() as shelves:
            assert shelves.vehicles.get(car).user_name == "い" * SENT_LINE


@pytest.mark.file
def test_what_an_older_program_stored_keeps_nobody_from_working(tmp_path: Path) -> None:
    with a_database(tmp_path) as database:
        with database.write() as shelves:
            car = shelves.vehicles.add(a_vehicle()).id
        with closing(connect_raw(database.path)) as raw:
            raw.execute("UPDATE vehicle SET owner_name = ?", ("あ" * 1_000,))
        with database.write() as shelves:
            there = shelves.vehicles.get(car)
            there.fuel, there.owner_name = "軽油", there.owner_name
        with database.read() as shelves:
            assert (shelves.vehicles.get(car).fuel, len(shelves.vehicles.get(car).owner_name)) == ("軽油", 1_000)


def test_a_form_takes_no_more_than_is_stored() -> None:
    assert (limit_of("user_name"), limit_of("owner_name"), limit_of("insurer")) == (160, 255, 60)
