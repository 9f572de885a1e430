"""変更の履歴: every change of a record is noted with who, where, when, from what and to what, and never rewritten."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import Engine, delete, event, insert, update

from onestop.model.added_rate import AddedRate
from onestop.model.bank import BankLine, BankLineAgain, BankStatement, PaymentEvent
from onestop.model.base import Record
from onestop.model.change import AGAIN, GONE, MADE, Author, Change, bounded
from onestop.model.checklist import ChecklistAnswer, Item
from onestop.model.confirmation import Confirmation
from onestop.model.editing import Editing
from onestop.model.filing import Filing, FilingFee
from onestop.model.inspector import Inspector
from onestop.model.operator import Operator
from onestop.model.provenance import VehicleSource
from onestop.model.rate_tables import RateTable
from onestop.model.right import Right
from onestop.model.settled_file import SettledFile
from onestop.model.typing_draft import TypingDraft
from onestop.model.vehicle import Vehicle
from onestop.store.database import Database
from onestop.store.history import LINES, WHOLE, _car_of
from onestop.store.postgres.backing import Server
from onestop.store.postgres.server_clock import ServerClock
from onestop.store.sqlite.engine import LibraryError, connect_raw
from support.builders import BUILT_AT, a_filing, a_vehicle
from support.clock import FixedClock
from support.databases import a_database
from support.inspections import an_inspection
from support.postgres import a_server_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import UpdateBase

pytestmark = pytest.mark.usefixtures("each_database")

TANAKA = Author("田中", "端末1")
ACTS = ("UPDATE change SET old = 'x'", "DELETE FROM change")
NOT_IN_THE_HISTORY = {
    Confirmation: "written by a statement, as two desks may confirm at once: ConfirmingService tells it",
    VehicleSource: "is itself the history of where a value came from, and names the document",
    BankStatement: "what stood in a bank's file, which nobody changes",
    BankLine: "the same, line by line; what it was matched with is told (PaymentMatch)",
    BankLineAgain: "that a line came in another file, too: says itself who said so, and when",
    PaymentEvent: "is itself the history of 納付消込, with who and why",
    SettledFile: "which files wait no more; what was taken from one is told of its car",
    TypingDraft: "what is being typed and is not saved",
    Editing: "who types now, for a minute",
    Change: "the history",
    Inspector: "the list of 設定, told with the other fields of it",
}
"""Records of which it tells nothing, each with its reason."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with a_database(tmp_path) as opened:
        opened.author = lambda: TANAKA
        yield opened


def a_car(database: Database) -> int:
    with database.write() as shelves:
        return shelves.vehicles.add(a_vehicle()).id


def history_of(database: Database, vehicle_id: int) -> list[tuple[str, str, str | None, str | None]]:
    with database.read() as shelves:
        return [(each.record, each.field, each.old, each.new) for each in shelves.changes.of_vehicle(vehicle_id)]


def first_of(database: Database, vehicle_id: int) -> Change:
    with database.read() as shelves:
        return shelves.changes.of_vehicle(vehicle_id)[0]


def test_a_changed_field_is_noted_with_its_values_and_who_changed_it_where_and_when(database: Database) -> None:
    car = a_car(database)

    with database.write() as shelves:
        shelves.vehicles.get(car).expiry_date = dt.date(2027, 3, 1)

    assert history_of(database, car) == [
        ("vehicle", "expiry_date", "2026-12-20", "2027-03-01"),
        ("vehicle", MADE, None, None),
    ]
    noted = first_of(database, car)
    assert (noted.operator, noted.terminal, noted.at) == (
        "田中",
        "端末1",
        dt.datetime(2026, 11, 24, 0, 15, tzinfo=dt.UTC),
    )


def test_what_a_transaction_does_not_keep_is_not_in_the_history(database: Database) -> None:
    car = a_car(database)

    def fail() -> None:
        with database.write() as shelves:
            shelves.vehicles.get(car).owner_name = "別人"
            shelves.vehicles.add(shelves.vehicles.get(car))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert len(history_of(database, car)) == 1


