"""QR読取: what was scanned is kept, over a restart too, until a car was made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onestop.errors import InvalidInput
from onestop.model.provenance import SourceKind
from onestop.services.vehicle.form import differing_fields
from onestop.services.vehicle.importing import OWNER_ASSUMED
from onestop.services.vehicle.scanning import MOST_PIECES, NO_SYMBOLS, NOT_OURS, scanned, scanned_bytes
from support.clock import FixedClock
from support.codes import CODE_2, CODE_3, KEI_2, KEI_3_OLD, KEI_PAPER, OTHER_2, OTHER_3, SYMBOLS, a_picture
from support.desks import a_desk, a_sandbox

if TYPE_CHECKING:
    from pathlib import Path

    from onestop.services.vehicle.importing import ImportPlan
    from support.desks import DeskRoom


def plan_of(room: DeskRoom, *pieces: str) -> ImportPlan:
    (record,) = room.desk.scans.take(pieces).records
    return room.desk.scans.hand_over(record)


def test_pieces_come_together_one_after_the_other(room: DeskRoom) -> None:
    states = [room.desk.scans.take((text,)) for text in reversed(SYMBOLS)]
    assert [state.count for state in states] == [1, 2, 3, 4, 5]
    assert [len(state.records) for state in states] == [0, 0, 0, 0, 1]
    assert room.desk.scans.take((SYMBOLS[0],)).added == 0
    assert room.desk.scans.forget().count == 0
    assert room.desk.scans.state().count == 0


def test_what_was_read_survives_a_restart_and_knows_its_age(tmp_path: Path) -> None:
    clock = FixedClock()
    with a_sandbox(clock) as sandbox:
        with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
            room.desk.scans.take(SYMBOLS[:3])
        first = clock.now()
        clock.advance(minutes=12)
        with a_desk(tmp_path, clock=clock, sandbox=sandbox) as room:
            state = room.desk.scans.take(SYMBOLS[3:])
    assert (state.count, len(state.records), state.last_at) == (5, 1, first)


def test_after_a_car_was_made_the_next_piece_is_of_another(room: DeskRoom) -> None:
    plan_of(room, CODE_2, CODE_3)
    assert room.desk.scans.state().count == 0
    assert room.desk.scans.take((SYMBOLS[0],)).count == 1


def test_a_picture_of_a_whole_car_begins_anew(room: DeskRoom) -> None:
    room.desk.scans.take((OTHER_2,))
    state = room.desk.scans.take(SYMBOLS)
    assert (state.count, len(state.records), state.mixed) == (5, 1, False)


def test_two_cars_are_both_proposed(room: DeskRoom) -> None:
    room.desk.scans.take((CODE_2,))
    room.desk.scans.take((OTHER_3,))
    state = room.desk.scans.take((CODE_3,))
    assert state.mixed
    assert {record.model_code for record in state.records} == {"XAA-ABC12", "YBB-XYZ99"}


def test_no_more_is_kept_than_anybody_scans(room: DeskRoom) -> None:
    for number in range(MOST_PIECES + 2):
        room.desk.scans.take((CODE_2.replace("0123456", f"{number:07}"),))
    assert room.desk.scans.state().count == MOST_PIECES


def test_a_new_car_has_what_the_codes_tell_and_the_rest_of_a_new_one(room: DeskRoom) -> None:
    plan = plan_of(room, CODE_2, CODE_3)
    assert plan.is_new
    assert (plan.record_form.chassis_number, plan.record_form.weight_kg) == ("ABC12-0123456", "1380")
    assert (plan.record_form.owner_name, plan.record_form.user_is_owner) == ("", True)
    assert plan.source.kind is SourceKind.QR
    assert plan.source.content.decode() == f"{CODE_2}\n{CODE_3}"


def test_of_a_stored_car_only_what_the_codes_tell_otherwise_differs(room: DeskRoom) -> None:
    car = room.a_car(plate="土浦300す12", chassis_number="ABC12-0123456", model_code="OLD", owner_name="見本太郎")
    plan = plan_of(room, CODE_2, CODE_3)
    assert plan.opened.vehicle_id == car
    assert "model_code" in plan.differences
    assert not {"owner_name", "expiry_date", "user_is_owner", "vehicle_name"} & {*plan.differences}
    room.desk.imports.accept(plan, frozenset(plan.differences))
    stored = room.desk.vehicles.open(car).form
    assert differing_fields(plan.record_form, stored) == ()
    assert stored.owner_name == "見本太郎"
    told = {each.field: each.kind for each in room.desk.sources.of_car(car).fields}
    assert told["model_code"] is told["chassis_number"] is SourceKind.QR
    assert "owner_name" not in told


def test_a_user_who_is_told_and_is_the_owner_stays_so(room: DeskRoom) -> None:
    room.a_car(plate="水戸580す123", chassis_number="KK11S-123456", owner_name="見本花子", user_is_owner=True)
    plan = plan_of(room, KEI_2, KEI_3_OLD, *KEI_PAPER)
    assert not {"user_is_owner", "user_name", "user_address1"} & {*plan.differences}


def test_a_user_who_is_another_is_a_difference(room: DeskRoom) -> None:
    room.a_car(plate="水戸580す123", chassis_number="KK11S-123456", owner_name="見本太郎", user_is_owner=True)
    plan = plan_of(room, KEI_2, KEI_3_OLD, *KEI_PAPER)
    assert {"user_is_owner", "user_name"} <= {*plan.differences}


def test_a_new_car_of_which_the_user_alone_is_told_is_taken_for_his(room: DeskRoom) -> None:
    plan = plan_of(room, KEI_2, KEI_3_OLD, *KEI_PAPER)
    form = plan.record_form
    assert (form.owner_name, form.user_is_owner, form.user_name) == ("見本花子", True, "")
    assert OWNER_ASSUMED in plan.notices


def test_a_motorcycle_stays_one(room: DeskRoom) -> None:
    bare = CODE_2.replace("３００", "　　　")
    plan = plan_of(room, bare, CODE_3)
    assert plan.record_form.vehicle_class == "普通"
    assert "小型二輪" in plan.notices[-1]


def test_what_is_given_back_lies_there_again(room: DeskRoom) -> None:
    plan_of(room, CODE_2, CODE_3)
    assert room.desk.scans.state().records == ()
    room.desk.scans.give_back()
    assert len(room.desk.scans.state().records) == 1
    room.desk.scans.forget()
    room.desk.scans.give_back()
    assert room.desk.scans.state().count == 0


def test_pictures_are_read(room: DeskRoom, tmp_path: Path) -> None:
    a_picture(SYMBOLS).save(tmp_path / "sheet.png")
    assert len(room.desk.scans.take_picture(tmp_path / "sheet.png").records) == 1


@pytest.mark.parametrize(("texts", "sentence"), [((), NO_SYMBOLS), (("https://example.jp/",), NOT_OURS)])
def test_pictures_of_something_else_are_told_apart(
    room: DeskRoom, tmp_path: Path, texts: tuple[str, ...], sentence: str
) -> None:
    a_picture(texts, above=200).save(tmp_path / "other.png")
    with pytest.raises(InvalidInput) as caught:
        room.desk.scans.take_picture(tmp_path / "other.png")
    assert caught.value.problems[0].message == sentence
    assert room.desk.scans.state().count == 0


def test_what_a_scanner_writes_is_judged() -> None:
    piece = scanned(SYMBOLS[1].lower())
    assert piece is not None
    assert piece.piece == SYMBOLS[1]
    needless = scanned("1////ABC")
    assert needless is not None
    assert "コード1は使いません" in needless.notice
    assert scanned("4901234567894") is None
    surely = scanned("4901234567894", surely=True)
    assert surely is not None
    assert surely.notice == NOT_OURS


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
def test_what_a_port_brings_is_read_in_either_encoding(encoding: str) -> None:
    assert scanned_bytes(CODE_2.encode(encoding)).piece == CODE_2
    assert scanned_bytes(b"\x81").notice == NOT_OURS