def test_only_what_differs_is_noted_and_nothing_of_the_program_s_own(database: Database) -> None:
    car = a_car(database)

    with database.write() as shelves:
        vehicle = shelves.vehicles.get(car)
        vehicle.owner_name, vehicle.use, vehicle.user_is_owner = vehicle.owner_name, "", not vehicle.user_is_owner
        vehicle.used_at = BUILT_AT + dt.timedelta(days=1)

    assert {field for _, field, _, _ in history_of(database, car)} == {MADE, "use", "user_is_owner"}
    assert ("vehicle", "use", "乗用", None) in history_of(database, car)


def test_words_and_moments_are_noted_as_they_are_stored(database: Database) -> None:
    car = a_car(database)
    with database.write() as shelves:
        number = shelves.filings.add(a_filing(vehicle_id=car)).control_number

    with database.write() as shelves:
        filing = shelves.filings.get(number)
        filing.requested_at, filing.status = BUILT_AT, "受付前"
        filing.fees = [FilingFee(position=1, kind="検査登録手数料", amount=1800)]

    made = "検査登録手数料 / 1800"
    fee, moment = ("filing_fee", MADE, None, made), BUILT_AT.astimezone(dt.UTC).isoformat()
    assert fee in history_of(database, car)
    assert ("filing", "requested_at", None, moment) in history_of(database, car)


def test_of_fees_that_are_told_anew_only_what_differs_is_noted(database: Database) -> None:
    car, (tax, fee, same) = a_car(database), ("自動車重量税", "検査登録手数料", "技術情報管理手数料")
    before = [(tax, 24_600, "未納"), (fee, 1_800, "未納"), (fee, 400, None), (same, 450, "未納")]
    now = [(fee, 1_800, "納付済"), (fee, 400, None), (same, 450, "未納"), ("その他", 10, None)]
    with database.write() as shelves:
        number = shelves.filings.add(a_filing(vehicle_id=car)).control_number
    for lines in (before, now):
        with database.write() as shelves:
            shelves.filings.get(number).fees = [
                FilingFee(position=place, kind=kind, amount=amount, payment_status=status)
                for place, (kind, amount, status) in enumerate(lines)
            ]

    told = [row[1:] for row in history_of(database, car) if row[0] == "filing_fee"]
    assert sorted(told[: -len(before)], key=str) == [
        (AGAIN, f"{fee} / 1800 / 未納", f"{fee} / 1800 / 納付済"),
        (MADE, None, "その他 / 10"),
        (GONE, f"{tax} / 24600 / 未納", None),
    ]


def test_the_car_of_a_filings_lines_is_known_by_the_filing_and_not_asked_for(database: Database) -> None:
    car = a_car(database)
    with database.write() as shelves:
        number = shelves.filings.add(a_filing(vehicle_id=car)).control_number
    kinds, asked = ("検査登録手数料", "自動車重量税", "技術情報管理手数料"), []

    def note(*told: Any) -> None:  # noqa: ANN401 - as SQLAlchemy tells it
        asked.append(told[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with database.write() as shelves:
            filing = shelves.filings.get(number)
            filing.fees = [FilingFee(position=place, kind=kind, amount=1800) for place, kind in enumerate(kinds)]
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    assert not [each for each in asked if each.startswith("SELECT filing.vehicle_id")]
    assert len([row for row in history_of(database, car) if row[0] == "filing_fee"]) == len(kinds)


def test_that_a_draft_was_deleted_is_told_and_not_what_stood_in_it(database: Database) -> None:
    car = a_car(database)
    with database.write() as shelves:
        number = shelves.filings.add(a_filing(vehicle_id=car)).control_number

    with database.write() as shelves:
        shelves.filings.delete(number)

    told = history_of(database, car)
    assert [row for row in told if row[0] == "filing"] == [("filing", GONE, None, None), ("filing", MADE, None, None)]


def test_an_answer_of_the_checklist_is_told_with_its_car(database: Database) -> None:
    car = a_car(database)

    with database.write() as shelves:
        mine = shelves.inspections.add(an_inspection(vehicle_id=car))
        shelves.checklists.add(
            ChecklistAnswer(inspection_id=mine.id, item=Item.TAX, answer="済", answered_by="田中", answered_at=BUILT_AT)
        )

    assert "checklist_answer" in {record for record, *_ in history_of(database, car)}


def test_a_row_of_the_dated_tables_is_told_when_it_comes_and_when_it_goes(database: Database) -> None:
    row = AddedRate(
        rate_table=RateTable.FEES,
        key="kei",
        first_day=dt.date(2027, 4, 1),
        amounts="1800",
        source="省令",
        added_at=BUILT_AT,
    )

    with database.write() as shelves:
        shelves.added_rates.add([row])
    with database.write() as shelves:
        shelves.added_rates.take_away(RateTable.FEES)

    with database.read() as shelves:
        gone, made = shelves.changes.of_no_car()
        assert shelves.added_rates.all() == ()
    assert (made.field, gone.field, made.new) == (MADE, GONE, gone.old)


def test_no_secret_of_an_operator_is_in_the_history(database: Database) -> None:
    with database.write() as shelves:
        shelves.operators.add(
            Operator(created_at=BUILT_AT, updated_at=BUILT_AT, name="田中", right=Right.SEND, pin_hash="$argon2id$x")
        )
    with database.write() as shelves:
        (tanaka,) = shelves.operators.all()
        tanaka.pin_hash, tanaka.right = "$argon2id$y", Right.LOOK

    with database.read() as shelves:
        told = [(each.field, each.old, each.new) for each in shelves.changes.of_no_car()]
    assert told == [("right", "発行", "照会"), (MADE, None, "田中 / 発行 / 1")]


@pytest.mark.file
@pytest.mark.parametrize("act", ACTS)
def test_the_file_itself_refuses_to_rewrite_the_history(database: Database, act: str) -> None:
    a_car(database)

    with closing(connect_raw(database.path)) as raw, pytest.raises(LibraryError, match="history is never changed"):
        raw.execute(act)


@pytest.mark.file
@pytest.mark.parametrize("act", ACTS)
def test_the_server_itself_refuses_to_rewrite_the_history(act: str) -> None:
    with a_server_database() as door:
        with closing(Database(Server(door, ServerClock(FixedClock())), FixedClock())) as database:
            a_car(database)
        with door.connect(autocommit=True) as raw, pytest.raises(psycopg.Error, match="history is never changed"):
            raw.execute(act.encode())


def test_each_record_is_in_the_history_or_has_a_reason_why_not() -> None:
    kinds = {mapper.class_ for mapper in Record.registry.mappers}

    assert {*WHOLE, *LINES, *NOT_IN_THE_HISTORY} == kinds
    assert len(WHOLE) + len(LINES) + len(NOT_IN_THE_HISTORY) == len(kinds)


@pytest.mark.parametrize(
    "statement",
    [update(Filing).values(status="手続完了"), delete(Vehicle), insert(Operator).values(name="x")],
    ids=["update", "delete", "insert"],
)
def test_a_statement_that_goes_past_the_history_is_a_bug_and_changes_nothing(
    database: Database, statement: UpdateBase
) -> None:
    car = a_car(database)

    with pytest.raises(RuntimeError, match="past the history"), database.write() as shelves:
        shelves.vehicles._session.execute(statement)

    assert len(history_of(database, car)) == 1


def test_a_very_long_text_is_kept_shortened_with_its_hash(database: Database) -> None:
    car = a_car(database)

    with database.write() as shelves:
        shelves.vehicles.get(car).note_info = "備" * 3000

    told = first_of(database, car).new or ""
    assert told.startswith("備" * 200 + "…(全3,000文字 SHA-256 ")
    assert len(told) < 300
    assert bounded("備" * 2999 + "考")[-20:] != told[-20:]


def test_the_car_of_a_line_is_that_of_its_record(database: Database) -> None:
    car = a_car(database)
    with database.write() as shelves:
        number = shelves.filings.add(a_filing(vehicle_id=car)).control_number

    with database.read() as shelves:
        session, line = shelves.filings._session, FilingFee(position=1, kind="検査登録手数料")
        line.control_number = number
        assert [_car_of(session, line), _car_of(session, shelves.vehicles.get(car))] == [car, car]
